"""All that the register holds of an agreement, read for proposals: texts, its old ledger, then who it is with."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Form
from renkei.disasters.capabilities.facts import CapabilityFacts
from renkei.disasters.capabilities.partner_words import PARTNERS
from renkei.disasters.capabilities.proposing import functions_in, proposals_from_text
from renkei.disasters.vocabulary import (
    PUBLISHED_COLUMNS,
    CapabilitySource,
    CapabilityState,
    DisasterFunction,
    published_column,
)

NOT_ABOUT_HELP = re.compile(
    r"^(?:窓口|連絡|担当|要請先|電話|FAX|メール|頁|ページ|件数|自治体|市町村|期間|更新|所在|住所|実績|締結|根拠|期待|最新)"
)
MARK = re.compile(r"^[○◯〇●◎✓レ✔✅1１]$")
KIND = "台帳の区分"
"""Under this word the import of ledgers keeps what a list is divided by, and each column with a ○."""
MUTUAL = re.compile(r"相互[^。]{0,6}(?:応援|援助|支援)|(?:災害時?等?|県内|広域)応援協定|市町村?相互間")
FOR_DISASTERS = re.compile(r"災害|防災|震災|地震|水害|豪雨|非常時|緊急時")
OTHER_COLUMN = PUBLISHED_COLUMNS[-1]


def proposals_of(agreement: Agreement, texts: Sequence[str] = ()) -> list[CapabilityFacts]:
    """All proposals for the agreement, what is said best first; without any, what such partners usually do."""
    found: list[CapabilityFacts] = []
    for text in texts:
        _add(found, proposals_from_text(agreement, text))
    _add(found, proposals_from_ledger(agreement))
    return found or [*_mutual_aid(agreement)] or _usual(agreement)


def proposals_from_ledger(agreement: Agreement) -> list[CapabilityFacts]:
    """What title, items, purpose and cells of the old ledger say (協力内容), then its kinds and ○ (物資供給).

    A kind is only the head over what is done: where a function of its column was read, it says nothing new.
    """
    kinds, cells = _told(agreement.remarks)
    told = [agreement.title, *(one.heading for one in agreement.items.all()), agreement.purpose]
    found: list[CapabilityFacts] = []
    for text, is_list in [*((one, False) for one in told), *((one, True) for one in cells)]:
        known = {one.function for one in found}
        found += [one for one in _read(agreement, text, is_list=is_list) if one.function not in known]
    columns = {published_column(one.function) for one in found} - {OTHER_COLUMN}
    for text in kinds:
        known = {one.function for one in found}
        read = [one for one in _read(agreement, text, is_list=True) if one.function not in known]
        found += [one for one in read if published_column(one.function) not in columns]
    return found


def _read(agreement: Agreement, text: str, *, is_list: bool) -> list[CapabilityFacts]:
    return (
        proposals_from_text(agreement, text, source=CapabilitySource.LEDGER, is_list=is_list) if text else []
    )


def _told(remarks: Iterable[object]) -> tuple[list[str], list[str]]:
    """The kinds under which the ledger has the agreement, and its cells that say more."""
    kinds, cells = [], []
    for remark in map(str, remarks):
        head, colon, cell = remark.partition(":")
        if NOT_ABOUT_HELP.search(unicodedata.normalize("NFKC", head)):
            continue
        if colon and (head.strip() == KIND or MARK.match(cell.strip())):
            kinds.append(cell if head.strip() == KIND else head)
        else:
            cells.append(cell if colon else remark)
    return kinds, cells


def _mutual_aid(agreement: Agreement) -> Iterator[CapabilityFacts]:
    """Towns that help each other send people first, unless the title says with what (消防, 給水)."""
    is_mutual = agreement.form == Form.MUTUAL_AID or MUTUAL.search(agreement.title)
    if is_mutual and {*functions_in(agreement.title)} <= {DisasterFunction.STAFF}:
        yield _of_ledger(DisasterFunction.STAFF, "相互応援", agreement.title)


def _usual(agreement: Agreement) -> list[CapabilityFacts]:
    """By the words in each partner's name, where the agreement is for disasters and says no more than that."""
    if agreement.form != Form.DISASTER and not FOR_DISASTERS.search(agreement.title):
        return []
    found = []
    for party in agreement.parties.all():
        name = unicodedata.normalize("NFKC", party.name_as_signed)
        words = [(len(word), f, word) for f, known in PARTNERS.items() for word in known if word in name]
        if party.organisation_id and words:
            _length, function, _word = max(words)
            found.append(_of_ledger(function, "", party.name_as_signed, party.organisation_id))
    return found


def _of_ledger(function: str, goods: str, quote: str, partner: int | None = None) -> CapabilityFacts:
    return CapabilityFacts(
        function,
        goods=goods,
        organisation_id=partner,
        state=CapabilityState.PROPOSED,
        source=CapabilitySource.LEDGER,
        source_text=quote,
    )


def _add(found: list[CapabilityFacts], more: Iterable[CapabilityFacts]) -> None:
    """What says nothing new is left out: a function that is known already, without another amount."""
    functions = {one.function for one in found}
    amounts = {(one.function, one.goods) for one in found}
    found += [
        one
        for one in more
        if one.function not in functions or (one.quantity and (one.function, one.goods) not in amounts)
    ]
