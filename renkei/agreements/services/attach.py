"""Attaching documents, taking them off, and putting them back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.changes import changed
from renkei.agreements.models import Agreement, Attachment
from renkei.agreements.services.claiming import Refused
from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.documents.models import Document
from renkei.documents.services import keep


@transaction.atomic
def attach(
    agreement: Agreement,
    content: bytes,
    *,
    name: str,
    actor: User | None,
    label: str = "",
    is_published: bool = False,
) -> Attachment:
    """Keep the file and attach it to the agreement; a published one is shown where the agreement is."""
    document = keep(content, name=name, municipality=agreement.municipality)
    return attach_kept(agreement, document, actor=actor, label=label, is_published=is_published)


@transaction.atomic
def attach_kept(
    agreement: Agreement,
    document: Document,
    *,
    actor: User | None,
    label: str = "",
    is_published: bool = False,
) -> Attachment:
    """Attach a document that is kept already, as the signed copy of a procedure."""
    attachment = Attachment.objects.create(
        agreement=agreement, document=document, label=label, is_published=is_published
    )
    _tell(events.ATTACHED, attachment, actor)
    return attachment


def detach(attachment: Attachment, *, at: datetime, actor: User | None) -> Attachment:
    """Take the document off the agreement; it is kept and can be attached again."""
    refusal = _("「%(name)s」はすでに外されています。画面を読み直してください。")
    return _set(attachment, None, at, events.DETACHED, refusal, actor)


def attach_again(attachment: Attachment, *, actor: User | None) -> Attachment:
    """Put a document back that was taken off."""
    refusal = _("「%(name)s」はすでに添付されています。画面を読み直してください。")
    return _set(attachment, attachment.detached_at, None, events.ATTACHED_AGAIN, refusal, actor)


@transaction.atomic
def _set(
    attachment: Attachment,
    seen: datetime | None,
    at: datetime | None,
    event: Event,
    refusal: str,
    actor: User | None,
) -> Attachment:
    """Of two who press at once, one is told that it is done."""
    claimed = Attachment.objects.filter(pk=attachment.pk, detached_at=seen)
    if (at is None) is (seen is None) or not claimed.update(detached_at=at):
        raise Refused(refusal % {"name": attachment.document.name})
    attachment.detached_at = at
    _tell(event, attachment, actor)
    return attachment


def _tell(event: Event, attachment: Attachment, actor: User | None) -> None:
    agreement, document = attachment.agreement, attachment.document
    label = f" ({attachment.label})" if attachment.label else ""
    there: tuple[list[str], list[str]] = ([], [f"{document.name}{label}"])
    record(
        event,
        actor,
        agreement,
        municipality=agreement.municipality,
        changes={"agreements.attachment": there[::-1] if attachment.detached_at else there},
        document=document.name,
        digest=document.digest,
    )
    changed.send(sender=Agreement, ids=[agreement.pk])
