"""Records that a device made without network: read and checked one by one before anything is done with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from renkei.disasters.amounts import LARGEST
from renkei.disasters.vocabulary import (
    CallOutcome,
    DisasterFunction,
    Hazard,
    IncidentKind,
    StepKind,
    Urgency,
)
from renkei.municipalities.public_id import ALPHABET, LENGTH


class Kind(StrEnum):
    """What a record is about."""

    INCIDENT = "incident"
    NEED = "need"
    CALL = "call"
    REQUEST = "request"
    STEP = "step"
    NOTE = "note"


TEXT, SENTENCE, NAME, NUMBER, LINK = 4000, 300, 100, 20, LENGTH
LENGTHS: Mapping[Kind, Mapping[str, int]] = {
    Kind.INCIDENT: {"kind": 10, "hazard": 12, "title": 200},
    Kind.NEED: {
        "said": SENTENCE, "function": 20, "goods": 200, "quantity": NUMBER, "unit": 20, "district": LINK,
        "place": 200, "urgency": 10, "told_by": NAME, "note": TEXT,
    },
    Kind.CALL: {
        "need": LINK, "request": LINK, "partner": LINK, "contact": LINK, "called": 200, "outcome": 10,
        "spoke_with": NAME, "note": TEXT,
    },
    Kind.REQUEST: {
        "need": LINK, "partner": LINK, "capability": LINK, "quantity": NUMBER, "unit": 20, "wanted": NAME,
        "conditions": TEXT,
    },
    Kind.STEP: {"request": LINK, "step": 10, "quantity": NUMBER, "amount": NUMBER, "told_by": NAME, "note": TEXT},
    Kind.NOTE: {"text": TEXT},
}  # fmt: skip
"""The fields of each kind, and how long each may be; whatever else comes is refused."""
CHOSEN: Mapping[Kind, Mapping[str, type]] = {
    Kind.INCIDENT: {"kind": IncidentKind, "hazard": Hazard},
    Kind.NEED: {"function": DisasterFunction},
    Kind.CALL: {"outcome": CallOutcome},
    Kind.STEP: {"step": StepKind},
}
ALWAYS = ("record", "id", "at", "incident")
OLDEST = timedelta(days=366)


class Unreadable(Exception):
    """The record is none that the page makes; the sentence says what is wrong."""


@dataclass(frozen=True)
class Told:
    """One record, read: `at` is when it was made by the device's clock, at the latest when it came in."""

    public_id: str
    kind: Kind
    at: datetime
    incident: str
    fields: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    def number(self, name: str) -> Decimal | None:
        """A number that the device told; None where it told none."""
        return Decimal(self[name]) if self[name] else None

    @property
    def as_kept(self) -> dict[str, Any]:
        """The record as it came, for keeping."""
        return {
            "record": self.kind.value, "id": self.public_id, "at": self.at.isoformat(),
            "incident": self.incident, **self.fields,
        }  # fmt: skip


def read(raw: object, *, at: datetime) -> Told:
    """The record that came in at the moment; Unreadable where it is none."""
    if not isinstance(raw, dict):
        raise Unreadable(_("記録の形が正しくありません。"))
    public_id = id_in(raw, "id")
    kind = _kind_of(raw)
    fields = {name: _text(raw, name, most) for name, most in LENGTHS[kind].items()}
    if raw.keys() - set(ALWAYS) - fields.keys():
        raise Unreadable(_("知らない項目があります。画面を読み直して、もう一度記録してください。"))
    _check_choices(kind, fields)
    for name in {"quantity", "amount"} & fields.keys():
        fields[name] = _number(fields[name])
    incident = public_id if kind is Kind.INCIDENT else _text(raw, "incident", LINK)
    return Told(
        public_id, kind, _moment(raw, at), incident, {name: value for name, value in fields.items() if value}
    )


def id_in(raw: Mapping[object, object], name: str) -> str:
    """An id as devices make them."""
    value = raw.get(name)
    if not isinstance(value, str) or len(value) != LENGTH or set(value) - set(ALPHABET):
        raise Unreadable(_("記録の番号が正しくありません。"))
    return value


def _kind_of(raw: Mapping[object, object]) -> Kind:
    try:
        return Kind(str(raw.get("record")))
    except ValueError:
        raise Unreadable(_("記録の種類が正しくありません。")) from None


def _text(raw: Mapping[object, object], name: str, most: int) -> str:
    value = raw.get(name)
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise Unreadable(_("「%(name)s」の値が正しくありません。") % {"name": name})
    if len(value.strip()) > most:
        raise Unreadable(_("「%(name)s」は%(most)s文字までです。") % {"name": name, "most": most})
    return value.strip()


def _check_choices(kind: Kind, fields: dict[str, str]) -> None:
    if kind is Kind.NEED:
        fields["urgency"] = fields["urgency"] or Urgency.NOW.value
    for name, choices in {
        **CHOSEN.get(kind, {}),
        **({"urgency": Urgency} if kind is Kind.NEED else {}),
    }.items():
        if fields[name] not in choices.values:  # type: ignore[attr-defined]
            raise Unreadable(_("「%(name)s」の値が正しくありません。") % {"name": name})


def _number(value: str) -> str:
    if not value:
        return ""
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number < LARGEST:
        raise Unreadable(_("数が正しくありません。"))
    return str(number.quantize(Decimal("0.01")))


def _moment(raw: Mapping[object, object], at: datetime) -> datetime:
    """By the device's clock; one that goes ahead is put right, for nothing happens after it was told."""
    try:
        moment = parse_datetime(str(raw.get("at", "")))
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        raise Unreadable(_("記録の日時が正しくありません。"))
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    try:
        # In UTC: PostgreSQL takes no zone that is 16 hours or parts of a second away.
        moment = moment.astimezone(UTC)
        return min(moment, at) if at - moment < OLDEST else at
    except OverflowError:
        return at
