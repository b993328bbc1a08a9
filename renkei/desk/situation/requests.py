"""Of one request: its paper, sending it, calling back about an answer, settling its costs."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from renkei.desk.form_page import now
from renkei.desk.papers.answers import paper_answer
from renkei.desk.situation.asked import incident_page, the_incident, the_request, verb_answer
from renkei.desk.situation.came_in import told_lines
from renkei.desk.situation.forms import CallBackForm, CostForm, OutcomeForm, SendForm
from renkei.desk.staff import StaffRequest, staff_page, today
from renkei.disasters.contacts.chains import chain_of
from renkei.disasters.incidents.costs import CostLine
from renkei.disasters.incidents.papers import papers_of_request, why_no_paper
from renkei.disasters.incidents.step_facts import StepFacts
from renkei.disasters.models import HelpRequest, UnplacedRecord
from renkei.disasters.permissions import why_not_see_contacts
from renkei.disasters.services.answering import confirm_answer
from renkei.disasters.services.requesting import record_step
from renkei.disasters.services.sending import send_request
from renkei.disasters.services.settling import settle_unplaced
from renkei.disasters.situation.board import RequestLine
from renkei.disasters.vocabulary import ChannelKind, StepKind
from renkei.documents.vocabulary import PaperKind
from renkei.ui.verbs import VerbWords

PEOPLE = ("called", "spoke_with", "told_by")
"""What a device tells of people of partners."""


@staff_page
def paper(request: StaffRequest, public_id: str) -> HttpResponse:
    """The asking paper, filled in, as PDF or (`form=docx`) Word; `of=all` is one of everything asked of the partner."""
    asked = the_request(request, public_id)
    back = incident_page(asked.incident)
    if why := why_no_paper(asked):
        messages.error(request, why)
        return redirect(back)
    unseen = why_not_see_contacts(request.user, day=today())
    papers = papers_of_request(asked, day=today(), clerk=request.user.name, names_people=not unseen)
    of, form = request.GET.get("of", ""), request.GET.get("form", "pdf")
    return paper_answer(request, papers, PaperKind.REQUEST, of, form, back=back)


@staff_page
def send(request: StaffRequest, public_id: str) -> HttpResponse:
    """Mail it with a link; FAX and telephone stand beside."""
    asked = the_request(request, public_id)

    def act(form: Any, once: str) -> object:
        site = f"{request.scheme}://{request.get_host()}" if "counter" in settings.DOORS else ""
        to = form.cleaned_data["to"]
        return send_request(asked, to=to, actor=request.user, at=now(), site=site, public_id=once)

    verb = VerbWords(
        title=gettext_lazy("要請を送る"),
        lead=gettext_lazy(
            "メールのリンクから、相手方はアカウントなしで回答できます(7日間)。急ぐときは、先に電話してください。"
        ),
        button=gettext_lazy("メールで送る"),
        done=gettext_lazy("要請を送りました。回答が来たら、折り返し電話で確かめます。"),
        form=SendForm,
    )
    addresses = known_addresses(request, asked)
    no_contacts = why_not_see_contacts(request.user, day=today())
    initial = {"to": "" if no_contacts else asked.sent_to or next(iter(addresses), "")}
    papers = papers_of_request(asked, day=today(), clerk=request.user.name)
    beside = {
        "asked": asked,
        "addresses": addresses,
        "papers": papers,
        "no_paper": why_no_paper(asked),
        "no_contacts": no_contacts,
    }
    return verb_answer(
        request,
        asked.incident,
        verb,
        act,
        back=reverse("desk:help_request", args=[asked.public_id]),
        beside=beside,
        form_options={"initial": initial},
        template="desk/situation/send.html",
    )


def known_addresses(request: StaffRequest, asked: HelpRequest) -> list[str]:
    """Mail addresses of the chain, the first to ask first; none for who may not see contacts."""
    if why_not_see_contacts(request.user, day=today()):
        return []
    chain = chain_of(asked.organisation, asked.agreement, at=now())
    channels = [one for contact in chain for one in contact.channels.all()]
    return list(dict.fromkeys(one.value for one in channels if one.kind == ChannelKind.MAIL))


@staff_page
def call_back(request: StaffRequest, public_id: str) -> HttpResponse:
    """Somebody called the partner back: the answer by the link counts from now on."""
    asked = the_request(request, public_id)

    def act(form: Any, once: str) -> object:
        spoke_with = form.cleaned_data["spoke_with"]
        return confirm_answer(asked, spoke_with=spoke_with, actor=request.user, at=now(), public_id=once)

    verb = VerbWords(
        title=gettext_lazy("リンクの回答を電話で確かめた"),
        lead=gettext_lazy(
            "偽のメールによる回答を防ぐため、こちらから緊急連絡先に電話して、本当の回答かを確かめます。"
        ),
        button=gettext_lazy("電話で確かめた"),
        done=gettext_lazy("回答を確かめました。状況表に数えます。"),
        form=CallBackForm,
    )
    answers = asked.steps.filter(came_by_link=True, is_void=False)
    chain = None
    if why_not_see_contacts(request.user, day=today()) is None:
        chain = chain_of(asked.organisation, asked.agreement, at=now())
    beside = {"asked": asked, "answers": answers, "chain": chain, "today": today()}
    return verb_answer(
        request, asked.incident, verb, act, beside=beside, template="desk/situation/call_back.html"
    )


@staff_page
def settle(request: StaffRequest, public_id: str) -> HttpResponse:
    """What was paid: the request is settled."""
    asked = the_request(request, public_id)

    def act(form: Any, once: str) -> object:
        facts, at = StepFacts(StepKind.SETTLED, **form.cleaned_data), now()
        return record_step(asked, facts, actor=request.user, at=at, received_at=at, public_id=once)

    verb = VerbWords(
        title=gettext_lazy("費用を精算する"),
        lead=gettext_lazy("支払いが済んだか、費用のないことが決まったら記録します。"),
        button=gettext_lazy("精算済みにする"),
        done=gettext_lazy("精算を記録しました。"),
        form=CostForm,
    )
    beside = {"asked": asked, "costs": CostLine(RequestLine(asked, tuple(asked.steps.all()), (), now()))}
    back = incident_page(asked.incident, "incident_costs")
    template = "desk/situation/settle.html"
    return verb_answer(request, asked.incident, verb, act, back=back, beside=beside, template=template)


@staff_page
def unplaced(request: StaffRequest, public_id: str, record_id: str) -> HttpResponse:
    """What came from a device and found no place: shown as it came, and settled by hand."""
    incident = the_incident(request, public_id)
    found: UnplacedRecord = get_object_or_404(incident.unplaced, public_id=record_id)
    found.incident = incident

    def act(form: Any, once: str) -> object:
        return settle_unplaced(found, form.cleaned_data["outcome"], actor=request.user, at=now())

    verb = VerbWords(
        title=gettext_lazy("取り込めなかった記録を片づける"),
        lead=gettext_lazy("届いたままの内容を見て、要るものは書き直し、どうしたかを残します。"),
        button=gettext_lazy("片づける"),
        done=gettext_lazy("取り込めなかった記録を片づけました。"),
        form=OutcomeForm,
    )
    hidden = PEOPLE if why_not_see_contacts(request.user, day=today()) else ()
    beside = {"unplaced": found, "told": list(told_lines(found, hidden=hidden))}
    return verb_answer(request, incident, verb, act, beside=beside, template="desk/situation/unplaced.html")
