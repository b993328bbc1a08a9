"""What in a text may tell who somebody is: a remark for the person who publishes it, never a judgement."""

import re
import unicodedata

_PATTERNS = (
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII),
    re.compile(r"(?<!\d)0\d{1,4}[-(]\d{1,4}[-)]\d{3,4}(?!\d)|(?<!\d)0[789]0\d{8}(?!\d)"),
    re.compile(r"\d+(?:丁目\d+)?(?:番地?\d*|-\d+(?:-\d+)?)号?(?=[^\d-]|$)(?<=[番地号])"),
    re.compile(r"(?:[一-龠々]{1,4}[ ]?[一-龠々ぁ-んァ-ヶー]{1,4}|[ァ-ヶー]{2,10})(?:さん|様|氏|くん|ちゃん)"),
)
_NOBODY = re.compile(
    r"^(?:皆|みな|お子|子ども|子供|お客|利用者|参加者|受講者|市民|住民|地域|患者|来場者|各|同|母|父|お母|お父)"
)
_DASHES = re.compile(r"[‐‑‒–—―−]")


def personal_data_in(text: str) -> list[str]:
    """Names with さん・様・氏, telephone numbers, mail addresses and house numbers, each as it stands, each once."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text))
    found = [one[0] for pattern in _PATTERNS for one in pattern.finditer(plain)]
    return list(dict.fromkeys(one for one in found if not _NOBODY.match(one)))
