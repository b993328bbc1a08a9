"""From words to what a clause says; it knows no day of signing."""

import re

from renkei.rules.clause_asides import aside, ends_early
from renkei.rules.clause_first import read_first
from renkei.rules.clause_parts import Clause
from renkei.rules.clause_renewal import read_renewal
from renkei.rules.clause_words import Days, Word, words_of

RENEWAL_CODES = "xBZXAIiyQHk-+tdqvoNazRUOhCPJpe"


def clause_of(sentences: list[str]) -> Clause:
    """What the sentences say together; raises UnreadableClause for unknown words and contradictions."""
    clause = Clause()
    for sentence in sentences:
        if aside(sentence, clause):
            continue
        days = Days()
        words = words_of(without_early_end(sentence, clause), days)
        clause.remarks += days.remarks
        read_words(words, clause)
    return clause


def without_early_end(sentence: str, clause: Clause) -> str:
    """The sentence up to 「…とし、」 where the rest only tells how the agreement may be ended early."""
    told, joint, rest = sentence.rpartition("とし、")
    return f"{told}とする" if joint and ends_early(rest, clause) else sentence


def read_words(words: list[Word], clause: Clause) -> None:
    if not re.search(r"[RNot+-]", "".join(word.code for word in words)):
        words = [word for word in words if word.code != "J"]  # the assembly voted on the agreement itself
    codes = "".join(word.code for word in words)
    split = next((place for place, code in enumerate(codes) if code in RENEWAL_CODES), len(codes))
    if codes[split - 1 : split + 1] == "Dh":  # 「2月28日までに申出がないときは」
        split -= 1
    elif re.search("[uLF]Df$", codes[:split]):  # 「令和7年4月1日以降は、異議がない限り」
        split -= 2
    read_first(words[:split], clause)
    read_renewal(words[split:], clause)
