"""The disaster book (防災冊子) as it was made on a night."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.documents.models import Document
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id


class DisasterBookQuerySet(models.QuerySet["DisasterBook"]):
    def of(self, municipality: Municipality) -> Self:
        """Books of one municipality."""
        return self.filter(municipality=municipality)


class DisasterBook(models.Model):
    """One night's book: a PDF that is printed and put where the lights may go out."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    day = models.DateField(_("いつの内容か"))
    made_at = models.DateTimeField(_("作った日時"))
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveIntegerField(_("ページ数"), default=0)

    objects = DisasterBookQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("防災冊子")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.day}"
