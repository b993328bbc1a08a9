"""Telephone numbers as people type them: full width, with brackets, bars and an extension; kept in one way."""

import re
import unicodedata

EXAMPLE = "例: 0166-00-0000、090-0000-0000、0166-00-0000 内線123"
_FEWEST, _MOST = 9, 15
_BARS = re.compile(r"[\-‐‑‒–—―−ー─~]+")
_EXTENSION = re.compile(r"(?:内線|ext\.?|x)\s*:?\s*([0-9]{1,8})\)?$", re.IGNORECASE)
_MAIN = re.compile(r"\+?[0-9]+(?:-[0-9]+)*")


class UnreadableTelephone(ValueError):
    """The text is no telephone number; str() says why and what to do."""


def telephone(text: str) -> str:
    """The number that a text says, as 0166-00-0000 or 0166-00-0000 内線123; raises UnreadableTelephone.

    Digits in groups stay in their groups, because the text says where the area code ends and a program would guess.
    """
    plain = _BARS.sub("-", unicodedata.normalize("NFKC", text)).strip()
    said = _EXTENSION.search(plain)
    main = plain[: said.start()].rstrip(" (,、") if said else plain
    main = re.sub(r"[\s().・/]+", "-", main)
    main = re.sub(r"-{2,}", "-", main).strip("-")
    digits = sum(letter.isdecimal() for letter in main)
    if not _MAIN.fullmatch(main) or not _FEWEST <= digits <= _MOST:
        raise UnreadableTelephone(
            f"「{text.strip()[:40]}」は電話番号として読めません。市外局番から入れてください。{EXAMPLE}"
        )
    return f"{main} 内線{said[1]}" if said else main


def dialled(number: str) -> str:
    """What a telephone dials for a kept number: its digits, a leading +, the extension after two pauses (RFC 3966)."""
    main, _word, extension = unicodedata.normalize("NFKC", number).partition("内線")
    digits = "".join(sign for sign in main if sign.isdecimal())
    if not digits:
        return ""
    plus = "+" if main.strip().startswith("+") else ""
    inside = "".join(sign for sign in extension if sign.isdecimal())
    return f"{plus}{digits}{f',,{inside}' if inside else ''}"
