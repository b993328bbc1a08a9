"""How often somebody may try: counted by name and by address, and before the password is looked at.

What was typed as a name is kept as a keyed digest only: people type passwords into the wrong field.
"""

import unicodedata
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

LIMIT = 10
LOCKED_FOR = timedelta(minutes=30)


class Tries(models.Model):
    """How many tries were made under one key since the last one that succeeded."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("サインインの試み")

    def __str__(self) -> str:
        return f"{self.count}"


def key_of(kind: str, text: str) -> str:
    """The key of a name, an address or a person; widths and cases of letters make no new name."""
    folded = unicodedata.normalize("NFKC", text).casefold().strip()
    return salted_hmac("renkei.accounts.lock_out", f"{kind}:{folded}", algorithm="sha256").hexdigest()


def take_a_try(key: str, *, limit: int = LIMIT, at: datetime) -> bool:
    """Count one more try, or say no; counted in one statement, so tries at once cannot pass the limit."""
    recent = Tries.objects.filter(key=key, last_at__gt=at - LOCKED_FOR)
    if recent.filter(count__lt=limit).update(count=F("count") + 1, last_at=at):
        return True
    if recent.exists():
        return False
    Tries.objects.filter(key=key, last_at__lte=at - LOCKED_FOR).delete()
    Tries.objects.bulk_create([Tries(key=key, last_at=at)], ignore_conflicts=True)
    return recent.filter(count__lt=limit).update(count=F("count") + 1, last_at=at) == 1


def is_locked(key: str, *, limit: int = LIMIT, at: datetime) -> bool:
    """Whether no further try is taken."""
    return Tries.objects.filter(key=key, count__gte=limit, last_at__gt=at - LOCKED_FOR).exists()


def forgive(key: str) -> int:
    """Forget the tries under the key; how many there were."""
    found = Tries.objects.filter(key=key).values_list("count", flat=True).first() or 0
    Tries.objects.filter(key=key).delete()
    return found


def give_back(key: str, tries: int) -> None:
    """Take tries of somebody who has proved to be no stranger off the count of an address."""
    Tries.objects.filter(key=key, count__gte=tries).update(count=F("count") - tries)
