"""Whom to call, as a partner answers it at the counter and a clerk types it at the desk: plain rows, no script.

Each contact that is known is a row with its place in the order; a tick takes it out. A few empty rows stand below.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

NEW_ROWS = 2
LEAST_CHANNELS = 3
MOST_CHANNELS = 6
Choices = Sequence[tuple[str, str]]
Check = Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True)
class Words:
    """The words to choose from, and what is wrong with a row as a sentence ("" for nothing)."""

    kinds: Choices
    whens: Choices
    usual: Sequence[str]
    check: Check


class ContactRow(forms.Form):
    """One person or desk; `usual` are the kinds of channels that stand in an empty row."""

    position = forms.IntegerField(label=_("順番"), min_value=1, max_value=99, required=False)
    unit = forms.CharField(label=_("部署・役職"), max_length=200, required=False)
    name = forms.CharField(label=_("氏名"), max_length=100, required=False)
    reached_when = forms.ChoiceField(label=_("いつの連絡先か"), required=False)
    note = forms.CharField(label=_("補足"), max_length=200, required=False)

    def __init__(self, data: Any, *, initial: Mapping[str, Any], place: int, words: Words) -> None:
        self.public_id = str(initial.get("public_id", ""))
        self.place, self.words, self.only = place, words, initial.get("only", "")
        prefix = f"contact-{self.public_id or f'new{place}'}"
        sent = data if data is not None and f"{prefix}-unit" in data else None
        channels = list(initial.get("channels", ()))
        self.slots = min(max(LEAST_CHANNELS, len(channels) + 1), MOST_CHANNELS)
        told = {name: value for name, value in initial.items() if name != "channels"}
        for slot in range(self.slots):
            usual = words.usual[slot] if slot < len(words.usual) else words.kinds[-1][0]
            told[f"kind{slot}"], told[f"value{slot}"] = (
                channels[slot] if slot < len(channels) else (usual, "")
            )
        super().__init__(sent, prefix=prefix, initial={"position": place, **told})
        self._add_fields(words)

    def _add_fields(self, words: Words) -> None:
        when = self.fields["reached_when"]
        assert isinstance(when, forms.ChoiceField)
        when.choices = list(words.whens)
        for slot in range(self.slots):
            said = {"place": slot + 1}
            self.fields[f"kind{slot}"] = forms.ChoiceField(
                label=gettext("手段%(place)s") % said, choices=list(words.kinds), required=False
            )
            self.fields[f"value{slot}"] = forms.CharField(
                label=gettext("番号・アドレス%(place)s") % said, max_length=200, required=False
            )
        if self.public_id:
            self.fields["removed"] = forms.BooleanField(label=gettext("この連絡先を外す"), required=False)

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """The fields of each channel: its kind and its number."""
        return [(self[f"kind{slot}"], self[f"value{slot}"]) for slot in range(self.slots)]

    @property
    def told(self) -> dict[str, Any]:
        """What the row says; of one that was not sent, how it stood there."""
        if not self.is_bound:
            values: Mapping[str, Any] = self.initial
        else:
            values = self.cleaned_data
        pairs = [(values.get(f"kind{slot}"), values.get(f"value{slot}")) for slot in range(self.slots)]
        return {
            "public_id": self.public_id,
            "position": values.get("position") or self.place,
            **{name: values.get(name) or "" for name in ("unit", "name", "reached_when", "note")},
            "channels": tuple((kind or self.words.kinds[-1][0], value) for kind, value in pairs if value),
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
        if not self.errors and self.is_said and (sentence := self.words.check(self.told)):
            self.add_error("unit" if not (cleaned.get("unit") or cleaned.get("name")) else "value0", sentence)
        return cleaned


class ContactRows:
    """All rows of one partner: those that are known, in their order, and empty ones."""

    def __init__(self, data: Any, initial: Sequence[Mapping[str, Any]], *, words: Words) -> None:
        known = list(enumerate(initial, start=1))
        last = len(known)
        self.rows_shown = [ContactRow(data, initial=one, place=place, words=words) for place, one in known]
        self.rows_shown += [
            ContactRow(data, initial={}, place=last + extra, words=words) for extra in range(1, NEW_ROWS + 1)
        ]
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
