"""Whether the numbers in a town's own sentences agree with its register."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from renkei.documents.filling import FIELD
from renkei.reports.wording_fields import named_counts
from renkei.reports.wordings import Words, Written

COUNTED = re.compile(r"([0-9][0-9,]*)\s*件")
SENTENCE = re.compile(r"[^。\n]+")
LEAST_LETTERS = 2


@dataclass(frozen=True)
class Disagreement:
    """A number that somebody wrote by hand, and what the register says instead."""

    sentence: str


def disagreements(written: Written, words: Words) -> list[Disagreement]:
    """The numbers of agreements (…件) in the town's own words that the register does not have on the day.

    A number in a sentence that names a division or field is compared with its count, any other with all figures.
    """
    if not written.is_own or written.place.is_agreement:
        return []
    counts = named_counts(words.town, words.figures)
    return list(_in_text(FIELD.sub("", written.text), counts, {words.figures.total, words.figures.signed}))


def _in_text(text: str, counts: Mapping[str, int], totals: set[int]) -> Iterator[Disagreement]:
    for sentence in SENTENCE.findall(unicodedata.normalize("NFKC", text)):
        named = {
            name: count for name, count in counts.items() if len(name) >= LEAST_LETTERS and name in sentence
        }
        for found in COUNTED.findall(sentence):
            number = int(found.replace(",", ""))
            if named and number not in named.values():
                name = max(named, key=len)
                yield Disagreement(
                    _("「%(number)s件」とありますが、登録簿では%(name)sの協定は%(count)s件です。")
                    % {"number": number, "name": name, "count": named[name]}
                )
            elif not named and number not in totals | set(counts.values()):
                yield Disagreement(
                    _("「%(number)s件」は、登録簿のどの数とも合いません。有効な協定は%(total)s件です。")
                    % {"number": number, "total": max(totals)}
                )
