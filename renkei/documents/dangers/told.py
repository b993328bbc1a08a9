"""The dangers that a file is refused for; the sentences are `documents/hostile.py`'s."""

from enum import StrEnum


class Danger(StrEnum):
    """What is wrong with a file."""

    TOO_LARGE = "too_large"
    TOO_MANY_PARTS = "too_many_parts"
    ODD_NAME = "odd_name"
    LOCKED = "locked"
    LYING = "lying"
    NESTED = "nested"
    MACROS = "macros"
    COMMAND_FIELD = "command_field"
    REMOTE = "remote"
    EMBEDDED = "embedded"
    ENTITIES = "entities"
    BROKEN = "broken"
    WRONG_TYPE = "wrong_type"
    MANY_PAGES = "many_pages"
    SCRIPT = "script"
    LAUNCH = "launch"
    ENCLOSED = "enclosed"
    MEDIA = "media"
    XFA = "xfa"
    PICTURE = "picture"
    UNCHECKED = "unchecked"


class Dangerous(Exception):
    """The file holds the danger, at a place that can be named."""

    def __init__(self, danger: Danger, place: str = "") -> None:
        super().__init__(danger, place)
        self.danger, self.place = danger, place
