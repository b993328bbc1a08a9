"""The yearly evaluation of an agreement: continue, improve, end, with reasons."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.initiatives.vocabulary import Verdict
from renkei.municipalities.models import Division, Municipality
from renkei.municipalities.public_id import new_public_id


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def of(self, municipality: Municipality) -> Self:
        """Evaluations of one municipality."""
        return self.filter(municipality=municipality)

    def about(self, agreement: Agreement) -> Self:
        """All of one agreement, the latest year first."""
        return self.filter(agreement=agreement)


class Evaluation(models.Model):
    """What a division says of an agreement at the end of a fiscal year, and what follows from it."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    verdict = models.CharField(_("評価"), max_length=10, choices=Verdict)
    achievements = models.TextField(_("成果"), blank=True)
    reasons = models.TextField(_("理由"))
    next_steps = models.TextField(_("次に行うこと"), blank=True)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("担当課")
    )
    evaluated_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    evaluated_at = models.DateTimeField(_("評価した日時"))
    followed_at = models.DateTimeField(_("次の手続を始めた日時"), null=True, blank=True)
    is_sample = models.BooleanField(_("見本"), default=False)
    version = models.PositiveIntegerField(default=1)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("協定の評価")
        ordering = ["-fiscal_year", "-pk"]
        indexes = [models.Index(fields=["municipality", "fiscal_year"], name="evaluation_town_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "fiscal_year"],
                name="evaluation_once_for_a_year",
                violation_error_message=_("この年度の評価は、もう書かれています。その評価を直してください。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement} {self.get_verdict_display()}"
