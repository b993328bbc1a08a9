"""The town's own templates: brought, taken out of use."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.documents import events
from renkei.documents.content import OFFICE, media_type
from renkei.documents.filling import UnknownFields
from renkei.documents.hostile import refuse_hostile
from renkei.documents.models import Template
from renkei.documents.papers.checking import Checked, checked
from renkei.documents.papers.kinds import FIELDS
from renkei.documents.services import DocumentRefused, keep
from renkei.documents.template_refusals import NOT_WORD, SOMEBODY_ELSE_TOO, TemplateRefused
from renkei.documents.vocabulary import PaperKind
from renkei.municipalities.models import Municipality


def looked_at(content: bytes, kind: PaperKind) -> Checked:
    """What a template that somebody brings says; refused what is no Word file or has fields that nobody fills."""
    if media_type(content) != OFFICE["word/document.xml"]:
        raise DocumentRefused(_(NOT_WORD))
    try:
        found = checked(content, kind)
    except TemplateRefused as refusal:
        raise DocumentRefused(str(refusal)) from refusal
    if found.unknown:
        known = [name for field in FIELDS[kind] for name in field.names]
        raise DocumentRefused(str(UnknownFields(found.unknown, known)))
    refuse_hostile(content, OFFICE["word/document.xml"])
    return found


def upload_template(
    municipality: Municipality,
    kind: PaperKind,
    content: bytes,
    *,
    name: str,
    note: str = "",
    at: datetime,
    actor: User,
) -> Template:
    """From now on the town makes the paper from this Word file; the one before is kept and can be looked at."""
    found = looked_at(content, kind)
    try:
        with transaction.atomic():
            return _kept(municipality, kind, content, found, name=name, note=note, at=at, actor=actor)
    except IntegrityError:
        raise DocumentRefused(_(SOMEBODY_ELSE_TOO)) from None


def _kept(
    municipality: Municipality,
    kind: PaperKind,
    content: bytes,
    found: Checked,
    *,
    name: str,
    note: str,
    at: datetime,
    actor: User,
) -> Template:
    document = keep(content, name=name, municipality=municipality)
    Template.objects.of(municipality).in_use().filter(kind=kind, subject="").update(retired_at=at)
    template = Template.objects.create(
        municipality=municipality,
        kind=kind,
        document=document,
        fields=list(found.known),
        note=note,
        made_by=actor,
        made_at=at,
    )
    record(
        events.TEMPLATE_UPLOADED,
        actor,
        template,
        municipality=municipality,
        document=document.name,
        note=note or "—",
    )
    return template


@transaction.atomic
def retire_template(template: Template, *, at: datetime, actor: User) -> None:
    """The town makes the paper from ours again; nothing happens to a template that is out of use already."""
    if not Template.objects.in_use().filter(pk=template.pk).update(retired_at=at):
        return
    template.retired_at = at
    record(events.TEMPLATE_RETIRED, actor, template, municipality=template.municipality)
