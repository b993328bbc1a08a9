"""The parties: how the preamble defines them, and the blocks in which they sign."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from renkei.documents.contents import SigningParty
from renkei.documents.recognising_lines import LETTER, Said

DEFINED = re.compile(
    r"[（(]以下[\s　]*、?[「『“\"]([^」』”\"]{1,20})[」』”\"][\s　]*と(?:いう|する|呼ぶ|称する|略す)。?[\s　]*[）)]"
)
JOINED = re.compile(r"^(?:並びに|ならびに|及び|および|と|、|，|・|\s|　)+")
NO_PARTY = re.compile(r"協定|覚書|契約|災害|物資|施設|業務|事業|情報|要請|要綱|法")
ADDRESS = re.compile(
    r"〒|[0-9０-９一二三四五六七八九十][\s　]{0,3}(?:丁目|番地|番町|番|号(?!線))|[0-9０-９][-－ー−‐–―][0-9０-９]"
)
BUILDING = re.compile(r"(?:ビル|階|号室|会館|タワー|棟|センター内)$")
_OFFICES = (
    "市長|町長|村長|区長|知事|社長|取締役|理事|会長|学長|総長|所長|店長|局長|部長|課長|校長|組合長|代表|代表者|署長|院長|園長|館長|頭取|"
    "支配人|団長|隊長|機構長|総監|司令|管理者|議長|委員長|執行役|執行役員|本部長|センター長|長"
)
OFFICE = re.compile(
    "(?:" + "|".join(r"[\s　]*".join(office) for office in _OFFICES.split("|")) + r")(?:[\s　]|$)"
)
"""Offices of those who sign; printers spread the letters (市　長)."""
LABEL = re.compile(
    r"^(?:住所|所在地|名称|氏名|代表者(?:職)?氏名|代表者名|代表者(?=[:：]|[\s　]+\S*(?:長|役|事|員|人)[\s　])|団体名|会社名|商号)"
    r"[\s　:：]+"
)
SEALS = ("印", "㊞", "（印）", "(印)", "（公印省略）", "(公印省略)")
AREA = re.compile(r"[都道府県市区町村郡](?!$)")
TOWN = re.compile(r"[都道府県市区町村]$")


@dataclass(frozen=True)
class Side:
    """A party as the preamble defines it: 甲 (or another name), and who that is."""

    letter: str
    name: str


def sides_of(preamble: str) -> list[Side]:
    """The parties that a preamble defines, in its order."""
    found, start = [], 0
    for one in DEFINED.finditer(preamble):
        before = preamble[start : one.start()].splitlines()[-1:] or [""]
        name = JOINED.sub("", before[0]).rpartition("、")[2].strip()
        start = one.end()
        found.append(Side(one[1], name))
    letters = [one for one in found if LETTER.match(one.letter)]
    return letters or [one for one in found if not NO_PARTY.search(one.letter)]


def is_address(text: str) -> bool:
    """Whether a line of a signature is an address."""
    return ADDRESS.search(text) is not None


def without_seal(text: str) -> str:
    """The line without the sign of a seal at its end; 印 counts only behind a blank."""
    for seal in SEALS:
        rest = text.removesuffix(seal)
        if rest != text and (len(seal) > 1 or seal == "㊞" or rest[-1:].isspace()):
            return rest.rstrip()
    return text


def parties_of(
    said: Sequence[Said], sides: Sequence[Side], town: str
) -> tuple[int, tuple[SigningParty, ...]]:
    """How many lines stand before the first party without being one, and the parties that sign."""
    begins = [
        place for place, one in enumerate(said) if _letter(one.text.partition("\t")[0] or one.text, sides)
    ]
    before = begins[0] if begins else 0
    while before and is_address(said[before - 1].text):
        before -= 1
    lines = [line for line in _lines(said[before:]) if line]
    blocks = _by_letter(lines, sides) if begins else _without_letters(lines, sides)
    found = [_party(letter, block, sides) for letter, block in blocks]
    if not found:
        names = {one.letter: one.name for one in reversed(sides)}
        found = [SigningParty(letter, names[letter]) for letter in dict.fromkeys(one.letter for one in sides)]
    return before, tuple(_with_town(found, town))


def _letter(text: str, sides: Sequence[Side]) -> tuple[str, str] | None:
    """The letter (or the defined name) with which a block begins, and what follows."""
    text = text.strip()
    if found := LETTER.match(text):
        return found["framed"] or found["bare"], (found["behind"] or found["after"] or "").strip()
    for side in sides:
        behind = text.removeprefix(side.letter)
        if behind != text and (not behind or behind[0] in " 　:："):
            return side.letter, behind.strip(" 　:：")
    return None


def _lines(said: Sequence[Said]) -> Iterator[str]:
    """The lines of the signatures; of tables row by row, or column by column where parties stand side by side."""
    rows = [[cell.strip() for cell in without_seal(one.text).split("\t")] for one in said]
    for is_table, group in groupby(rows, lambda row: len(row) > 1):
        for row in _columns(list(group)) if is_table else group:
            lines = "　".join(cell for cell in row if cell).splitlines()
            yield from (without_seal(line.strip()) for line in lines)


def _columns(rows: list[list[str]]) -> list[list[str]]:
    """The cells of a table as they are to be read."""
    if not any(sum(bool(LETTER.match(cell)) for cell in row) > 1 for row in rows):
        return rows
    width = max(len(row) for row in rows)
    return [[row[column]] for column in range(width) for row in rows if column < len(row)]


def _by_letter(lines: Sequence[str], sides: Sequence[Side]) -> list[tuple[str, list[str]]]:
    """Blocks that begin with a letter; an address may stand before it, behind the other party's name."""
    blocks: list[tuple[str, list[str]]] = [("", [])]
    for line in lines:
        if found := _letter(line, sides):
            last = blocks[-1][1]
            has_name = any(not is_address(one) for one in last) or not blocks[-1][0]
            address = [last.pop()] if last and has_name and is_address(last[-1]) else []
            blocks.append((found[0], address + ([found[1]] if found[1] else [])))
        else:
            blocks[-1][1].append(line)
    return [block for block in blocks if block[0] or block[1]]


