"""The same lists as clerks dress them: whatever the dress, the same agreements come out.

RENKEI_EVERY_DRESS=1 tries every list in every dress and many dresses of chance.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from renkei.ledger.reading import read_ledger, report
from tests.ledger import dressed_files
from tests.ledger.dressing import Dress, Dressed, dressed
from tests.ledger.truth import Truth, miss, names, truth

pytestmark = pytest.mark.once

EVERY = bool(os.environ.get("RENKEI_EVERY_DRESS"))
LISTS = [told for name in names("ledger") + names("invented") if "roles" in (told := truth(name))]
LISTS = [
    told
    for told in LISTS
    if {"title", "content", "section"} & set(told["roles"]) and told["name"] != "shimotsuga-kensetsu"
]
DATED = [told for told in LISTS if "signed" in told["roles"]]
WITH_SECTIONS = [told for told in LISTS if "section" in told["roles"]]
NAMED = [told for told in WITH_SECTIONS if {"title", "content"} & set(told["roles"])]
"""Lists whose agreements keep a name when the section moves to the name of a sheet."""
FILES = ("utf-8", "bom", "cp932", "euc-jp", "utf-16", "xlsx", "xls", "ods")

DRESSES = {
    "bare": Dress(),
    "title rows above": Dress(title_rows=3),
    "a header over two rows": Dress(two_row_header=True, title_rows=2),
    "the header again in the middle": Dress(header_again=True),
    **{f"other words {word}": Dress(word=word, extras=("number", "page")) for word in range(1, 8)},
    "another order": Dress(shuffled=True, extras=("number", "notes", "page")),
    "columns that do not matter": Dress(extras=("number", "page", "notes", "division")),
    "ditto marks": Dress(dittos="〃", extras=("number",)),
    "ditto words": Dress(dittos="同上", extras=("number",)),
    "totals and notes at the end": Dress(tail=True, extras=("number",)),
    "㈱": Dress(companies="㈱"),
    "full-width digits": Dress(full_width=True),
    "half-width kana": Dress(half_kana=True),
    "air around the table": Dress(airy=True, title_rows=2, extras=("number",)),
    "words of the header over two lines": Dress(broken_words=True, extras=("number",)),
}
DAYS = {spelling: Dress(days=spelling) for spelling in ("kanji", "letter", "slash", "western", "iso", "wide")}
STYLES = ("【{name}】", "({number}){name}", "{wide} {name}", "■{name}", "第{number} {name}", "◎ {name}関係")
SECTIONS = {where: Dress(sections=where) for where in ("blank", "ditto", "merged", "rows", "sheets")}


def some(lists: list[Truth], count: int, what: str) -> list[Truth]:
    """A few lists by chance, always the same for the same dress."""
    return lists if EVERY else Random(what).sample(lists, min(count, len(lists)))


def written(made: Dressed, file: str) -> tuple[bytes, str]:
    """The bytes and the name of the file; UTF-8 where an encoding lacks a character."""
    if file in ("xlsx", "xls", "ods"):
        return getattr(dressed_files, file)(made.grids), f"list.{file}"
    encoding = {"bom": "utf-8-sig"}.get(file, file)
    separator = "\t" if file == "utf-16" else ","
    try:
        return dressed_files.text(made.grids[0], encoding=encoding, separator=separator), "list.csv"
    except UnicodeEncodeError:
        return dressed_files.text(made.grids[0], separator=separator), "list.csv"


def wrong_rows(told: Truth, dress: Dress, file: str, seed: int = 0) -> tuple[int, list[str]]:
    """How many rows were asked for, and a line for each row that is wrong."""
    made = dressed(told, dress, seed=seed)
    content, name = written(made, file)
    is_text = file not in ("xlsx", "xls", "ods")
    items = {
        ("一覧" if is_text else item["sheet"], row): item
        for item in report(read_ledger(content, name))["items"]
        for row in item.get("rows") or [item["row"]]
    }
    said = [(one["row"], miss(one, items)) for one in made.expected]
    return len(made.expected), [f"{told['name']}.{file} {place}: {line}" for place, line in said if line]


def judge(tried: Iterator[tuple[int, list[str]]]) -> None:
    """Of a hundred rows, ninety-eight are as the clerk reads them."""
    asked, wrong = 0, []
    for count, lines in tried:
        asked += count
        wrong += lines
    assert asked >= 10
    assert len(wrong) <= asked * 0.02, "\n".join([f"{len(wrong)} of {asked} rows are wrong:", *wrong])


@pytest.mark.parametrize("name", DRESSES)
def test_a_list_says_the_same_in_another_dress(name):
    judge(wrong_rows(told, DRESSES[name], "xlsx") for told in some(LISTS, 3, name))


@pytest.mark.parametrize("name", DAYS)
def test_a_day_is_the_same_however_it_is_spelled(name):
    judge(wrong_rows(told, DAYS[name], "utf-8") for told in some(DATED, 3, name))


@pytest.mark.parametrize("file", ["xlsx", "xls", "ods"])
def test_a_true_date_stays_as_exact_as_it_is_shown(file):
    months = [truth("asahikawa-asahiyamazoo"), truth("invented-universities")]
    judge(wrong_rows(told, Dress(days="cell"), file) for told in months + some(DATED, 2, file))


@pytest.mark.parametrize("where", SECTIONS)
def test_a_section_may_stand_in_a_column_over_its_rows_or_on_a_sheet_of_its_own(where):
    lists = some(NAMED if where == "sheets" else WITH_SECTIONS, 4, where)
    judge(wrong_rows(told, replace(SECTIONS[where], extras=("number",)), "xlsx") for told in lists)


@pytest.mark.parametrize("style", STYLES)
def test_a_section_row_is_known_however_it_is_marked(style):
    dress = Dress(
        sections="rows", section_style=style, extras=("number",), subtotals=True, airy=True, tail=True
    )
    judge(wrong_rows(told, dress, "xlsx") for told in some(NAMED, 2, style))


@pytest.mark.parametrize("file", FILES)
def test_a_list_says_the_same_in_every_kind_of_file(file):
    judge(wrong_rows(told, Dress(title_rows=2, extras=("number",)), file) for told in some(LISTS, 3, file))


def a_dress_of_chance(chance: Random, told: Truth) -> Dress:
    """Several things at once."""
    sections = ["column"]
    if "section" in told["roles"]:
        sections += ["blank", "ditto", "merged", "rows", *(["sheets"] if told in NAMED else [])]
    return Dress(
        title_rows=chance.randrange(4),
        two_row_header=chance.random() < 0.3,
        header_again=chance.random() < 0.2,
        word=chance.randrange(8),
        shuffled=chance.random() < 0.3,
        extras=tuple(chance.sample(("number", "page", "notes", "division"), chance.randrange(4))),
        sections=chance.choice(sections),
        dittos=chance.choice(["", "", "〃", "同上"]),
        days=chance.choice(["", *DAYS]),
        companies=chance.choice(["", "㈱", "(株)", "株式会社"]),
        full_width=chance.random() < 0.2,
        half_kana=chance.random() < 0.2,
        tail=chance.random() < 0.5,
        section_style=chance.choice(STYLES),
        subtotals=chance.random() < 0.3,
        airy=chance.random() < 0.3,
        broken_words=chance.random() < 0.2,
    )


@pytest.mark.parametrize("seed", range(40 if EVERY else 8))
def test_a_list_says_the_same_in_a_dress_of_chance(seed):
    chance = Random(seed)
    tried: list[tuple[int, list[str]]] = []
    for told in some(LISTS, 6, f"chance {seed}"):
        dress = a_dress_of_chance(chance, told)
        files = [file for file in FILES if dress.sections != "sheets" or file in ("xlsx", "xls", "ods")]
        asked, wrong = wrong_rows(told, dress, chance.choice(files), seed)
        tried.append((asked, [*wrong, *([f"    … in {dress}"] if wrong else [])]))
    judge(iter(tried))
