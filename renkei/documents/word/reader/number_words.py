"""Numbers as Word's automatic numbering prints them: 1, １, 一, 壱, ①, ⑴, ア, イロハ, i, a."""

from collections.abc import Callable

_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_HALF_KANA = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
_HALF_IROHA = "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ"
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LARGEST = 32_767
"""Word's own largest number."""


def number_words(number: int, kind: str) -> str:
    """The number in the kind of writing that a file names; a kind that we do not know is written in digits."""
    if number > LARGEST or number < 0:
        return str(number)
    return _KINDS.get(kind, str)(number)


def _of_row(letters: str) -> Callable[[int], str]:
    return lambda number: letters[(number - 1) % len(letters)] if number else ""


def _enclosed(first: str, last: int, zero: str = "") -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= last else (zero or str(number))


def _circled(number: int) -> str:
    if number == 0:
        return "⓪"
    for start, last, first in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if start <= number <= last:
            return chr(ord(first) + number - start)
    return str(number)


def _letters(number: int) -> str:
    """A … Z, AA, BB: Word repeats the letter."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _counted(digits: str, units: tuple[str, ...], *, says_one: bool) -> Callable[[int], str]:
    def words(number: int) -> str:
        if number == 0:
            return digits[0]
        written = ""
        for power in range(len(units) - 1, -1, -1):
            digit = number // 10**power % 10
            says_digit = digit and (digit > 1 or power == 0 or says_one)
            written += (digits[digit] if says_digit else "") + (units[power] if digit else "")
        return written

    return words


_counting = _counted("〇一二三四五六七八九", ("", "十", "百", "千"), says_one=False)


def _japanese(number: int) -> str:
    high, low = divmod(number, 10_000)
    return (f"{_counting(high)}万" if high else "") + (_counting(low) if low or not high else "")


_KINDS: dict[str, Callable[[int], str]] = {
    "none": lambda _number: "",
    "bullet": lambda _number: "",
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _enclosed("⑴", 20),
    "decimalEnclosedFullstop": _enclosed("⒈", 20),
    "ideographEnclosedCircle": _enclosed("㊀", 10),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "aiueo": _of_row(_HALF_KANA),
    "aiueoFullWidth": _of_row(_KANA),
    "iroha": _of_row(_HALF_IROHA),
    "irohaFullWidth": _of_row(_IROHA),
    "japaneseCounting": _japanese,
    "japaneseDigitalTenThousand": lambda number: str(number).translate(_DIGITS),
    "ideographDigital": lambda number: str(number).translate(_DIGITS),
    "japaneseLegal": _counted("零壱弐参四伍六七八九", ("", "拾", "百", "阡"), says_one=True),
}
