"""Kinds of record that have a time of keeping of their own, and the usual classes of years."""

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from renkei.agreements.vocabulary import Form

PERSONAL = "personal"
CONTACTS = "contacts"
PERMANENT = 0
CLASSES = (PERMANENT, 30, 10, 5, 3, 1)


def kinds() -> dict[str, str | Promise]:
    """Each kind of record with its words: agreements by their form, and what they say of persons."""
    by_form = {str(value): format_lazy(_("{form}と文書"), form=words) for value, words in Form.choices}
    return {**by_form, PERSONAL: _("署名した人と個人の名前"), CONTACTS: _("外した緊急連絡先")}


def years_in_words(years: int | None) -> str:
    """永久 or so many years."""
    if years is None:
        return str(_("定めていません"))
    return str(_("永久") if years == PERMANENT else _("%(years)s年") % {"years": years})
