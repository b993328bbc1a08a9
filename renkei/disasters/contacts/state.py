"""How well it is known that a contact is reached."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactState(models.TextChoices):
    """What is known of a contact on a day; only the first lets somebody rely on it."""

    VERIFIED = "verified", _("確認済み")
    OLD = "old", _("1年以上前に確認")
    NEVER = "never", _("未確認")
    FAILED = "failed", _("つながらない")
