"""Says in one Japanese sentence how a clause was read."""

from datetime import date, timedelta

from renkei.rules.clause_days import Found, Known, first_is_counted, methods_differ, start_of_clause
from renkei.rules.clause_parts import Clause, Length
from renkei.rules.japanese_calendar import japanese_date
from renkei.rules.terms import (
    RenewalKind,
    deadline_by_instant,
    deadline_by_number,
    falls_on_day_off,
    last_day_of_term,
)

ONE_DAY = timedelta(days=1)


def length_in_words(length: Length) -> str:
    """1年間, 6か月間, 1年6か月間 or 30日間."""
    if length.days:
        return f"{length.days}日間"
    years, months = divmod(length.months, 12)
    if not months:
        return f"{years}年間"
    return f"{years}年{months}か月間" if years else f"{months}か月間"


def explained(clause: Clause, found: Found, known: Known) -> str:
    """One sentence: derivation with articles, days, renewal, deadline, and what happens if nobody acts."""
    parts = [
        start_in_words(clause, found, known),
        end_in_words(clause, found),
        renewal_in_words(clause, found),
    ]
    asides = "".join(f"({remark.rstrip('。')})" for remark in clause.remarks)
    return "、".join(part for part in parts if part) + asides + "。"


def start_in_words(clause: Clause, found: Found, known: Known) -> str:
    told = clause.start or clause.effect or clause.end or clause.length or clause.open_ended
    if not told and found.term.base is None:
        return "始まりの日も期間の長さも書かれていないため、はじめの期間は分かりませんが"
    start = start_of_clause(clause)
    name = {"signing": "締結の日", "effect": "効力の発生する日", "day": "書かれた始まりの日"}[start.kind]
    unstated = (
        "" if clause.start or clause.effect else "起点が書かれていないため契約の成立する締結の日から数え、"
    )
    if found.term.base is None:
        return f"{unstated}{name}が分からないため始まりの日は計算できませんが"
    base = japanese_date(found.term.base)
    measured = clause.length is not None and clause.end is None
    if start.next_day:
        return f"{name}({base})の翌日は午前零時から始まるため1日目に数えて(民法140条ただし書)"
    if not measured and not (clause.end and clause.end.kind == "elapsed"):
        return f"{unstated}{name}である{base}に始まり"
    if start.counted:
        return f"初日を数える書き方のため{name}({base})を1日目として(民法138条の別段の定め)"
    if first_is_counted(start):
        return f"{name}({base})の午前零時から始まるため、その日を1日目に数えて(民法140条ただし書)"
    following = japanese_date(found.term.base + ONE_DAY)
    return f"{unstated}{name}({base})は数えずに翌日の{following}を1日目とし(民法140条)"


def end_in_words(clause: Clause, found: Found) -> str:
    term = found.term
    if term.last is None:
        return no_end_in_words(clause)
    last = japanese_date(term.last)
    if clause.end is not None:
        how = {
            "day": "書かれたとおり",
            "fiscal": "年度の区切りの日である",
            "calendar": "",
            "coming": "",
            "elapsed": "書かれた長さを経過する",
        }
        return f"{how[clause.end.kind]}{last}の終わりに満了し(民法141条)"
    if clause.length is None or term.first is None:
        return f"{last}の終わりに満了し(民法141条)"
    if clause.length.days:
        return f"{length_in_words(clause.length)}の最後の日である{last}の終わりに満了し(民法141条)"
    place = corresponding(term.first, term.last, clause.length)
    return f"{length_in_words(clause.length)}の{place}{last}の終わりに満了し(民法141条・143条)"


def corresponding(first: date, last: date, length: Length) -> str:
    if (last + ONE_DAY).day == first.day and last_day_of_term(first, months=length.months) == last:
        return "応当日の前日である"
    return "最後の月に応当日がないためその月の末日である"


def no_end_in_words(clause: Clause) -> str:
    if clause.length is not None:
        return f"期間は{length_in_words(clause.length)}で"
    if clause.end is not None:
        return "終わりの日も計算できず"
    if clause.start or clause.effect or clause.open_ended:
        return "終わりの日の定めはなく"
    return ""


