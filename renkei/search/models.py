"""The search index: bitmaps by name, folded texts, and what changed since they were made."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Generation(models.Model):
    """One row: the number rises with every change of the bitmaps; whoever raises it may write them."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("索引の世代")

    def __str__(self) -> str:
        return str(self.number)


class Block(models.Model):
    """A roaring bitmap of agreements: those with a gram (`p:防災`), a facet value (`form:individual`) …, or an order."""

    name = models.CharField(max_length=80, primary_key=True)
    content = models.BinaryField()

    class Meta:
        verbose_name = verbose_name_plural = _("索引の升")

    def __str__(self) -> str:
        return self.name


class Text(models.Model):
    """The folded texts of an agreement and the blocks in which it stands; no record of its own, only a copy."""

    agreement = models.PositiveBigIntegerField(primary_key=True)
    title = models.TextField()
    public = models.TextField()
    internal = models.TextField()
    blocks = models.TextField()

    class Meta:
        verbose_name = verbose_name_plural = _("索引の本文")

    def __str__(self) -> str:
        return self.title


class Pending(models.Model):
    """An agreement that changed since the bitmaps were made; written in the transaction of the change."""

    agreement = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = _("索引への反映待ち")

    def __str__(self) -> str:
        return str(self.agreement)
