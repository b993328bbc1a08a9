"""A cell of partners as the names in it: split only where it is certain, each bracket read for what it means."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from renkei.rules.brackets import last_bracket, split_outside
from renkei.rules.cells import LONGEST_READ, plain, signed_in, tidy
from renkei.rules.names import legal_form
from renkei.rules.organisation_words import (
    is_area,
    is_group,
    is_only_legal_form,
    is_only_unit,
    is_whole_name,
)
from renkei.rules.person_titles import is_person, without_person
from renkei.rules.written_cells import SEPARATOR


@dataclass(frozen=True, slots=True)
class NamedPartner:
    """A partner as the cell writes it; name as printed, what was beside it apart."""

    name: str
    unit: str = ""
    signatory: str = ""
    remark: str = ""
    letter: str = ""


@dataclass(frozen=True)
class PartnerCell:
    """What a cell of partners says: the names, a signing day written beside them, and remarks."""

    partners: tuple[NamedPartner, ...] = ()
    signed: str = ""
    remarks: tuple[str, ...] = ()


_SHORT_FORMS = re.compile(
    r"[(（](?:株|有|同|資|名|一社|公社|一財|公財|社|財|社福|福|医|学|特非|独|大|協|宗)[)）]"
)
_ONE_PLAIN_NAME = re.compile(
    r"^(?!.*(?:及び|並び|および|ならび|[市町村区]長|以下|ほか))"
    r"[ァ-ヶー一-龥々ぁ-ちっ-てな-んA-Za-zＡ-Ｚａ-ｚ㈱㈲㈳㈶][ァ-ヶー一-龥々ぁ-ちっ-てな-んA-Za-z0-9Ａ-Ｚａ-ｚ０-９㈱㈲㈳㈶]"
    r"{0,58}(?<!長)(?<!知事)(?<!代表)(?<!社長)(?<!司令)(?<!締結)$"
)
_BULLET = re.compile(r"^[\s・･○◯〇●■□◆◇▪▶➢★☆?？*＊※]+(?=\S)|^[-－–]\s+")
_NUMBERED = re.compile(
    r"^(?:[①-⑳⑴-⒇]|[(（]\d{1,2}[)）](?=[^)）])|\d{1,2}[.．)）](?=\D)|\d{1,2}[ 　]+(?=[^\d\s都道府県市町村区社団]))\s*"
)
_LETTER_BEFORE = re.compile(r"^([甲乙丙丁戊己])(?:\s*[:：]\s*|[\s　]+)(?=\S)")
_LETTER_AFTER = re.compile(r"以下.{0,3}?「(.{1,12}?)」\s*と")
_SIGNED_WITH = re.compile(r"と(?:の?(?:協定|覚書)(?:を|の)?)?(?:締結|調印)(?:済み?)?$")
_COUNT_AFTER = re.compile(r"の(\d+)(?:団体|社|者|市町村|市町|市|町|村|法人|事業者|機関|校|行)$")
_AND_OTHERS = re.compile(r"(?:ほか|他|外)\s*\d*\s*(?:社|団体|者|市町村?|名|件)?$")
_WORD = re.compile(r"(及び|および|並びに|ならびに)")
_NOT_INC = re.compile(r",\s*(?:Ltd|Inc|LLC|Co\b|Corp|L\.L\.C)", re.IGNORECASE)
_FACILITY = re.compile(r"^(.*\S)\s*「([^「」]+)」$", re.DOTALL)
_PREFECTURE_ONLY = re.compile(r"^(?:北海道|東京都|京都府|大阪府|.{2,3}県)$")
_JOINT_BODY = re.compile(r"^[^・]{1,12}[市町村区].{0,12}(?:組合|企業団|協議会|広域連合)$")
_CUT_NAME = re.compile(
    r"^(?:独立行政法人|国立.{2,6}法人|一般.{2}法人|公益.{2}法人|\((?:独|一社|公社|一財|公財)\)).{1,4}$"
)
_MAYORS = re.compile(r"(?<=[市町村区]長)(?=[^、\s]{1,10}[市町村区]長)")
_LAYOUT_BLANK = re.compile(
    r"(?<=[一-龥々])[ 　](?=[都道府県市区町村](?:[、，,・;；\n]|$))|(?<=^[一-龥])[ 　](?=[一-龥々]{1,5}[市町村区県]$)"
)
"""神奈川 県, 舞 鶴市: a blank that only the layout put into the name of a town; 「法人 施設」 keeps its own."""
_DIGIT_BLANKS = re.compile(
    r"(?<=\D)[ 　]+(?=\d+[ 　]*[市町村社団店県者])|(?<=\d)[ 　]+(?=[市町村社団店県者区])"
)


@lru_cache(maxsize=65536)
def read_partners(text: str) -> PartnerCell:
    """Read a cell of partners. What is not certain to be a list stays one name, as written."""
    text = _LAYOUT_BLANK.sub("", text.strip().replace(SEPARATOR, "\n"))
    if _ONE_PLAIN_NAME.match(_SHORT_FORMS.sub("", text)):
        return PartnerCell((NamedPartner(text),))
    bare = _SIGNED_WITH.sub("", text.strip("、,，・ "))
    if not plain(bare) or len(bare) > LONGEST_READ:
        return PartnerCell(remarks=(f"相手方の欄が長すぎて読めません(「{bare[:60]}…」)。",) if bare else ())
    bare, signed = _without_day(bare)
    partners: list[NamedPartner] = []
    remarks: list[str] = []
    for name in _names(bare, remarks):
        partner, day = _partner(name)
        signed = signed or day
        if partner.name:
            partners.append(partner)
        elif partner.remark:
            remarks.append(partner.remark)
    return PartnerCell(tuple(partners), signed, tuple(remarks))


def _without_day(text: str) -> tuple[str, str]:
    """The cell without the days that stand at its end, in brackets or after a line break."""
    found = last_bracket(text)
    if found and found[0] and re.search(r"\d|元年", found[1]) and signed_in(found[1]).first:
        return found[0], found[1]
    line = re.match(r"(.+)\n\s*([^\n]+)$", text, re.DOTALL)
    if line and re.search(r"\d|元年", line[2]) and signed_in(line[2]).first:
        return line[1].strip(), line[2].strip()
    return text, ""


def _names(text: str, remarks: list[str]) -> list[str]:
    """The names that the cell holds, as written."""
    counted = _COUNT_AFTER.search(plain(text))
    if counted:
        text = re.sub(r"の\s*[\d０-９]+\s*[^\s\d、]{1,4}$", "", text)
    lines = _attached(split_outside(text, _is_strong))
    names = [name for line in lines for member in _members(line, remarks) for name in _split_certain(member)]
    if counted and len(names) > 1 and int(counted[1]) != len(names):
        remarks.append(f"相手方の数が「{counted[1]}」と書かれていますが、読めた名前は{len(names)}です。")
    return names


def _members(text: str, remarks: list[str]) -> list[str]:
    """金融機関4社(A、B、C、D): the members, where the bracket lists exactly as many as are counted."""
    found = last_bracket(text)
    counted = (
        re.search(r"(\d+)(?:社|行|団体|者|大学|校|市|町|市町|病院|事業者|機関)$", plain(found[0]))
        if found
        else None
    )
    if not found or not counted:
        return [text]
    members = [part.strip() for part in split_outside(found[1], _is_strong) if part.strip()]
    if len(members) != int(counted[1]):
        return [text]
    remarks.append(f"相手方の欄に「{found[0]}」と書かれています。")
    return members


def _is_strong(text: str, place: int) -> int:
    """The length of a separator that always separates: a line break, 、 , ; ."""
    letter = text[place]
    if letter in "\n\r、，;；､":
        return 1
    if letter != ",":
        return 0
    between_digits = text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()
    return 0 if between_digits or _NOT_INC.match(text[place:]) else 1


def _attached(parts: list[str]) -> list[str]:
    """Lines that only go on belong to the one before: brackets, units, persons; a bare legal form to the next."""
    names: list[str] = []
    waiting = ""
    for written in parts:
        if not plain(part := written.strip()):
            continue
        if is_only_legal_form(part):
            waiting = f"{waiting}{part}"
            continue
        part = waiting + part
        waiting = ""
        goes_on = part[0] in "(（「" and not legal_form(part[:8])
        if names and (
            goes_on or is_person(part) or without_person(part)[0] == "" or _is_unit_of(names[-1], part)
        ):
            names[-1] = f"{names[-1]} {part}"
        else:
            names.append(part)
    return [*names, waiting] if waiting else names


def _is_unit_of(firm: str, part: str) -> bool:
    return is_only_unit(part) and legal_form(firm) is not None and not is_only_unit(firm)


def _split_certain(text: str) -> list[str]:
    """Split at 及び, ・, と, / and blanks where every piece is a whole name."""
    name, signatory = without_person(_bare_name(text))
    pieces = [name]
    for split in (_at_word, _at_dot, _at_to, _at_slash, _at_blank, _at_mayor):
        pieces = [part for piece in pieces for part in split(piece)]
    if len(pieces) == 1:
        return [text]
    return [f"{piece} {signatory}".strip() if signatory else piece for piece in pieces]


def _bare_name(text: str) -> str:
    return _NUMBERED.sub("", _BULLET.sub("", text.strip()))


def _at_word(text: str) -> list[str]:
    parts = split_outside(text, lambda whole, place: len(m[0]) if (m := _WORD.match(whole, place)) else 0)
    pieces = [part.strip(" 、,　") for part in parts]
    return pieces if len(pieces) > 1 and all(map(_may_stand_alone, pieces)) else [text]


def _may_stand_alone(piece: str) -> bool:
    return is_whole_name(piece) or is_group(piece) or is_whole_name(without_office(piece))


def _at_dot(text: str) -> list[str]:
    parts = split_outside(text, lambda whole, place: int(whole[place] in "・･＆+＋"))
    if len(parts) == 1 or _is_one_body(parts):
        return [text]
    names = [parts[0].strip()]
    for part in parts[1:]:
        if is_whole_name(names[-1]) and is_whole_name(part) and not _CUT_NAME.match(plain(names[-1])):
            names.append(part.strip())
        else:
            names[-1] = f"{names[-1]}・{part}"
    return names


def _is_one_body(parts: list[str]) -> bool:
    """御殿場市・小山町広域行政組合 is one body of two towns."""
    return all(is_area(part) for part in parts[:-1]) and bool(_JOINT_BODY.match(plain(parts[-1])))


def _at_to(text: str) -> list[str]:
    parts = split_outside(text, lambda whole, place: int(whole[place] == "と"))
    pieces = [part.strip() for part in parts if part.strip()]
    if len(pieces) < 2:
        return pieces or [text]
    return pieces if all(map(is_whole_name, pieces)) and "同" not in {p[0] for p in pieces[1:]} else [text]


def _at_slash(text: str) -> list[str]:
    parts = [part.strip() for part in split_outside(text, lambda whole, place: int(whole[place] in "/／"))]
    return parts if len(parts) > 1 and all(map(is_whole_name, parts)) else [text]


def _at_blank(text: str) -> list[str]:
    """Blanks separate areas from areas and firms from firms; a prefecture before its town does not end there."""
    joined = _DIGIT_BLANKS.sub("", text)
    parts: list[str] = []
    for part in split_outside(joined, lambda whole, place: int(whole[place] in " 　\t")):
        if not part:
            continue
        if parts and (part[0] in "(（「" or is_only_legal_form(parts[-1])):
            parts[-1] += part if is_only_legal_form(parts[-1]) else f" {part}"
        elif parts and _PREFECTURE_ONLY.match(parts[-1]) and _is_town(part):
            parts[-1] += part
        else:
            parts.append(part)
    if len(parts) > 1 and (all(map(_is_place_or_group, parts)) or all(map(_has_form, parts))):
        return parts
    return [joined]


def _is_town(part: str) -> bool:
    return is_area(part) and not is_group(part) and not _PREFECTURE_ONLY.match(part)


def _is_place_or_group(part: str) -> bool:
    return is_area(part) or is_group(part) or "xx" in part or "▇" in part


def _has_form(part: str) -> bool:
    return legal_form(part) is not None and is_whole_name(part)


def _at_mayor(text: str) -> list[str]:
    return [part for part in _MAYORS.split(text) if part]


_OFFICE_WITH_BODY = re.compile(r"(?<=[市町村区局署所校院園課部店庁隊村])長$|(?<=組合)(?:組合)?長$")
_OFFICE = re.compile(r"(?:会長|理事長|代表取締役(?:社長|会長)?|社長|学長|総長|知事|代表者?|司令)$")


def without_office(name: str) -> str:
    """The body without the office of who signs for it: 東京都知事 → 東京都, 関東地方整備局長 → 関東地方整備局."""
    for pattern in (_OFFICE_WITH_BODY, _OFFICE):
        shorter = pattern.sub("", name.rstrip())
        if shorter != name.rstrip() and len(plain(shorter)) >= 2:
            return shorter.rstrip()
    return name


def _partner(written: str) -> tuple[NamedPartner, str]:
    """One name: brackets, facility, person and office taken off and put where they belong."""
    partner = NamedPartner("")
    name = _bare_name(written)
    if found := _LETTER_BEFORE.match(name):
        partner, name = replace(partner, letter=found[1]), name[found.end() :]
    name, signatory = without_person(name.rstrip("と、 ").rstrip("と") if "以下" in name else name)
    partner = replace(partner, signatory=signatory)
    name, partner, day = _brackets(name, partner)
    if found := _FACILITY.match(name):
        name, partner = found[1], replace(partner, unit=found[2])
    name = name.strip()
    partner = _with_facility(name, partner)
    body = without_office(name)
    if body != name:
        office = name[len(body) :].strip()
        partner = replace(partner, signatory=partner.signatory or (name if office == "長" else office))
    return replace(partner, name=_as_printed(body)), day


def _brackets(name: str, partner: NamedPartner) -> tuple[str, NamedPartner, str]:
    """Take off the brackets at the end, the last one first; a legal form stays with the name."""
    day = ""
    remarks: list[str] = []
    while found := last_bracket(name):
        before, inside = found
        if not before or is_only_legal_form(f"({inside})"):
            break
        name = before
        if letter := _LETTER_AFTER.search(inside):
            partner = replace(partner, letter=letter[1])
        elif re.search(r"\d|元年", inside) and signed_in(inside).first and not day:
            day = inside
        elif not partner.signatory and is_person(inside):
            partner = replace(partner, signatory=tidy(inside))
        elif inside:
            remarks.insert(0, tidy(inside))
        name, signatory = without_person(name)
        partner = replace(partner, signatory=partner.signatory or signatory)
    return name, replace(partner, remark="、".join([*filter(None, [partner.remark]), *remarks])), day


def _with_facility(name: str, partner: NamedPartner) -> NamedPartner:
    """医療法人明星会 グループホームまきの家: a corporation and its facility; the name stays as printed."""
    first, _blank, rest = " ".join(name.split()).partition(" ")
    form = legal_form(first)
    is_corporation = form is not None and form.endswith("法人") and is_whole_name(first)
    if is_corporation and len(rest) >= 3 and not partner.unit and not legal_form(rest):
        return replace(partner, unit=tidy(rest))
    return partner


def _as_printed(name: str) -> str:
    """The name on one line; a line break between Japanese letters is only the layout's."""
    return " ".join(re.sub(r"(?<=[^\x00-\x7f])[ \t]*[\r\n]+[ \t]*(?=[^\x00-\x7f])", "", name).split())
