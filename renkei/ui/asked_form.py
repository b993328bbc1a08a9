"""A form made of lines that are asked: the same lines make the partner's pages and the clerk's page."""

from collections.abc import Iterable
from typing import Any, Protocol

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FEW = 5
"""So many choices are shown at once; more of them are a list that opens."""


class AskedLine(Protocol):
    """A line as far as a form needs it: `read` gives what is stored, or raises ValueError with a sentence."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def label(self) -> str | Promise: ...
    @property
    def help(self) -> str | Promise: ...
    @property
    def needed(self) -> bool: ...
    @property
    def rows(self) -> int: ...
    @property
    def autocomplete(self) -> str: ...
    @property
    def inputmode(self) -> str: ...
    @property
    def choices(self) -> list[tuple[str, str]]: ...

    def read(self, typed: Any) -> Any: ...


class AskedForm(forms.Form):
    """The lines as fields; what is asked for in the end is marked, but only `must` is demanded here and now.

    Somebody who writes about others (`about_oneself=False`) is offered nothing that the browser knows of themselves.
    """

    def __init__(
        self,
        *args: Any,
        lines: Iterable[AskedLine],
        must: Iterable[str] = (),
        about_oneself: bool = True,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.lines = list(lines)
        for line in self.lines:
            field = _field_of(line, about_oneself)
            field.required = line.name in set(must)
            field.is_asked_for = field.required or (about_oneself and line.needed)  # type: ignore[attr-defined]
            self.fields[line.name] = field

    def clean(self) -> dict[str, Any]:
        """What is stored for each line; a line that cannot be read says why, and the others are kept."""
        cleaned = super().clean() or {}
        for line in self.lines:
            if line.name in cleaned:
                try:
                    cleaned[line.name] = line.read(cleaned[line.name])
                except ValueError as refusal:
                    self.add_error(line.name, str(refusal))
        return cleaned


def _field_of(line: AskedLine, about_oneself: bool) -> forms.Field:
    about: dict[str, Any] = {"label": line.label, "help_text": line.help}
    if line.kind == "tick":
        return forms.BooleanField(**about)
    if line.kind == "fields":
        return forms.MultipleChoiceField(choices=line.choices, widget=forms.CheckboxSelectMultiple, **about)
    if line.kind == "choice" and len(line.choices) <= FEW:
        return forms.ChoiceField(choices=line.choices, widget=forms.RadioSelect, **about)
    if line.kind == "choice":
        return forms.ChoiceField(choices=[("", _("選んでください")), *line.choices], **about)
    if line.kind in ("text", "list"):
        return forms.CharField(widget=forms.Textarea(attrs={"rows": line.rows}), **about)
    told = {"autocomplete": line.autocomplete if about_oneself else "off", "inputmode": line.inputmode}
    attributes = {name: value for name, value in told.items() if value}
    return forms.CharField(widget=forms.TextInput(attrs=attributes), **about)


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once; what is wrong with one of them is said by whoever keeps it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", ManyFilesInput())
        super().__init__(**options)

    def clean(self, value: Any, initial: Any = None) -> list[Any]:
        """The files that were chosen; none is fine where none is demanded."""
        files = value if isinstance(value, list | tuple) else [value] if value else []
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"])
        return list(files)
