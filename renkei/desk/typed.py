"""What is typed into a form, as plain texts by name: how it is kept, compared and put back."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

Typed = dict[str, list[str]]
NEVER_KEPT = ("csrfmiddlewaretoken", "next", "typed", "typed_at", "do", "draft_address", "code", "answer")
KEYS = ("version", "seen", "base", "key")
"""What a form carries beside what is typed: the state of the record that the person had before their eyes."""


def typed_in(sent: QueryDict) -> Typed:
    """What a person typed, as it was sent: no token, no password, no code that lets in, one kind of line end."""
    return {
        name: [plain(text) for text in sent.getlist(name)]
        for name in sent
        if name not in NEVER_KEPT and "password" not in name.lower()
    }


def plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def typed_of(form: forms.Form) -> Typed:
    """What the form would send if nothing were typed into it, its rows included."""
    found: Typed = {}
    for one in [form, *row_forms(form)]:
        for name, field in one.fields.items():
            texts = texts_of(field, one.get_initial_for_field(field, name))
            if texts is not None:
                found[one.add_prefix(name)] = texts
    return found


def row_forms(form: forms.Form) -> list[forms.Form]:
    rows = getattr(form, "rows", None)
    return [rows.management_form, *rows.forms] if rows is not None else []


def texts_of(field: forms.Field, value: Any) -> list[str] | None:
    """A value as the field sends it; None where it sends nothing (an empty tick, a file)."""
    if isinstance(field, forms.FileField):
        return None
    if isinstance(field, forms.BooleanField):
        return ["on"] if value else None
    prepared = field.prepare_value(value)
    if isinstance(prepared, list | tuple | set):
        return [str(one) for one in prepared] or None
    return ["" if prepared is None else plain(str(prepared))]


def put_back(form: forms.Form, typed: Mapping[str, list[str]]) -> None:
    """Let the form show what was typed, without judging it yet."""
    for name, field in form.fields.items():
        texts = typed.get(form.add_prefix(name), [])
        form.initial[name] = texts if takes_many(field) else (texts[-1] if texts else None)
    if hasattr(form, "put_rows_back"):
        form.put_rows_back(typed)


def takes_many(field: forms.Field) -> bool:
    return isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)


def as_text(typed: Mapping[str, list[str]]) -> str:
    """For a hidden field."""
    return json.dumps(typed, ensure_ascii=False)


def from_text(text: str) -> Typed:
    """From a hidden field; empty where somebody meddled with it."""
    try:
        told = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return from_json(told)


def from_json(told: object) -> Typed:
    """Texts by name; whatever has another shape is left out."""
    if not isinstance(told, dict):
        return {}
    return {
        str(name): [text for text in texts if isinstance(text, str)]
        for name, texts in told.items()
        if isinstance(texts, list)
    }


def said(typed: Mapping[str, list[str]], name: str) -> list[str]:
    return [text.strip() for text in typed.get(name, []) if text.strip()]
