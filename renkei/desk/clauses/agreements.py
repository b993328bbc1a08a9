"""Templates of agreements at the desk: read, received as Word, changed there and brought back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.desk.clauses.forms import AgreementTemplateForm
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.documents.clauses.agreements import agreement_template, fields_of
from renkei.documents.clauses.fields import FIELDS
from renkei.documents.clauses.reading import ReadTemplate, upload_agreement
from renkei.documents.models import Template
from renkei.documents.papers.services import retire_template
from renkei.documents.permissions import why_not_change_templates
from renkei.documents.services import DocumentRefused
from renkei.documents.sheets import sheet_of
from renkei.documents.vocabulary import PaperKind, Subject
from renkei.documents.word.writing import agreement_word
from renkei.ui.downloads import document_answer, made_answer


def the_subject(subject: str) -> Subject:
    """A subject that has a template, or 404."""
    if subject not in Subject.values:
        raise Http404
    return Subject(subject)


def own_template(request: StaffRequest, subject: Subject) -> Template | None:
    """The town's own template that is in use."""
    mine = Template.objects.of(town(request)).in_use().filter(kind=PaperKind.AGREEMENT, subject=subject)
    return mine.select_related("document", "made_by", "municipality").first()


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    own = Template.objects.of(town(request)).in_use().filter(kind=PaperKind.AGREEMENT)
    by_subject = {one.subject: one for one in own}
    context = {
        "title": gettext_lazy("協定書のひな形"),
        "rows": [(one, agreement_template(one, town(request)), by_subject.get(one)) for one in Subject],
    }
    return render(request, "desk/clauses/agreements.html", context)


@staff_page
def page(request: StaffRequest, subject: str) -> HttpResponse:
    about = the_subject(subject)
    reason = why_not_change_templates(request.user, day=today())
    if request.method == "POST":
        stop_if(reason)
        if "retire" in request.POST:
            return _ours_again(request, about)
    form = AgreementTemplateForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            return _uploaded(request, about, form)
        except DocumentRefused as refusal:
            form.add_error("file", str(refusal))
    text = agreement_template(about, town(request))
    context = {
        "title": about.label,
        "about": about,
        "own": own_template(request, about),
        "sheet": sheet_of(text),
        "fields": [(name, FIELDS.get(name, "")) for name in fields_of(text)],
        "form": form,
        "reason": reason,
    }
    return render(request, "desk/clauses/agreement.html", context, status=422 if form.errors else 200)


def _uploaded(request: StaffRequest, about: Subject, form: AgreementTemplateForm) -> HttpResponse:
    file = form.cleaned_data["file"]
    found = upload_agreement(
        town(request),
        about,
        file.read(),
        name=file.name,
        note=form.cleaned_data["note"],
        at=timezone.now(),
        actor=request.user,
    )
    messages.success(request, _("市のひな形にしました。読み取った文を下で確かめてください。"))
    _warn(request, found)
    return redirect("desk:text_template", about)


def _warn(request: StaffRequest, found: ReadTemplate) -> None:
    """Say what the template lacks, and what of the file was not read."""
    if found.missing:
        names = "、".join(found.missing)
        sentence = _("ひな形に「%(names)s」がありません。案を作るたびに手で書くことになります。")
        messages.warning(request, sentence % {"names": names})
    for sentence in found.told:
        messages.warning(request, sentence)


@staff_page
def word(request: StaffRequest, subject: str) -> HttpResponseBase:
    about = the_subject(subject)
    own = own_template(request, about)
    if own is not None and request.GET.get("of") != "ours":
        return document_answer(own.document)
    content = agreement_word(agreement_template(about), town=str(town(request)))
    return made_answer(content, _("%(about)sの協定書のひな形.docx") % {"about": about.label})


def _ours_again(request: StaffRequest, about: Subject) -> HttpResponse:
    if own := own_template(request, about):
        retire_template(own, at=timezone.now(), actor=request.user)
        messages.success(request, _("標準のひな形に戻しました。"))
    return redirect("desk:text_template", about)
