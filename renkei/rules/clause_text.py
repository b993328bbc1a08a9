"""Prepares a text for reading: one spelling of numbers and units, articles, sentences on the term."""

import re
import unicodedata
from dataclasses import dataclass

from renkei.rules.kanji_numbers import arabic

LONGEST_TEXT = 50_000
LONGEST_SENTENCE = 1_000
MOST_ON_THE_TERM = 5_000
TOO_MANY_DIGITS = re.compile(r"(\d{20})\d+")  # no number of a term; long runs make the patterns slow

UNITS = r"(?=(?:か|ヶ|ケ|カ|ヵ|箇|個)?[年月]|日|週|条|項|号|回|部|通)"
KANJI_NUMBER = re.compile(
    rf"(?<![同統唯万〇一二三四五六七八九十百])[〇一二三四五六七八九十百]{{1,12}}{UNITS}"
)
BARE_MONTHS = re.compile(
    r"(\d+)月(?=(?:以上)?前|間|を経過|ごと|毎)|(?<=前)(\d+)月(?=まで)|(?:(?<=日から)|(?<=日より)|(?<=算して))(\d+)月(?=と[しす])"
)
YEARS_AND_MONTHS = re.compile(r"(?:(?<=日から)|(?<=日より)|(?<=算して))(\d{1,2})年(\d{1,2})月(?=と[しす])")
PARAGRAPH = re.compile(
    r"(^|。|\n)[ \t]*(?:\(\d{1,2}\)|\d{1,2})[ .、)]*(?![\d年月日か箇ヶケカヵ個週回条項号/.~〜)、-])",
    re.MULTILINE,
)
HEADING = re.compile(
    r"(?:^|(?<=[\n。)]))[ \t]*"
    r"(?:第\s*\d+\s*条(?:\s*の\s*\d+)?(?=[\s(]|[^\s(のにでをはが、及並又若第規からと])|附\s*則(?!第))",
    re.MULTILINE,
)
TITLE_BEFORE = re.compile(r"\(([^()]{1,20})\)\s*$")
TITLE_AFTER = re.compile(r"\s*\(([^()]{1,20})\)")
APPENDIX = re.compile(r"^[ \t]*(?:別表|別紙|別記|様式第?)", re.MULTILINE)
CLOSING = re.compile(r"証するため|証として|証とするため|本書\d*通|本協定書\d*通")
SIGNATURE = re.compile(r"\s*(?:令和|平成|昭和|\d{4})[^。\n]{0,20}日[ \t]*(?:\n[^。]*)?$")
DEFINITION = re.compile(r"\(以下[^()]{0,80}?という。?\)")

TITLE_OF_TERM = re.compile(r"期間|期限|効力|更新|施行|発効|存続|有効|附則|終了")
USE = re.compile(
    r"(?:使用|利用|開設|貸与|貸付|借用|借上げ?|提供|応援|派遣|設置|活動|業務|履行|委託|保管|避難|受入れ?|供用|滞在|協力|支援|工事|納入|保存"
    r"|委嘱|研修|実習|運営|保有|開放|待機|要請)(?:する|した)?の?期間"
    r"|(?:災害|発災|開設|使用開始|要請|避難所|利用開始)[^。]{0,12}から(?:起算して)?\d+(?:日|か月|週間)(?:間)?(?:以内|を限度|を原則|まで|を超え)"
)
ABOUT_TERM = re.compile(
    r"有効期[間限]|期間(?:の)?満了|(?:協定|契約|覚書|協約|連携)の?(?:存続)?期間|効力|施行(?:する|し|日|期日)|から(?:適用|実施)する|失効"
    r"|自動(?:的に)?(?:更新|継続|延長)|[期]間の定め|期間を定め|期間は定め|無期限|(?:協定|契約|覚書|協約)(?:は|を|の)[^。]{0,20}(?:更新|延長)"
    r"|\d+(?:年|か月)間?(?:自動的に)?(?:更新|延長|継続)|同一の?条件(?:で|により)[^。]{0,12}(?:更新|延長|継続)"
)
TELLS_TERM = re.compile(
    r"(?:有効期[間限]|(?:協定|契約|覚書|協約|連携)の?期間)(?:は|を|に)|効力を(?:生|有|発)|施行する|から適用する|発効"
)
ABOUT_DAYS = re.compile(
    r"期間|期限|更新|延長|満了|継続|から|より|まで|~|年間|同様と|この限り|限り|とき|場合|ただし|\d年|\d+か月"
)
OTHER_THINGS = re.compile(
    r"(?:名簿|情報|資料|データ|一覧表?|計画書?|台帳|連絡先|連絡表|リスト|備蓄品?|物資|在庫|ホームページ|機器|設備|システム|マニュアル|地図)(?:等|の内容)?(?:を|は|の)[^。]{0,12}更新"
)
EXCEPTION = re.compile(r"^(?:ただし|但し|なお|この場合|その後|以後|以降|また|前項)")


class UnreadableClause(ValueError):
    """The clause cannot be read with certainty; the message is a Japanese sentence that says why."""


@dataclass(frozen=True)
class Article:
    """One article: its heading in parentheses, and its text."""

    title: str
    body: str


