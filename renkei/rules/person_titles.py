"""Persons beside the name of a body: 代表取締役社長 吹田 猛, 会長 渡邉勇雄, 清水智会長."""

import re
from functools import lru_cache

OFFICES = (
    "代表取締役社長執行役員|代表取締役社長|代表取締役会長|代表取締役|取締役社長|執行役員|代表理事組合長|代表理事会長|代表理事|代表社員|"
    "理事長|組合長|会長|社長|支店長|支社長|支部長|営業部長|営業所長|所長|局長|学長|校長|院長|園長|館長|施設長|本部長|警備部長|部長|課長|"
    "署長|司令|知事|市長|町長|村長|区長|代表者?|隊長|団長|総長|理事|店長|工場長|事務局長|分会長|センター長"
)
_NAME = r"[^\s　()（）、,・]{1,8}(?:[\s　]+[^\s　()（）、,・]{1,6})?"
_AFTER_BLANK = re.compile(rf"(?:^|(?<=[\s　)）」]))((?:{OFFICES})[\s　]+{_NAME})\s*$")
_GLUED = re.compile(
    rf"(?<=[会合所店院園校館局会])((?:代表理事組合長|代表理事会長|代表理事|代表取締役|理事長|会長)[\s　]+{_NAME})\s*$"
)
_MAYOR = re.compile(rf"^(.*[市町村区県都府道])((?:知事|長)[\s　]+{_NAME})\s*$")
_HEAD_OF_A_TOWN = re.compile(r"[市町村区]長$|知事$")
_ONLY_PERSON = re.compile(rf"^[(（]?[^()（）、,・]{{1,14}}(?:{OFFICES}|氏)[)）]?$")


@lru_cache(maxsize=16384)
def without_person(text: str) -> tuple[str, str]:
    """The name without who signs for it, and that person with the office; ("", person) where it is only a person."""
    bare = text.strip()
    for pattern in (_AFTER_BLANK, _GLUED):
        if found := pattern.search(bare):
            return bare[: found.start(1)].strip(), " ".join(found[1].split())
    if found := _MAYOR.match(bare):
        return found[1], " ".join(found[2].split())
    return bare, ""


def is_person(text: str) -> bool:
    """True for 清水智会長 and the like: a person with an office and nothing else."""
    bare = text.strip("()（） 　")
    return bool(_ONLY_PERSON.match(bare)) and not _HEAD_OF_A_TOWN.search(bare)
