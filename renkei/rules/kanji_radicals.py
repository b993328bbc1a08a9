"""Radicals that programs write into PDFs in place of kanji: they look the same and are other letters.

The block of Kangxi radicals has its letters by NFKC, three of them in an old form; of the supplement, those that
Japanese fonts share with a kanji.
"""

import unicodedata

FIRST, LAST = 0x2F00, 0x2FD5
OLD_FORMS = str.maketrans("戶靑黃黑齒麥龍齊", "戸青黄黒歯麦竜斉")
SUPPLEMENT = dict(
    zip(map(ord, "⺟⺠⻁⻄⻆⻑⻘⻝⻤⻨⻩⻫⻭⻯⻲"), "母民虎西角長青食鬼麦黄斉歯竜亀", strict=True)
)
_KANGXI = {
    place: unicodedata.normalize("NFKC", chr(place)).translate(OLD_FORMS) for place in range(FIRST, LAST + 1)
}
_ALL: dict[int, str] = {**_KANGXI, **SUPPLEMENT}


def without_radicals(text: str) -> str:
    """The text with each radical as the kanji that it stands for; everything else stays as it is written."""
    return text.translate(_ALL)