def _without_letters(lines: Sequence[str], sides: Sequence[Side]) -> list[tuple[str, list[str]]]:
    """Blocks that begin with an address or with a name that the preamble knows."""
    blocks: list[tuple[str, list[str]]] = []
    was_address = False
    for line in lines:
        address = is_address(line)
        begins = (address or (not was_address and _named(line, sides) is not None)) and not (
            was_address and address
        )
        if begins or not blocks:
            side = _named(line, sides)
            blocks.append((side.letter if side else "", []))
        blocks[-1][1].append(line)
        was_address = address
    return [(letter or _letter_of(block, sides), block) for letter, block in blocks]


def _named(line: str, sides: Sequence[Side]) -> Side | None:
    return next((side for side in sides if side.name and line.startswith(side.name)), None)


def _letter_of(block: Sequence[str], sides: Sequence[Side]) -> str:
    return next((side.letter for line in block if (side := _named(line, sides))), "")


def _party(letter: str, block: Sequence[str], sides: Sequence[Side]) -> SigningParty:
    defined = next((side.name for side in sides if side.letter == letter), "")
    lines = [LABEL.sub("", line, count=1) for line in block]
    lines_of_address = _length_of_address(lines, defined)
    name, signatory = _name_and_signatory(lines[lines_of_address:], defined)
    return SigningParty(letter, name or defined, signatory, address="　".join(lines[:lines_of_address]))


def _length_of_address(lines: Sequence[str], defined: str) -> int:
    """How many lines the address has: up to the name, where that is known; else as long as they look like one."""
    named = [place for place, line in enumerate(lines) if defined and re.split(r"[\s　]", line)[0] == defined]
    if named and not is_address(lines[named[0]]):
        return named[0]
    length = 0
    while length < len(lines) and (is_address(lines[length]) or (length and BUILDING.search(lines[length]))):
        length += 1
    signs = next((place for place, line in enumerate(lines) if OFFICE.search(line)), 0)
    return length or int(signs > 1 and AREA.search(lines[0]) is not None)


def _name_and_signatory(lines: Sequence[str], defined: str) -> tuple[str, str]:
    if not lines:
        return "", ""
    if len(lines) == 1:
        return _of_one_line(lines[0], defined)
    signs = next((place for place, line in enumerate(lines) if place and OFFICE.search(line)), 1)
    return "　".join(lines[:signs]), "　".join(lines[signs:])


def _of_one_line(line: str, defined: str) -> tuple[str, str]:
    behind = line.removeprefix(defined) if defined else line
    if behind != line and behind[:1] in ("　", " "):
        return defined, behind.strip()
    return ("", line) if defined and behind and OFFICE.search(line) else (line, "")


def _with_town(parties: Sequence[SigningParty], town: str) -> Iterator[SigningParty]:
    """The town itself: by its name where that is known, else the first that is called one."""
    named = [place for place, one in enumerate(parties) if town and one.name == town]
    alike = [place for place, one in enumerate(parties) if TOWN.search(one.name)]
    own = next(iter(named + alike), None)
    yield from (replace(one, is_town=place == own) for place, one in enumerate(parties))
