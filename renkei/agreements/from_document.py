"""What the text of an old agreement proposes for the register, each fact with the place it was read from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from renkei.agreements.facts import PartyFacts, RenewalFacts, TextFacts
from renkei.agreements.proposing import Proposal, proposal
from renkei.agreements.titles import document_kind, form
from renkei.agreements.vocabulary import DocumentKind, RenewalKind
from renkei.documents.contents import AgreementText, Article, SigningParty
from renkei.documents.models import Document
from renkei.documents.sheets import items_article, items_in
from renkei.rules.japanese_calendar import both_calendars, japanese_partial

if TYPE_CHECKING:
    from renkei.documents.recognising import ReadLine, Recognised

MOST_LINES = 6_000
LONGEST_QUOTE = 160
TERM_HEADINGS = ("有効期間", "協定期間", "期間", "効力")
TERM_WORDS = ("有効期間", "効力")
PURPOSE_HEADINGS = ("目的", "趣旨")


@dataclass(frozen=True)
class Place:
    """Where it stands: the page (None in a Word file, which knows none), the clause, and its words."""

    page: int | None
    clause: str
    quote: str


@dataclass(frozen=True)
class ReadFact:
    """A fact as a person reads it, where it stands, and what to think about."""

    name: str
    value: str
    place: Place | None = None
    remark: str = ""


@dataclass(frozen=True)
class ReadAgreement:
    """All that was read: the facts for the form, the same for a person's eyes, and what was not found."""

    facts: TextFacts
    purpose: str
    clause: str
    found: tuple[ReadFact, ...]
    missing: tuple[str, ...]


def lines_of(document: Document) -> "list[ReadLine]":
    """The lines of the document's text with their pages, as far as it has been read."""
    from renkei.documents.recognising import ReadLine

    has_pages = document.media_type == "application/pdf"
    pages = document.page_texts.values_list("page", "text")
    lines = (
        ReadLine(line, page=page if has_pages else None) for page, text in pages for line in text.split("\n")
    )
    return [line for line, _place in zip(lines, range(MOST_LINES), strict=False)]


def read_agreement(lines: "Sequence[ReadLine]", *, town: str) -> ReadAgreement:
    """What the lines propose; `town` is the name of the town itself. Nothing is guessed: what is not found is named."""
    from renkei.documents.recognising import recognised

    said = recognised(lines, town=town)
    text, places = said.text, Places(said, lines)
    article = term_article(said)
    read = proposal(article.text, said.signed) if article else None
    purpose = _purpose(text)
    facts = TextFacts(
        title=text.title[:400],
        parties=tuple(map(_party, text.parties)),
        form=form(text.title),
        document_kind=document_kind(text.title),
        signed=said.signed,
        items=tuple(items_in(text)),
        term=read.term if read else None,
        renewal=read.renewal if read else None,
    )
    found = (
        *_of_head(facts, said, places),
        *_of_content(text, purpose, places),
        *(_of_term(article, read, places) if article and read else ()),
    )
    clause, aims = (one.text if one else "" for one in (article, purpose))
    return ReadAgreement(facts, aims, clause, found, tuple(_missing(facts, clause)))


def term_article(said: "Recognised") -> Article | None:
    """The article on the term: by its heading, or by its words where there are no headings; a readable one first."""
    articles = said.text.articles
    by_heading = [one for word in TERM_HEADINGS for one in articles if word in one.heading]
    by_words = [one for word in TERM_WORDS for one in articles if word in one.text]
    candidates = [one for one in (*by_heading, *by_words) if "使用" not in one.heading]
    readable = (one for one in candidates if (read := proposal(one.text, said.signed)) and read.readable)
    return next(readable, None) or next(iter(candidates), None)


def _purpose(text: AgreementText) -> Article | None:
    return next((one for word in PURPOSE_HEADINGS for one in text.articles if word in one.heading), None)


def _party(party: SigningParty) -> PartyFacts:
    return PartyFacts(
        name=party.name[:300],
        letter=party.letter[:20],
        signatory=party.signatory[:200],
        is_town=party.is_town,
    )


