"""Reads the words on the first term: where it starts, how long it is, where it ends."""

import re
from collections.abc import Callable
from datetime import date

from renkei.rules.clause_parts import Clause, End, Length, Start, said_once, unreadable
from renkei.rules.clause_words import Word

OFFSETS = {"": 0, "同": 0, "当": 0, "当該": 0, "翌": 1, "次": 1, "次の": 1, "翌々": 2}


def read_first(words: list[Word], clause: Clause) -> None:
    codes = "".join(word.code for word in words)
    place = 0
    while place < len(codes):
        for pattern, reader in FIRST:
            if match := pattern.match(codes, place):
                reader(words[match.start() : match.end()], clause, codes[match.end() :])
                place = match.end()
                break
        else:
            raise unreadable(f"「{words[place].shown}」が期間のどこを指すのか分かりません。")


def start_of(words: list[Word]) -> Start:
    codes = "".join(word.code for word in words)
    kind = {"S": "signing", "E": "effect", "D": "day"}[codes[0]]
    counted = True if "c" in codes or "n" in codes else False if "w" in codes else None
    return Start(kind, words[0].day, "n" in codes, counted)


def read_start(words: list[Word], clause: Clause, after: str) -> None:
    # 「締結の日から効力を生じ」 tells the effect, 「締結の日から1年間効力を有する」 the term
    name = "effect" if after.startswith("V") else "start"
    start = start_of(words)
    if words[0].code == "S" and len(words) > 1 and words[1].code == "D":  # 締結の日(令和6年6月1日)
        clause.remarks.append(f"written:{words[1].day}")
    said_once(clause, name, start, "始まりの日")


def read_signed(words: list[Word], clause: Clause, after: str) -> None:
    clause.remarks.append(f"written:{words[0].day}")


def read_end_day(words: list[Word], clause: Clause, after: str) -> None:
    said_once(clause, "end", End("day", words[0].day), "終わりの日")


def read_years(words: list[Word], clause: Clause, after: str) -> None:
    first, last = words[0].year, words[2].year
    if first is None or last is None:
        raise unreadable("年度が読めません。")
    said_once(clause, "start", Start("day", date(first, 4, 1), counted=True), "始まりの日")
    said_once(clause, "end", End("day", date(last + 1, 3, 31)), "終わりの日")


def read_year_end(words: list[Word], clause: Clause, after: str) -> None:
    year = words[0].year
    month, monthday = words[0].parts[0], words[0].parts[1]
    if year is None or not re.search(r"末|終わり|最終|月", words[0].text):
        raise unreadable("年度の始めか終わりかが書かれていません。")
    day = dated(year if month and int(month) >= 4 else year + 1, int(month or 3), monthday or "31")
    said_once(clause, "end", End("day", day), "終わりの日")


def dated(year: int, month: int, monthday: str) -> date:
    try:
        return date(year, month, last_number(month) if monthday == "末" else int(monthday))
    except ValueError:
        raise unreadable(f"「{month}月{monthday}日」という日はありません。") from None


def last_number(month: int) -> int:
    return 28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31


def month_and_day(month: str | None, monthday: str | None) -> tuple[int, int]:
    if month is None or monthday is None:
        return 3, 31
    day = dated(2023, int(month), monthday)  # 2023 has no leap day
    return day.month, day.day


def fiscal_end(word: Word, base: Start | None) -> End:
    years = OFFSETS[(word.parts[0] or "")] + OFFSETS[(word.parts[1] or "")]
    month, monthday = month_and_day(word.parts[2], word.parts[3])
    return End("fiscal", base=base, years=years, month=month, monthday=monthday)


def read_fiscal(words: list[Word], clause: Clause, after: str) -> None:
    based = words[0].code in "SED"
    base = start_of(words[:1]) if based else None
    said_once(clause, "end", fiscal_end(words[1 if based else 0], base), "終わりの日")


def relative_end(word: Word) -> End:
    if word.code == "m":
        month, monthday = month_and_day(word.parts[0], word.parts[1])
        return End("coming", month=month, monthday=monthday)
    month, monthday = month_and_day(word.parts[1], word.parts[2])
    return End("calendar", years=OFFSETS[word.parts[0] or ""], month=month, monthday=monthday)


def read_relative(words: list[Word], clause: Clause, after: str) -> None:
    word = next(word for word in words if word.code in "Mm")
    said_once(clause, "end", relative_end(word), "終わりの日")


def read_elapsed(words: list[Word], clause: Clause, after: str) -> None:
    passed = next(word for word in words if word.code == "K")
    fiscal = next((fiscal_end(word, None) for word in words if word.code == "F"), None)
    if passed.parts[0] == "した" and fiscal is None:
        raise unreadable("「経過した日まで」は、期間の最後の日とその翌日のどちらとも読めます。")
    end = End("elapsed", length=length_of(words[0]), day_after=passed.parts[0] == "した", fiscal=fiscal)
    said_once(clause, "end", end, "終わりの日")


def length_of(word: Word) -> Length:
    years, months, number, unit = word.parts
    if number is None:
        return Length(months=int(years or 0) * 12 + int(months or 0))
    return measured(number, unit)


def measured(number: str | None, unit: str | None) -> Length:
    count = int(number or 0)
    if not 0 < count <= 36_500:
        raise unreadable("期間の長さを表す数が読めません。")
    if unit in ("日", "週", "週間"):
        return Length(days=count * (1 if unit == "日" else 7))
    return Length(months=count * (12 if unit == "年" else 1))


def read_length(words: list[Word], clause: Clause, after: str) -> None:
    said_once(clause, "length", length_of(words[0]), "期間の長さ")
    if len(words) > 1:
        read_initial(words[1:], clause, after)


def read_initial(words: list[Word], clause: Clause, after: str) -> None:
    """「(初日を含む。)」「初日は算入しない」: how the first day counts, told apart from the start."""
    said_once(clause, "initial", words[0].code == "c", "初日の数え方")


def read_open(words: list[Word], clause: Clause, after: str) -> None:
    clause.open_ended = True


def pass_by(words: list[Word], clause: Clause, after: str) -> None:
    """Words that say nothing of their own in the first term."""


FIRST: tuple[tuple[re.Pattern[str], Callable[[list[Word], Clause, str], None]], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (r"LKF?u?", read_elapsed),
        (r"YfYu?", read_years),
        (r"[SED]Fu?", read_fiscal),
        (r"[SED]mu?", read_relative),
        (r"SD[nwcf]+", read_start),
        (r"[SED](?=n|w|c|f)[nwcf]+", read_start),
        (r"S(?=[LV])", read_start),
        (r"Yu?", read_year_end),
        (r"Fu?", read_fiscal),
        (r"[Mm]u?", read_relative),
        (r"Du", read_end_day),
        (r"(?<=f)D(?=$|V$|L$)", read_end_day),  # 「令和6年4月1日~令和7年3月31日」
        (r"(?<=G)D(?=$|V$)", read_end_day),  # 「有効期限は令和7年3月31日」
        (r"D(?=G$)", read_end_day),
        (r"s", read_signed),
        (r"L[cw]?", read_length),
        (r"[cw]", read_initial),
        (r"0", read_open),
        (r"[TVWG]", pass_by),
    )
)
