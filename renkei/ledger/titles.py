"""Where the titles of a table stand: a column, or the nearest text that stands for it; never the name of the file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from renkei.ledger.columns import Columns
from renkei.ledger.headers import Block, filled_cells
from renkei.ledger.rows import TableRow
from renkei.ledger.sections import section_words
from renkei.rules.cells import is_flag, is_nothing, plain, tidy

LONGEST_TITLE = 1000
"""What a cell of titles holds beyond this is not looked at; the cell itself is kept."""

LONGEST_STAND_IN = 60
"""A description longer than this on average is running text and stands for no title."""

_NUMBERING = re.compile(r"^(?:[(（]?\d{1,2}[a-z]?[)）]|[①-⑳⑴-⒇]|[・■□●◆◇○〇◯▪]|\d{1,2}[.．](?=\D))\s*")
_TAIL = re.compile(r"[\s…‥]+$|[.・]{3,}$|(?<=[定書])[*＊※]+\d*$")
_KIND_OF_PARTNER = re.compile(
    r"(?:事業者|企業|団体|法人|店舗?|自治体|大学|学校|市町村|都道府県|機関|会社|業|銀行|局|校|行政|国|県|市|町|村|民間|NPO|ＮＰＯ|その他|施設|病院)(?:等|間|関係)?(?:[(（].*)?$"
)
_NAMED_ABOVE = re.compile(
    r"^(?:.{2,4}[市町村区県都府]\s+|【|〇|○|■|●)?(?P<title>.{2,60}?(?:協定|覚書|協約)書?)[」』】]?(?:の)?(?:締結|参加|賛同|協力|連携)?"
    r"(?:先|事業者|事業所|企業|団体|法人|自治体|協力店|店舗|相手方|施設|機関|者|市町村)(?:等)?(?:の)?(?:一覧|名簿|リスト|一覧表)?(?:[(（].*)?$"
)
_ONLY_A_KIND = re.compile(
    r"^(?:.{0,12}?[市町村区県都府の])?(?:災害|防災|災害時|応援|災害時応援|災害時協力|災害応援|災害時等|相互応援|連携|包括連携|事業連携|各種|協力|地域|"
    r"締結|災害時相互応援|災害時における)*(?:協定|覚書)$"
)


def clean_title(text: str) -> str:
    """A title on one line, without bullets, its number in the list and dots that lead to a page."""
    words = tidy(text[:LONGEST_TITLE])
    for _again in range(2):
        shorter = _NUMBERING.sub("", words, count=1)
        words = shorter if len(shorter) > 3 else words
    return _TAIL.sub("", words).strip()


@dataclass
class TitleSource:
    """Where titles are taken from in one table."""

    meaning: str = ""
    """`title`, `purpose`, `category`, `section`, `above` or nothing."""
    said: str = ""
    words: str = ""

    def of(self, row: TableRow, columns: Columns) -> str:
        """The title that a row tells, as far as this table's source goes."""
        if self.meaning in ("title", "purpose"):
            text = row.first(columns, self.meaning)
            return "" if is_flag(text) or is_nothing(text) else clean_title(text)
        if self.meaning == "category":
            return section_words(row.first(columns, "category"))
        if self.meaning == "section":
            return row.section[-1] if row.section else ""
        return self.words


def title_source(block: Block, columns: Columns, sections: Sequence[str]) -> TitleSource:
    """The nearest text that stands for the title: column, description, category or section, a title row above."""
    if any(column.meaning == "title" for column in columns):
        return TitleSource("title")
    for column in columns:
        text = column.contents
        if column.meaning == "purpose" and text.filled >= 0.5 and text.length <= LONGEST_STAND_IN:
            return TitleSource(
                "purpose", f"協定名の列がないため、「{column.header}」の欄を協定名としました。"
            )
    for column in columns:
        if column.meaning == "category" and column.contents.cells and _names_matters(column.samples):
            return TitleSource(
                "category", f"協定名の列がないため、「{column.header}」の欄を協定名としました。"
            )
    if sections and _names_matters(sections):
        return TitleSource("section", "協定名の列がないため、見出しの行を協定名としました。")
    if above := _named_above(block):
        return TitleSource("above", "協定名の列がないため、表の上の題を協定名としました。", above)
    return TitleSource()


def _names_matters(words: Sequence[str]) -> bool:
    """Whether categories say what is done, not what kind of partner it is."""
    said = [section_words(word) for word in words]
    return bool(said) and not any(_KIND_OF_PARTNER.search(word) for word in said if word)


def _named_above(block: Block) -> str:
    """The agreement that a title row names: 「…に関する協定 締結先一覧」; a mere kind of agreement is none."""
    for number in block.above:
        for cell in filled_cells(block.sheet.rows[number]):
            found = _NAMED_ABOVE.match(tidy(cell).strip("「『【"))
            title = found["title"].strip("「『【 ") if found else ""
            if title and not _ONLY_A_KIND.match(title):
                return title
    return ""


_PARTIES = re.compile(r"1\s*協定|一協定|当事者|構成(?:自治体|市町村?|団体|員|都市)|加盟(?:自治体|団体)")
_DELIVERIES = re.compile(r"数量|提供先|配布先|支給|提供数|納入|出動回数")


def what_else(block: Block, columns: Columns) -> str:
    """Where a table without titles is no list of agreements for certain: the sentence that says what it seems to be."""
    heads = [plain(column.header) for column in columns]
    above = [plain(cell) for number in block.above for cell in filled_cells(block.sheet.rows[number])]
    if sum(bool(_DELIVERIES.search(head)) for head in heads) >= 2:
        return "協定ではなく、物資などを提供した実績の一覧のようです。協定の一覧を取り込んでください。"
    if any(_PARTIES.search(head) for head in [*heads, *above]):
        return "一つの協定の当事者の一覧のようで、協定名がありません。協定名を入れ、相手方をまとめて一件にしてください。"
    return ""


def no_title(columns: Columns) -> str:
    """The sentence for a row that has a partner and no title."""
    if {column.meaning for column in columns} <= {"partners", "signatory", "number", "address"}:
        return (
            "協定名がありません。相手方だけの一覧で、一つの協定の当事者の名簿かもしれません。"
            "同じ協定の相手方であれば、保留の行すべてに協定名を付けられます。"
        )
    return "協定名がありません。協定名を入れると取り込めます。"
