"""What the words of an agreement, of its documents and of its old ledger say a partner does: proposals for a person."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from renkei.agreements.models import Agreement
from renkei.disasters.capabilities.facts import CapabilityFacts
from renkei.disasters.capabilities.function_words import DEEDS, EMPTY, GOODS, LOOSE
from renkei.disasters.capabilities.reading_terms import SKIPPED, Amount, amounts_in, sentences_in, terms_of
from renkei.disasters.vocabulary import CapabilitySource, CapabilityState, DisasterFunction

LONGEST_GOODS, LONGEST_QUOTE, MOST_LETTERS = 200, 400, 60_000
GENERAL = {
    "物資",
    "物品",
    "生活物資",
    "応急生活物資",
    "救援物資",
    "応急物資",
    "備蓄品",
    "備蓄物資",
    "支援物資",
    "資機材",
    "資器材",
    "機材",
    "器材",
    "医薬品等",
}
"""Words for goods that say nothing where others name them."""
SCOPE = re.compile(r"範囲|内容|種類|業務|協力|応援|支援|対象|品目|物資|要請|提供|供給|別表|事項|項目")

_FUNCTION_OF: dict[str, str] = {
    unicodedata.normalize("NFKC", word): function
    for listing in (LOOSE, DEEDS, GOODS)
    for function, words in listing.items()
    for word in words
}
_GOODS = {unicodedata.normalize("NFKC", word) for words in GOODS.values() for word in words}
_LOOSE = {unicodedata.normalize("NFKC", word) for words in LOOSE.values() for word in words}
_WORD = re.compile("|".join(map(re.escape, sorted({*_FUNCTION_OF, *EMPTY}, key=len, reverse=True))))


def words_in(text: str) -> list[tuple[str, DisasterFunction]]:
    """The words of the text that speak of a function, in their order; of words within each other the longest."""
    found = (match[0] for match in _WORD.finditer(unicodedata.normalize("NFKC", text)))
    return [(word, DisasterFunction(_FUNCTION_OF[word])) for word in found if word in _FUNCTION_OF]


def functions_in(text: str) -> list[DisasterFunction]:
    """The functions of which the text speaks, each once, in the order of the text."""
    return list(dict.fromkeys(function for _word, function in words_in(text)))


def goods_in(text: str) -> list[tuple[str, DisasterFunction]]:
    """The goods that the text names (水, 毛布), each once, with the function that brings them."""
    return list(dict.fromkeys(one for one in words_in(text) if one[0] in _GOODS))


@dataclass
class Found:
    """What was found for one function: its words, the amounts among them, and the first sentence that says it."""

    quote: str
    goods: list[str] = field(default_factory=list)
    deeds: list[str] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)

    def add(self, word: str) -> None:
        """Keep a word, once."""
        known = self.goods if word in _GOODS else self.deeds
        if word not in known:
            known.append(word)

    @property
    def named(self) -> str:
        """The goods that have no amount of their own; where no goods are named, what is done."""
        counted = {one.goods for one in self.amounts}
        goods = [one for one in self.goods if one not in counted]
        if narrow := {*self.goods} - GENERAL:
            goods = [one for one in goods if one in narrow]
        return "、".join(goods or ([] if self.amounts else self.deeds))[:LONGEST_GOODS]


def proposals_from_text(
    agreement: Agreement, text: str, *, source: str = CapabilitySource.TEXT, is_list: bool = False
) -> list[CapabilityFacts]:
    """What the text says the agreement's partner does, each with the sentence it was read from; nothing is written.

    Articles about money, terms or reports say nothing of what is done, but of its conditions. `is_list`: the text is a
    list of what is done, so that whatever it names is meant, also what the title does not speak of.
    """
    parties = [
        (one.letter, one.name_as_signed, one.organisation_id is None) for one in agreement.parties.all()
    ]
    plain = unicodedata.normalize("NFKC", text[:MOST_LETTERS])
    for name in sorted((name for _letter, name, _own in parties), key=len, reverse=True):
        plain = plain.replace(unicodedata.normalize("NFKC", name), "乙") if name else plain
    sentences = sentences_in(plain)
    titled = [] if is_list else functions_in(agreement.title)
    found: dict[DisasterFunction, Found] = {}
    for heading, sentence in sentences:
        if not _speaks_of_help(heading, titled):
            continue
        for word, function in words_in(sentence):
            if word in _LOOSE or (
                titled and function not in titled and not SCOPE.search(heading or sentence)
            ):
                continue
            found.setdefault(function, Found(sentence[:LONGEST_QUOTE])).add(word)
        for amount in amounts_in(sentence, goods_in(sentence)):
            found[amount.function].amounts.append(amount)
    letters = {letter: own for letter, _name, own in parties if letter}
    terms = terms_of(sentences, letters)
    return [
        replace(one, state=CapabilityState.PROPOSED, source=source, **terms)
        for function, read in found.items()
        for one in _facts(function, read)
    ]


def _speaks_of_help(heading: str, titled: Sequence[DisasterFunction]) -> bool:
    if DisasterFunction.TRANSPORT in titled and "運搬" in heading:
        return True
    return not SKIPPED.search(heading)


def _facts(function: DisasterFunction, found: Found) -> Iterator[CapabilityFacts]:
    """One for each amount, and one for what has no amount."""
    for one in found.amounts:
        yield CapabilityFacts(
            function,
            goods=one.goods,
            quantity=one.quantity,
            unit=one.unit,
            certainty=one.certainty,
            source_text=one.quote[:LONGEST_QUOTE],
        )
    if found.named or not found.amounts:
        yield CapabilityFacts(function, goods=found.named, source_text=found.quote)
