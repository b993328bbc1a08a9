"""Drafts that came back, in domain words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.correspondents.models import Correspondent
from renkei.documents.contents import AgreementText, Article
from renkei.documents.sheets import plain_text
from renkei.documents.word.told import Piece, WordParagraph, WordRemark, WordTable, WordText
from renkei.documents.word.writing import agreement_word
from renkei.municipalities.models import Division
from renkei.procedures.models import Procedure, ReturnedDraft
from renkei.procedures.services.returning import Brought, receive_read
from tests.procedure_factories import AT, a_correspondent
from tests.review_factories import TEXT, a_drafted_procedure

CAME = replace(
    TEXT,
    articles=(
        *TEXT.articles[:2],
        replace(TEXT.articles[2], text="取組に要する費用は、甲が負担する。"),
        Article("use", "名称", "乙は、甲の名称を使うことができる。"),
    ),
)
"""The text with other words about the costs and with one more article."""

REMARK = "費用はこれでよいですか。"


def of_word(text: AgreementText, *, remark: str = "") -> WordText:
    """What a Word file of the text says, nothing of it recorded; a remark stands beside its article on costs."""
    body = plain_text(replace(text, tables=()))
    paragraphs = [
        WordParagraph((Piece(line),), remarks=(0,) if remark and "費用は" in line else ())
        for line in body.split("\n")
        if line.strip()
    ]
    tables = (
        block for one in text.tables for block in (WordParagraph((Piece(one.title),)), WordTable(one.rows))
    )
    remarks = (WordRemark("山田 花子", "2026-06-01T10:00:00Z", remark, "費用"),) if remark else ()
    return WordText((*paragraphs, *tables), remarks)


def a_returned(
    procedure: Procedure,
    *,
    by: User | Correspondent,
    text: AgreementText = CAME,
    public_id: str = "returned0001",
    side: Side | None = Side.PARTNER,
) -> ReturnedDraft:
    """A file of the text that came back and was compared."""
    brought = Brought(content=agreement_word(text, town="見本市"), name="案(修正).docx", side=side)
    word = of_word(text, remark=REMARK if text != TEXT else "")
    return receive_read(procedure, brought, word, by=by, at=AT, public_id=public_id)


def a_returned_one(
    division: Division | None, author: Correspondent | None = None
) -> dict[str, ReturnedDraft]:
    """A procedure in the step of review with a text that was shown and came back."""
    author = author or a_correspondent(email="shusei@example.com")
    procedure = a_drafted_procedure(author=author, division=division)
    procedure.versions.filter(kind="text").update(shared_at=AT)
    return {"returned": a_returned(procedure, by=author)}


OF_RETURNED = ("draft", "file", "redline", "decide", "answer", "take_up", "set_aside")


def arguments_of_returned(made: Mapping[str, Any]) -> dict[str, list[str]]:
    """What fills the addresses of drafts that came back: all of them at the desk, one page at the counter."""
    ids = [made["returned"].procedure.public_id, made["returned"].public_id]
    at_the_desk = {f"procedure_returned_{name}": ids for name in OF_RETURNED}
    return {"procedure_returned": ids[:1], **at_the_desk, "counter:procedure_returned_draft": ids}
