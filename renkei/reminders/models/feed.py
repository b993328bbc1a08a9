"""Calendars that other programs read at a secret address."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.municipalities.models import Division, Municipality
from renkei.municipalities.public_id import new_public_id

SALT = "renkei.reminders.feed"
LETTERS = 40


class FeedQuerySet(models.QuerySet["Feed"]):
    def of(self, municipality: Municipality) -> Self:
        """Calendars of one municipality."""
        return self.filter(municipality=municipality)

    def held_by(self, *, person: User | None = None, division: Division | None = None) -> Self:
        """The calendar of the person, of the division, or of the whole town: one row or none."""
        return self.filter(person=person, division=division)


class Feed(models.Model):
    """The calendar of a person, of a division, or of the whole town (neither).

    The secret is not stored: it follows from the key of the installation and the generation, which rises when the
    address is renewed. So a stolen copy of the database opens no calendar.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    generation = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(_("アドレスを作った日時"))

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("期限のカレンダー")
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None) | Q(division=None),
                name="feed_of_a_person_or_a_division",
                violation_error_message=_("カレンダーは、職員か課のどちらか一つのものにしてください。"),
            ),
            models.UniqueConstraint(
                fields=["person"], name="one_feed_of_a_person", condition=Q(person__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["division"], name="one_feed_of_a_division", condition=Q(division__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["municipality"],
                name="one_feed_of_a_town",
                condition=Q(person=None, division=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.division or self.municipality)

    @property
    def secret(self) -> str:
        """The last part of the address that holds now."""
        return self.secret_of(self.generation)

    def secret_of(self, generation: int) -> str:
        """The last part of the address of a generation."""
        told = f"{self.public_id}:{generation}"
        return f"{generation}-{salted_hmac(SALT, told, algorithm='sha256').hexdigest()[:LETTERS]}"
