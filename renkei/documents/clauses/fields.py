"""The fields of an agreement's clauses: what they are called, what they stand for, and their values for a text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from renkei.documents.contents import SigningParty
from renkei.rules.term_wording import TermChoice, term_clause
from renkei.rules.written_numbers import full_number, full_width

USUAL_AIM = "地域の課題の解決と住民サービスの向上を図る"

FIELDS: Mapping[str, str] = {
    "全当事者": "甲及び乙。三者なら甲、乙及び丙",
    "いずれかの当事者": "甲又は乙。三者なら甲、乙又は丙",
    "市": "自分の自治体の呼び方。甲など",
    "相手方": "自分の自治体でない当事者の呼び方。乙、乙及び丙など",
    "いずれかの相手方": "自分の自治体でない当事者のどれか。乙、乙又は丙など",
    "市の名称": "自分の自治体の名称",
    "市の所在地": "自分の自治体の所在地",
    "市の署名者": "自分の自治体の署名者の職と氏名",
    "相手方の名称": "相手方の名称。複数なら「、」でつなぐ",
    "相手方の所在地": "相手方の所在地",
    "相手方の署名者": "相手方の署名者の職と氏名",
    "前文の当事者": "○○市（以下「甲」という。）と○○（以下「乙」という。）",
    "目的の文": "「…ことを目的とする。」の前に入る言葉",
    "連携事項": "合意した連携事項。（１）から番号が付く",
    "期間の文": "有効期間と更新の定め。選んだ規則から書かれる",
    "結びの文": "作る通数と、各自が保有することを書く文",
}
"""Each field with what it stands for: shown beside a clause that is written, and where one is not known."""

IMPORTANT = ("期間の文",)
"""Fields that a whole agreement's template is warned of when it lacks them."""


@dataclass(frozen=True)
class AgreementFacts:
    """What an agreement's text is filled with."""

    parties: tuple[SigningParty, ...]
    term: TermChoice | None = None
    items: tuple[str, ...] = ()
    purpose: str = ""
    copies: int = 2


def agreement_fields(facts: AgreementFacts) -> dict[str, str]:
    """The value of each field for these parties and choices; without a choice of the term it stays a field."""
    town = [party for party in facts.parties if party.is_town]
    others = [party for party in facts.parties if not party.is_town]
    own, first = town[:1], others[:1]
    return {
        "全当事者": joined(facts.parties),
        "いずれかの当事者": joined(facts.parties, "又は"),
        "市": joined(own),
        "相手方": joined(others),
        "いずれかの相手方": joined(others, "又は"),
        **_of_party("市", own),
        **_of_party("相手方", first),
        "相手方の名称": "、".join(party.name for party in others),
        "前文の当事者": introduced(facts.parties),
        "目的の文": facts.purpose.strip().removesuffix("。") or USUAL_AIM,
        "連携事項": numbered(facts.items),
        "期間の文": term_of(facts),
        "結びの文": closing(facts.parties, facts.copies),
    }


def _of_party(name: str, party: Sequence[SigningParty]) -> dict[str, str]:
    one = party[0] if party else SigningParty("", "")
    return {f"{name}の名称": one.name, f"{name}の所在地": one.address, f"{name}の署名者": one.signatory}


def joined(parties: Sequence[SigningParty], word: str = "及び") -> str:
    """甲及び乙; of more than two 甲、乙及び丙."""
    letters = [party.letter for party in parties]
    return f"{'、'.join(letters[:-1])}{word}{letters[-1]}" if len(letters) > 1 else "".join(letters)


def introduced(parties: Sequence[SigningParty]) -> str:
    """The parties as a preamble names them, each with its letter."""
    return "と".join(f"{party.name}（以下「{party.letter}」という。）" for party in parties)


def numbered(items: Sequence[str]) -> str:
    """Items as lines with their numbers."""
    return "\n".join(full_number(f"（{place}）{item}") for place, item in enumerate(items, start=1))


def term_of(facts: AgreementFacts) -> str:
    """The clause on the term; the field itself where none is chosen, so that it is seen to be missing."""
    if facts.term is None:
        return "{{ 期間の文 }}"
    return term_clause(facts.term, [party.letter for party in facts.parties])


def closing(parties: Sequence[SigningParty], copies: int) -> str:
    """The closing words with the number of copies; without copies (an electronic signature) none are kept."""
    letters = "".join(party.letter for party in parties)
    if not copies:
        return f"この協定の締結を証するため、電磁的記録を作成し、{letters}が電子署名を行う。"
    return full_width(
        f"この協定の締結を証するため、本書{copies}通を作成し、{letters}記名押印の上、各自その1通を保有する。"
    )
