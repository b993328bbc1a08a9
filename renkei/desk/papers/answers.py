"""A paper as it leaves by download, in Word or as PDF; nothing of it is kept."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from renkei.desk.staff import StaffRequest, town
from renkei.documents.filling import UnknownFields
from renkei.documents.paper import Paper, PaperRefused
from renkei.documents.papers.making import PaperFacts
from renkei.documents.template_refusals import TemplateRefused
from renkei.ui import downloads

FORMS = ("docx", "pdf")
LONGEST_NAME = 80


def paper_answer(
    request: StaffRequest, papers: Sequence[PaperFacts], kind: str, of: str, form: str, *, back: str
) -> HttpResponse:
    """The one of the papers that is asked for; 404 where it does not fit now, back with a sentence if it fails.

    Where nobody says which of its kind, it is the first.
    """
    paper = next((one for one in papers if one.kind == kind and of in (one.of, "")), None)
    if paper is None or form not in FORMS:
        raise Http404
    try:
        if form == "docx":
            return made_answer(paper.word(town(request)), paper.title, form)
        return pdf_answer(paper.pdf(town(request)), paper.title)
    except (PaperRefused, UnknownFields, TemplateRefused) as refusal:
        messages.error(
            request, _("「%(title)s」を作れません。%(why)s") % {"title": paper.title, "why": refusal}
        )
        return redirect(back)


def pdf_answer(made: Paper, title: str) -> HttpResponse:
    """The PDF."""
    return made_answer(made.content, title, "pdf")


def made_answer(content: bytes, title: str, form: str) -> HttpResponse:
    """What was made, as a file named for what it is."""
    name = "".join(letter for letter in title if letter not in '\\/:*?"<>|\n\r\t')[:LONGEST_NAME]
    return downloads.made_answer(content, f"{name}.{form}")
