"""Whom to call, as a partner answers it at the counter and a clerk types it at the desk: plain rows, no script.

Each contact that is known is a row with its place in the order; a tick takes it out. A few empty rows stand below.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renkei.ui.more_rows import KeptForm, new_rows

NEW_ROWS = 2
NEW = "contact-new"
"""Before the number of a new row, which counts the new ones alone: the known ones may have become more meanwhile."""
SHOWN_AT_FIRST, MOST_CHANNELS = 3, 6
"""Ways to reach one person: so many are shown at once, so many there may be."""
Choices = Sequence[tuple[str, str]]
Check = Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True)
class Words:
    """The words to choose from, and what is wrong with a channel or a row as a sentence ("" for nothing)."""

    kinds: Choices
    whens: Choices
    usual: Sequence[str]
    channel_fault: Callable[[str, str], str]
    check: Check


class ContactFields(KeptForm):
    """One person or desk and the ways to reach it: the fields, limits and words of a row, wherever one is written."""

    unit = forms.CharField(label=_("部署・役職"), max_length=200, required=False)
    name = forms.CharField(label=_("氏名"), max_length=100, required=False)
    reached_when = forms.ChoiceField(label=_("いつの連絡先か"), required=False)
    note = forms.CharField(
        label=_("補足"),
        max_length=200,
        required=False,
        help_text=_("例: 守衛室が出たら防災担当につないでもらう"),
    )

    def __init__(self, *args: Any, words: Words, **options: Any) -> None:
        super().__init__(*args, **options)
        self.words = words
        when = self.fields["reached_when"]
        assert isinstance(when, forms.ChoiceField)
        when.choices = list(words.whens)
        for slot in range(MOST_CHANNELS):
            self._add_channel(slot)

    def _add_channel(self, slot: int) -> None:
        said, words = {"place": slot + 1}, self.words
        usual = words.usual[slot] if slot < len(words.usual) else words.kinds[-1][0]
        self.fields[f"kind{slot}"] = forms.ChoiceField(
            label=gettext("手段%(place)s") % said, choices=list(words.kinds), initial=usual, required=False
        )
        self.fields[f"value{slot}"] = forms.CharField(
            label=gettext("番号・アドレス%(place)s") % said, max_length=200, required=False
        )

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """The fields of the channels that are shown at once: kind and number of each."""
        return [(self[f"kind{slot}"], self[f"value{slot}"]) for slot in range(SHOWN_AT_FIRST)]

    @property
    def further(self) -> list[tuple[Any, Any]]:
        """The fields of the others."""
        return [(self[f"kind{slot}"], self[f"value{slot}"]) for slot in range(SHOWN_AT_FIRST, MOST_CHANNELS)]

    @property
    def has_further(self) -> bool:
        """Whether something stands in the others, so that they are shown open."""
        return any(value.value() for _kind, value in self.further)

    def channels_in(self, values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
        """Kind and number of each channel in which something stands."""
        pairs = ((values.get(f"kind{slot}"), values.get(f"value{slot}")) for slot in range(MOST_CHANNELS))
        return tuple((kind or self.words.kinds[-1][0], value) for kind, value in pairs if value)

    def check_row(self, cleaned: Mapping[str, Any], told: Mapping[str, Any]) -> None:
        """What is wrong is said at the number, or at the first field of the row."""
        for slot in range(MOST_CHANNELS):
            kind, value = cleaned.get(f"kind{slot}") or self.words.kinds[-1][0], cleaned.get(f"value{slot}")
            if value and (sentence := self.words.channel_fault(kind, value)):
                self.add_error(f"value{slot}", sentence)
        if not self.errors and (sentence := self.words.check(told)):
            self.add_error("value0" if cleaned.get("unit") or cleaned.get("name") else "unit", sentence)


class ContactRow(ContactFields):
    """A row with its place in the order; a known one can be taken out by a tick."""

    position = forms.IntegerField(label=_("順番"), min_value=1, max_value=99, required=False)

    def __init__(
        self, data: Any, *, initial: Mapping[str, Any], place: int, words: Words, number: int = 0
    ) -> None:
        self.public_id = str(initial.get("public_id", ""))
        self.place, self.only = place, initial.get("only", "")
        prefix = f"contact-{self.public_id}" if self.public_id else f"{NEW}{number}"
        sent = data if data is not None and f"{prefix}-unit" in data else None
        told = {name: value for name, value in initial.items() if name != "channels"}
        for slot, (kind, value) in enumerate(initial.get("channels", ())):
            told |= {f"kind{slot}": kind, f"value{slot}": value}
        super().__init__(sent, prefix=prefix, initial={"position": place, **told}, words=words)
        if self.public_id:
            self.fields["removed"] = forms.BooleanField(label=gettext("この連絡先を外す"), required=False)

    @property
    def told(self) -> dict[str, Any]:
        """What the row says; of one that was not sent, how it stood there."""
        if not self.is_bound:
            values: Mapping[str, Any] = self.initial
        else:
            self.errors  # noqa: B018 - what was sent is read by looking at what is wrong with it
            values = self.cleaned_data
        return {
            "public_id": self.public_id,
            "position": values.get("position") or self.place,
            **{name: values.get(name) or "" for name in ("unit", "name", "reached_when", "note")},
            "channels": self.channels_in(values),
            "removed": bool(values.get("removed")),
        }

    @property
    def is_said(self) -> bool:
        """Whether the row stands for somebody."""
        told = self.told
        return not told["removed"] and bool(
            self.public_id or told["unit"] or told["name"] or told["channels"]
        )

    def clean(self) -> dict[str, Any]:
        """What is wrong with a row that stands for somebody is said at its first field."""
        cleaned: dict[str, Any] = super().clean() or {}
        self.cleaned_data = cleaned
        if self.is_said:
            self.check_row(cleaned, self.told)
        return cleaned


class ContactRows:
    """All rows of one partner: those that are known, in their order, and empty ones."""

    def __init__(self, data: Any, initial: Sequence[Mapping[str, Any]], *, words: Words) -> None:
        known = list(enumerate(initial, start=1))
        last = len(known)
        self.rows_shown = [ContactRow(data, initial=one, place=place, words=words) for place, one in known]
        count, asked = new_rows(data, NEW, "unit", NEW_ROWS)
        self.rows_shown += [
            ContactRow(data, initial={}, place=last + number, words=words, number=number)
            for number in range(1, count + 1)
        ]
        if asked:
            self.rows_shown[-1].ask("unit")
        self.known = {row.public_id for row in self.rows_shown if row.public_id}
        self.sent = data.getlist("contact-known") if data is not None else []
        self.errors: list[str] = []

    def __iter__(self) -> Iterator[ContactRow]:
        yield from self.rows_shown

    def is_valid(self) -> bool:
        """Whether all rows are; what somebody has taken out meanwhile is told."""
        self.errors = []
        if set(self.sent) - self.known:
            self.errors.append(gettext("ほかの人が先に外した連絡先があります。画面を読み直してください。"))
        checked = [row.is_valid() for row in self.rows_shown if row.is_bound]
        return all(checked) and not self.errors

    @property
    def rows(self) -> tuple[dict[str, Any], ...]:
        """What is said of each contact, in the order of calling."""
        said = [row.told for row in self.rows_shown if row.is_said]
        return tuple(sorted(said, key=lambda one: int(one["position"])))
