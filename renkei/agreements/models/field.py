"""Fields (分野): a vocabulary in two levels, and a town's own words for it."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from renkei.municipalities.models import Municipality


class Field(models.Model):
    """A field of cooperation; `slug` of the second level begins with the first, as in environment.bags."""

    slug = models.CharField(max_length=40, unique=True)
    name = models.CharField(_("分野"), max_length=60)
    english_name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = _("分野")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.english_name if get_language() == "en" else self.name


class FieldAlias(models.Model):
    """A town's own word for a field, as its ledgers write it."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(_("町の言い方"), max_length=100)
    field = models.ForeignKey(Field, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        verbose_name = verbose_name_plural = _("分野の別名")
        constraints = [models.UniqueConstraint(fields=["municipality", "word"], name="field_alias_once")]

    def __str__(self) -> str:
        return self.word


class AgreementField(models.Model):
    """An agreement belongs to a field; at most one of them is its main field."""

    agreement = models.ForeignKey(
        "agreements.Agreement", on_delete=models.CASCADE, related_name="field_links"
    )
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="links")
    is_main = models.BooleanField(_("主な分野"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("協定の分野")
        ordering = ["-is_main", "field__position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "field"], name="agreement_field_once"),
            models.UniqueConstraint(
                fields=["agreement"], condition=models.Q(is_main=True), name="one_main_field_for_an_agreement"
            ),
        ]

    def __str__(self) -> str:
        return str(self.field)
