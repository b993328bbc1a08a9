"""Words that ledgers write beside a day: what each tells, or that it tells nothing."""

import re

_ENDED = "「{}」と書かれています。締結の日ではなく、終わりの日のようです。"
_EFFECT = "「{}」の日です。締結の日とは限りません。"
_SINCE = "「{}」と書かれています。始まりの日として読みました。"
_ABOUT = "「{}」と書かれています。正確な日ではありません。"
_LISTED = "「{}」と書かれています。締結の日ではなく、一覧を作った日のようです。"

TELLING: tuple[tuple[str, str], ...] = (
    (r"(?:毎年|以後|以降)?自動(?:更新|継続|延長)", "「{}」と書き添えられています。"),
    (r"(?:午前|午後|AM|PM|am|pm|T)?\s*[0-9]{1,2}(?:時(?:[0-9]{1,2}分|半)?|:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)\s*(?:~|から|"
        r"より)?", "時刻({})は日に含めていません。"),
    (r"再(?:締結|協定|調印|締)", "再締結の日です。"),
    (r"(?:一部|全部|最終)?(?:改正|改定|改訂)", "改正の日です。"),
    (r"見直し?", "見直しの日です。"),
    (r"継続", "継続の日です。"),
    (r"更新", "更新の日です。"),
    (r"(?:一部)?変更", "変更の日です。"),
    (r"廃止|解除|解約|失効|終了|満了", _ENDED),
    (r"施行|発効|適用|効力発生", _EFFECT),
    (r"現在|時点", _LISTED),
    (r"予定", "予定の日です。"),
    (r"頃|ころ|ごろ|約|およそ|前後", _ABOUT),
    (r"~|から|より|以降|以後", _SINCE),
    (r"まで|限り", "「{}」と書かれています。終わりの日です。"),
)  # fmt: skip
SILENT = re.compile(
    r"(?:本?協定|契約|覚書)?(?:書)?(?:の)?(?:締結|調印|署名|制定|策定|登録|協定)(?:年月日|月日|日|式|済み?)?"
    r"|西暦|初度|初回|当初|最新|同日|付け?(?:で|にて)?|(?<![^\s(])日付|[にの]|[\s()\[\]「」『』【】<>≪≫《》〔〕,、.。:;*※■□●○〇◎◆◇・･\-/'\"]"
)
_MIDNIGHT = re.compile(r"[T\s]*0{1,2}:00(?::00(?:\.0+)?)?")
_TELLING = tuple((re.compile(pattern), sentence) for pattern, sentence in TELLING)


def heard(rest: str) -> tuple[list[str], str]:
    """The remarks that the words beside a day make, and what is left of them that is not known."""
    rest = _MIDNIGHT.sub(" ", rest)  # a spreadsheet's day without a time
    remarks: list[str] = []
    for pattern, sentence in _TELLING:
        remarks += [sentence.format(found.group().strip()) for found in pattern.finditer(rest)]
        rest = pattern.sub(" ", rest)
    return list(dict.fromkeys(remarks)), SILENT.sub("", rest)
