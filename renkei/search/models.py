"""The search index: bitmaps by name, folded texts, and what changed since they were made."""

import secrets
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id


def new_mark() -> int:
    """A number never given before: unlike a counted one, it cannot come back after a rollback."""
    return secrets.randbits(62)


class Generation(models.Model):
    """One row: the mark changes with every change of the bitmaps; whoever changes it may write them.

    Readers look at the blocks and texts of one edition; a rebuild writes the next edition beside it.
    """

    mark = models.BigIntegerField(default=0)
    edition = models.BigIntegerField(default=0)
    rebuild = models.BigIntegerField(null=True)
    rebuild_started_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("索引の世代")

    def __str__(self) -> str:
        return str(self.mark)


class Block(models.Model):
    """A roaring bitmap: the agreements with a gram (`p:防災`), a facet value (`f:form:individual`) …; or an order."""

    edition = models.BigIntegerField()
    name = models.CharField(max_length=80)
    content = models.BinaryField()

    class Meta:
        verbose_name = verbose_name_plural = _("索引の升")
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="block_once")]

    def __str__(self) -> str:
        return self.name


class Text(models.Model):
    """The folded texts of an agreement and the facets in which it stands; no record of its own, only a copy."""

    edition = models.BigIntegerField()
    agreement = models.PositiveBigIntegerField()
    title = models.TextField()
    public = models.TextField()
    internal = models.TextField()
    facets = models.TextField()

    class Meta:
        verbose_name = verbose_name_plural = _("索引の本文")
        constraints = [models.UniqueConstraint(fields=["edition", "agreement"], name="text_once")]

    def __str__(self) -> str:
        return self.title


class Pending(models.Model):
    """An agreement that changed since the bitmaps were made; written in the transaction of the change."""

    mark = models.BigIntegerField(primary_key=True, default=new_mark)
    agreement = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = _("索引への反映待ち")

    def __str__(self) -> str:
        return str(self.agreement)


class LayoutQuerySet(models.QuerySet["Layout"]):
    def of(self, municipality: Municipality) -> Self:
        """Layouts of one municipality."""
        return self.filter(municipality=municipality)


class Layout(models.Model):
    """A town's own columns for its list: each column's name and the head that stands over it."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("様式の名前"), max_length=60)
    columns = models.JSONField(_("列"), default=list)

    objects = LayoutQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("台帳の様式")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["municipality", "name"], name="layout_name_once")]

    def __str__(self) -> str:
        return self.name
