"""A first text from agreed facts: the articles in the usual wording of such agreements, in our own sentences."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from renkei.agreements.vocabulary import Form
from renkei.documents.clauses import Variant, variants
from renkei.documents.clauses.agreements import agreement_template, filled_text
from renkei.documents.clauses.fields import AgreementFacts, agreement_fields, closing, introduced
from renkei.documents.contents import AgreementText, Article, SigningParty
from renkei.documents.filling import fill
from renkei.documents.vocabulary import ClauseKind, Subject
from renkei.municipalities.models import Municipality
from renkei.rules.eras import japanese_date
from renkei.rules.term_wording import TermChoice
from renkei.rules.written_numbers import full_width

LETTERS = ("甲", "乙", "丙", "丁", "戊", "己")

ARTICLES = (
    ClauseKind.PURPOSE, ClauseKind.ITEMS, ClauseKind.WORK, ClauseKind.TALKS, ClauseKind.COSTS, ClauseKind.SECRETS,
    ClauseKind.PUBLICATION, ClauseKind.TERM, ClauseKind.GANGS, ClauseKind.DOUBTS,
)  # fmt: skip
"""The articles of a text that is put together from the library, in their order; an article's key is its kind."""

ALWAYS = (ClauseKind.PURPOSE, ClauseKind.ITEMS, ClauseKind.TERM, ClauseKind.DOUBTS)
"""What no agreement goes without; the others are chosen."""

SHORT = (ClauseKind.WORK, ClauseKind.COSTS, ClauseKind.SECRETS)
"""What an agreement on one matter (個別) usually has besides."""


@dataclass(frozen=True)
class TextFacts:
    """What the first text is made from; `articles` are kinds of `ARTICLES`."""

    title: str
    parties: tuple[SigningParty, ...]
    items: tuple[str, ...]
    term: TermChoice
    purpose: str = ""
    articles: tuple[str, ...] = ()
    copies: int = 2

    def fields(self) -> dict[str, str]:
        """What the fields of clauses and templates are filled with."""
        return agreement_fields(
            AgreementFacts(self.parties, self.term, self.items, self.purpose, self.copies)
        )


def chosen_at_first(form: str) -> tuple[ClauseKind, ...]:
    """The articles that are proposed for a form, besides those that are always there."""
    if form == Form.INDIVIDUAL:
        return SHORT
    return tuple(kind for kind in ARTICLES if kind not in ALWAYS)


def first_text(facts: TextFacts) -> AgreementText:
    """The first text of a new agreement, from the usual clause of each kind."""
    kinds = [kind for kind in ARTICLES if kind in ALWAYS or kind in facts.articles]
    fields = facts.fields()
    return AgreementText(
        title=facts.title,
        preamble=f"{introduced(facts.parties)}は、次のとおり協定を締結する。",
        articles=tuple(article_of(usual(kind, facts.parties), fields, key=str(kind)) for kind in kinds),
        closing=closing(facts.parties, facts.copies),
        parties=facts.parties,
    )


def usual(kind: ClauseKind, parties: Sequence[SigningParty]) -> Variant:
    """Our usual clause of a kind; between towns only, or without the town, nobody alone promises anything."""
    found = variants(kind)
    one_sided = sum(party.is_town for party in parties) == 1 and len(parties) > 1
    if kind == ClauseKind.GANGS and not one_sided:
        return next(one for one in found if one.key == "mutual")
    return found[0]


def article_of(clause: Variant, fields: Mapping[str, str], *, key: str) -> Article:
    """A clause of the library as an article of a text."""
    return Article(key, fill(clause.heading, fields), fill(clause.text, fields))


def text_from_template(
    facts: TextFacts, subject: Subject | str, municipality: Municipality | None = None
) -> AgreementText:
    """The text about a subject, from the town's own template or ours, with the title that was chosen."""
    text = filled_text(agreement_template(subject, municipality), facts.fields(), facts.parties)
    return replace(text, title=facts.title)


WORDS_OF_SUBJECTS = (
    (Subject.RESEARCH, "共同研究"),
    (Subject.MUTUAL_AID, "相互応援"),
    (Subject.POLLUTION, "公害"),
    (Subject.WASTE, "レジ袋|廃棄物|ごみ|マイバッグ"),
    (Subject.WATCHING, "見守り"),
    (Subject.SHELTER, "避難所|避難場所"),
    (Subject.REPAIRS, "応急復旧|応急対策|復旧工事"),
    (Subject.SUPPLIES, "物資"),
)
"""Words of a title that tell what an agreement is about, the narrowest first."""
SUBJECT_OF_FIELD = {
    "older_people.watch_over": Subject.WATCHING,
    "environment.bags": Subject.WASTE,
    "environment.waste": Subject.WASTE,
    "environment.pollution": Subject.POLLUTION,
    "research": Subject.RESEARCH,
}


def subject_for(form: str, fields: Sequence[str], title: str = "", partner: str = "") -> Subject | None:
    """The template that is proposed for a procedure; None where no usual text is near."""
    if form == Form.COMPREHENSIVE:
        return Subject.UNIVERSITY if "大学" in partner else Subject.COMPREHENSIVE
    if form == Form.MUTUAL_AID:
        return Subject.MUTUAL_AID
    by_title = (subject for subject, words in WORDS_OF_SUBJECTS if re.search(words, title))
    by_field = (SUBJECT_OF_FIELD[slug] for slug in fields if slug in SUBJECT_OF_FIELD)
    return next(by_title, None) or next(by_field, None)


@dataclass(frozen=True)
class Original:
    """The agreement that is changed or renewed."""

    title: str
    signed_on: date | None = None

    def named(self) -> str:
        """As the text names it."""
        day = f"{full_width(japanese_date(self.signed_on))}に締結した" if self.signed_on else ""
        return f"{day}「{self.title}」"


def amending_text(
    original: Original,
    parties: tuple[SigningParty, ...],
    changes: Sequence[tuple[str, str]],
    *,
    copies: int = 2,
) -> AgreementText:
    """A text that changes some articles: which (第３条), and what they say from now on."""
    articles = [
        Article(
            f"change{place}",
            f"{where}の変更",
            f"原協定{where}を次のように改める。\n「{wording.strip()}」",
        )
        for place, (where, wording) in enumerate(changes, start=1)
    ]
    return AgreementText(
        title=f"{original.title}の一部を変更する協定書",
        preamble=f"{introduced(parties)}は、{original.named()}（以下「原協定」という。）の一部を変更するため、"
        "次のとおり協定を締結する。",
        articles=(
            *articles,
            Article("rest", "原協定の適用", "この協定に定めるもののほかは、原協定の定めるところによる。"),
            Article("effect", "施行", "この協定は、締結の日から施行する。"),
        ),
        closing=closing(parties, copies),
        parties=parties,
    )


def renewing_text(
    original: Original,
    parties: tuple[SigningParty, ...],
    *,
    first_day: date,
    last_day: date,
    copies: int = 2,
) -> AgreementText:
    """A text that renews an agreement by agreement: the new term, everything else as before."""
    days = full_width(f"{japanese_date(first_day)}から{japanese_date(last_day)}まで")
    return AgreementText(
        title=f"{original.title}の有効期間の更新に関する協定書",
        preamble=f"{introduced(parties)}は、{original.named()}（以下「原協定」という。）の有効期間を更新するため、"
        "次のとおり協定を締結する。",
        articles=(
            Article("term", "有効期間", f"有効期間は、{days}とする。"),
            Article("rest", "原協定の適用", "この協定に定めるもののほかは、原協定の定めるところによる。"),
        ),
        closing=closing(parties, copies),
        parties=parties,
    )
