"""Pictures and papers of a result: added, handed out as received, taken off."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from renkei.agreements.services import Refused
from renkei.desk.form_page import Page, now, shown_or_done
from renkei.desk.results.result_page import page_of, the_result
from renkei.desk.results.verbs import why_not
from renkei.desk.staff import StaffRequest, staff_page, stop_if
from renkei.documents.uploads import can_be_kept
from renkei.initiatives.models import ResultPaper
from renkei.initiatives.services import papers as services
from renkei.ui.downloads import document_answer, thumbnail_answer
from renkei.ui.result_form import PaperForm
from renkei.ui.verbs import VerbWords

ADD = VerbWords(
    title=_("写真・資料を付ける"),
    lead=_("一つの実績に10点まで。公開するかどうかは、公開の承認を求めるときに選びます。"),
    button=_("付ける"),
    done=_("写真・資料を付けました。"),
    form=PaperForm,
)


def the_paper(request: StaffRequest, public_id: str, document_id: str) -> ResultPaper:
    """A picture or paper of the result, a removed one included, or 404."""
    papers = the_result(request, public_id).papers.select_related("document", "result__municipality")
    return get_object_or_404(papers.order_by("removed_at", "-pk"), document__public_id=document_id)


@staff_page
def add(request: StaffRequest, public_id: str) -> HttpResponse:
    result = the_result(request, public_id)

    def act(form: Any, _once: str) -> object:
        file, description = form.cleaned_data["file"], form.cleaned_data["description"]
        content = file.read()
        return services.add_paper(result, content, name=file.name, description=description, by=request.user)

    page = Page(
        verb=ADD, reason=why_not(request, result), back=page_of(result), act=act, beside={"result": result}
    )
    return shown_or_done(request, page, {"file_check": can_be_kept})


@staff_page
def paper(request: StaffRequest, public_id: str, document_id: str) -> HttpResponseBase:
    return document_answer(the_paper(request, public_id, document_id).document)


@staff_page
def thumbnail(request: StaffRequest, public_id: str, document_id: str) -> HttpResponseBase:
    found = the_paper(request, public_id, document_id).document
    return thumbnail_answer(found.digest, found.thumbnail)


@staff_page
@require_POST
def remove(request: StaffRequest, public_id: str, document_id: str) -> HttpResponse:
    found = the_paper(request, public_id, document_id)
    stop_if(why_not(request, the_result(request, public_id)))
    try:
        services.remove_paper(found, by=request.user, at=now())
        messages.success(request, str(_("写真・資料を外しました。記録には残ります。")))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:result", public_id)
