"""The papers of the town: from which template each is made, and bringing an own one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.desk.papers.answers import made_answer, pdf_answer
from renkei.desk.papers.forms import TemplateForm, carried
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.documents.filling import UnknownFields
from renkei.documents.models import Template
from renkei.documents.paper import PaperRefused
from renkei.documents.papers import services
from renkei.documents.papers.kinds import FIELDS, PRINTED_AS_TEXT
from renkei.documents.papers.making import sample_word
from renkei.documents.papers.templates_in_use import our_template, template_in_use, word_template
from renkei.documents.permissions import why_not_change_templates
from renkei.documents.printing import word_pdf
from renkei.documents.services import DocumentRefused
from renkei.documents.template_refusals import TemplateRefused
from renkei.documents.vocabulary import PaperKind
from renkei.ui.downloads import document_answer

FORMER_SHOWN = 20


def the_kind(kind: str) -> PaperKind:
    """A paper that is made from a template, or 404."""
    if kind not in FIELDS:
        raise Http404
    return PaperKind(kind)


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    own = Template.objects.of(town(request)).in_use().filter(subject="").select_related("document")
    by_kind = {one.kind: one for one in own}
    context = {
        "title": gettext_lazy("文書のひな形"),
        "rows": [(kind, by_kind.get(kind)) for kind in FIELDS],
        "as_text": "・".join(str(kind.label) for kind in PRINTED_AS_TEXT),
        "reason": why_not_change_templates(request.user, day=today()),
    }
    return render(request, "desk/papers/listing.html", context)


@staff_page
def page(request: StaffRequest, kind: str) -> HttpResponse:
    paper = the_kind(kind)
    reason = why_not_change_templates(request.user, day=today())
    form = TemplateForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    found = None
    if request.method == "POST":
        stop_if(reason)
    if "back_to_ours" in request.POST:
        return _retired(request, paper)
    if form.is_valid():
        try:
            found = services.looked_at(form.cleaned_data["content"], paper)
            if form.is_second_step or not found.missing:
                return _kept(request, paper, form)
            given = form.cleaned_data
            told = {name: given[name] for name in ("note", "name")}
            form = TemplateForm(initial={**told, "looked_at": carried(given["content"])})
        except DocumentRefused as refusal:
            found = None  # a refused file is not offered to be kept as it is
            form.add_error("file", str(refusal))
    own = (
        Template.objects.of(town(request))
        .filter(kind=paper, subject="")
        .select_related("document", "made_by")
    )
    context = {
        "title": paper.label,
        "paper": paper,
        "form": form,
        "found": found,
        "reason": reason,
        "own": own.in_use().first(),
        "former": own.exclude(retired_at=None)[:FORMER_SHOWN],
        "fields": FIELDS[paper],
    }
    return render(request, "desk/papers/page.html", context, status=422 if form.errors or found else 200)


def _kept(request: StaffRequest, paper: PaperKind, form: TemplateForm) -> HttpResponse:
    given = form.cleaned_data
    services.upload_template(
        town(request),
        paper,
        given["content"],
        name=given["name"] or f"{paper.label}.docx",
        note=given["note"],
        at=timezone.now(),
        actor=request.user,
    )
    messages.success(
        request, _("ひな形を登録しました。これからの「%(paper)s」に使われます。") % {"paper": paper.label}
    )
    return redirect("desk:paper", paper.value)


def _retired(request: StaffRequest, paper: PaperKind) -> HttpResponse:
    if own := template_in_use(town(request), paper):
        services.retire_template(own, at=timezone.now(), actor=request.user)
        messages.success(request, _("標準のひな形に戻しました。市のひな形は、いつでもダウンロードできます。"))
    return redirect("desk:paper", paper.value)


@staff_page
def ours(request: StaffRequest, kind: str) -> HttpResponse:
    paper = the_kind(kind)
    name = _("%(paper)s(標準のひな形)") % {"paper": paper.label}
    return made_answer(our_template(paper), name, "docx")


@staff_page
def example(request: StaffRequest, kind: str, form: str) -> HttpResponse:
    paper = the_kind(kind)
    if form not in ("docx", "pdf"):
        raise Http404
    name = _("%(paper)s(例)") % {"paper": paper.label}
    try:
        word = sample_word(word_template(town(request), paper), paper)
        if form == "docx":
            return made_answer(word, name, form)
        return pdf_answer(word_pdf(word, title=name, town=str(town(request))), name)
    except (PaperRefused, UnknownFields, TemplateRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:paper", paper.value)


@staff_page
def template(request: StaffRequest, kind: str, public_id: str) -> HttpResponseBase:
    own = Template.objects.of(town(request)).filter(kind=the_kind(kind), subject="")
    return document_answer(get_object_or_404(own.select_related("document"), public_id=public_id).document)