def plain(text: str) -> str:
    """The text with one spelling for widths, numerals, months and years, keeping its line breaks."""
    text = TOO_MANY_DIGITS.sub(r"\1", text)
    text = re.sub(r"[①-⑳]", lambda circled: f"\n({ord(circled[0]) - ord('①') + 1})", text)
    text = unicodedata.normalize("NFKC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"[〜∼～〰]", "~", text).replace("→", "、").replace("⇒", "、").replace("･", "・")
    text = re.sub(r"(?<!\d),|,(?!\d)", "、", text)
    text = re.sub(r"(?<=[ぁ-ん])\.(?=\s|$)", "。", text)
    text = KANJI_NUMBER.sub(lambda number: number[0] if number[0] == "〇" else str(arabic(number[0])), text)
    return one_unit(text)


def one_unit(text: str) -> str:
    text = re.sub(r"(?<=[\d半])[ \t]*(?:か|ヶ|ケ|カ|ヵ|箇|個)[ \t]*月", "か月", text)
    text = re.sub(r"(?<=[\d半])[ \t]*(?:か|ヶ|ケ|カ|ヵ|箇|個)[ \t]*年", "年", text)
    text = re.sub(r"半(?:年|か月)(?!度)", "6か月", text)
    text = re.sub(r"(\d+)年半(?!ば)", r"\1年6か月", text)
    text = re.sub(r"(?:も|若)しくは|または|あるいは", "又は", text)
    text = (
        re.sub(r"および|ならびに|並びに", "及び", text)
        .replace("但し", "ただし")
        .replace("其の", "その")
        .replace("亦", "また")
    )
    text = re.sub(r"(?<=[日間])迄", "まで", text).replace("迄", "まで")
    text = YEARS_AND_MONTHS.sub(r"\1年\2か月", re.sub(r"之(?=[にを])", "これ", text))
    return BARE_MONTHS.sub(lambda months: f"{months[1] or months[2] or months[3]}か月", text)


def articles(text: str) -> list[Article]:
    """The articles of a text in plain spelling; a text without headings is one article without a title."""
    headings = list(HEADING.finditer(text))
    if not headings:
        return [Article(*titled(text))]
    found = []
    before = TITLE_BEFORE.search(text[: headings[0].start()])
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        body = text[heading.end() : following.start() if following else len(text)]
        own = TITLE_AFTER.match(body)
        title = own[1] if own else before[1] if before else ""
        if "附" in heading[0]:
            title = "附則"
        before = TITLE_BEFORE.search(body) if following else None
        found.append(Article(title, body[own.end() if own else 0 : before.start() if before else len(body)]))
    return found


def titled(text: str) -> tuple[str, str]:
    title = TITLE_AFTER.match(text)
    return (title[1], text[title.end() :]) if title else ("", text)


def sentences(body: str) -> list[str]:
    """The sentences of an article, without paragraph numbers, blanks, definitions and the closing formula."""
    appendix = APPENDIX.search(body)
    body = body[: appendix.start()] if appendix else body
    *told, tail = body.split("。")
    if told and SIGNATURE.fullmatch(tail):
        tail = ""
    body = PARAGRAPH.sub(lambda mark: f"{mark[1]}\n", "。".join([*told, tail]))
    body = DEFINITION.sub("", TOO_MANY_DIGITS.sub(r"\1", re.sub(r"\s+", "", body))).replace("。)", ")")
    parts = [part.strip("、・:「」『』 ") for part in body.split("。")]
    return [part for part in parts if part and not CLOSING.search(part)]


def sentences_on_the_term(text: str) -> tuple[list[str], bool]:
    """The sentences that decide the agreement's term, and whether there are periods of use as well."""
    if len(text) > LONGEST_TEXT:
        raise UnreadableClause(
            f"文章が長すぎます({LONGEST_TEXT:,}字まで読めます)。期間を定めた条だけを入れてください。"
        )
    found: list[str] = []
    of_use = False
    every = articles(plain(text))
    for article in every:
        used, kept = relevant(article, alone=len(every) == 1)
        of_use = of_use or used
        found += kept
    if sum(map(len, found)) > MOST_ON_THE_TERM:
        raise UnreadableClause("期間についての文が多すぎて読めません。期間と更新の文だけを入れてください。")
    return found, of_use


def short_enough(sentence: str) -> str:
    """The sentence itself, unless it is too long to be read in bounded time."""
    if len(sentence) > LONGEST_SENTENCE:
        raise UnreadableClause("期間を定めた文が長すぎて読めません。期間と更新の文だけを入れてください。")
    return sentence


def relevant(article: Article, *, alone: bool) -> tuple[bool, list[str]]:
    of_use, kept = False, []
    told = sentences(article.body)
    titled_so = bool(TITLE_OF_TERM.search(article.title) and not USE.search(article.title))
    whole = alone or titled_so or any(TELLS_TERM.search(sentence) for sentence in told)
    following = False
    for sentence in told:
        asked = bool(ABOUT_TERM.search(sentence))
        if OTHER_THINGS.search(sentence) and not asked:
            continue
        if USE.search(sentence) and not asked:
            of_use, following = True, False
            continue
        asked = asked or (whole and not of_use and bool(ABOUT_DAYS.search(sentence)))
        asked = asked or (following and bool(EXCEPTION.match(sentence)))
        following = asked
        if asked:
            kept.append(short_enough(sentence))
    return of_use, kept
