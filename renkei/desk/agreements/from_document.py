"""Bringing an old agreement into the register from its file: brought, read, looked at by a person, registered."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.accounts.drafts import forget_draft
from renkei.agreements import services
from renkei.agreements.from_document import ReadAgreement, lines_of, read_agreement
from renkei.agreements.models import Agreement, Attachment, BroughtDocument
from renkei.agreements.permissions import why_not_register
from renkei.agreements.services.from_document import bring, drop, register_brought
from renkei.desk import drafts
from renkei.desk.agreements.brought_forms import BringForm, BroughtForm
from renkei.desk.agreements.creating import KEYS, key_in, new_key, options, said_of
from renkei.desk.agreements.text_form import initial_parties, initial_text
from renkei.desk.agreements.verbs import unseen_remarks
from renkei.desk.rows import pressed
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.desk.typed import put_back, typed_in
from renkei.documents import ocr
from renkei.documents.services import DocumentRefused
from renkei.ui.downloads import document_answer

MOST_WAITING = 200
TITLE = gettext_lazy("文書から登録する")


def the_brought(request: StaffRequest, document_id: str) -> BroughtDocument:
    """A waiting file of the person's own town, or 404."""
    own = BroughtDocument.objects.of(town(request)).select_related("document__text_reading", "municipality")
    return get_object_or_404(own, document__public_id=document_id)


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    reason = why_not_register(request.user, day=today())
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    if request.method == "POST":
        stop_if(reason)
        if form.is_valid():
            file = form.cleaned_data["file"]
            told = {"name": file.name, "municipality": town(request), "actor": request.user}
            try:
                brought = bring(file.read(), at=timezone.now(), **told)
                return redirect("desk:agreement_brought", brought.document.public_id)
            except DocumentRefused as refusal:
                form.add_error("file", str(refusal))
    waiting = BroughtDocument.objects.of(town(request)).select_related("document__text_reading", "brought_by")
    context = {"title": TITLE, "form": form, "reason": reason, "waiting": waiting[:MOST_WAITING]}
    return render(request, "desk/agreements/from_document.html", context, status=422 if form.errors else 200)


@staff_page
def brought(request: StaffRequest, document_id: str) -> HttpResponse:
    if request.method == "POST" and (known := registered_before(request)):
        return redirect("desk:agreement", known.public_id)
    one = the_brought(request, document_id)
    reason = why_not_register(request.user, day=today())
    if request.method == "POST":
        stop_if(reason)
        return pressed_page(request, one) if "do" in request.POST else sent_page(request, one)
    read = reading_of(one)
    form, key = BroughtForm(**proposed(request, one, read)), new_key()
    offer = drafts.offered_draft(request, form)
    typed = drafts.used_draft(request)
    if typed is not None:
        put_back(form, typed)
        key = key_in(typed.get("key", [""])[-1])
    return shown(request, one, read, form, key, reason=reason, draft=offer)


def registered_before(request: StaffRequest) -> Agreement | None:
    """The agreement that this form has made already, when it is sent twice."""
    key = KEYS.unsign(key_in(request.POST.get("key", "")))
    return Agreement.objects.of(town(request)).filter(public_id=key).first()


def reading_of(one: BroughtDocument) -> ReadAgreement | None:
    """What its text proposes; None where it has none."""
    lines = lines_of(one.document)
    return read_agreement(lines, town=one.municipality.name) if lines else None


def proposed(request: StaffRequest, one: BroughtDocument, read: ReadAgreement | None) -> dict[str, Any]:
    """The form's beginning: what was read of the file, and otherwise what every new agreement begins with."""
    usual = options(request)
    initial = usual["initial"] | {"source": one.document.name}
    if read is None:
        return usual | {"initial": initial}
    initial |= initial_text(read.facts) | {"clause": read.clause, "purpose": read.purpose}
    return usual | {"initial": initial, "parties": initial_parties(read.facts) or usual["parties"]}


def sent_page(request: StaffRequest, one: BroughtDocument) -> HttpResponse:
    """Register what was sent, once, with the file, or say what stands against it."""
    form, key = BroughtForm(request.POST, **options(request)), key_in(request.POST.get("key", ""))
    form.own_id = KEYS.unsign(key)
    if form.is_valid() and not unseen_remarks(form, request):
        try:
            facts = form.facts(form.own_id, today())
            publishes = form.cleaned_data["publishes_document"]
            agreement = register_brought(one, facts, is_published=publishes, actor=request.user)
            drafts.sent(request)
            messages.success(request, said_of(agreement))
            return redirect("desk:agreement", agreement.public_id)
        except services.Refused as refusal:
            form.add_error(None, str(refusal))
    return shown(request, one, reading_of(one), form, key, status=422)


def pressed_page(request: StaffRequest, one: BroughtDocument) -> HttpResponse:
    """A button inside the form was pressed: another row, the clause read."""
    form = BroughtForm(**options(request))
    put_back(form, pressed(form, typed_in(request.POST), request.POST["do"]))
    return shown(request, one, reading_of(one), form, key_in(request.POST.get("key", "")))


def shown(
    request: StaffRequest,
    one: BroughtDocument,
    read: ReadAgreement | None,
    form: BroughtForm,
    key: str,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page: what was read with its places, what was not found, the whole text, and the form."""
    same = Attachment.objects.attached().filter(
        agreement__municipality=town(request), document__digest=one.document.digest
    )
    context = {
        "title": TITLE,
        "document": one.document,
        "reading": getattr(one.document, "text_reading", None),
        "reads_scans": bool(ocr.engine()),
        "read": read,
        "pages": one.document.page_texts.all(),
        "same": same.select_related("agreement"),
        "form": form,
        "key": key,
        **more,
    }
    return render(request, "desk/agreements/brought.html", context, status=status)


@staff_page
def file(request: StaffRequest, document_id: str) -> HttpResponseBase:
    return document_answer(the_brought(request, document_id).document)


@staff_page
@require_POST
def dropped(request: StaffRequest, document_id: str) -> HttpResponse:
    one = the_brought(request, document_id)
    stop_if(why_not_register(request.user, day=today()))
    try:
        drop(one, actor=request.user)
        forget_draft(request.user, reverse("desk:agreement_brought", args=[document_id]))
        messages.success(request, _("「%(name)s」を登録せずに消しました。") % {"name": one.document.name})
    except services.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:agreement_from_document")
