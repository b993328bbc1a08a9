"""A line of the form of a proposal: what is asked, what a text means, and how it is shown."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from renkei.agreements.models import Field
from renkei.agreements.vocabulary import FIELD_SLUGS
from renkei.partners.models import PartnerKind
from renkei.procedures.models import Proposal
from renkei.procedures.models.proposal import WishedForm

LONGEST_TEXT = 4000
MOST_ITEMS, LONGEST_ITEM = 30, 200
Choices = list[tuple[str, str]]


class UnreadableLine(ValueError):
    """What was written does not fit the line; str() says why and what to do."""


class LineKind(StrEnum):
    LINE = "line"
    TEXT = "text"
    LIST = "list"
    CHOICE = "choice"
    FIELDS = "fields"
    TICK = "tick"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that is asked: `name` is the column of the proposal, `judge` says what a text means or why it is none.

    `needed` lines must be filled in before a proposal is sent, not while it is a draft.
    """

    name: str
    kind: LineKind = LineKind.LINE
    help: str | Promise = ""
    needed: bool = False
    rows: int = 4
    autocomplete: str = ""
    inputmode: str = ""
    judge: Callable[[str], str] | None = None

    @property
    def label(self) -> str | Promise:
        """What is asked, in the words of the record."""
        return _column(self.name).verbose_name

    @property
    def choices(self) -> Choices:
        """What can be chosen."""
        return CHOICES[self.name]() if self.name in CHOICES else []

    def read(self, typed: Any) -> Any:
        """What is stored for what was typed; raises UnreadableLine."""
        return READERS[self.kind](self, typed)

    def typed(self, proposal: Proposal) -> Any:
        """What stands in the form for what is stored."""
        stored = getattr(proposal, self.name)
        return "\n".join(stored) if self.kind == LineKind.LIST else stored

    def shown(self, proposal: Proposal) -> str:
        """What is stored, in words."""
        stored = getattr(proposal, self.name)
        if self.kind == LineKind.TICK:
            return _("確かめました。%(words)s") % {"words": self.help} if stored else ""
        if self.kind in (LineKind.CHOICE, LineKind.FIELDS):
            chosen = [stored] if isinstance(stored, str) else stored
            return "、".join(words for value, words in self.choices if value in chosen)
        return "\n".join(stored) if self.kind == LineKind.LIST else str(stored)

    def is_filled(self, proposal: Proposal) -> bool:
        """Whether something is stored."""
        return bool(getattr(proposal, self.name))


def _column(name: str) -> "models.Field[Any, Any]":
    column = Proposal._meta.get_field(name)
    assert isinstance(column, models.Field)
    return column


def one_line(text: str) -> str:
    """A text on one line without invisible characters: nothing in it can end a line of a letter's head."""
    return " ".join(visible(text).split())


def visible(text: str) -> str:
    """A text with one kind of line end and without invisible characters."""
    kept = (letter for letter in text.replace("\r\n", "\n").replace("\r", "\n") if _is_visible(letter))
    return "".join(kept).strip()


def _is_visible(letter: str) -> bool:
    return letter in "\n\t" or unicodedata.category(letter)[0] != "C"


def _read_line(line: Line, typed: Any) -> str:
    text = one_line(str(typed or ""))
    if text and line.judge:
        try:
            text = line.judge(text)
        except ValueError as refusal:
            raise UnreadableLine(str(refusal)) from refusal
    return _not_longer(line, text, _column(line.name).max_length or 200)


def _read_text(line: Line, typed: Any) -> str:
    return _not_longer(line, visible(str(typed or "")), LONGEST_TEXT)


def _not_longer(line: Line, text: str, limit: int) -> str:
    if len(text) > limit:
        raise UnreadableLine(
            _("「%(label)s」は%(limit)s字までです(いま%(count)s字)。短くするか、資料を添付してください。")
            % {"label": line.label, "limit": limit, "count": len(text)}
        )
    return text


def _read_list(line: Line, typed: Any) -> list[str]:
    lines = typed if isinstance(typed, list) else visible(str(typed or "")).split("\n")
    items = [item for one in lines if (item := one_line(one))]
    if len(items) > MOST_ITEMS:
        raise UnreadableLine(
            _("「%(label)s」は%(limit)s件までです。近いものをまとめてください。")
            % {"label": line.label, "limit": MOST_ITEMS}
        )
    return [_not_longer(line, item, LONGEST_ITEM) for item in items]


def _read_choice(line: Line, typed: Any) -> str:
    chosen = str(typed or "")
    if chosen and chosen not in dict(line.choices):
        raise UnreadableLine(_("「%(label)s」を一覧から選んでください。") % {"label": line.label})
    return chosen


def _read_fields(line: Line, typed: Any) -> list[str]:
    chosen = {str(one) for one in typed or []}
    return [slug for slug, _words in line.choices if slug in chosen]


READERS: Mapping[LineKind, Callable[[Line, Any], Any]] = {
    LineKind.LINE: _read_line,
    LineKind.TEXT: _read_text,
    LineKind.LIST: _read_list,
    LineKind.CHOICE: _read_choice,
    LineKind.FIELDS: _read_fields,
    LineKind.TICK: lambda _line, typed: typed is True,
}


def upper_fields() -> Choices:
    """The fields of the upper level, in the reader's language."""
    upper = [slug for slug in FIELD_SLUGS if "." not in slug]
    return [(one.slug, str(one)) for one in Field.objects.filter(slug__in=upper)]


def _partner_kinds() -> Choices:
    nobody = (PartnerKind.GROUP, PartnerKind.OWN)
    return [(kind.value, str(kind.label)) for kind in PartnerKind if kind not in nobody]


CHOICES: Mapping[str, Callable[[], Choices]] = {
    "partner_kind": _partner_kinds,
    "wished_form": lambda: [(form.value, str(form.label)) for form in WishedForm],
    "fields": upper_fields,
}


def mail_address(text: str) -> str:
    """The address that a text says, in any width of letters; raises UnreadableLine."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    try:
        validate_email(plain)
    except ValidationError as error:
        raise UnreadableLine(
            _("「%(text)s」はメールアドレスの形ではありません。例: tanto@example.jp") % {"text": text[:60]}
        ) from error
    return plain
