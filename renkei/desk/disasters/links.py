"""Where a sign of readiness is put right, and the pages of the records that it was read from."""

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from renkei.disasters.readiness.doing import Doing
from renkei.disasters.readiness.one import AgreementReadiness
from renkei.disasters.readiness.signs import Sign, SignState, Source, State
from renkei.disasters.readiness.tasks import TO_DO, Task

PAGES = {
    "agreement": "agreement",
    "capability": "capability",
    "partner": "emergency_contact_partner",
    "incident": "incident",
}


def page_of(name: str, *given: str, **asked: str) -> str:
    """The address of a page; "" where this installation has none."""
    try:
        address = reverse(f"desk:{name}", args=given)
    except NoReverseMatch:
        return ""
    return f"{address}?{urlencode(asked)}" if asked else address


def mended_at(sign: Sign, state: SignState, agreement_id: str, partner_id: str) -> str:
    """The form or list where the sign is put right."""
    first = state.sources[0].public_id if state.sources else ""
    if sign == Sign.TEXT:
        return page_of("agreement_attach", agreement_id)
    if sign == Sign.CONTACTS and partner_id:
        return page_of("emergency_contact_partner", partner_id)
    if sign == Sign.DRILLED:
        return page_of("drills")
    if sign in (Sign.ASKING_FORM, Sign.OUTSIDE_HAZARD) and first:
        return page_of("capability_edit", first) or page_of("capability", first)
    # What cannot be told waits for the first capability: an empty list would help nobody.
    if sign == Sign.CAPABILITY or state.state == State.UNKNOWN:
        return page_of("capability_new", agreement_id) or page_of("capabilities")
    return page_of("capabilities", agreement=agreement_id)


def task_address(task: Task) -> str:
    """Where the task is done."""
    partner = task.partner.public_id if task.partner else ""
    return mended_at(task.sign, task.state, task.agreement.public_id, partner)


def source_address(source: Source) -> str:
    """The page of the record; "" where nobody needs one."""
    if source.kind == "template":
        return page_of("paper", "request")
    return page_of(PAGES[source.kind], source.public_id)


def explained(one: AgreementReadiness, doing: Doing) -> list[dict[str, object]]:
    """Every sign with its records and where the person puts it right, or who may."""
    partner = one.partners[0].public_id if one.partners else ""
    return [
        {
            "sign": sign,
            "state": state,
            "sources": [(source.name, source_address(source)) for source in state.sources],
            "to_do": TO_DO[sign],
            "mend": mended_at(sign, state, one.agreement.public_id, partner) if state.is_lacking else "",
            "why_not": doing.why_not(sign, one.holder) if state.is_lacking else None,
        }
        for sign, state in one.signs.items()
    ]
