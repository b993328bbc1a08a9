"""The columns of the sheet of capabilities: how each is written, and how what comes back is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from renkei.disasters.capabilities.facts import PlaceFacts
from renkei.disasters.models import Capability, SupplyPlace
from renkei.disasters.places import UnreadablePlace, coordinates
from renkei.disasters.refusals import CapabilityRefused
from renkei.disasters.vocabulary import (
    Certainty,
    CostBearer,
    DisasterFunction,
    HazardPosition,
    Hours,
    HowToAsk,
)
from renkei.rules.japanese_calendar import short_japanese_date
from renkei.rules.written_amounts import UnreadableAmount, amount, grouped

BETWEEN = " | "
"""Between name, address, coordinates and position of a place."""
Write = Callable[[Capability], str]
Read = Callable[[str], Any]


@dataclass(frozen=True)
class Column:
    """A column: its key (the fact it holds), its head, its width in letters, and whether it may be filled."""

    key: str
    head: str
    width: int
    write: Write
    read: Read | None = None


def _plain(name: str, head: str, width: int, longest: int) -> Column:
    def read(cell: str) -> str:
        if len(cell) > longest:
            raise CapabilityRefused(
                _("%(head)sは%(longest)s文字までです。") % {"head": head, "longest": longest}
            )
        return cell

    return Column(name, head, width, lambda one: str(getattr(one, name)), read)


def _chosen(name: str, head: str, width: int, choices: type[TextChoices], nothing: str) -> Column:
    def read(cell: str) -> str:
        if not cell:
            return nothing
        for value, label in choices.choices:
            if cell in (str(label), value):
                return str(value)
        known = "、".join(str(label) for label in choices.labels)
        raise CapabilityRefused(
            _("%(head)s「%(told)s」は一覧にありません。使えるのは %(known)s です。")
            % {"head": head, "told": cell[:20], "known": known}
        )

    return Column(name, head, width, lambda one: str(choices(getattr(one, name)).label), read)


def _number(name: str, head: str, width: int) -> Column:
    def read(cell: str) -> Decimal | None:
        try:
            return amount(cell) if cell else None
        except UnreadableAmount as refusal:
            raise CapabilityRefused(f"{head}: {refusal}") from refusal

    def write(one: Capability) -> str:
        number = getattr(one, name)
        return "" if number is None else grouped(number)

    return Column(name, head, width, write, read)


def _said(place: SupplyPlace) -> str:
    at = "" if place.latitude is None else f"{place.latitude}, {place.longitude}"
    return BETWEEN.join((place.name, place.address, at, str(place.get_hazard_display())))


def places_in(cell: str) -> tuple[PlaceFacts, ...]:
    """The places of a cell, one on a line: name | address | 43.77, 142.36 | 区域の外."""
    return tuple(_place(line) for line in cell.splitlines() if line.strip())


def _place(line: str) -> PlaceFacts:
    name, address, at, hazard, *_more = [
        *(part.strip() for part in line.replace("｜", "|").split("|")), "", "", "", "",
    ]  # fmt: skip
    labels: Mapping[str, str] = {str(one.label): one.value for one in HazardPosition}
    if hazard and hazard not in labels:
        raise CapabilityRefused(
            _("危険区域「%(told)s」は一覧にありません。使えるのは %(known)s です。")
            % {"told": hazard[:20], "known": "、".join(labels)}
        )
    try:
        latitude, longitude = coordinates(at) or (None, None)
    except UnreadablePlace as refusal:
        raise CapabilityRefused(str(refusal)) from refusal
    return PlaceFacts(
        name[:100], address[:200], latitude, longitude, labels.get(hazard, HazardPosition.UNKNOWN)
    )


KEY = Column("public_id", "番号", 14, lambda one: one.public_id)
AGREEMENT_NUMBER = Column("agreement_number", "協定番号", 16, lambda one: one.agreement.numbered)
AGREEMENT = Column("agreement", "協定名", 34, lambda one: one.agreement.title)
PARTNER = Column("partner", "相手方", 24, lambda one: one.partner.name)
FILLED = (
    _chosen("function", "支援の種類", 20, DisasterFunction, ""),
    _plain("goods", "品目・内容", 26, 200),
    _number("quantity", "数量", 10),
    _plain("unit", "単位", 8, 20),
    _chosen("certainty", "数量の確かさ", 18, Certainty, Certainty.NONE),
    _plain("area", "対応できる地域", 18, 200),
    _number("lead_hours", "到着までの時間", 10),
    _chosen("hours", "時間帯", 14, Hours, Hours.UNKNOWN),
    _plain("hours_note", "時間帯の補足", 18, 200),
    _plain("conditions", "条件", 28, 2_000),
    _chosen("cost_bearer", "費用の負担", 14, CostBearer, CostBearer.UNKNOWN),
    _plain("cost_note", "費用の補足", 20, 200),
    _chosen("how_to_ask", "要請のしかた", 20, HowToAsk, HowToAsk.UNKNOWN),
    _plain("asked_by", "要請する人", 14, 100),
    _plain("asking_form", "要請の様式", 14, 200),
    _plain("asking_channel", "要請の手段", 16, 200),
    Column(
        "places", "場所(名前 | 所在地 | 緯度, 経度 | 危険区域)", 40,
        lambda one: "\n".join(_said(place) for place in one.places.all()), places_in,
    ),
)  # fmt: skip
TOLD = (
    Column("state", "状態", 12, lambda one: str(one.get_state_display())),
    Column("source", "もと", 12, lambda one: str(one.get_source_display())),
    Column("source_text", "もとの記載", 40, lambda one: one.source_text),
    Column("confirmed_on", "確かめた日", 12, lambda one: short_japanese_date(one.confirmed_on) if one.confirmed_on else ""),
    Column("confirmed_how", "確かめ方", 12, lambda one: str(one.get_confirmed_how_display())),
)  # fmt: skip
COLUMNS = (KEY, AGREEMENT_NUMBER, AGREEMENT, PARTNER, *FILLED, *TOLD)
