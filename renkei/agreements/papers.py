"""The papers that fit an agreement on a day, one for each partner, each with what is known for its fields."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from renkei.agreements.holdings import holder_on
from renkei.agreements.models import Agreement, Party
from renkei.agreements.outlook import Outlook, outlook
from renkei.agreements.vocabulary import EndReason, Form, top_field
from renkei.documents.papers.making import PaperFacts, numbered, sender_of, told_day
from renkei.documents.vocabulary import PaperKind
from renkei.rules.japanese_calendar import japanese_partial

BY_HAND = "by-hand"


@override("ja")
def papers_of(agreement: Agreement, *, day: date, clerk: str = "") -> list[PaperFacts]:
    """Every paper that can be made on the day; `clerk` is whom the reader may ask."""
    ahead = outlook(agreement, day)
    parties = list(agreement.parties.select_related("organisation"))
    town = next((one.signatory for one in parties if one.organisation_id is None), "")
    both = {
        "協定名": agreement.title,
        "件名": agreement.title,
        "締結日": _signed(agreement),
        "自治体名": str(agreement.municipality),
        "発信者": sender_of(agreement.municipality, town),
        "担当課": str(holder_on(agreement, day) or ""),
        "担当者": clerk,
        "発信日": told_day(day),
    }
    present = [one for one in parties if one.organisation_id and one.is_present_on(day)]
    return [paper for one in present for paper in _papers(agreement, one, {**both, **_to(one)}, ahead, day)]


def _papers(
    agreement: Agreement, party: Party, both: dict[str, Any], ahead: Outlook, day: date
) -> Iterator[PaperFacts]:
    of, about = str(party.position), party.name_as_signed
    if ahead.running and _is_for_disasters(agreement):
        told = _request(both, day)
        yield PaperFacts(PaperKind.REQUEST, told, of, about)
        by_hand = {name: told[name] for name in told if name not in ("要請日", "連絡先")}
        words = _("%(partner)s(手書き用)") % {"partner": about}
        yield PaperFacts(PaperKind.REQUEST, by_hand, f"{of}-{BY_HAND}", words)
    if renewal := _renewal(both, ahead):
        yield PaperFacts(PaperKind.RENEWAL, renewal, of, about)
    if ending := _ending(agreement, both, ahead):
        yield PaperFacts(PaperKind.ENDING, ending, of, about)
    yield PaperFacts(PaperKind.COVER, _cover(agreement, both), of, about)


def _is_for_disasters(agreement: Agreement) -> bool:
    """Whether help may be asked for under it."""
    if agreement.form in (Form.DISASTER, Form.MUTUAL_AID):
        return True
    return any(top_field(link.field.slug) in ("disaster", "fire") for link in agreement.field_links.all())


def _to(party: Party) -> dict[str, str]:
    return {
        "相手方の名称": f"{party.name_as_signed} {party.unit}".strip(),
        "相手方の代表者": party.signatory,
        "相手方の所在地": party.organisation.address if party.organisation else "",
    }


def _signed(agreement: Agreement) -> str:
    """The day of signing in words; a day that is only known in part is written as far as it is."""
    if agreement.signed_on:
        return told_day(agreement.signed_on)
    return japanese_partial(agreement.signed) if agreement.signed else ""


def _request(both: dict[str, Any], day: date) -> dict[str, Any]:
    return {**both, "要請日": told_day(day), "連絡先": both["担当者"]}


def _renewal(both: dict[str, Any], ahead: Outlook) -> dict[str, Any] | None:
    """Where another term follows the running one."""
    if not (ahead.running and ahead.running.last and ahead.ahead):
        return None
    following = ahead.ahead[0]
    until = _("%(day)sまで") % {"day": told_day(following.last)} if following.last else ""
    return {
        **both,
        "期間の満了日": told_day(ahead.running.last),
        "更新後の期間": _("%(first)sから%(until)s") % {"first": told_day(following.first), "until": until},
        "申出の期限": told_day(ahead.deadline),
    }


def _ending(agreement: Agreement, both: dict[str, Any], ahead: Outlook) -> dict[str, Any] | None:
    """Where an ending is written down, or the running term is the last."""
    ending = getattr(agreement, "ending", None)
    if ending:
        return {**both, "終了日": told_day(ending.on), "終了の理由": str(ending.get_reason_display())}
    if ahead.running and ahead.running.last and not ahead.ahead:
        reason = str(EndReason.EXPIRED.label)
        return {**both, "終了日": told_day(ahead.running.last), "終了の理由": reason}
    return None


def _cover(agreement: Agreement, both: dict[str, Any]) -> dict[str, Any]:
    copy = _("%(kind)s(写し)") % {"kind": agreement.get_document_kind_display()}
    return {**both, "送付するもの": numbered([{"名前": copy, "部数": _("1部")}])}
