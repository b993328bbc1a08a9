"""Whether a page of disasters keeps the register in the reader's browser."""

from typing import Any

from django import template

from renkei.accounts.models import User
from renkei.desk.staff import today
from renkei.disasters.permissions import why_not_see_contacts

register = template.Library()


@register.simple_tag
def may_see_contacts(user: Any) -> bool:
    """Whether the person may see names and numbers of emergency contacts today."""
    return isinstance(user, User) and why_not_see_contacts(user, day=today()) is None
