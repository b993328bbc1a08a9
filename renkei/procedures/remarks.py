"""What a careful reader would say about a draft: letters, references, items and the term, each as a sentence."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from renkei.documents.contents import AgreementText, Article, AttachedTable
from renkei.documents.filling import fields_in
from renkei.documents.sheets import folded, items_article, items_in, plain_text, same_items
from renkei.procedures.term_article import term_article
from renkei.procedures.vocabulary import Kind
from renkei.rules.kanji_numbers import arabic
from renkei.rules.written_numbers import article_number

LETTERS = "甲乙丙丁戊己"
NO_PARTY = re.compile(
    r"甲(?=[斐府種子信板殻羅冑状虫])|乙(?=[種女姫])|丙(?=種)|丁(?=[目寧重字度])|(?<=[装手足亀機])甲|(?<=[包横園])丁|(?<=[自知利克])己"
)
"""Words in which a letter names no party."""
REFERENCE = re.compile(r"第(\d{1,3}|[一二三四五六七八九十百]{1,5})条")
ELSEWHERE = re.compile(r"(?:法|法律|令|条例|規則|規程|要綱|要領|協定|契約|覚書|憲章|約款|\)|」)$")
BLANK = re.compile(r"[○◯●]|〇{2}|〇(?=[年月日市町村課通])|[__]{2}|＿{2}")


@dataclass(frozen=True)
class Remark:
    """A sentence about a place of the text; `key` is the article's, "" for the whole."""

    sentence: str
    key: str = ""
    place: str = ""


def remarks_on(
    text: AgreementText,
    *,
    items: Sequence[str],
    listed: Sequence[str] | None = None,
    kind: Kind | str = Kind.NEW,
) -> list[Remark]:
    """All that is worth a second look, in the order of the text; `items` are those agreed, `listed` the list's."""
    found = [*_of_parties(text), *_of_letters(text), *_of_articles(text), *_of_fields(text)]
    if kind != Kind.AMENDMENT:  # its articles quote those of the agreement that it changes
        found += [*_of_references(text), *_of_the_term(text)]
    if kind == Kind.NEW:
        found += [*_of_silent_parties(text), *_of_items(text, items, listed)]
    order = {one.key: place for place, one in enumerate(text.articles)}
    return sorted(found, key=lambda one: order.get(one.key, -1))


def _of_parties(text: AgreementText) -> Iterator[Remark]:
    letters = [party.letter for party in text.parties]
    if not all(party.letter and party.name for party in text.parties):
        yield Remark(_("当事者の呼び方か名称が空いています。当事者の欄に入れてください。"))
    for letter in sorted({one for one in letters if one and letters.count(one) > 1}):
        yield Remark(_("「%(letter)s」と呼ぶ当事者が二者あります。") % {"letter": letter})


def _of_silent_parties(text: AgreementText) -> Iterator[Remark]:
    """Parties that no article names; a text that changes another need not name them."""
    body = "".join(one.text for one in text.articles)
    letters = (party.letter for party in text.parties)
    for letter in dict.fromkeys(one for one in letters if one and one not in body):
        yield Remark(_("当事者「%(letter)s」が、どの条にも出てきません。") % {"letter": letter})


def _of_letters(text: AgreementText) -> Iterator[Remark]:
    """Letters that name nobody, as they stay behind from another text."""
    letters = [party.letter for party in text.parties]
    names = re.compile("|".join(re.escape(party.name) for party in text.parties if party.name) or "(?!)")
    sentence = _("「%(letter)s」が誰を指すか決まっていません。当事者にないので、加えるか直してください。")
    for key, where, said in _pieces(text):
        plain = NO_PARTY.sub("", names.sub("", said))
        for letter in LETTERS:
            if letter not in letters and letter in plain:
                yield Remark(sentence % {"letter": letter}, key, where)


def _pieces(text: AgreementText) -> Iterator[tuple[str, str, str]]:
    """Each piece of the text: its key, its place in words, what it says."""
    yield "", _("前文"), text.preamble
    for place, one in enumerate(text.articles, start=1):
        yield one.key, article_number(place), one.text
    yield "", _("結び"), text.closing


def _of_articles(text: AgreementText) -> Iterator[Remark]:
    for place, one in enumerate(text.articles, start=1):
        where = article_number(place)
        if not one.text.strip():
            yield Remark(_("本文がありません。書くか、この条を外してください。"), one.key, where)
        if not one.heading.strip():
            yield Remark(_("見出しがありません。"), one.key, where)
    for key, where, said in _pieces(text):
        if BLANK.search(said):
            yield Remark(_("書き入れていない所(○など)が残っています。"), key, where)


def _of_fields(text: AgreementText) -> Iterator[Remark]:
    """Fields of a template or of a clause that nobody has filled."""
    sentence = _("「{{ %(name)s }}」が埋まっていません。書き入れてください。")
    pieces = [*_pieces(text), *(("", one.title, _said_in(one)) for one in text.tables)]
    for key, where, said in [("", "", text.title), *pieces]:
        for name in fields_in(said):
            yield Remark(sentence % {"name": name}, key, where)


def _said_in(table: AttachedTable) -> str:
    return "\n".join([table.title, *("\t".join(row) for row in table.rows)])


def _of_references(text: AgreementText) -> Iterator[Remark]:
    for place, one in enumerate(text.articles, start=1):
        for sentence in _wrong_references(one, place, len(text.articles)):
            yield Remark(sentence, one.key, article_number(place))


def _wrong_references(article: Article, place: int, last: int) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", article.text)
    for found in REFERENCE.finditer(plain):
        number = arabic(found[1])
        if not 1 <= number <= last and not ELSEWHERE.search(plain[: found.start()]):
            yield _("「第%(number)s条」を引いていますが、この案に第%(number)s条はありません。") % {
                "number": number
            }
    if place == 1 and "前条" in plain:
        yield _("「前条」を引いていますが、前の条がありません。")
    if place == last and "次条" in plain:
        yield _("「次条」を引いていますが、次の条がありません。")


def _of_items(text: AgreementText, items: Sequence[str], listed: Sequence[str] | None) -> Iterator[Remark]:
    article, written = items_article(text), items_in(text)
    key = article.key if article else ""
    where = article_number(text.articles.index(article) + 1) if article else ""
    if article is None and items:
        sentence = _(
            "合意した連携事項を並べる条がありません。入れないときは、取組事項(案)と登録簿にだけ残ります。"
        )
        yield Remark(sentence)
        return
    known, said = {folded(item) for item in items}, {folded(item) for item in written}
    for item in items:
        if folded(item) not in said:
            yield Remark(_("合意した連携事項「%(item)s」が、案にありません。") % {"item": item}, key, where)
    for item in written:
        if folded(item) not in known:
            yield Remark(_("案の「%(item)s」は、合意した連携事項にありません。") % {"item": item}, key, where)
    if known == said and not same_items(written, items):
        yield Remark(_("連携事項の順が、合意したものと違います。"), key, where)
    if listed is not None and not same_items(written, listed):
        sentence = _(
            "連携事項が、取組事項(案)の新しい版と違います。取組事項の版を作り直すか、案を直してください。"
        )
        yield Remark(sentence, key, where)


def _of_the_term(text: AgreementText) -> Iterator[Remark]:
    from renkei.rules.clauses import read_clause

    reading = read_clause(plain_text(text))
    if not reading.readable:
        article = term_article(text)
        where = article_number(text.articles.index(article) + 1) if article else ""
        yield Remark(
            _("有効期間の条を登録簿が読み取れません: %(why)s") % {"why": reading.explanation},
            article.key if article else "",
            where,
        )
