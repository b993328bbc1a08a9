"""Whom to call, as every door shows it: what is known of a contact, and how old that is."""

from datetime import date
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
LOOKS = {"verified": "good", "old": "unclear", "never": "unclear", "failed": "bad"}


@register.simple_tag
def contact_badge(contact: Any, day: date | str = "") -> SafeString:
    """確認済み(3か月前) in a frame; without a day as of today."""
    on = day if isinstance(day, date) else timezone.localdate()
    state, age = contact.state(on), contact.age_in_words(on)
    words = f"{state.label}({age})" if age else state.label
    return format_html('<span class="badge badge-{}">{}</span>', LOOKS[state.value], words)
