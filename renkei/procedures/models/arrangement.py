"""How a town runs its procedures, and what is checked in each of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.municipalities.models import Municipality
from renkei.procedures.models.procedure import Procedure
from renkei.procedures.vocabulary import CheckAnswer, Stage


class ProcedureSettings(models.Model):
    """What the town has set; procedures that have begun keep what was set then."""

    municipality = models.OneToOneField(Municipality, on_delete=models.CASCADE, related_name="+")
    course = models.JSONField(_("手続の形"), default=dict)
    wanted = models.TextField(_("市が求めている連携"), blank=True)
    takes_proposals = models.BooleanField(_("窓口のページで提案を受け付ける"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = verbose_name_plural = _("締結手続の設定")

    def __str__(self) -> str:
        return str(self.municipality)


class CheckLine(models.Model):
    """A line of a checklist: what is to be checked in a step, and what a person found."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="checks")
    stage = models.CharField(_("段階"), max_length=20, choices=Stage)
    position = models.PositiveSmallIntegerField(_("順"))
    text = models.CharField(_("確かめること"), max_length=300)
    answer = models.CharField(_("結果"), max_length=20, choices=CheckAnswer, blank=True)
    note = models.TextField(_("備考"), blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("確かめた日時"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("点検の項目")
        ordering = ["stage", "position"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "stage", "position"], name="check_position_once"),
            models.CheckConstraint(
                condition=~Q(answer=CheckAnswer.PROBLEM) | ~Q(note=""),
                name="problem_is_told",
                violation_error_message=_("問題があるときは、何が問題かを備考に書いてください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.text
