"""From what a clause says and the day of signing to days: the term, the notice, further terms."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from renkei.rules.clause_parts import Clause, End, Length, Start, unreadable
from renkei.rules.japanese_calendar import fiscal_year, japanese_date
from renkei.rules.terms import (
    Period,
    RenewalKind,
    RenewalRule,
    TermOutOfRange,
    first_day_of_term,
    last_day_of_term,
    months_before,
    next_terms,
    notice_deadline,
)

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Known:
    """Days known from outside the clause; None where unknown."""

    signed: date | None = None
    effective: date | None = None


@dataclass(frozen=True)
class Term:
    """The first term as computed, and the last day of the other possible reading."""

    first: date | None
    last: date | None
    base: date | None = None
    counted: bool = True
    other_last: date | None = None


@dataclass(frozen=True)
class Found:
    """Everything computed from a clause."""

    term: Term
    rule: RenewalRule
    deadline: date | None
    following: tuple[Period, ...]


def start_of_clause(clause: Clause) -> Start:
    """The start of the term: as written, else with the effect, else at signing, when a contract is made."""
    start = clause.start or clause.effect or Start("signing")
    if clause.initial is not None:
        start = replace(start, counted=clause.initial)
    if start.kind == "effect" and clause.effect and clause.effect.kind != "effect":
        return replace(clause.effect, next_day=start.next_day, counted=start.counted)
    return start


def base_day(start: Start, known: Known) -> date | None:
    if start.kind == "day":
        return start.day
    return known.signed if start.kind == "signing" else known.effective


def first_is_counted(start: Start) -> bool:
    """Whether the first day counts: as told, or because the day starts at 0:00 (民法140条)."""
    if start.counted is not None:
        return start.counted
    return start.kind == "day" or start.next_day


def with_written_day(clause: Clause, known: Known) -> Known:
    """The known days with the day of signing that the clause itself writes in parentheses."""
    for remark in [remark for remark in clause.remarks if remark.startswith("written:")]:
        clause.remarks.remove(remark)
        written = date.fromisoformat(remark.removeprefix("written:"))
        if known.signed is not None and known.signed != written:
            raise unreadable(
                f"条文の締結日は{japanese_date(written)}ですが、{japanese_date(known.signed)}に締結したとあり、合いません。"
            )
        known = replace(known, signed=written)
    return known


def check_told(clause: Clause) -> None:
    """Refuse a start that nothing follows (「締結の日から」 and no more)."""
    if clause.start and not (
        clause.end or clause.length or clause.open_ended or clause.kinds or clause.effect
    ):
        raise unreadable("始まりの日のあとに、期間の長さも終わりの日も書かれていません。")


def computed(clause: Clause, known: Known) -> Found:
    """All days of a clause; raises UnreadableClause where its parts contradict each other."""
    known = with_written_day(clause, known)
    check_told(clause)
    try:
        term = first_term(clause, known)
        check_start(clause, known, term)
        rule = rule_of(clause, term)
        deadline = deadline_of(clause, term)
        period = Period(term.first or term.last, term.last) if term.last else None
        following = tuple(next_terms(period, rule)) if period else ()
    except (TermOutOfRange, OverflowError):
        raise unreadable("期間が長すぎて、終わりの日を計算できません。") from None
    check_renewal_start(clause, term)
    return Found(term, rule, deadline, following)


def first_term(clause: Clause, known: Known) -> Term:
    if clause.open_ended and (clause.end or clause.length):
        raise unreadable("期間の定めがないとも、期間の長さや終わりの日があるとも書かれています。")
    start = start_of_clause(clause)
    base = base_day(start, known)
    if clause.end is not None:
        return fixed_term(clause, clause.end, start, base, known)
    if clause.length is not None:
        return measured_term(clause.length, start, base)
    if not (clause.start or clause.effect or clause.open_ended or RenewalKind.UNTIL_NOTICE in clause.kinds):
        return Term(None, None)  # only a renewal is told, the first term is not
    return Term(day_from(base, start), None, base)


def day_from(base: date | None, start: Start) -> date | None:
    return base + ONE_DAY if base and start.next_day else base


def measured_term(length: Length, start: Start, base: date | None) -> Term:
    counted = first_is_counted(start)
    from_day = day_from(base, start)
    if from_day is None:
        return Term(None, None, None, counted)
    first = first_day_of_term(from_day, counted=counted)
    last = last_day_of_term(first, months=length.months, days=length.days)
    doubtful = not counted and start.counted is None
    other = last_day_of_term(from_day, months=length.months, days=length.days) if doubtful else None
    return Term(first, last, base, counted, other)


def fixed_term(clause: Clause, end: End, start: Start, base: date | None, known: Known) -> Term:
    from_day = day_from(base, start)
    counted = first_is_counted(start)
    last, other = end_days(end, start, from_day, known)
    if from_day and last and last < from_day:
        raise unreadable(
            f"終わりの日({japanese_date(last)})が始まりの日({japanese_date(from_day)})より前です。"
        )
    if clause.length is not None and from_day and last and not length_fits(clause.length, from_day, last):
        raise unreadable("書かれた期間の長さと、始まりの日・終わりの日が合いません。")
    return Term(from_day, last, base, counted if end.kind == "elapsed" else True, other)


def length_fits(length: Length, first: date, last: date) -> bool:
    ends = {last_day_of_term(day, months=length.months, days=length.days) for day in (first, first + ONE_DAY)}
    return last in ends


def end_days(end: End, start: Start, from_day: date | None, known: Known) -> tuple[date | None, date | None]:
    """The last day, and the last day if the day of signing were counted where that makes a difference."""
    if end.kind == "day":
        return end.day, None
    if end.kind == "elapsed":
        return elapsed(end, start, from_day)
    base = base_day(end.base, known) if end.base else from_day
    return (relative(end, base) if base else None), None


def elapsed(end: End, start: Start, from_day: date | None) -> tuple[date | None, date | None]:
    if from_day is None:
        return None, None
    last, other = elapsed_day(end, first_day_of_term(from_day, counted=first_is_counted(start))), None
    if not first_is_counted(start) and start.counted is None:
        inclusive = elapsed_day(end, from_day)
        other = inclusive if inclusive != last else None
    return last, other


def elapsed_day(end: End, first: date) -> date:
    day = last_day_of_term(first, months=end.length.months, days=end.length.days)
    day = day + ONE_DAY if end.day_after else day
    return relative(end.fiscal, day) if end.fiscal else day


def relative(end: End, base: date) -> date:
    if end.kind == "fiscal":
        year = fiscal_year(base) + end.years
        return date(year if end.month >= 4 else year + 1, end.month, end.monthday)
    found = date(base.year + end.years, end.month, end.monthday)
    if end.kind == "coming" and found < base:
        return date(base.year + 1, end.month, end.monthday)
    return found


def check_start(clause: Clause, known: Known, term: Term) -> None:
    """Refuse a term and an effect that start on different days, and an end before the signing."""
    if clause.start and clause.effect and clause.start.kind != "effect":
        starts = [base_day(clause.start, known), base_day(clause.effect, known)]
        same_words = (clause.start.kind, clause.start.day) == (clause.effect.kind, clause.effect.day)
        if not same_words and (None in starts or starts[0] != starts[1]):
            raise unreadable("効力の始まる日と期間の始まる日が別に書かれています。")
    if known.signed and term.last and term.last < known.signed:
        raise unreadable(
            f"終わりの日({japanese_date(term.last)})が締結日({japanese_date(known.signed)})より前です。"
        )


# --- renewal ---


def rule_of(clause: Clause, term: Term) -> RenewalRule:
    kind = kind_of(clause, term)
    if kind in (RenewalKind.NONE, RenewalKind.UNTIL_NOTICE):
        return RenewalRule(kind)
    months = renewal_months(clause, term, needed=kind is RenewalKind.AUTOMATIC)
    if kind is not RenewalKind.AUTOMATIC:
        return RenewalRule(kind, months)
    times = clause.times
    if times is None and clause.only and not clause.same_after:
        times = 1
    return RenewalRule(kind, months, times, latest_end(clause, term))


def kind_of(clause: Clause, term: Term) -> RenewalKind:
    kinds = set(clause.kinds)
    if RenewalKind.ASSEMBLY in kinds and RenewalKind.AUTOMATIC not in kinds:
        return RenewalKind.ASSEMBLY
    if kinds == {RenewalKind.NONE, RenewalKind.BY_AGREEMENT}:
        return RenewalKind.BY_AGREEMENT
    if len(kinds) > 1:
        raise unreadable("更新について食い違うことが書かれていて、どれに当たるか決められません。")
    if kinds:
        return checked_kind(kinds.pop(), clause)
    return kind_unsaid(clause, term)


def checked_kind(kind: RenewalKind, clause: Clause) -> RenewalKind:
    if clause.carries_on and clause.length:
        raise unreadable("期間の長さがあるのに、通知がない限り効力を有するとも書かれています。")
    if kind is RenewalKind.AUTOMATIC and clause.open_ended:
        raise unreadable("期間の定めがないのに、更新するとも書かれています。")
    first_told = clause.end is not None or clause.length is not None
    if kind is RenewalKind.AUTOMATIC and not first_told and clause.renewal_length is None:
        raise unreadable("更新することは書かれていますが、はじめの期間も更新後の長さも書かれていません。")
    return kind


def kind_unsaid(clause: Clause, term: Term) -> RenewalKind:
    open_ended = clause.end is None and clause.length is None
    if open_ended and clause.ends_on_notice and (clause.open_ended or clause.start or clause.effect):
        return RenewalKind.UNTIL_NOTICE
    dangling = clause.condition or clause.exception or clause.same_after or clause.renewal_length
    if dangling or clause.notice is not None or clause.renewal_end or clause.times or clause.limit:
        raise unreadable("通知や「以後同様」などの定めはありますが、更新することが書かれていません。")
    return RenewalKind.NONE


def renewal_months(clause: Clause, term: Term, *, needed: bool) -> int | None:
    length = clause.renewal_length
    if length is not None and length.days:
        raise unreadable("更新の期間が日数で書かれています。月か年で数える更新だけを読めます。")
    if length is not None:
        return length.months
    if clause.renewal_end is not None:
        return months_to(clause.renewal_end, term)
    if not needed and not (clause.same_length or clause.same_terms):
        return None
    return same_months(clause, term)


def months_to(end: End, term: Term) -> int:
    """Months of a renewal 「翌年3月31日まで」: twelve, if the first term ends on that day of the year."""
    if term.last is None or (term.last.month, term.last.day) != (end.month, end.monthday):
        raise unreadable("更新後の終わりの日と、はじめの期間の終わりの日の月日が合いません。")
    return 12


def same_months(clause: Clause, term: Term) -> int | None:
    """Months of a renewal that states no length: as long as the first term."""
    if clause.length is not None and clause.length.months and not clause.length.days:
        return clause.length.months
    if clause.end is not None and clause.end.kind == "elapsed" and clause.end.fiscal is None:
        return clause.end.length.months or None
    if term.first is None or term.last is None:
        return None
    months = (term.last.year - term.first.year) * 12 + term.last.month - term.first.month
    for whole in (months, months + 1):
        exact = whole > 0 and last_day_of_term(term.first, months=whole) == term.last
        if exact and (clause.same_length or whole % 12 == 0):  # ten months to a fixed end are no rhythm
            return whole
    raise unreadable("更新後の期間の長さが書かれておらず、はじめの期間も年でちょうどの長さではありません。")


def latest_end(clause: Clause, term: Term) -> date | None:
    if clause.limit is None or term.first is None:
        return None
    return last_day_of_term(term.first, months=clause.limit.months)


def deadline_of(clause: Clause, term: Term) -> date | None:
    if clause.notice_on is not None:
        if term.last and clause.notice_on > term.last:
            raise unreadable("通知の期限が期間の終わりの日より後です。")
        return clause.notice_on
    if clause.notice is None or term.last is None:
        return None
    return notice_deadline(term.last, months=clause.notice.months, days=clause.notice.days)


def methods_differ(clause: Clause, term: Term) -> bool:
    """Whether the two ways of counting months back give different days."""
    if clause.notice is None or not clause.notice.months or term.last is None:
        return False
    months = clause.notice.months
    return months_before(term.last, months) != months_before(term.last + ONE_DAY, months) - ONE_DAY


def check_renewal_start(clause: Clause, term: Term) -> None:
    if clause.renewal_from and term.last and clause.renewal_from != term.last + ONE_DAY:
        raise unreadable("更新の始まりの日が、はじめの期間の終わりの翌日ではありません。")
    if clause.renewal_monthday and term.last:
        following = term.last + ONE_DAY
        if clause.renewal_monthday != (following.month, following.day):
            raise unreadable("毎年更新する日が、はじめの期間の終わりの翌日と合いません。")
