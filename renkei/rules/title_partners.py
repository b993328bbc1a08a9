"""The partners that a title names for certain: 「XとYとの…協定」, 「…に関する協定(X市)」, 「X県・Y県…協定」."""

import re
from dataclasses import dataclass
from functools import lru_cache

from renkei.rules.brackets import last_bracket
from renkei.rules.cells import MASK, tidy
from renkei.rules.names import legal_form
from renkei.rules.organisation_words import PREFECTURE, is_area, is_group, is_whole_name
from renkei.rules.partner_cells import NamedPartner, read_partners

DOCUMENT = (
    "協定書?|協約書?|覚書|覚え書き?|申合せ書?|申し合わせ書?|申合わせ書?|合意書?|確認書|契約書|協議書|宣言書?|実施細目書?|細目書?|実施細則|細則|"
    "議定書|協定書?等|細目協定書?|要綱|要領|規約|誓約書|計画|連携|基本合意書|プロトコル|規程"
)
ENDS_AS_DOCUMENT = re.compile(rf"(?:{DOCUMENT})$")
_TAIL = re.compile(r"[\s…‥・.．。、*＊※]+$")
_NO_PARTNER = re.compile(
    r"協定|覚書|既存|改正|改訂|改定|変更|旧$|^旧|^新$|案$|仮称|^第|その[\d一二三]|細目|写し?$|^写|分$|共通|様式|別|再締結|廃止|更新|年|月|日$|^抜粋|抄$|平時|災害|等$|に関|継続"
)
_WITHOUT_BLANKS = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_START = r"(?:^|における|に関する|についての|に係る|に向けた|のための|に伴う|に基づく|時の|等の|した|する|、)"
_NAME = r"[^、。()（）]{2,40}?"
_BETWEEN = re.compile(rf"{_START}(?P<one>{_NAME})と、?(?P<other>[^。()（）]{{2,60}}?)(?:との間|との|間の|の)")
_PREFECTURES = re.compile(
    rf"^(?:.{{2,12}}(?:における|に関する))?((?:{PREFECTURE})(?:(?:・|、|及び|と|並びに)(?:{PREFECTURE}))+)"
)
_OWN_RUN = re.compile(r"(?:[^ぁ-ん、。（()「」]|[のヶケ](?=丸|森))+$")
_HOUSE_OF = re.compile(
    r"(?:における|時の|際の)(?P<one>[^ぁ-ん、。()（）]{3,30}|[^、。()（）]{3,30}?)の?(?:施設|店舗|会館|社屋)"
)


LONGEST_TITLE = 400
"""A longer text is no title and is not searched."""


@dataclass(frozen=True)
class TitlePartners:
    """The title without a bracket that only names the partner, and the partners it names for certain."""

    title: str
    partners: tuple[NamedPartner, ...] = ()


@lru_cache(maxsize=16384)
def partners_in_title(title: str) -> TitlePartners:
    """The partners that the title names for certain; none where there is doubt."""
    if len(title) > LONGEST_TITLE:
        return TitlePartners(title)
    bare = _TAIL.sub("", tidy(title))
    if found := _in_bracket(bare):
        return found
    flat = _WITHOUT_BLANKS.sub("", bare)
    for search in (_prefectures, _between, _with_one, _house_of):
        if names := search(flat):
            return TitlePartners(title, tuple(names))
    return TitlePartners(title)


def _in_bracket(title: str) -> TitlePartners | None:
    found = last_bracket(title)
    if not found or not found[1] or not ENDS_AS_DOCUMENT.search(found[0].rstrip("等")):
        return None
    before, inside = found
    if _NO_PARTNER.search(inside) and not legal_form(inside):
        return None
    partners = read_partners(inside).partners
    if partners and all(_is_partner(partner.name) for partner in partners):
        return TitlePartners(before, partners)
    return None


def _is_partner(name: str) -> bool:
    return is_whole_name(name) or bool(MASK.search(name))


def _prefectures(flat: str) -> list[NamedPartner]:
    found = _PREFECTURES.match(flat)
    return [NamedPartner(name) for name in re.findall(PREFECTURE, found[1])] if found else []


def _between(flat: str) -> list[NamedPartner]:
    """X and Y in 「XとYとの」: both must be whole names."""
    for found in _BETWEEN.finditer(flat):
        one = _last_name(found["one"])
        others = _names_of(found["other"])
        if one and others:
            return [NamedPartner(one), *others]
    return []


def _names_of(text: str) -> list[NamedPartner]:
    partners = read_partners(text).partners
    return list(partners) if partners and all(_is_named(partner.name) for partner in partners) else []


def _is_named(name: str) -> bool:
    """A whole name that is no mere kind of thing and no running text."""
    return (
        is_whole_name(name)
        and not re.search(r"(?:に関する|における|のための|に係る|する)", name)
        and not _IS_A_MATTER.search(name)
    )


_IS_A_MATTER = re.compile(r"(?:災害時|発生時|平常時|等)")


def _with_one(flat: str) -> list[NamedPartner]:
    """Y in 「Yとの…協定」 or a list of towns 「A市、B市及びC市との協定」."""
    lead, sign, _rest = flat.partition("との")
    if not sign or not lead:
        return []
    if "、" in lead or "及び" in lead:
        partners = read_partners(lead).partners
        if len(partners) > 1 and all(is_area(p.name) and not is_group(p.name) for p in partners):
            return list(partners)
        return []
    name = _last_name(lead)
    if any(is_whole_name(name[:place]) for place, letter in enumerate(name) if letter == "と"):
        return []
    return [NamedPartner(name)] if name else []


def _last_name(text: str) -> str:
    """The whole name that ends the text: all of it, or what follows the last word that cannot belong to a name."""
    text = re.split(
        r"における|に関する|についての|に係る|に向けた|のための|に伴う|に基づく|等の|した|する", text
    )[-1]
    if _is_named(text) and not re.search(r"[をにがへで](?=[^ぁ-ん])", text):
        return text
    run = _OWN_RUN.search(text)
    name = run.group() if run else ""
    certain = legal_form(name) is not None or is_area(name)
    return name if name != text and certain and _is_named(name) else ""


def _house_of(flat: str) -> list[NamedPartner]:
    """The firm whose building is used: 「災害時における四国計測工業株式会社施設の利用に関する協定書」."""
    found = _HOUSE_OF.search(flat)
    name = found["one"] if found else ""
    return [NamedPartner(name)] if name and legal_form(name) and _is_named(name) else []
