"""Showing an agreement to everyone, and taking that back."""

from django.db import transaction

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.changes import changed
from renkei.agreements.models import Agreement
from renkei.agreements.services.claiming import claim
from renkei.audit.events import Event
from renkei.audit.services import record


def publish(agreement: Agreement, *, actor: User | None) -> Agreement:
    """Show the agreement on the public site."""
    return _set(agreement, True, events.PUBLISHED, actor)


def withdraw(agreement: Agreement, *, actor: User | None) -> Agreement:
    """Take the agreement off the public site."""
    return _set(agreement, False, events.WITHDRAWN, actor)


@transaction.atomic
def _set(agreement: Agreement, is_published: bool, event: Event, actor: User | None) -> Agreement:
    if agreement.is_published == is_published:
        return agreement
    claim(agreement)
    agreement.is_published = is_published
    agreement.save(update_fields=["is_published"])
    changes = {"agreements.agreement.is_published": (not is_published, is_published)}
    record(event, actor, agreement, municipality=agreement.municipality, changes=changes)
    changed.send(sender=Agreement, ids=[agreement.pk])
    return agreement
