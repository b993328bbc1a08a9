"""Telling: the one way to add to the log."""

from datetime import UTC

from django.db import models, transaction
from django.utils import timezone

from renkei.accounts.models import User
from renkei.audit.events import Event
from renkei.audit.models import Entry, Head
from renkei.municipalities.models import Municipality

BY_THE_SYSTEM = "システム"


def record(
    event: Event, actor: User | None, subject: models.Model, *, municipality: Municipality, **facts: object
) -> Entry:
    """Tell that something happened; call it inside the transaction that did it."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{event.name} was told outside the transaction that did it.")
    missing = event.placeholders - {"actor", "subject"} - facts.keys()
    if missing:
        raise ValueError(f"{event.name} lacks the facts {sorted(missing)}.")
    Head.objects.get_or_create(municipality=municipality)
    head = Head.objects.select_for_update().get(municipality=municipality)
    entry = Entry(
        municipality=municipality,
        number=head.number + 1,
        at=timezone.now().astimezone(UTC),
        event=event.name,
        actor=actor,
        actor_name=actor.name if actor else BY_THE_SYSTEM,
        subject_type=subject._meta.label_lower,
        subject_id=str(getattr(subject, "public_id", subject.pk)),
        subject_name=str(subject)[:400],
        facts={name: str(fact) for name, fact in facts.items()},
        previous_digest=head.digest,
    )
    entry.digest = entry.computed_digest()
    entry.save(force_insert=True)
    Head.objects.filter(pk=head.pk).update(number=entry.number, digest=entry.digest)
    return entry
