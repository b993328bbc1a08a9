"""What a device told of, in the words of the pages: links between records say nothing to people and are left out."""

from collections.abc import Collection, Iterator

from django.db.models import Choices
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from renkei.disasters.models import UnplacedRecord
from renkei.disasters.offline.told import Kind
from renkei.disasters.vocabulary import (
    CallOutcome,
    DisasterFunction,
    Hazard,
    IncidentKind,
    StepKind,
    Urgency,
)
from renkei.partners.models import Organisation

WORDS = {
    "record": _("記録の種類"),
    "at": _("いつ"),
    "kind": _("災害ですか、訓練ですか"),
    "hazard": _("災害の種類"),
    "title": _("名称"),
    "said": _("聞いたまま"),
    "function": _("支援の種類"),
    "goods": _("何を"),
    "quantity": _("数量"),
    "unit": _("単位"),
    "place": _("場所"),
    "urgency": _("急ぎ"),
    "told_by": _("話した相手"),
    "called": _("かけた番号"),
    "outcome": _("結果"),
    "spoke_with": _("話した相手"),
    "wanted": _("希望する日時"),
    "conditions": _("伝えること"),
    "step": _("できごと"),
    "amount": _("金額(円)"),
    "note": _("記録"),
    "text": _("記録"),
}
LINKS = {"id", "incident", "need", "request", "partner", "contact", "capability", "district"}
CHOICES: dict[str, type[Choices]] = {
    "kind": IncidentKind,
    "hazard": Hazard,
    "function": DisasterFunction,
    "urgency": Urgency,
    "outcome": CallOutcome,
    "step": StepKind,
}
WORDS_OF_KINDS: dict[str, object] = {
    Kind.INCIDENT: _("災害・訓練"),
    Kind.NEED: _("必要なもの"),
    Kind.CALL: _("電話"),
    Kind.REQUEST: _("要請"),
    Kind.STEP: _("要請の経過"),
    Kind.NOTE: _("記録"),
}


def told_lines(record: UnplacedRecord, *, hidden: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each fact with its word, in the order of the pages; what is no word of ours is shown as it came."""
    partner = record.told.get("partner", "")
    known = Organisation.objects.of(record.incident.municipality).filter(public_id=str(partner)[:12]).first()
    if known:
        yield str(_("相手方")), str(known)
    for name, word in WORDS.items():
        value = record.told.get(name)
        if name not in hidden and value not in ("", None):
            yield str(word), _in_words(name, str(value))
    for name in record.told.keys() - WORDS.keys() - LINKS:
        yield name, str(record.told[name])


def _in_words(name: str, value: str) -> str:
    if name == "record":
        return str(WORDS_OF_KINDS.get(value, value))
    if name == "at":
        return _as_local(value)
    choices = CHOICES.get(name)
    return str(choices(value).label) if choices and value in choices.values else value


def _as_local(value: str) -> str:
    try:
        at = parse_datetime(value)
    except ValueError:
        return value
    return f"{timezone.localtime(at):%Y/%m/%d %H:%M}" if at and timezone.is_aware(at) else value
