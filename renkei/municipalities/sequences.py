"""Numbers without gaps, by town, kind and fiscal year: 令和6年度 第12号."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from renkei.municipalities.models import Municipality


class Sequence(models.Model):
    """How far the numbers of one kind have come in a fiscal year of a town."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("番号の種類"), max_length=20)
    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    last = models.PositiveIntegerField(_("最後の番号"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("連番")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind", "fiscal_year"], name="sequence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.fiscal_year}-{self.last}"


def next_number(municipality: Municipality, kind: str, fiscal_year: int) -> int:
    """The next number, from 1; taken inside the transaction of what it numbers, so that none is lost or given twice."""
    mine = Sequence.objects.filter(municipality=municipality, kind=kind, fiscal_year=fiscal_year)
    if not mine.update(last=F("last") + 1):
        Sequence.objects.bulk_create(
            [Sequence(municipality=municipality, kind=kind, fiscal_year=fiscal_year)], ignore_conflicts=True
        )
        mine.update(last=F("last") + 1)
    return mine.get().last
