"""Questions to the figures that somebody keeps, and the town's own words in the papers made from them."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id


class SavedQuestionQuerySet(models.QuerySet["SavedQuestion"]):
    def of(self, municipality: Municipality) -> Self:
        """Questions of one municipality."""
        return self.filter(municipality=municipality)

    def seen_by(self, person: User) -> Self:
        """The person's own, and those that are shared in the town."""
        return self.of(person.municipality).filter(models.Q(owner=person) | models.Q(is_shared=True))


class SavedQuestion(models.Model):
    """A cross table that is asked again and again; `asked` is the query of its address."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("名前"), max_length=100)
    asked = models.TextField(_("問い"))
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    is_shared = models.BooleanField(_("庁内で共有する"), default=False)

    objects = SavedQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("保存した集計")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="saved_question_name_once",
                violation_error_message=_("同じ名前の集計を保存しています。別の名前にしてください。"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Wording(models.Model):
    """The town's own words at a place of its papers; on a day, where they speak of figures of that day.

    Fields in them, as {{ 協定数 }}, are filled from the register when the paper is made.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(_("資料の中の場所"), max_length=40)
    on = models.DateField(_("基準日"), null=True, blank=True)
    text = models.TextField(_("文"))
    source = models.CharField(_("出典"), max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = verbose_name_plural = _("資料の文")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "place"], condition=models.Q(on=None), name="wording_once"
            ),
            models.UniqueConstraint(
                fields=["municipality", "place", "on"],
                condition=models.Q(on__isnull=False),
                name="wording_once_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.place
