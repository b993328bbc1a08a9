"""Reads the words on what follows the first term: renewal, its limit, and the notice that stops it."""

import re

from renkei.rules.clause_first import fiscal_end, length_of, measured, month_and_day, read_first, relative_end
from renkei.rules.clause_parts import Clause, Length, said_once, unreadable
from renkei.rules.clause_words import Word
from renkei.rules.terms import RenewalKind

EXPIRY = re.compile(r"満了|期[間限]|終了|到来|経過|満期|末|最終日|更新期日")


def read_renewal(words: list[Word], clause: Clause) -> None:
    codes = "".join(word.code for word in words)
    if not codes:
        return
    if (effect := re.search("[SED][nwcf]+V", codes)) and re.search(
        "[RV]", codes[: effect.start()] + codes[effect.end() :]
    ):
        read_first(
            words[effect.start() : effect.end()], clause
        )  # 「継続するものとし、締結の日から効力を有する」
        words = words[: effect.start()] + words[effect.end() :]
        codes = "".join(word.code for word in words)
    if re.search("[SE]", codes):
        raise unreadable("更新の文に締結の日や発効の日が出てきて、どの期間の始まりか決められません。")
    read_measures(words, clause, codes)
    read_limits(words, clause)
    clause.same_after = clause.same_after or "A" in codes
    clause.same_length = clause.same_length or "Q" in codes
    clause.same_terms = clause.same_terms or "H" in codes
    judge(codes, words, clause)


def read_measures(words: list[Word], clause: Clause, codes: str) -> None:
    for place, word in enumerate(words):
        if word.code in "BZ":
            said_once(clause, "notice", notice_of(word), "通知の期限")
        elif word.code in "Ly" and not (word.code == "y" and word.parts[2] is None and "L" in codes):
            length = length_of(word) if word.code == "L" else every(word)
            said_once(clause, "renewal_length", length, "更新の期間")
            read_yearly_day(word, clause)
        elif word.code in "FM":
            said_once(
                clause,
                "renewal_end",
                fiscal_end(word, None) if word.code == "F" else relative_end(word),
                "更新の期間",
            )
        elif word.code in "DYmK0cnw":
            read_day_in_renewal(word, codes[place + 1 :], clause)
    clause.only = clause.only or "LO" in codes


def read_yearly_day(word: Word, clause: Clause) -> None:
    if word.code == "y" and (word.parts[0] or word.text.startswith("翌年度")):
        start = month_and_day(word.parts[0], word.parts[1]) if word.parts[0] else (4, 1)
        said_once(clause, "renewal_monthday", start, "更新の日")


def read_day_in_renewal(word: Word, after: str, clause: Clause) -> None:
    if word.code == "D" and after.startswith("f"):
        said_once(clause, "renewal_from", word.day, "更新の始まり")
    elif word.code == "D" and after.startswith("h"):
        said_once(clause, "notice_on", word.day, "通知の期限")
    else:
        raise unreadable(f"更新の文の「{word.shown}」が何の日か決められません。")


def notice_of(word: Word) -> Length:
    """How long before the end a notice must come; of two (3か月前から1か月前まで) the later day."""
    if word.code == "Z":
        return Length(days=1) if "前日" in word.text else Length()
    number, unit = word.parts[-2:]
    return measured(number, unit)


def every(word: Word) -> Length:
    return Length(months=12) if word.parts[2] is None else measured(word.parts[2], word.parts[3])


def read_limits(words: list[Word], clause: Clause) -> None:
    for word in words:
        if word.code == "I":
            said_once(clause, "times", int(word.parts[0] or 0), "更新の回数")
        elif word.code == "i":
            said_once(clause, "limit", measured(word.parts[0] or word.parts[1], "年"), "更新の限度")


def judge(codes: str, words: list[Word], clause: Clause) -> None:
    """Decide what one sentence says about renewal."""
    wishes = [word.text for word in words if word.code == "q"]
    if any(asks_for_renewal(wish) for wish in wishes) and not objects(words):
        return requested(codes, clause)
    if "x" in codes:
        return may_be_ended(codes, clause)
    if "e" in codes and "C" not in codes:
        raise unreadable("更新するかどうかを誰がどう決めるのかが読めません。")
    if "k" in codes:
        return when_not_renewing(codes)
    if "+" in codes or "U" in codes:
        return when_notice_comes(codes, clause)
    if "N" in codes:
        return not_renewed(codes, clause)
    if "R" in codes:
        return renewed(codes, words, clause)
    return carried_on(codes, words, clause)


def asks_for_renewal(wish: str) -> bool:
    if re.search(r"解約|解除|終了|廃止|改廃|変更|破棄|改定|改正|見直|中止|終結|脱退|満了", wish):
        return False
    return bool(re.search(r"更新|延長|継続|再締結", wish)) and not re.search(
        r"ない|せず|拒絶|反対|に対する", wish
    )


def objects(words: list[Word]) -> bool:
    return any(
        word.code == "o" and word.text.startswith(("異議", "異論", "反対", "疑義", "意見")) for word in words
    )


