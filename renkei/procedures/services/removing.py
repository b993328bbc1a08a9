"""Taking procedures away together with the agreement that they were about (廃棄)."""

from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement
from renkei.documents.models import Document
from renkei.procedures.models import Approval, DraftVersion, Enclosure, Procedure, ReviewRound, SigningPlan
from renkei.procedures.services.claiming import ProcedureRefused


def remove_about(agreement: Agreement) -> list[Document]:
    """Remove all that was written on the way to the agreement and about it; the documents are left to the caller."""
    procedures = Procedure.objects.of(agreement.municipality).about(agreement)
    if going_on := procedures.running().first():
        raise ProcedureRefused(
            _("この協定についての手続「%(title)s」(%(receipt)s)が進んでいます。先に手続を終えてください。")
            % {"title": going_on.title, "receipt": going_on.receipt}
        )
    ids = list(procedures.values_list("pk", flat=True))
    documents = list(_documents(ids))
    Approval.objects.filter(procedure__in=ids).delete()
    ReviewRound.objects.filter(procedure__in=ids).delete()
    DraftVersion.objects.filter(procedure__in=ids).update(made_from=None)
    Procedure.objects.filter(pk__in=ids).delete()
    return documents


def _documents(ids: list[int]) -> set[Document]:
    enclosed = Enclosure.objects.filter(proposal__procedure__in=ids)
    signed = SigningPlan.objects.filter(procedure__in=ids)
    return {
        *Document.objects.filter(pk__in=enclosed.values("document")),
        *Document.objects.filter(pk__in=signed.values("signed_copy")),
    }
