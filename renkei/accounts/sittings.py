"""Sittings: where a person is signed in, since when, and last seen when."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Self

from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from renkei.municipalities.public_id import new_public_id

BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip
SEEN_AT_MOST_EVERY = timedelta(seconds=60)


class SittingQuerySet(models.QuerySet["Sitting"]):
    def seen_since(self, moment: datetime) -> Self:
        """Sittings in which something was done since the moment."""
        return self.filter(seen_at__gte=moment)

    def end(self) -> int:
        """End them: their sessions are gone at once, and with them whatever they held."""
        keys = list(self.values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        self.filter(session_key__in=keys).delete()
        return len(keys)


class Sitting(models.Model):
    """A session of a signed-in person, from signing in to signing out."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="sittings")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(_("端末"), max_length=300, blank=True)
    address = models.GenericIPAddressField(_("接続元"), null=True)
    started_at = models.DateTimeField(_("サインインした日時"))
    seen_at = models.DateTimeField(_("最後に使った日時"))

    objects = SittingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("サインイン中の端末")
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """The browser and the system, as far as the browser's own name tells them."""
        browser = next((words for sign, words in BROWSERS if sign in self.device), "")
        system = next((words for sign, words in SYSTEMS if sign in self.device), "")
        return f"{browser}({system})" if browser and system else browser or str(_("分からない端末"))


def sit_down(user_id: int, session_key: str, *, device: str, address: str | None, at: datetime) -> Sitting:
    """Note that the person is signed in with this session."""
    return Sitting.objects.update_or_create(
        session_key=session_key,
        defaults={
            "user_id": user_id, "device": device[:300], "address": address or None,
            "started_at": at, "seen_at": at,
        },
    )[0]  # fmt: skip


def see(sitting: Sitting, *, at: datetime) -> None:
    """Note that the person did something; at most once a minute."""
    if at - sitting.seen_at >= SEEN_AT_MOST_EVERY:
        Sitting.objects.filter(pk=sitting.pk).update(seen_at=at)
        sitting.seen_at = at


def leave(session_key: str | None) -> None:
    """End the sitting of a session: the person signs out."""
    Sitting.objects.filter(session_key=session_key or "").end()


def end_all(user_ids: Iterable[int]) -> int:
    """End all sessions of these people, noted or not; how many were noted."""
    from renkei.accounts.models import User

    ids = list(user_ids)
    User.objects.filter(pk__in=ids).update(sessions_ended=F("sessions_ended") + 1)
    return Sitting.objects.filter(user_id__in=ids).end()


def forget_sittings(before: datetime) -> int:
    """Remove sittings that nobody has used since the moment, with their sessions."""
    return Sitting.objects.filter(seen_at__lt=before).end()