@dataclass(frozen=True)
class Places:
    """The clauses of the text in the lines of the file."""

    said: "Recognised"
    lines: "Sequence[ReadLine]"

    def of(self, key: str, quote: str = "") -> Place | None:
        """The place of a clause by its key, with its words or those of its first line."""
        at = self.said.places.get(key)
        if at is None:
            return None
        return Place(self.lines[at].page, self._name(key), _beginning(quote or self.lines[at].text))

    def of_party(self, name: str) -> Place | None:
        """The place where the party signs, or where the text names it first."""
        signs = [at for at, key in self.said.clause_of.items() if key == ":parties"]
        naming = [at for at in (*signs, *range(len(self.lines))) if name and name in self.lines[at].text]
        alone = [at for at in naming if self.lines[at].text.rstrip().endswith(name)]
        for at in (*alone, *naming):  # an address begins with the town's name too
            key = self.said.clause_of.get(at, "")
            return Place(self.lines[at].page, self._name(key), _beginning(self.lines[at].text))
        return self.of(":parties") or self.of(":preamble")

    def _name(self, key: str) -> str:
        fixed = {
            ":title": _("表題"), ":preamble": _("前文"), ":closing": _("後文"), ":parties": _("署名欄"),
            ":signed": _("締結日の記載"),
        }  # fmt: skip
        if key in fixed:
            return fixed[key]
        for number, one in enumerate(self.said.text.articles, start=1):
            if one.key == key:
                heading = f"({one.heading})" if one.heading else ""
                return one.heading if one.heading == "附則" else f"第{number}条{heading}"
        return next((table.title for table in self.said.text.tables if table.key == key), "")


def _of_head(facts: TextFacts, said: "Recognised", places: Places) -> Iterator[ReadFact]:
    """Title, kind, day of signing and parties."""
    title = places.of(":title")
    if facts.title:
        yield ReadFact(_("協定名"), facts.title, title)
        yield ReadFact(_("文書の種別"), str(DocumentKind(facts.document_kind).label), title)
    if facts.signed:
        yield ReadFact(_("締結日"), japanese_partial(facts.signed), places.of(":signed"))
    for party in facts.parties:
        signs = f"({party.signatory})" if party.signatory else ""
        name = _("自分の自治体") if party.is_town else _("相手方")
        value = f"{party.letter} {party.name}{signs}".strip()
        yield ReadFact(name, value, places.of_party(party.name))


def _of_content(text: AgreementText, purpose: Article | None, places: Places) -> Iterator[ReadFact]:
    """Purpose and items."""
    if purpose:
        yield ReadFact(_("目的"), _beginning(purpose.text), places.of(purpose.key, purpose.text))
    listing, items = items_article(text), items_in(text)
    if listing and items:
        yield ReadFact(_("連携事項"), "、".join(items), places.of(listing.key, listing.text))


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE]}…"


def _of_term(article: Article, read: Proposal, places: Places) -> Iterator[ReadFact]:
    """The term and what follows it; the explanation says how the clause was read, or why it cannot be."""
    place = places.of(article.key, article.text)
    term, rule = read.term, read.renewal
    if term is None:
        yield ReadFact(_("期間の条文"), _("期間の日は決まりません"), place, read.explanation)
    else:
        last = both_calendars(term.last_day) if term.last_day else _("(終わりの定めなし)")
        remark = " ".join(filter(None, (read.explanation, read.other_reading)))
        yield ReadFact(_("はじめの期間"), f"{both_calendars(term.first_day)}〜{last}", place, remark)
    if rule:
        yield ReadFact(_("更新"), _renewal_in_words(rule), replace(place, quote="") if place else None)


def _renewal_in_words(rule: RenewalFacts) -> str:
    told = [str(RenewalKind(rule.kind).label)]
    if rule.months:
        told.append(_("%(months)sか月ずつ") % {"months": rule.months})
    if rule.notice_months:
        told.append(_("通知は満了の%(months)sか月前まで") % {"months": rule.notice_months})
    if rule.notice_days:
        told.append(_("通知は満了の%(days)s日前まで") % {"days": rule.notice_days})
    return "、".join(told)


def _missing(facts: TextFacts, clause: str) -> Iterator[str]:
    """What a person has to look for in the document."""
    if not facts.title:
        yield _("協定名")
    if not any(party.name and not party.is_town for party in facts.parties):
        yield _("相手方")
    if not facts.signed:
        yield _("締結日")
    if not clause:
        yield _("期間の条文")
    elif not facts.term:
        yield _("期間の始まりと終わり")
    if not facts.renewal:
        yield _("更新の定め")