def renewal_in_words(clause: Clause, found: Found) -> str:
    kind = found.rule.kind
    if kind is RenewalKind.AUTOMATIC:
        return automatic_in_words(clause, found)
    deadline = f"{japanese_date(found.deadline)}までに" if found.deadline else ""
    months = f"{length_in_words(Length(found.rule.months))}の" if found.rule.months else ""
    if kind is RenewalKind.BY_AGREEMENT:
        return f"{deadline}当事者が合意したときだけ{months}更新がされ、何もしなければ期間の満了で終わります"
    if kind is RenewalKind.ASSEMBLY:
        unless = "期間の満了で終わります" if ended(clause) else "効力が続きます"
        return f"{months}更新や終了には議会の議決が要るため、議決がなければ{unless}"
    if kind is RenewalKind.UNTIL_NOTICE:
        then = "そのあとも" if ended(clause) else ""
        before = f"{length_before(clause.early_notice)}前までの" if clause.early_notice else ""
        return f"{then}{before}終了の通知がない限り効力が続くため、何もしなければ有効のままです"
    if ended(clause):
        return "更新の定めはないため、何もしなければそこで終わります"
    return "更新の定めもないため、当事者が終わらせるまで有効です"


def length_before(length: Length) -> str:
    """3か月 or 30日: how long before, without the 間 of a length."""
    return length_in_words(length).removesuffix("間")


def ended(clause: Clause) -> bool:
    return clause.end is not None or clause.length is not None


def automatic_in_words(clause: Clause, found: Found) -> str:
    rule, last = found.rule, found.term.last
    unless = (
        f"{deadline_in_words(clause, found)}終了などの申出がなければ"
        if has_notice(clause)
        else "何もしなければ"
    )
    first = f"満了の翌日の{japanese_date(last + ONE_DAY)}から" if last else "満了の翌日から"
    length = f"{length_in_words(Length(rule.months))}" if rule.months else "はじめと同じ長さ"
    if clause.renewal_length is None and clause.renewal_end is None:
        length = f"更新後の長さは書かれていないためはじめと同じ{length}" if rule.months else length
    how_often = limit_in_words(clause, found)
    return f"{unless}、{first}{length}{how_often}自動的に更新されます"


def has_notice(clause: Clause) -> bool:
    return clause.condition or clause.exception or clause.notice is not None or clause.notice_on is not None


def limit_in_words(clause: Clause, found: Found) -> str:
    rule = found.rule
    if rule.times is not None:
        return f"、{rule.times}回に限り"
    if rule.until is not None:
        return f"ずつ、{japanese_date(rule.until)}を限度に"
    if clause.limit is not None:
        return f"ずつ、通算{length_in_words(clause.limit)}を限度に"
    return (
        "ずつ、以後も同様に"
        if clause.same_after
        else "ずつ(「以後も同様」と書かれていなくても、更新の定めごと続くと読みます)"
    )


def deadline_in_words(clause: Clause, found: Found) -> str:
    if found.deadline is None:
        if clause.notice is None:
            return ""
        if not (clause.notice.months or clause.notice.days):
            return "満了までに"
        return f"満了の{length_in_words(clause.notice).removesuffix('間')}前までに"
    notes = []
    if methods_differ(clause, found.term) and found.term.last and clause.notice:
        days = [
            method(found.term.last, clause.notice.months)
            for method in (deadline_by_number, deadline_by_instant)
        ]
        notes.append(
            f"数え方により{'とも'.join(japanese_date(day) for day in sorted(days))}とも読めるため早い方"
        )
    if falls_on_day_off(found.deadline):
        notes.append("閉庁日のため早めに")
    if found.term.first and found.deadline < found.term.first:
        notes.append("始まりの日より前で、すでに過ぎている期限")
    aside = f"({'、'.join(notes)})" if notes else ""
    return f"{japanese_date(found.deadline)}{aside}までに"
