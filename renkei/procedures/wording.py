"""A first text from agreed facts: the articles in the usual wording of such agreements, in our own sentences."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from renkei.agreements.vocabulary import Form
from renkei.procedures.contents import AgreementText, Article, SigningParty
from renkei.procedures.term_wording import TermChoice, term_clause
from renkei.rules.eras import japanese_date
from renkei.rules.written_numbers import full_number, full_width

LETTERS = ("甲", "乙", "丙", "丁")


@dataclass(frozen=True)
class TextFacts:
    """What the first text is made from; `articles` are names of `ARTICLES`."""

    title: str
    parties: tuple[SigningParty, ...]
    items: tuple[str, ...]
    term: TermChoice
    purpose: str = ""
    articles: tuple[str, ...] = ()
    copies: int = 2


Writes = Callable[[TextFacts], str]


def letters_joined(parties: Sequence[SigningParty], word: str = "及び") -> str:
    """甲及び乙; of more than two 甲、乙及び丙."""
    letters = [party.letter for party in parties]
    return f"{'、'.join(letters[:-1])}{word}{letters[-1]}" if len(letters) > 1 else "".join(letters)


def _all(facts: TextFacts) -> str:
    return letters_joined(facts.parties)


def _purpose(facts: TextFacts) -> str:
    aim = facts.purpose.strip().removesuffix("。") or "地域の課題の解決と住民サービスの向上を図る"
    return (
        f"この協定は、{_all(facts)}が、それぞれの資源を生かし、相互に連携し協力して、{aim}ことを目的とする。"
    )


def _items(facts: TextFacts) -> str:
    numbered = [f"（{place}）{heading}" for place, heading in enumerate(facts.items, start=1)]
    head = f"{_all(facts)}は、前条の目的を達成するため、次に掲げる事項について連携し協力する。"
    return "\n".join([head, *map(full_number, numbered)])


def _work(facts: TextFacts) -> str:
    return (
        f"{_all(facts)}は、前条各号に掲げる事項を進めるための具体的な取組を、取組事項として別に定める。\n"
        f"２　{_all(facts)}は、毎年度、取組の実績を互いに報告し、取組事項を見直すものとする。"
    )


def _talks(facts: TextFacts) -> str:
    return f"{_all(facts)}は、連携を円滑に進めるため、それぞれ連絡の窓口を置き、必要に応じて協議を行う。"


def _costs(facts: TextFacts) -> str:
    return (
        f"この協定に基づく取組に要する費用は、{_all(facts)}がそれぞれの役割に応じて負担する。"
        "ただし、これにより難いときは、協議して定める。"
    )


def _secrets(facts: TextFacts) -> str:
    return (
        f"{_all(facts)}は、この協定に基づく取組で知り得た秘密を、相手方の承諾なく第三者に漏らし、"
        "又は目的の外に用いてはならない。この協定が終了した後も同様とする。\n"
        "２　個人情報は、法令の定めるところにより適正に取り扱うものとする。"
    )


def _publication(facts: TextFacts) -> str:
    return f"{_all(facts)}は、この協定の内容と取組の実績を公表することができる。公表の時期と方法は、あらかじめ互いに確かめる。"


def _term(facts: TextFacts) -> str:
    return term_clause(facts.term, [party.letter for party in facts.parties])


def _gangs(facts: TextFacts) -> str:
    town = [party.letter for party in facts.parties if party.is_town]
    others = [party for party in facts.parties if not party.is_town]
    if len(town) != 1 or not others:
        return f"{_all(facts)}は、暴力団又は暴力団員と関わりを持たないことを互いに約する。"
    other, own = letters_joined(others), town[0]
    return (
        f"{other}は、暴力団又は暴力団員と関わりを持たないことを表明し、将来にわたってこれを守る。\n"
        f"２　{other}が前項に反したときは、{own}は、催告をすることなく、この協定を解除することができる。"
    )


def _doubts(facts: TextFacts) -> str:
    return (
        "この協定に定めのない事項及びこの協定の内容について疑義が生じた事項は、"
        f"{_all(facts)}が誠意をもって協議して定める。"
    )


@dataclass(frozen=True)
class Written:
    """An article that can be taken: its heading in the text, and what writes it."""

    heading: str
    words: str | Promise
    text: Writes


ARTICLES: Mapping[str, Written] = {
    "purpose": Written("目的", _("目的"), _purpose),
    "items": Written("連携事項", _("連携事項"), _items),
    "work": Written("取組の実施", _("取組の実施"), _work),
    "talks": Written("協議", _("協議"), _talks),
    "costs": Written("費用", _("費用"), _costs),
    "secrets": Written("秘密保持", _("秘密保持"), _secrets),
    "publication": Written("公表", _("公表"), _publication),
    "term": Written("有効期間", _("有効期間"), _term),
    "gangs": Written("暴力団の排除", _("暴力団の排除"), _gangs),
    "doubts": Written("疑義の協議", _("疑義の協議"), _doubts),
}
"""The articles in the order in which a text has them."""

ALWAYS = ("purpose", "items", "term", "doubts")
"""What no agreement goes without; the others are chosen."""

SHORT = ("work", "costs", "secrets")
"""What an agreement on one matter (個別) usually has besides."""


def chosen_at_first(form: str) -> tuple[str, ...]:
    """The articles that are proposed for a form, besides those that are always there."""
    if form == Form.INDIVIDUAL:
        return SHORT
    return tuple(name for name in ARTICLES if name not in ALWAYS)


def first_text(facts: TextFacts) -> AgreementText:
    """The first text of a new agreement."""
    names = [name for name in ARTICLES if name in ALWAYS or name in facts.articles]
    return AgreementText(
        title=facts.title,
        preamble=f"{_introduced(facts.parties)}は、次のとおり協定を締結する。",
        articles=tuple(Article(name, ARTICLES[name].heading, ARTICLES[name].text(facts)) for name in names),
        closing=closing(facts.parties, facts.copies),
        parties=facts.parties,
    )


def _introduced(parties: Sequence[SigningParty]) -> str:
    return "と".join(f"{party.name}（以下「{party.letter}」という。）" for party in parties)


def closing(parties: Sequence[SigningParty], copies: int) -> str:
    """The closing words with the number of copies; without copies (an electronic signature) none are kept."""
    letters = "".join(party.letter for party in parties)
    if not copies:
        return f"この協定の締結を証するため、電磁的記録を作成し、{letters}が電子署名を行う。"
    return full_width(
        f"この協定の締結を証するため、本書{copies}通を作成し、{letters}記名押印の上、各自その1通を保有する。"
    )


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
        preamble=f"{_introduced(parties)}は、{original.named()}（以下「原協定」という。）の一部を変更するため、"
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
        preamble=f"{_introduced(parties)}は、{original.named()}（以下「原協定」という。）の有効期間を更新するため、"
        "次のとおり協定を締結する。",
        articles=(
            Article("term", "有効期間", f"有効期間は、{days}とする。"),
            Article("rest", "原協定の適用", "この協定に定めるもののほかは、原協定の定めるところによる。"),
        ),
        closing=closing(parties, copies),
        parties=parties,
    )
