"""The asking paper (要請書), filled in from what is asked of a partner: of one request, or of all that are open."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from renkei.agreements.holdings import holder_on
from renkei.agreements.models import Agreement, Party
from renkei.disasters.amounts import told_amount
from renkei.disasters.contacts.chains import TELEPHONES, in_use_with_channels
from renkei.disasters.incidents.letters import DRILL
from renkei.disasters.models import Call, EmergencyContact, HelpRequest
from renkei.disasters.vocabulary import CallOutcome, RequestState
from renkei.documents.papers.making import PaperFacts, sender_of, told_day
from renkei.documents.vocabulary import PaperKind
from renkei.municipalities.models import Municipality
from renkei.partners.models import PartnerKind
from renkei.rules.japanese_calendar import japanese_partial

ASKABLE = (RequestState.PLANNED, RequestState.ASKED, RequestState.ACCEPTED, RequestState.PARTLY)
TOWNS = (PartnerKind.MUNICIPALITY, PartnerKind.PREFECTURE)
ALL = "all"
"""In an address: everything that is asked of the partner, in one paper."""


def asked_together(help_request: HelpRequest) -> list[HelpRequest]:
    """Everything that is asked of the partner under the same agreement in the incident, this request among it."""
    found = help_request.incident.requests.filter(
        organisation=help_request.organisation_id, agreement=help_request.agreement_id
    ).select_related("need__district", "organisation", "agreement")
    return [one for one in found if one.state in ASKABLE or one.pk == help_request.pk]


def why_no_paper(help_request: HelpRequest) -> str | None:
    """None where the paper can be made; it stands on an agreement."""
    if help_request.agreement is None:
        return _(
            "協定のない相手方への依頼なので、協定に基づく要請書は作れません。電話で頼み、記録してください。"
        )
    return None


def papers_of_request(
    help_request: HelpRequest, *, day: date, clerk: str, names_people: bool = True
) -> list[PaperFacts]:
    """The paper of the request, and where more is asked of the partner one paper of everything.

    `names_people` is False for whoever may not see who was called.
    """
    if why_no_paper(help_request):
        return []
    papers = [facts_of([help_request], day=day, clerk=clerk, names_people=names_people)]
    together = asked_together(help_request)
    if len(together) > 1:
        papers.append(facts_of(together, day=day, clerk=clerk, of=ALL, names_people=names_people))
    return papers


@override("ja")
def facts_of(
    requests: Sequence[HelpRequest], *, day: date, clerk: str, of: str = "", names_people: bool = True
) -> PaperFacts:
    """What the paper says of these requests to one partner; a drill says that it is one in every place."""
    first = requests[0]
    incident, agreement = first.incident, first.agreement
    told = {
        "自治体名": str(incident.municipality),
        "要請日": told_day(day),
        "要請の理由": _reason(requests, names_people=names_people),
        "要請の内容": "\n".join(_what(one) for one in requests),
        "引渡しの場所": _lines(one.need.where for one in requests),
        "希望する日時": _lines(one.wanted or str(one.need.get_urgency_display()) for one in requests),
        "連絡先": " ".join([clerk, *(_numbers(incident.municipality) if names_people else [])]).strip(),
        "相手方の名称": str(first.organisation),
        "相手方の所在地": first.organisation.address,
        "発信者": sender_of(incident.municipality),
        **(_under(agreement, first, day) if agreement else {}),
    }
    about = f"{DRILL if incident.is_drill else ''}{told['相手方の名称']}"
    return PaperFacts(PaperKind.REQUEST, _marked(told) if incident.is_drill else told, of, about)


def _numbers(town: Municipality) -> list[str]:
    """Where the partner reaches the town, by day and by night: as the town's own chain says."""
    own = in_use_with_channels(EmergencyContact.objects.of(town).of_town()).order_by("position", "pk")
    found = [
        (one.unit, channel.value)
        for one in own
        for channel in one.channels.all()
        if channel.kind in TELEPHONES
    ]
    return [_("電話 %(number)s(%(unit)s)") % {"unit": unit, "number": number} for unit, number in found[:2]]


def _marked(told: dict[str, str]) -> dict[str, str]:
    """With 「訓練」 at the head and in each place that somebody might read alone."""
    marked = {name: f"{DRILL}{told[name]}" for name in ("要請の理由", "要請の内容", "引渡しの場所", "連絡先")}
    marked["希望する日時"] = f"{DRILL}{told['希望する日時']}"
    return {**told, "文書番号": _("%sこれは訓練の文書です") % DRILL, **marked}


def _under(agreement: Agreement, help_request: HelpRequest, day: date) -> dict[str, str]:
    """What the agreement says: its title, the day of signing, and who signed for whom."""
    parties = list(agreement.parties.select_related("organisation"))
    town = next((one.signatory for one in parties if one.organisation_id is None), "")
    partner = help_request.organisation
    theirs = next((one for one in parties if _is_of(one, help_request)), None)
    signed = told_day(agreement.signed_on) if agreement.signed_on else ""
    told = {
        "協定名": agreement.title,
        "締結日": signed or (japanese_partial(agreement.signed) if agreement.signed else ""),
        "発信者": sender_of(help_request.incident.municipality, town),
        "担当課": str(holder_on(agreement, day) or ""),
    }
    if theirs is not None:
        told |= {
            "相手方の名称": f"{theirs.name_as_signed} {theirs.unit}".strip(),
            "相手方の代表者": theirs.signatory,
            "相手方の所在地": partner.address,
        }
    return told


def _is_of(party: Party, help_request: HelpRequest) -> bool:
    partner = party.organisation
    return partner is not None and help_request.organisation_id in (partner.pk, partner.merged_into_id)


def _reason(requests: Sequence[HelpRequest], *, names_people: bool) -> str:
    """The state of the disaster, and that somebody asked by telephone before."""
    incident = requests[0].incident
    hazard = str(incident.get_hazard_display())
    what = incident.title if hazard in incident.title else f"{incident.title}({hazard})"
    lines = [what, incident.summary, _telephone(requests, names_people=names_people)]
    return "\n".join(line for line in lines if line.strip())


def _telephone(requests: Sequence[HelpRequest], *, names_people: bool) -> str:
    # A call after the letter was no asking by telephone: it may have asked whether an answer is true.
    before = Q(request__sent_at=None) | Q(at__lte=F("request__sent_at"))
    reached = (
        Call.objects.valid()
        .filter(before, request__in=requests, outcome=CallOutcome.REACHED)
        .select_related("by")
    )
    call = reached.order_by("at", "pk").first()
    if call is None:
        return ""
    at = timezone.localtime(call.at)
    moment = f"{told_day(at.date())} {at.hour}時{at.minute:02d}分"
    if call.spoke_with and names_people:
        facts = {"at": moment, "who": call.spoke_with}
        return _("この要請は、%(at)sに先に電話で要請したものです(お話しした方: %(who)s 様)。") % facts
    return _("この要請は、%sに先に電話で要請したものです。") % moment


def _what(help_request: HelpRequest) -> str:
    """One line: what and how much; of another town the kind of help stands first, as mutual-aid texts ask."""
    need = help_request.need
    parts = [str(need), told_amount(help_request.quantity, help_request.unit), help_request.conditions]
    if help_request.organisation.kind in TOWNS:
        parts.insert(0, _("応援の種類「%s」") % need.get_function_display())
    return " ".join(" ".join(part.split()) for part in parts if part.strip())


def _lines(told: Iterable[str]) -> str:
    """Each once, in their order."""
    return "\n".join(dict.fromkeys(one for one in told if one))
