"""Reading the cells that people fill: days, kinds, figures and costs, each with a sentence where it cannot be read."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from renkei.initiatives.models import Indicator
from renkei.initiatives.refusals import CampaignRefused
from renkei.initiatives.sheets.columns import KINDS, NOTHING, SOME
from renkei.initiatives.vocabulary import ResultKind
from renkei.rules.cells import serial_day
from renkei.rules.japanese_calendar import UnreadableDay, read_day
from renkei.rules.written_amounts import UnreadableAmount, amount

_SPAN = re.compile(r"\s*(?:[〜～~]|から|–|—)\s*")
_PAIRS = re.compile(r"[\n;；]+")
_SIGN = re.compile(r"[=＝:：]")
YES = {SOME, "有", "有り", "○", "◯", "〇", "1"}
NO = {NOTHING, "無", "無し", "×", "✕", "0"}


def answer_in(cell: str) -> str:
    """あり, なし or "" where the cell is empty; refused where it says something else."""
    bare = cell.strip()
    if not bare:
        return ""
    if bare in YES:
        return SOME
    if bare in NO:
        return NOTHING
    raise CampaignRefused(_("実績の有無が「%s」です。「あり」か「なし」を選んでください。") % bare[:20])


def days_in(cell: str) -> tuple[date | None, date | None]:
    """The first and the last day of 「R5.9.1」 or 「R5.9.1〜R5.9.3」; nothing where the cell is empty."""
    parts = [part for part in _SPAN.split(cell.strip()) if part]
    if not parts:
        return None, None
    if len(parts) > 2:
        raise CampaignRefused(
            _("行った日「%s」に日が三つ以上あります。1行に一つか、「始まり〜終わり」で書いてください。")
            % cell[:40]
        )
    first, *last = [_day(part) for part in parts]
    return first, last[0] if last else None


def _day(text: str) -> date:
    try:
        day = serial_day(text) or read_day(text).day
    except UnreadableDay as error:
        raise CampaignRefused(_("行った日: %s") % error) from error
    if day.day is None:
        raise CampaignRefused(
            _("行った日「%s」に日がありません。日まで書くか、空にしてください。") % text[:20]
        )
    return day.first


def kind_in(cell: str) -> ResultKind:
    """The kind as the list offers it, whatever its width; その他 where the cell is empty."""
    if not cell.strip():
        return ResultKind.OTHER
    folded = _folded(cell)
    for label, kind in KINDS.items():
        if _folded(label) == folded:
            return kind
    raise CampaignRefused(
        _("種類「%(told)s」は一覧にありません。使えるのは %(known)s です。")
        % {"told": cell[:20], "known": "、".join(KINDS)}
    )


def figures_in(cell: str, indicators: Sequence[Indicator]) -> dict[str, Decimal]:
    """受講者数(人)=120 in a line of its own for each indicator; those without a value are left out.

    Where the initiative has one indicator, its value alone is enough.
    """
    found: dict[str, Decimal] = {}
    for part in filter(None, (one.strip() for one in _PAIRS.split(cell))):
        name, value = _pair(part, indicators)
        if value:
            found[name] = _number(name, value)
    return found


def _pair(part: str, indicators: Sequence[Indicator]) -> tuple[str, str]:
    told, *rest = _SIGN.split(part, maxsplit=1)
    if not rest and len(indicators) == 1:
        return indicators[0].name, part
    for one in indicators:
        if _folded(told) in (_folded(str(one)), _folded(one.name)):
            return one.name, rest[0].strip() if rest else ""
    known = "、".join(map(str, indicators)) or _("(なし)")
    raise CampaignRefused(
        _(
            "指標の値「%(told)s」の指標が分かりません。「受講者数(人)=120」のように書いてください。この取組の指標: %(known)s"
        )
        % {"told": part[:40], "known": known}
    )


def _number(name: str, value: str) -> Decimal:
    try:
        return amount(value)
    except UnreadableAmount as error:
        raise CampaignRefused(f"{name}: {error}") from error


def yen_in(cell: str, head: str) -> int | None:
    """Whole yen; nothing where the cell is empty."""
    if not cell.strip():
        return None
    found = _number(head, cell)
    if found != int(found):
        raise CampaignRefused(
            _("%(head)s「%(cell)s」は1円未満の端数があります。円で書いてください。")
            % {"head": head, "cell": cell[:20]}
        )
    return int(found)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
