"""Terms as dated rows, the renewal rule, and the ending."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Decision, EndReason, NoticeEffect, RenewalKind, StartBasis


class TermQuerySet(models.QuerySet["Term"]):
    def covering(self, day: date) -> Self:
        """Terms that keep their agreement in force on the day, first and last day included."""
        return self.filter(Q(in_force_until=None) | Q(in_force_until__gte=day), starts_on__lte=day)


class Term(models.Model):
    """A term: first day, last day as agreed (inclusive), and the last day on which it keeps the agreement in force.

    `in_force_until` is later than `ends_on` (or open) where the term renews itself, earlier where it was ended.
    """

    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.CASCADE, related_name="terms")
    starts_on = models.DateField(_("始期"))
    ends_on = models.DateField(_("終期"), null=True, blank=True)
    in_force_until = models.DateField(_("有効な最後の日"), null=True, blank=True)
    start_basis = models.CharField(
        _("始期の根拠"), max_length=10, choices=StartBasis, default=StartBasis.STATED
    )

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("期間")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="term_ends_on_or_after_it_starts",
                violation_error_message=_("終期は始期と同じ日か、それより後の日にしてください。"),
            ),
        ]
        indexes = [models.Index(fields=["starts_on", "in_force_until"], name="term_days")]

    def __str__(self) -> str:
        return f"{self.starts_on}–{self.ends_on or ''}"

    def covers(self, day: date) -> bool:
        """Whether this term keeps the agreement in force on the day."""
        return self.starts_on <= day and (self.in_force_until is None or day <= self.in_force_until)


class RenewalRule(models.Model):
    """How an agreement goes on after its term, with the clause it was read from."""

    agreement = models.OneToOneField(
        "agreements.Agreement", on_delete=models.CASCADE, related_name="renewal_rule"
    )
    kind = models.CharField(_("更新の種類"), max_length=20, choices=RenewalKind)
    months = models.PositiveSmallIntegerField(_("更新の月数"), null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(_("通知期限(月前)"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("通知期限(日前)"), null=True, blank=True)
    notice_effect = models.CharField(
        _("一者の通知で終わる範囲"), max_length=10, choices=NoticeEffect, blank=True
    )
    clause = models.TextField(_("期間の条文"), blank=True)
    last_confirmed_on = models.DateField(_("人が最後に確かめた日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("更新の定め")
        constraints = [
            models.CheckConstraint(
                condition=Q(months=None) | Q(months__gte=1),
                name="renewal_lasts_a_month_or_more",
                violation_error_message=_(
                    "更新の月数は1以上にしてください。分からなければ空にしてください。"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Ending(models.Model):
    """The end of an agreement: the last day on which it was in force, and why."""

    agreement = models.OneToOneField("agreements.Agreement", on_delete=models.CASCADE, related_name="ending")
    on = models.DateField(_("最後の日"))
    reason = models.CharField(_("終了の理由"), max_length=20, choices=EndReason)
    note = models.TextField(_("終了の事情"), blank=True)
    former_terms = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("終了")

    def __str__(self) -> str:
        return self.get_reason_display()


class RenewalDecision(models.Model):
    """What a person decided about the end of one term; `former_terms` lets it be taken back."""

    agreement = models.ForeignKey(
        "agreements.Agreement", on_delete=models.CASCADE, related_name="renewal_decisions"
    )
    term_ends_on = models.DateField(_("期間の終期"))
    decision = models.CharField(_("更新の判断"), max_length=20, choices=Decision)
    decided_on = models.DateField(_("判断した日"))
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    notified_on = models.DateField(_("相手方に通知した日"), null=True, blank=True)
    note = models.TextField(_("判断の理由"), blank=True)
    former_terms = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("更新の判断")
        ordering = ["term_ends_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "term_ends_on"],
                name="renewal_decided_once_for_a_term",
                violation_error_message=_(
                    "この期間の更新はすでに判断されています。先にその判断を取り消してください。"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} {self.get_decision_display()}"
