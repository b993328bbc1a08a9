"""Attaching documents."""

from django.db import transaction

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.models import Agreement, Attachment
from renkei.audit.services import record
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
    attachment = Attachment.objects.create(
        agreement=agreement, document=document, label=label, is_published=is_published
    )
    record(events.ATTACHED, actor, agreement, municipality=agreement.municipality, document=document.name)
    return attachment
