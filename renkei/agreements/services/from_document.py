"""Bringing the file of an old agreement in: it is kept and read, then registered with what a person has confirmed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.facts import AgreementFacts
from renkei.agreements.models import Agreement, BroughtDocument
from renkei.agreements.services.attach import attach_kept
from renkei.agreements.services.claiming import Refused
from renkei.agreements.services.register_once import register_once
from renkei.audit.services import record
from renkei.documents import services as documents
from renkei.documents.text_reading import read
from renkei.municipalities.models import Municipality


def bring(
    content: bytes, *, name: str, municipality: Municipality, at: datetime, actor: User | None
) -> BroughtDocument:
    """Keep the file and read its text at once; from now on it waits until somebody registers or drops it.

    Raises DocumentRefused. A scan is read by an engine, where there is one, afterwards and beside the work of people.
    """
    documents.look_at(content)
    with transaction.atomic():
        document = documents.keep(content, name=name, municipality=municipality)
        brought = BroughtDocument.objects.create(
            municipality=municipality, document=document, brought_by=actor, brought_at=at
        )
        record(events.DOCUMENT_BROUGHT, actor, brought, municipality=municipality, digest=document.digest)
    read(document, with_engine=False)
    return brought


@transaction.atomic
def register_brought(
    brought: BroughtDocument, facts: AgreementFacts, *, is_published: bool, actor: User | None
) -> Agreement:
    """Register the agreement once, with the file attached to it; the file waits no more."""
    if not BroughtDocument.objects.filter(pk=brought.pk).delete()[0]:
        raise Refused(
            _("この文書は、ほかの人がすでに登録したか、取りやめました。協定の一覧を確かめてください。")
        )
    agreement = register_once(facts, municipality=brought.municipality, actor=actor)
    attach_kept(agreement, brought.document, actor=actor, label=_("協定書の写し"), is_published=is_published)
    return agreement


@transaction.atomic
def drop(brought: BroughtDocument, *, actor: User | None) -> None:
    """Erase the file: nothing will be registered from it."""
    document = brought.document
    record(events.DOCUMENT_DROPPED, actor, brought, municipality=brought.municipality, digest=document.digest)
    if not BroughtDocument.objects.filter(pk=brought.pk).delete()[0]:
        raise Refused(
            _("この文書は、ほかの人がすでに登録したか、取りやめました。協定の一覧を確かめてください。")
        )
    documents.forget(document)
