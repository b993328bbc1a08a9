"""Versions that the town has shown, as files: Word, PDF, and Word with the differences to the one shown before."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from renkei.counter.drafts.views import the_procedure
from renkei.counter.visitor import VisitorRequest, visitor_page
from renkei.documents.paper import PaperRefused
from renkei.procedures.models import DraftVersion, Procedure
from renkei.procedures.papers.version_files import file_name, redline_between, version_pdf, version_word
from renkei.procedures.vocabulary import DraftKind
from renkei.ui.downloads import made_answer


def shown_version(procedure: Procedure, public_id: str) -> DraftVersion:
    """A text that was shown to the partner of this procedure, or 404."""
    texts = procedure.versions.shared().filter(kind=DraftKind.TEXT).select_related("made_by", "made_by_user")
    return get_object_or_404(texts, public_id=public_id)


@visitor_page
def word(request: VisitorRequest, public_id: str, version_id: str) -> HttpResponse:
    version = shown_version(the_procedure(request, public_id), version_id)
    return made_answer(version_word(version), file_name(version, "docx"))


@visitor_page
def pdf(request: VisitorRequest, public_id: str, version_id: str) -> HttpResponse:
    version = shown_version(the_procedure(request, public_id), version_id)
    try:
        made = version_pdf(version)
    except PaperRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("counter:procedure_drafts", request.town.code, public_id)
    return made_answer(made.content, file_name(version, "pdf"))


@visitor_page
def redline(request: VisitorRequest, public_id: str, former_id: str, version_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    old, new = shown_version(procedure, former_id), shown_version(procedure, version_id)
    more = _("(第%(number)s版からの変更履歴)") % {"number": old.number}
    content = redline_between(old, new, names_staff=False)
    return made_answer(content, file_name(new, "docx", more=more))
