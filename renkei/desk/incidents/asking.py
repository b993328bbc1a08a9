"""One press beside a partner: how the call ended, or that it is asked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from renkei.agreements.models import Agreement
from renkei.agreements.services import Refused
from renkei.desk.form_page import now
from renkei.desk.incidents.records import the_need, why_not
from renkei.desk.staff import StaffRequest, staff_page, stop_if, town
from renkei.disasters.contacts.chains import chains_of
from renkei.disasters.incidents.call_facts import CallFacts
from renkei.disasters.incidents.load import has_untried_number, loads
from renkei.disasters.models import Capability, ContactChannel, Need
from renkei.disasters.services.pressing import ask_partner, note_call
from renkei.disasters.vocabulary import CallOutcome, StepKind
from renkei.municipalities.public_id import carried_or_new
from renkei.partners.models import Organisation

ANSWERS = {"accepted": StepKind.ACCEPTED, "partly": StepKind.PARTLY, "declined": StepKind.DECLINED}
ASK = "ask"


@staff_page
@require_POST
def press(request: StaffRequest, public_id: str) -> HttpResponse:
    """The time is that of the press; who spoke and how much can be added afterwards."""
    need = the_need(request, public_id)
    stop_if(why_not(request))
    pressed = request.POST.get("press", "")
    try:
        return redirect(_done(request, need, pressed))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:need", public_id)


def _done(request: StaffRequest, need: Need, pressed: str) -> str:
    mine = town(request)
    once = carried_or_new(request.POST.get("once", ""))
    partner = get_object_or_404(Organisation.objects.of(mine), public_id=request.POST.get("partner", ""))
    agreement = Agreement.objects.of(mine).filter(public_id=request.POST.get("agreement", "")).first()
    named = Capability.objects.of(mine).filter(public_id=request.POST.get("capability", ""))
    capability, user, at = named.first(), request.user, now()
    if pressed == ASK:
        asked = ask_partner(
            need, partner, agreement=agreement, capability=capability, actor=user, at=at, public_id=once
        )
        return f"{reverse('desk:help_request', args=[asked.public_id])}#next"
    is_answer = pressed in ANSWERS
    if not is_answer and pressed not in CallOutcome.values:
        messages.error(request, _("どのボタンが押されたか分かりません。もう一度押してください。"))
        return reverse("desk:need", args=[need.public_id])
    outcome = CallOutcome.REACHED if is_answer else CallOutcome(pressed)
    channel = _channel(request, partner)
    told = CallFacts(
        partner,
        outcome,
        contact=channel.contact if channel else None,
        called=channel.value if channel else "",
    )
    call = note_call(
        need,
        told,
        ANSWERS.get(pressed),
        agreement=agreement,
        capability=capability,
        actor=user,
        at=at,
        public_id=once,
    )
    if call.request:
        messages.success(request, _("記録しました。数量や話した相手は、ここで書き足せます。"))
        return f"{reverse('desk:help_request', args=[call.request.public_id])}#next"
    return _on_with_calling(request, need, partner, outcome)


def _on_with_calling(request: StaffRequest, need: Need, partner: Organisation, outcome: CallOutcome) -> str:
    """The same partner again while there are numbers that were not tried; otherwise the first number on the page."""
    page, told = reverse("desk:need", args=[need.public_id]), {"partner": partner, "outcome": outcome.label}
    at = now()
    tried, chain = (
        loads(need, {partner.pk: ""})[partner.pk].unreached,
        chains_of([partner], at=at)[partner.pk],
    )
    if tried and has_untried_number(chain, tried, at=at):
        messages.success(
            request,
            _("%(partner)sへの電話を「%(outcome)s」と記録しました。ほかの番号にもかけられます。") % told,
        )
        return f"{page}#p-{partner.public_id}"
    messages.success(
        request,
        _("%(partner)sへの電話を「%(outcome)s」と記録しました。次に頼める相手方から並べ直しました。") % told,
    )
    return f"{page}#call"


def _channel(request: StaffRequest, partner: Organisation) -> ContactChannel | None:
    """The number that was called, if it is one of the partner's."""
    asked = request.POST.get("channel", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return None
    mine = ContactChannel.objects.filter(contact__municipality=town(request)).select_related("contact")
    channel = mine.filter(pk=int(asked)).select_related("contact__organisation").first()
    organisation = channel.contact.organisation if channel else None
    is_partners = organisation and partner.pk in (organisation.pk, organisation.merged_into_id)
    return channel if is_partners else None
