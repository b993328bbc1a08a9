"""Partners added to a series in one act, kept so that one act takes them back."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.agreements.models.agreement import Series
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id


class SeriesAdditionQuerySet(models.QuerySet["SeriesAddition"]):
    def of(self, municipality: Municipality) -> Self:
        """Additions to one municipality's series."""
        return self.filter(municipality=municipality)


class SeriesAddition(models.Model):
    """Many partners added to a series at once: their agreements, and the partners that got a corporate number by it."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="additions")
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("加えた日時"), auto_now_add=True)
    agreements = models.JSONField(default=list)
    numbered = models.JSONField(default=list)
    undone_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)

    objects = SeriesAdditionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("同文協定への追加")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.series} {len(self.agreements)}"
