"""What the page of a verb says and asks, whatever record it changes."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class VerbWords:
    """Title, what it does, its button, what is said when it is done, and its form."""

    title: str | Promise
    lead: str | Promise
    button: str | Promise
    done: str | Promise
    form: Callable[..., forms.Form]
    is_danger: bool = False
