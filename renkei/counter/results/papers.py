"""Pictures and papers of a result at the counter: added to the partner's own, handed out as received."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from renkei.counter.results.verbs import Page, shown_or_done
from renkei.counter.results.views import result_context, the_result
from renkei.counter.visitor import VisitorRequest, visitor_page
from renkei.documents.models import Document
from renkei.documents.uploads import can_be_kept
from renkei.initiatives.services import papers as services
from renkei.ui.downloads import document_answer, thumbnail_answer
from renkei.ui.result_form import PaperForm
from renkei.ui.verbs import VerbWords

ADD = VerbWords(
    title=_("写真・資料を付ける"),
    lead=_("一つの実績に10点まで。市が公開するときは、写真の撮影場所などの記録を除きます。"),
    button=_("付ける"),
    done=_("写真・資料を付けました。"),
    form=PaperForm,
)


def the_document(request: VisitorRequest, public_id: str, document_id: str) -> Document:
    """A picture or paper of a result that the person may see, none that was removed, or 404."""
    shown = the_result(request, public_id).papers.filter(removed_at=None).select_related("document")
    return get_object_or_404(shown, document__public_id=document_id).document


@visitor_page
def add(request: VisitorRequest, public_id: str) -> HttpResponse:
    result = the_result(request, public_id)

    def act(form: Any, _once: str) -> object:
        file, description = form.cleaned_data["file"], form.cleaned_data["description"]
        content = file.read()
        return services.add_paper(
            result, content, name=file.name, description=description, by=request.visitor
        )

    context = result_context(request, result)
    page = Page(
        verb=ADD,
        reason=context["reason"],
        act=act,
        back=reverse("counter:result", args=[request.town.code, result.public_id]),
        context=context,
    )
    return shown_or_done(request, page, file_check=can_be_kept)


@visitor_page
def paper(request: VisitorRequest, public_id: str, document_id: str) -> HttpResponseBase:
    return document_answer(the_document(request, public_id, document_id))


@visitor_page
def thumbnail(request: VisitorRequest, public_id: str, document_id: str) -> HttpResponseBase:
    found = the_document(request, public_id, document_id)
    return thumbnail_answer(found.digest, found.thumbnail)
