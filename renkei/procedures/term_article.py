"""The article on the term of a text: found, read, and written anew from a rule without losing its other paragraphs."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from renkei.documents.contents import AgreementText, Article
from renkei.rules.term_wording import TermChoice, term_clause
from renkei.rules.written_numbers import full_width

TERM_KEY = "term"
TERM_WORDS = ("有効期間", "期間", "効力")
LAST_WORDS = ("変更", "解除", "暴力団", "管轄", "疑義", "協議")
"""Headings of articles before which an article on the term is put where there is none."""
NUMBERED = re.compile(r"^\s*\d{1,2}\s")


def term_article(text: AgreementText) -> Article | None:
    """The article on the term, by its key or its heading; None where there is none."""
    by_key = (one for one in text.articles if one.key == TERM_KEY and "使用" not in one.heading)
    by_heading = (one for word in TERM_WORDS for one in text.articles if word in one.heading)
    return next(by_key, None) or next(by_heading, None)


@dataclass(frozen=True)
class Rewriting:
    """What a rule does to the article: the paragraphs that go, those that stay, and the new words."""

    replaced: tuple[str, ...]
    kept: tuple[str, ...]
    text: str


def rewritten(
    article: Article | None, choice: TermChoice, letters: Sequence[str], day: date | None
) -> Rewriting:
    """The article with its clause written from the choice; paragraphs on which the reading does not depend stay."""
    clause = term_clause(choice, letters)
    old = paragraphs(article.text) if article else []
    gone = [place for place in range(len(old)) if place == 0 or _tells_the_term(old, place, day)]
    kept = [said for place, said in enumerate(old) if place not in gone]
    number = len(paragraphs(clause))
    stay = [_with_number(said, place) for place, said in enumerate(kept, start=number + 1)]
    return Rewriting(tuple(old[place] for place in gone), tuple(kept), "\n".join([clause, *stay]))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of an article, each with its items."""
    found: list[str] = []
    for line in text.strip().split("\n"):
        starts = not found or NUMBERED.match(unicodedata.normalize("NFKC", line))
        if starts:
            found.append(line)
        else:
            found[-1] += f"\n{line}"
    return found


def _tells_the_term(old: Sequence[str], place: int, day: date | None) -> bool:
    """Whether the article reads otherwise without the paragraph."""
    from renkei.rules.clauses import read_clause

    without = [said for other, said in enumerate(old) if other != place]
    one, other = (read_clause("\n".join(said), signed=day) for said in (old, without))
    return replace(one, explanation="") != replace(other, explanation="")


def _with_number(paragraph: str, number: int) -> str:
    return re.sub(r"^\s*[0-9０-９]{1,2}\s", f"{full_width(str(number))}　", paragraph)


def with_rule(text: AgreementText, choice: TermChoice, day: date | None) -> AgreementText:
    """The text whose article on the term says the choice; its key, heading and place stay."""
    article = term_article(text)
    letters = [party.letter for party in text.parties]
    said = rewritten(article, choice, letters, day).text
    if article is None:
        return _with_new_article(text, Article(TERM_KEY, "有効期間", said))
    changed = (replace(one, text=said) if one is article else one for one in text.articles)
    return replace(text, articles=tuple(changed))


def _with_new_article(text: AgreementText, article: Article) -> AgreementText:
    headings = [one.heading for one in text.articles]
    last = len(headings)
    while last and any(word in headings[last - 1] for word in LAST_WORDS):
        last -= 1
    return replace(text, articles=(*text.articles[:last], article, *text.articles[last:]))