def may_be_ended(codes: str, clause: Clause) -> None:
    """「申出により廃止することができる」 in the sentence on the effect: leaves the term alone."""
    if not re.fullmatch("[oCqx]*", codes):
        raise unreadable("終わらせることができる場合と更新の関係が決められません。")
    clause.ends_on_notice = clause.ends_on_notice or ("o" in codes and "C" not in codes)


def requested(codes: str, clause: Clause) -> None:
    if "C" in codes and "R" in codes and "-" not in codes:
        clause.kinds.add(RenewalKind.BY_AGREEMENT)
        return
    raise unreadable("更新に申出が要る定めで、自動更新とも協議による更新とも決められません。")


def when_not_renewing(codes: str) -> None:
    if not re.search("[BZh]", codes):
        raise unreadable("更新しない場合の定めの意味が決められません。")


def when_notice_comes(codes: str, clause: Clause) -> None:
    """「申出があったときは、この限りでない」: the exception to an automatic renewal told elsewhere."""
    known = "o" in codes and "+" in codes
    if not known or "-" in codes or not re.search("[UNW]", codes):
        raise unreadable("どのような場合に更新されるのかが決められません。")
    if "R" in codes and not re.search("R.*o.*[UNW]", codes):
        raise unreadable("どのような場合に更新されるのかが決められません。")
    clause.exception = True
    if "J" in codes:
        clause.kinds.add(RenewalKind.ASSEMBLY)
    if "R" in codes:
        clause.kinds.add(RenewalKind.AUTOMATIC)
    if "W" in codes and not re.search("[BZX]", codes):
        clause.ends_on_notice = True


def not_renewed(codes: str, clause: Clause) -> None:
    if re.search("[-ot]", codes):
        raise unreadable("どのような場合に更新されないのかが決められません。")
    by_agreement = "C" in codes
    clause.kinds.add(RenewalKind.BY_AGREEMENT if by_agreement else RenewalKind.NONE)


def stays_in_force(codes: str, words: list[Word]) -> bool:
    """「通知がない限り継続する」 without any length: in force until notice."""
    lasting = any(word.code == "R" and word.text in ("継続", "存続") for word in words)
    return lasting and bool(re.search("[-t]", codes)) and not re.search("[BZXyLQHMFAaz]", codes)


def renewed(codes: str, words: list[Word], clause: Clause) -> None:
    automatic = bool(re.search("[az]", codes))
    if "J" in codes:
        kind = RenewalKind.ASSEMBLY
    elif re.search("[CP]", codes):
        if automatic or ("-" in codes and "C" not in codes):
            raise unreadable("自動的に更新されるのか、協議や合意が要るのかが決められません。")
        kind = RenewalKind.BY_AGREEMENT
    elif stays_in_force(codes, words):
        clause.carries_on = True
        kind = RenewalKind.UNTIL_NOTICE
    else:
        if not re.search("[BZXIyLQHMFAazt-]", codes):
            raise unreadable("どのような場合に、どれだけの間更新されるのかが書かれていません。")
        if re.search("[ov]", codes) and not re.search("[-t]", codes) and not re.search("o.*d|R.*o", codes):
            raise unreadable("通知があるときに更新されるのか、ないときに更新されるのかが決められません。")
        kind = RenewalKind.AUTOMATIC
        clause.condition = clause.condition or "-" in codes
    clause.kinds.add(kind)


def carried_on(codes: str, words: list[Word], clause: Clause) -> None:
    """Sentences without a word for renewal: going on in force, the same afterwards, a limit, a notice."""
    unless = bool(re.search("[-t]", codes))
    if unless and re.search("[VTA]", codes) and re.search("[LyQH]", codes):
        clause.kinds.add(RenewalKind.AUTOMATIC)
        clause.condition = True
    elif unless and "V" in codes:
        effect_unless(codes, words, clause)
    elif unless and "A" not in codes:
        if "o" not in codes or "W" in codes or "C" in codes:
            raise unreadable("通知がないときにどうなるのかが決められません。")
        clause.condition = True
    elif "C" in codes and re.search("[BZX]", codes):
        clause.kinds.add(RenewalKind.BY_AGREEMENT)
    elif not re.fullmatch("[AIiXWTuLyHQVOop]*", codes) or (
        re.search("[LyHQVOo]", codes) and not re.search("[Ap]", codes)
    ):
        raise unreadable("期間のあとに続く文の意味が決められません。")


def effect_unless(codes: str, words: list[Word], clause: Clause) -> None:
    before_expiry = any(word.code in "BZ" and EXPIRY.search(word.text) for word in words)
    if before_expiry and "A" in codes:
        clause.kinds.add(RenewalKind.AUTOMATIC)
        clause.condition = True
    elif before_expiry:
        raise unreadable("期間満了のあと、どれだけの間続くのかが書かれていません。")
    else:
        clause.carries_on = True
        clause.kinds.add(RenewalKind.UNTIL_NOTICE)
