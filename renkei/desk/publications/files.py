"""A paper as it leaves by download, named after what it is and the day; who made it is told in the log."""

from collections.abc import Callable

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from renkei.desk.publications.kinds import FORMATS, PDF, SLIDES, SLIDES_PDF, WORD
from renkei.desk.staff import StaffRequest, town
from renkei.documents.filling import UnknownFields
from renkei.documents.paper import PaperRefused
from renkei.documents.publications.content import Publication
from renkei.reports.wording_services import tell_made
from renkei.rules.japanese_calendar import japanese_date
from renkei.ui import downloads

LONGEST_NAME = 80


def written(publication: Publication, form: str, *, is_sheet: bool = False) -> bytes:
    """The file in one of the formats; raises PaperRefused."""
    if form == WORD:
        from renkei.documents.publications.word import publication_word

        return publication_word(publication, is_close=is_sheet)
    if form == SLIDES:
        from renkei.documents.publications.slides import publication_slides

        return publication_slides(publication)
    if form == SLIDES_PDF:
        from renkei.documents.publications.slides_pdf import slides_pdf

        return slides_pdf(publication).content
    from renkei.documents.publications.pdf import publication_pdf

    return publication_pdf(publication, is_close=is_sheet).content


def file_answer(
    request: StaffRequest,
    make: Callable[[], Publication],
    name: str,
    form: str,
    *,
    subject: models.Model,
    back: str,
    formats: tuple[str, ...] = (WORD, PDF),
    is_sheet: bool = False,
) -> HttpResponse:
    """The file; 404 for a format that the paper does not have, back with a sentence where it cannot be made."""
    if form not in formats:
        raise Http404
    try:
        publication = make()
        with translation.override("ja"):
            content = written(publication, form, is_sheet=is_sheet)
    except (PaperRefused, UnknownFields) as refusal:
        messages.error(request, _("「%(name)s」を作れません。%(why)s") % {"name": name, "why": refusal})
        return redirect(back)
    day = japanese_date(publication.day)
    tell_made(subject, name, town=town(request), day=day, kind=FORMATS[form], actor=request.user)
    plain = "".join(letter for letter in name if letter not in '\\/:*?"<>|\n\r\t')[:LONGEST_NAME]
    return downloads.made_answer(content, f"{plain}({day}現在).{form.rpartition('.')[2]}")
