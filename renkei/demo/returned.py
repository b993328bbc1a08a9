"""A partner's Word file with tracked changes and a comment, as it comes back to the demo town."""

from dataclasses import replace
from datetime import date

from renkei.demo.proposers import at
from renkei.demo.walking import Walk
from renkei.documents.contents import AgreementText, Article
from renkei.documents.word.reader.text import word_text
from renkei.documents.word.redline import one_hand, redline_word
from renkei.documents.word.remarks import SaidBeside
from renkei.documents.word.tracks import instant
from renkei.procedures.comparing import compared_texts
from renkei.procedures.models import DraftVersion
from renkei.procedures.papers.version_files import properties_of
from renkei.procedures.services.returning import Brought, receive_read

WATCHING = Article(
    "watching",
    "見守りで知った内容の取扱い",
    "乙は、訪問の際に知った住民の異変を、定めた窓口に速やかに知らせる。\n"
    "２　前項の知らせに用いた情報は、目的の外に用いてはならない。",
)


def come_back(walk: Walk, version: DraftVersion, on: date) -> None:
    """The partner's person returns the version with an article more, another notice, and a question."""
    assert walk.author
    text = AgreementText.read(version.content)
    content = _changed(walk, version, text, by=walk.author.name, on=on)
    brought = Brought(
        content=content,
        name="協定書(案) 当社修正(見本).docx",
        note="見守りの条を加えました。有効期間の申出は、社内の手続に6か月を要します。(見本)",
    )
    receive_read(
        walk.procedure,
        brought,
        word_text(content),
        by=walk.author,
        at=at(on, 15),
        public_id=walk.new_id(),
    )


def _changed(walk: Walk, version: DraftVersion, text: AgreementText, *, by: str, on: date) -> bytes:
    articles = [replace(one, text=one.text.replace("３か月前", "６か月前")) for one in text.articles]
    place = next(number for number, one in enumerate(articles) if one.key == "secrets")
    changed = replace(text, articles=(*articles[: place + 1], WATCHING, *articles[place + 1 :]))
    moment = instant(at(on, 14))
    return redline_word(
        [one.difference for one in compared_texts(text, changed).clauses],
        old=text,
        new=changed,
        town=str(walk.cast.town),
        by=one_hand(by, moment),
        remarks=[SaidBeside("secrets", by, "個人情報の条は、当社の規程とも合っています。", moment)],
        properties=properties_of(version),
    )
