"""Sentences beside the term: secrecy that outlives it, early ending, the former agreement."""

import re

from renkei.rules.clause_parts import Clause, Length
from renkei.rules.terms import RenewalKind

AFTER_END = r"(?:終了|満了|失効|解除|期間)(?:した|の)?後"
DUTIES = r"(?:秘密|守秘|個人情報|規定|義務|条項|責任|損害)"
GO_ON = r"(?:存続|効力|有効|継続|負う|遵守|適用|同様)"
NEAR = "[^。]{0,80}"  # bounded, so that a long sentence takes no long time
SURVIVAL = re.compile(rf"{AFTER_END}{NEAR}{DUTIES}{NEAR}{GO_ON}|{DUTIES}{NEAR}{AFTER_END}{NEAR}{GO_ON}")
# words that tell the term itself: a sentence with one of them is never put aside
TELLS_TERM = re.compile(
    r"期間は|期限は|年間?(?:と|有効)|か月間?と|日間と|日まで(?!に)|から(?:効力|施行|適用|起算)|締結(?:の|し|日|後)|自動|ない(?:とき|場合|限り)|なければ更"
    r"|(?:更新|延長|継続)(?:する|し|と|さ)(?!た|ないとき|ようとする|るとき|る場合)|効力を(?:有|生|発)|(?:令和|平成|昭和|[RHS])\s?\d|\d{4}年"
)
LENGTH = re.compile(r"(?<!第)\d+(?:年|か月|週|日)(?!間?(?:以上)?前|\d)")
LAPSE = re.compile(
    r"(?:通知|通告|申し?出|申し?入れ|到達|意思表示)[^。]{0,12}から(?:起算して)?\d+(?:年|か月|日|週間?)(?:を|が)?経過"
    r"|\d+(?:年|か月|日|週間?)間?(?:以上)?の?(?:予告|猶予)"
)
EARLY = re.compile(r"解除|解約|終了|廃止|変更|改定|改正|改訂|見直|破棄|失効|脱退|中止")
EARLY_END = re.compile(
    r"(?:できる|ことがある|通知(?:する|し|を行う)|申し?出|申し?入れ|協議|行う|定める|もの|こと|とする|終了する|失う|失効する|ならない|図る|努める)[^限]{0,8}$"
)
NOT_EARLY = re.compile(
    r"更新|延長|継続|同様|この限り|期間(?:は|を)|期限は|から(?:効力|施行|適用|起算)|年間?と|か月間?と|満了|限り|までと|効力を(?:有|生|発)|除き|除いて|有効"
)
BEFORE_EXPIRY = re.compile(
    r"(?:有効|協定)?期間(?:の)?(?:満了前|満了の前|満了日前|中|内|の途中)(?:で|に)?(?:あって|おいて|も|は)*"
)
ONE_SIDED = re.compile(r"(?:通知|申し?出|申し?入れ|予告|意思表示|通告)")
BREACH = re.compile(r"違反|信用|履行し|不履行|反した|催告|暴力団|背|虚偽|倒産|不能")
BY_CONSENT = re.compile(r"協議|合意")
AFTERWARDS = re.compile(
    r"(?:更新|延長|満了|終了)(?:した|された|する|の)?(?:とき|場合|後|際)?[^。]*"
    r"(?:公表|報告|返還|原状|引き?渡|精算|清算|周知|見直しを|検証|評価|届け?出る|記録)(?:し|する|に|を|もの|こと|なければ|ならない|行う|復す|とする|す|る)*$"
)
BY_BOTH = re.compile(
    r"(?:協議|合意)[^。]*(?:期間|期限)(?:を|の)(?:変更|短縮|見直し?)[^。]*(?:できる|妨げない)"
)
NOTICE_BEFORE = re.compile(
    r"終了(?:しようとする|する|の)日の(?:少なくとも)?(\d{1,4})(年|か月|日|週)間?(?:以上)?前まで"
)
DAYS = {"日": 1, "週": 7}
FORMER = re.compile(
    rf"締結した{NEAR}(?:協定|覚書|契約){NEAR}(?:前日|前の日|締結の?日|もって|以って|施行){NEAR}(?:効力を失|失効|廃止|終了)|締結(?:した|された){NEAR}(?:協定|覚書|"
    rf"契約)書?[」)]*は、?(?:これを)?(?:廃止|失効)(?:する|し|とする)|(?:旧|従前の|既存の)(?:協定|覚書|契約){NEAR}(?:失|廃止|終了)"
)


def aside(sentence: str, clause: Clause) -> bool:
    """Whether a sentence leaves the term alone: survival of secrecy, early ending, the former agreement."""
    if FORMER.search(sentence) and not re.search(r"期間は|年間?と|か月間?と", sentence):
        clause.remarks.append("前の協定の失効についての文は、この協定の期間ではないため除きました。")
        return True
    if SURVIVAL.search(sentence) and not TELLS_TERM.search(sentence.replace("効力を有", "")):
        return True
    if AFTERWARDS.search(sentence) and not TELLS_TERM.search(sentence):
        return True
    if BY_BOTH.search(sentence) and not TELLS_TERM.search(sentence):
        return True
    return ends_early(sentence, clause)


def ends_early(sentence: str, clause: Clause) -> bool:
    """Whether a sentence only tells how the agreement may be ended or changed before its end."""
    rest = LAPSE.sub("", BEFORE_EXPIRY.sub("", sentence))
    if not (EARLY.search(rest) and EARLY_END.search(rest)):
        return False
    if NOT_EARLY.search(rest) or TELLS_TERM.search(rest) or LENGTH.search(rest):
        return False
    clause.terminable = True
    if ONE_SIDED.search(rest) and not BREACH.search(rest) and not BY_CONSENT.search(rest):
        clause.ends_on_notice = True
        clause.early_notice = clause.early_notice or notice_before(sentence)
        if "議会" in rest:
            clause.kinds.add(RenewalKind.ASSEMBLY)
    return True


def notice_before(sentence: str) -> Length | None:
    """How long before the end that somebody wants the notice must come; None where the sentence does not say."""
    found = NOTICE_BEFORE.search(sentence)
    if found is None:
        return None
    number, unit = int(found[1]), found[2]
    return (
        Length(days=number * DAYS[unit])
        if unit in DAYS
        else Length(months=number * (12 if unit == "年" else 1))
    )
