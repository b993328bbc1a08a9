"""Taking away: an agreement with everything that hangs on it, or the names of persons in it."""

from django.db import models, transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from renkei.accounts.models import Draft
from renkei.agreements.changes import changed
from renkei.agreements.models import Agreement, BulkChange, Party, Relation, SeriesPapers
from renkei.agreements.services import unregister_many
from renkei.disasters.services.removing_contacts import remove_contacts_without_agreement
from renkei.documents.models import Document
from renkei.initiatives.services.removing import remove_people, remove_work
from renkei.partners.changes import renamed
from renkei.partners.models import Organisation, PartnerKind
from renkei.procedures.services import ProcedureRefused
from renkei.procedures.services.removing import remove_about
from renkei.retention.models import Erasure
from renkei.retention.questions import ERASED
from renkei.retention.services.keeping import RetentionRefused
from renkei.rules.names import folded_name


def remove_records(agreement: Agreement) -> list[dict[str, object]]:
    """Remove the agreement, its documents and what was typed about it; what the documents were is returned."""
    attached = Document.objects.filter(pk__in=agreement.attachments.values("document"))
    try:
        documents = list({*attached, *remove_about(agreement), *remove_work(agreement)})
    except ProcedureRefused as refusal:
        raise RetentionRefused(str(refusal)) from refusal
    partners = list(Organisation.objects.filter(pk__in=agreement.parties.values("organisation")))
    Relation.objects.filter(Q(agreement=agreement) | Q(other=agreement)).delete()
    Draft.objects.filter(address__contains=f"/{agreement.public_id}/").delete()
    _forget_in_bulk_changes(agreement)
    _forget_papers(agreement)
    try:
        unregister_many([agreement])
    except models.ProtectedError as error:
        raise RetentionRefused(
            _("「%(title)s」は、ほかの記録が使っています(%(where)s)。先にその記録を片付けてください。")
            % {"title": agreement.title, "where": error.args[0]}
        ) from error
    documents += remove_contacts_without_agreement(partners)
    return [remove_document(document) for document in documents]


def remove_document(document: Document) -> dict[str, object]:
    """Remove a document that nothing else holds, and put its files down for erasing."""
    told: dict[str, object] = {"digest": document.digest, "size": document.size, "name": document.name}
    files = _files_of(document)
    try:
        with transaction.atomic():
            document.delete()
            Erasure.objects.bulk_create(files)
    except models.ProtectedError:
        told["kept"] = _("ほかの記録も使っているため、ファイルは残しました。")
    return told


def _files_of(record: models.Model) -> list[Erasure]:
    return [
        Erasure(field=str(field), name=str(getattr(record, field.attname)))
        for field in record._meta.concrete_fields
        if isinstance(field, models.FileField) and getattr(record, field.attname)
    ]


def _forget_papers(agreement: Agreement) -> None:
    """The papers of a series lie together in one file: orders that hold the agreement's go; they can be made again."""
    orders = SeriesPapers.objects.of(agreement.municipality).filter(partners__agreement=agreement)
    for order in orders.distinct():
        files = [file for record in (order, *order.partners.all()) for file in _files_of(record)]
        order.delete()
        Erasure.objects.bulk_create(files)
        if order.template:
            remove_document(order.template)


def _forget_in_bulk_changes(agreement: Agreement) -> None:
    """A bulk change keeps what it changed; the row about this agreement goes."""
    acts = BulkChange.objects.of(agreement.municipality).annotate(text=Cast("rows", TextField()))
    for act in acts.filter(text__contains=agreement.public_id):
        act.rows = [row for row in act.rows if row.get("agreement") != agreement.public_id]
        act.save(update_fields=["rows"])


def remove_names(agreement: Agreement) -> int:
    """Remove signatories, names of individuals and of those who did the work; how many names went."""
    signed = agreement.parties.exclude(signatory="")
    named = agreement.parties.filter(organisation__kind=PartnerKind.INDIVIDUAL).exclude(name_as_signed=ERASED)
    count = signed.count() + named.count() + remove_people(agreement)
    individuals = list(named.values_list("organisation", flat=True))
    named.update(name_as_signed=ERASED, unit="", remark="")
    signed.update(signatory="")
    for organisation in Organisation.objects.filter(pk__in=individuals):
        _remove_name_of(organisation)
    Agreement.objects.filter(pk=agreement.pk).update(version=models.F("version") + 1)
    changed.send(sender=Agreement, ids=[agreement.pk])
    return count


def _remove_name_of(organisation: Organisation) -> None:
    """An individual whose name no agreement holds any more loses it in the list of partners too."""
    if Party.objects.filter(organisation=organisation).exclude(name_as_signed=ERASED).exists():
        return
    organisation.names.all().delete()
    Organisation.objects.filter(pk=organisation.pk).update(
        name=ERASED, folded_name=folded_name(ERASED), name_kana="", address="", notes="",
        version=models.F("version") + 1,
    )  # fmt: skip
    renamed.send(sender=Organisation, ids=[organisation.pk])
