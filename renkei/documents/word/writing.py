"""An agreement as a Word file: laid out as a town signs it, in named styles that a clerk can change."""

import re
from collections.abc import Mapping, Sequence

from renkei.documents.contents import AgreementText, AttachedTable
from renkei.documents.sheets import Line, PrintedArticle, sheet_of, signing_lines
from renkei.documents.word.markup import paragraph, run, table
from renkei.documents.word.package import package
from renkei.rules.eras import eras

STYLES = {"paragraph": "Article", "item": "Item", "sub_item": "SubItem"}
SEAL = "\t印"
SIGNED_WITHOUT_PAPER = re.compile(r"電子署名|電磁的記録|電子契約")
MOST_TIED = 6
"""So many parties are kept together on one page with the closing words; more may not fit on one."""


def agreement_word(
    text: AgreementText, *, town: str, day: str = "", properties: Mapping[str, str] | None = None
) -> bytes:
    """The agreement as a .docx; `day` is the day of signing in words, `properties` are kept in the file.

    Numbers are typed letters: whatever program opens the file gives the same ones back.
    """
    sheet = sheet_of(text)
    parts = [paragraph("AgreementTitle", run(sheet.title))]
    parts += [paragraph("Preamble", run(line.text)) for line in sheet.preamble]
    for article in sheet.articles:
        parts += _article(article)
    parts += [
        paragraph("Closing" if not place else "Preamble", run(line.text), is_tied=True)
        for place, line in enumerate(sheet.closing)
    ]
    parts += signing(text, day)
    parts += attached(sheet.tables)
    return package("".join(parts), title=sheet.title, town=town, properties=properties)


def _article(article: PrintedArticle) -> list[str]:
    head = [paragraph("ArticleHeading", run(f"（{article.heading}）"))] if article.heading else []
    first, *more = article.lines or (Line("", "paragraph"),)
    style = "Article" if article.heading else "ArticleAlone"
    return [
        *head,
        paragraph(style, run(f"{article.number}　{first.text}")),
        *(paragraph(STYLES[line.kind], run(line.text)) for line in more),
    ]


def blank_day() -> str:
    """The line on which the day of signing is written by hand."""
    return f"{eras()[-1].name}　　年　　月　　日"


def signing(text: AgreementText, day: str = "") -> list[str]:
    """The day and the blocks in which each party signs, kept together."""
    found = [paragraph("SigningDay", run(day or blank_day()))]
    seal = "" if SIGNED_WITHOUT_PAPER.search(text.closing) else SEAL
    last = len(text.parties) - 1
    for place, party in enumerate(text.parties):
        lines = signing_lines(party)
        together = place < last and len(text.parties) <= MOST_TIED
        for number, line in enumerate(lines):
            is_end = number == len(lines) - 1
            style = "SigningMore" if number else "Signing"
            inner = run(line + (seal if is_end else ""))
            found.append(paragraph(style, inner, is_tied=together or not is_end))
    return found


def attached(tables: Sequence[AttachedTable]) -> list[str]:
    """The attached tables, each on a page of its own."""
    found = [paragraph("TableTitle", run(one.title)) + table(one) for one in tables]
    return [*found, paragraph("AfterTable", "")] if found else []
