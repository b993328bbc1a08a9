"""One partner's part of the yearly check: what was answered, sending the link, calls, typing the answer, its paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from renkei.agreements.services import Refused
from renkei.desk.contact_campaigns.check_page import site_of, the_check, why_not_work_on
from renkei.desk.contact_campaigns.forms import AddressForm, CallForm, UnreachableForm
from renkei.desk.form_page import now
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today
from renkei.disasters.checks.answer import CheckAnswer, answer_from, capabilities_of, contacts_of, differences
from renkei.disasters.checks.form import form_facts
from renkei.disasters.checks.papers import check_pdf, check_word, paper_name
from renkei.disasters.checks.plan import asked_partner
from renkei.disasters.checks.return_address import return_address
from renkei.disasters.checks.script import script_of
from renkei.disasters.contacts.chains import chain_of
from renkei.disasters.models import ContactCheck
from renkei.disasters.services import checking
from renkei.disasters.services.check_answers import Scan
from renkei.disasters.services.check_calls import TRIES, CheckCallFacts
from renkei.disasters.vocabulary import ChannelKind, HowVerified
from renkei.documents.services import DocumentRefused
from renkei.documents.uploads import can_be_kept
from renkei.ui.check_form import AnsweredByForm, CheckForm
from renkei.ui.downloads import document_answer, made_answer

WAYS = (HowVerified.PAPER, HowVerified.TELEPHONE)


def _context(request: StaffRequest, check: ContactCheck, **more: Any) -> dict[str, Any]:
    """What each page about a check shows at its head."""
    return {
        "title": str(check),
        "check": check,
        "campaign": check.campaign,
        "partner": check.partner,
        "reason": why_not_work_on(request, check),
        "day": today(),
        **more,
    }


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    check = the_check(request, public_id)
    return _shown(request, check, AddressForm(initial={"email": check.email}))


def _shown(request: StaffRequest, check: ContactCheck, form: AddressForm) -> HttpResponse:
    calls = list(check.calls.select_related("by"))
    context = _context(
        request,
        check,
        agreements=asked_partner(check.campaign.municipality, check.partner, today()).agreements,
        chain=contacts_of(check.campaign.municipality, check.partner),
        supplies=capabilities_of(check.campaign.municipality, check.partner),
        differences=differences(check.answer),
        calls=calls,
        address=form,
        unreachable=UnreachableForm(),
        needs_why=len(calls) < TRIES,
        no_address=return_address(check.campaign.municipality, today()).missing,
    )
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "desk/contact_campaigns/check.html", context, status=status)


@staff_page
@require_POST
def send(request: StaffRequest, public_id: str) -> HttpResponse:
    check = the_check(request, public_id)
    stop_if(why_not_work_on(request, check))
    form = AddressForm(request.POST)
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            checking.send_to(check, email, actor=request.user, at=now(), site=site_of(request))
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("%s にリンクを送ります。") % email)
            return redirect("desk:contact_check", check.public_id)
    return _shown(request, check, form)


@staff_page
def call(request: StaffRequest, public_id: str) -> HttpResponse:
    """The script, whom to call in which order, and the log of tries."""
    check = the_check(request, public_id)
    chain = chain_of(check.partner, None, at=now())
    by_number = {
        channel.value: one
        for one in reversed(chain)
        for channel in one.channels.all()
        if channel.kind not in (ChannelKind.MAIL, ChannelKind.FAX)
    }
    numbers = [(value, f"{one} {value}") for value, one in reversed(by_number.items())]
    form = CallForm(request.POST or None, numbers=numbers)
    if request.method == "POST":
        stop_if(why_not_work_on(request, check))
        if form.is_valid():
            given = form.cleaned_data
            facts = CheckCallFacts(
                called=given["called"] or given["other"],
                outcome=given["outcome"],
                contact=by_number.get(given["called"]),
                spoke_with=given["spoke_with"],
                note=given["note"],
            )
            try:
                checking.log_call(check, facts, actor=request.user, at=now())
            except Refused as refusal:
                form.add_error(None, str(refusal))
                check.refresh_from_db(fields=["version"])
            else:
                messages.success(request, _("電話を記録しました。"))
                return redirect("desk:contact_check_call", check.public_id)
    context = _context(
        request,
        check,
        title=_("電話で確かめる"),
        form=form,
        chain=chain,
        script=script_of(check, request.user),
        calls=check.calls.select_related("by"),
        supplies=capabilities_of(check.campaign.municipality, check.partner),
    )
    return render(request, "desk/contact_campaigns/call.html", context, status=422 if form.errors else 200)


@staff_page
@require_POST
def unreachable(request: StaffRequest, public_id: str) -> HttpResponse:
    check = the_check(request, public_id)
    stop_if(why_not_work_on(request, check))
    try:
        checking.give_up(check, note=request.POST.get("note", "")[:400], actor=request.user, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("「連絡がつかない」と記録しました。"))
    return redirect("desk:contact_check", check.public_id)


@staff_page
def answer(request: StaffRequest, public_id: str) -> HttpResponse:
    """Typing what came back on paper or was said on the telephone."""
    check = the_check(request, public_id)
    way = _way(request.POST.get("how") or request.GET.get("how", ""))
    facts = form_facts(check, today())
    sent, is_short = (request.POST if request.method == "POST" else None), "unchanged" in request.POST
    options: dict[str, Any] = {"file_check": can_be_kept if way == HowVerified.PAPER else None}
    whole = None if sent is None or is_short else {"data": sent, "files": request.FILES}
    form = CheckForm(facts=facts, **options, **(whole or {}))
    short = AnsweredByForm(
        prefix="short", **options, **({"data": sent, "files": request.FILES} if is_short else {})
    )
    if sent is not None:
        stop_if(why_not_work_on(request, check))
        told: Any = short if is_short else form
        if told.is_valid() and _taken(request, check, told, way):
            messages.success(request, _("回答を記録しました。"))
            return redirect("desk:contact_check", check.public_id)
        if form.asks_for_more and request.FILES:
            messages.warning(request, _("スキャンのファイルは、記録する前にもう一度選んでください。"))
    wrong = form.errors or short.errors
    context = _context(
        request,
        check,
        title=_("回答を入力する"),
        form=form,
        short=short,
        way=way,
        ways=WAYS,
        has_contacts=facts.contacts,
    )
    return render(request, "desk/contact_campaigns/answer.html", context, status=422 if wrong else 200)


def _way(asked: str) -> HowVerified:
    return HowVerified(asked) if asked in WAYS else HowVerified.PAPER


def _taken(request: StaffRequest, check: ContactCheck, form: Any, way: HowVerified) -> bool:
    given = form.cleaned_data
    told = (
        answer_from(form.contacts.rows, form.supplies.answers, given["note"])
        if isinstance(form, CheckForm)
        else CheckAnswer(is_unchanged=True)
    )
    file = given.get("file")
    try:
        scan = Scan(file.read(), file.name) if file else None
        by_name = given["by_name"]
        checking.answer_check(check, told, how=way, by_name=by_name, actor=request.user, at=now(), scan=scan)
    except (Refused, DocumentRefused) as refusal:
        form.add_error(None, str(refusal))
        check.refresh_from_db(fields=["version"])
        return False
    return True


@staff_page
def pdf(request: StaffRequest, public_id: str) -> HttpResponse:
    check = the_check(request, public_id)
    made = check_pdf([check], day=today(), at=now(), site=site_of(request))
    return made_answer(made.content, paper_name(check, "pdf"))


@staff_page
def word(request: StaffRequest, public_id: str) -> HttpResponse:
    check = the_check(request, public_id)
    made = check_word(check, day=today(), at=now(), site=site_of(request))
    return made_answer(made, paper_name(check, "docx"))


@staff_page
def scan(request: StaffRequest, public_id: str) -> HttpResponseBase:
    """The paper that came back."""
    check = the_check(request, public_id)
    if check.paper is None:
        raise Http404
    return document_answer(check.paper)
