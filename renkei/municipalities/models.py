"""Municipalities and their divisions, with reorganisations as dated facts."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renkei.municipalities.public_id import new_public_id


class MunicipalityKind(models.TextChoices):
    PREFECTURE = "prefecture", _("都道府県")
    DESIGNATED_CITY = "designated_city", _("指定都市")
    CITY = "city", _("市")
    SPECIAL_WARD = "special_ward", _("特別区")
    TOWN = "town", _("町")
    VILLAGE = "village", _("村")


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def taking_part(self) -> Self:
        """Municipalities that keep their register in this installation."""
        return self.filter(takes_part=True)


class Municipality(models.Model):
    """A local government with its six-digit code (全国地方公共団体コード)."""

    code = models.CharField(_("団体コード"), max_length=6, unique=True)
    name = models.CharField(_("名称"), max_length=50)
    name_kana = models.CharField(_("よみ"), max_length=80, blank=True)
    prefecture = models.CharField(_("都道府県"), max_length=10)
    kind = models.CharField(_("種類"), max_length=20, choices=MunicipalityKind)
    takes_part = models.BooleanField(_("この台帳を使う"), default=False)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("自治体")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class DivisionQuerySet(models.QuerySet["Division"]):
    def of(self, municipality: Municipality, *, with_portions: bool = False) -> Self:
        """Divisions of one municipality; with their portions, all that an agreement may be recorded under."""
        found = self.filter(municipality=municipality)
        return found if with_portions else found.filter(portion_of=None)

    def existing_on(self, day: date) -> Self:
        """Divisions that exist on the day; the closing day is the last day of existence."""
        opened = Q(opened_on=None) | Q(opened_on__lte=day)
        return self.filter(opened, Q(closed_on=None) | Q(closed_on__gte=day), portion_of=None)


class Division(models.Model):
    """A division (課) inside a department (部), from its opening to its closing day.

    A portion (`portion_of`) is no division that anybody works in, but those duties of one that go another way in a
    reorganisation: its one succession says where to, and from which day; before that day it is part of the whole.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="divisions")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    department = models.CharField(_("部"), max_length=80, blank=True)
    name = models.CharField(_("課"), max_length=80)
    opened_on = models.DateField(_("設置日"), null=True, blank=True)
    closed_on = models.DateField(_("廃止日"), null=True, blank=True)
    is_coordinating = models.BooleanField(_("総括課"), default=False)
    portion_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="portions", editable=False
    )

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("課")
        ordering = ["municipality", "department", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(opened_on=None) | Q(closed_on__gte=models.F("opened_on")),
                name="division_closes_on_or_after_it_opens",
                violation_error_message=_("廃止日は設置日と同じ日か、それより後の日にしてください。"),
            ),
        ]

    def __str__(self) -> str:
        words = f"{self.department} {self.name}".strip()
        return gettext("%(division)s(一部)") % {"division": words} if self.portion_of_id else words

    @property
    def whole(self) -> "Division":
        """The division itself, or the one that this portion is of."""
        division = self
        while division.portion_of:
            division = division.portion_of
        return division

    def existed_on(self, day: date) -> bool:
        """Whether the division exists on the day, first and last day included; a portion never does by itself."""
        if self.portion_of_id:
            return False
        return not (self.opened_on and self.opened_on > day) and not (self.closed_on and self.closed_on < day)


class DivisionSuccession(models.Model):
    """From this day one division carries on the duties of another (機構改革).

    Of several successors the main one holds whatever is not named; the others are told, and hold portions.
    """

    predecessor = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="origins")
    on = models.DateField(_("引継ぎの日"))
    is_main = models.BooleanField(_("主な後の課"), default=True)

    class Meta:
        verbose_name = verbose_name_plural = _("課の引継ぎ")
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="division_succeeds_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=models.F("successor")),
                name="division_succeeds_another",
                violation_error_message=_("課は自分自身を引き継げません。別の課を選んでください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


# The numbers stand in a module of their own; Django wants to find them here.
from renkei.municipalities.sequences import Sequence  # noqa: E402, F401
