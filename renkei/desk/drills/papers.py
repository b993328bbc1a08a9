"""The report of a drill, as PDF or Word."""

from django.http import Http404, HttpResponse

from renkei.desk.drills.views import the_drill
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today
from renkei.disasters.drills.report import drill_report
from renkei.disasters.permissions import why_not_see_contacts
from renkei.documents.publications.pdf import publication_pdf
from renkei.documents.publications.word import publication_word
from renkei.ui.downloads import made_answer


@staff_page
def report(request: StaffRequest, public_id: str, kind: str) -> HttpResponse:
    """It names the people who were not reached: only for those who may see contacts."""
    drill = the_drill(request, public_id)
    stop_if(why_not_see_contacts(request.user, day=today()))
    if drill.incident is None or kind not in ("pdf", "docx"):
        raise Http404
    publication = drill_report(drill)
    content = publication_pdf(publication).content if kind == "pdf" else publication_word(publication)
    return made_answer(content, f"{publication.title}.{kind}")
