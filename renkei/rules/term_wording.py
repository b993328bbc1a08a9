"""The clause on the term, written from a choice; the register reads it back to the same rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from renkei.rules.eras import japanese_date
from renkei.rules.terms import RenewalKind
from renkei.rules.written_numbers import full_width


class TermKind(StrEnum):
    """How the end of the first term is told."""

    YEARS = "years"
    MONTHS = "months"
    FIXED_END = "fixed_end"
    OPEN = "open"


WRITTEN_RENEWALS = (
    RenewalKind.AUTOMATIC,
    RenewalKind.BY_AGREEMENT,
    RenewalKind.UNTIL_NOTICE,
    RenewalKind.NONE,
)
"""What a first text can say about renewal; a vote of the assembly belongs to texts that a law asks for."""


@dataclass(frozen=True)
class TermChoice:
    """A term of so many years or months from the signing, to a day, or without an end; and what follows it.

    A notice comes so many months before the end, or so many days; not both.
    """

    kind: TermKind = TermKind.YEARS
    years: int | None = 1
    last_day: date | None = None
    renewal: RenewalKind = RenewalKind.AUTOMATIC
    renewal_months: int | None = 12
    notice_months: int | None = 3
    notice_days: int | None = None
    months: int | None = None

    @property
    def is_until_notice(self) -> bool:
        """Whether it goes on until somebody ends it: such a term has no end."""
        return self.renewal == RenewalKind.UNTIL_NOTICE


def term_clause(choice: TermChoice, letters: Sequence[str]) -> str:
    """The text of the article on the term."""
    return full_width(_clause(choice, letters))


def _clause(choice: TermChoice, letters: Sequence[str]) -> str:
    if choice.is_until_notice:
        return _until_notice(choice, letters)
    if choice.kind == TermKind.OPEN:
        return "この協定は、締結の日からその効力を生じ、その有効期間は定めない。"
    term = f"この協定の有効期間は、{_length(choice)}"
    if choice.renewal == RenewalKind.NONE:
        return f"{term}とし、更新しない。"
    return f"{term}とする。{_renewal(choice, letters)}"


def _length(choice: TermChoice) -> str:
    if choice.kind == TermKind.FIXED_END and choice.last_day:
        return f"締結の日から{japanese_date(choice.last_day)}まで"
    length = _months(choice.months or 12) if choice.kind == TermKind.MONTHS else f"{choice.years}年間"
    return f"締結の日から起算して{length}"  # 「起算して」 leaves no doubt whether the first day counts


def _before(choice: TermChoice) -> str:
    """How long before the end a notice must come; "" where the choice does not say."""
    if choice.notice_days:
        return f"の{choice.notice_days}日前"
    return f"の{choice.notice_months}か月前" if choice.notice_months else ""


def _renewal(choice: TermChoice, letters: Sequence[str]) -> str:
    span = _months(choice.renewal_months) if choice.renewal_months else ""
    if choice.renewal == RenewalKind.BY_AGREEMENT:
        return f"ただし、{_joined(letters, '及び')}は、協議の上、これを{span}更新することができる。"
    return (
        f"ただし、有効期間の満了の日{_before(choice)}までに{_joined(letters, '又は')}から書面による終了の申出がないときは、"
        f"有効期間は、満了の日の翌日から{span or '１年間'}更新されるものとし、以後も同様とする。"
    )


def _until_notice(choice: TermChoice, letters: Sequence[str]) -> str:
    told = (
        f"この協定は、締結の日からその効力を生じ、{_joined(letters, '又は')}が書面により終了を通知するまで、"
        "その効力を有する。"
    )
    if notice := _before(choice):
        told += f"\n２　前項の通知は、終了しようとする日{notice}までに行うものとする。"
    return told


def _months(months: int) -> str:
    years, rest = divmod(months, 12)
    return f"{years}年間" if not rest else f"{months}か月間"


def _joined(letters: Sequence[str], word: str) -> str:
    return f"{'、'.join(letters[:-1])}{word}{letters[-1]}" if len(letters) > 1 else "".join(letters)
