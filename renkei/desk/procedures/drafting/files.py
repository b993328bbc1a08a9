"""Versions of the text as files at the desk: Word, PDF, and Word with the differences to another version."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from renkei.desk.procedures.drafting.versions import asked_versions, the_version
from renkei.desk.procedures.verbs import the_procedure
from renkei.desk.staff import StaffRequest, staff_page
from renkei.documents.paper import PaperRefused
from renkei.procedures.papers.version_files import file_name, redline_between, version_pdf, version_word
from renkei.procedures.vocabulary import DraftKind
from renkei.ui.downloads import made_answer


@staff_page
def word(request: StaffRequest, public_id: str, one: str) -> HttpResponse:
    version = the_version(the_procedure(request, public_id), one, DraftKind.TEXT)
    return made_answer(version_word(version), file_name(version, "docx"))


@staff_page
def pdf(request: StaffRequest, public_id: str, one: str) -> HttpResponse:
    version = the_version(the_procedure(request, public_id), one, DraftKind.TEXT)
    try:
        made = version_pdf(version)
    except PaperRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:procedure_draft", public_id, one)
    return made_answer(made.content, file_name(version, "pdf"))


@staff_page
def redline(request: StaffRequest, public_id: str) -> HttpResponse:
    old, new = asked_versions(request, the_procedure(request, public_id))
    if new.kind != DraftKind.TEXT:
        raise Http404
    more = _("(第%(number)s版からの変更履歴)") % {"number": old.number}
    return made_answer(redline_between(old, new), file_name(new, "docx", more=more))
