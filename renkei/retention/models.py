"""How long records are kept, what stops their disposal, the act of disposal, and the certificate that remains."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.retention.kinds import kinds, years_in_words


class RetentionRuleQuerySet(models.QuerySet["RetentionRule"]):
    def of(self, municipality: Municipality) -> Self:
        """The rules of one municipality."""
        return self.filter(municipality=municipality)


class RetentionRule(models.Model):
    """How many years a town keeps one kind of record, and why; 0 keeps it for ever."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(_("記録の種類"), max_length=20)
    years = models.PositiveSmallIntegerField(_("保存期間"))
    reason = models.TextField(_("根拠・理由"))

    objects = RetentionRuleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("保存期間の定め")
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind"], name="retention_rule_once_for_a_kind")
        ]

    def __str__(self) -> str:
        return f"{kinds().get(self.kind, self.kind)} {years_in_words(self.years)}"


class HoldQuerySet(models.QuerySet["Hold"]):
    def of(self, municipality: Municipality) -> Self:
        """The holds of one municipality."""
        return self.filter(municipality=municipality)

    def holding_on(self, day: date) -> Self:
        """Holds that stop a disposal on the day, their last day included."""
        return self.filter(Q(until=None) | Q(until__gte=day), lifted_at=None)


class Hold(models.Model):
    """An agreement that is kept longer, until a day (inclusive) or until somebody lifts this."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="+", verbose_name=_("協定")
    )
    until = models.DateField(_("延長する最後の日"), null=True, blank=True)
    reason = models.TextField(_("延長の理由"))
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    placed_at = models.DateTimeField(_("延長した日時"), auto_now_add=True)
    lifted_at = models.DateTimeField(_("延長をやめた日時"), null=True, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("保存の延長")
        ordering = ["-placed_at"]

    def __str__(self) -> str:
        return self.reason


class Subject(models.TextChoices):
    """What a disposal takes away."""

    RECORDS = "records", _("協定と文書")
    NAMES = "names", _("署名した人と個人の名前")


class DisposalState(models.TextChoices):
    PROPOSED = "proposed", _("承認待ち")
    DONE = "done", _("廃棄済み")
    REFUSED = "refused", _("差戻し")
    WITHDRAWN = "withdrawn", _("取下げ")


class DisposalQuerySet(models.QuerySet["Disposal"]):
    def of(self, municipality: Municipality) -> Self:
        """The disposals of one municipality."""
        return self.filter(municipality=municipality)

    def claim(self, disposal: "Disposal", state: DisposalState) -> bool:
        """Move a proposed disposal to the state if nobody moved it before; True if it is ours."""
        return bool(self.filter(pk=disposal.pk, state=DisposalState.PROPOSED).update(state=state))


class Disposal(models.Model):
    """One act of disposal: proposed by one person, decided by another."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    subject = models.CharField(_("廃棄する物"), max_length=10, choices=Subject)
    state = models.CharField(_("状態"), max_length=10, choices=DisposalState, default=DisposalState.PROPOSED)
    reason = models.TextField(_("廃棄の理由"))
    proposed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("提案した人")
    )
    proposed_at = models.DateTimeField(_("提案した日時"))
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("決めた人")
    )
    decided_at = models.DateTimeField(_("決めた日時"), null=True, blank=True)
    note = models.TextField(_("差戻しの理由"), blank=True)

    objects = DisposalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("廃棄の手続")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="disposal_takes_two_people",
                violation_error_message=_("廃棄は、提案した人とは別の人が承認してください。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_subject_display())


class DisposalItem(models.Model):
    """An agreement in a disposal, named so that the list can be read when the agreement is gone."""

    disposal = models.ForeignKey(Disposal, on_delete=models.CASCADE, related_name="items")
    agreement = models.ForeignKey(Agreement, on_delete=models.SET_NULL, null=True, related_name="+")
    agreement_id_shown = models.CharField(_("協定ID"), max_length=12)
    title = models.CharField(_("協定名"), max_length=400)
    completed_on = models.DateField(_("完結した日"))
    rule = models.CharField(_("保存期間"), max_length=200)
    left = models.TextField(_("廃棄しなかった理由"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("廃棄の対象")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def of(self, municipality: Municipality) -> Self:
        """The certificates of one municipality."""
        return self.filter(municipality=municipality)

    def once_in_force_on(self, day: date) -> Self:
        """Certificates of whole agreements that would count as in force on the day, were they still here."""
        return self.filter(subject=Subject.RECORDS, first_day__lte=day, completed_on__gte=day)


class Certificate(models.Model):
    """What remains of what was disposed of: number, title, days, digests of the documents, rule, and both people."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    number = models.PositiveIntegerField(_("証明の番号"))
    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="certificates")
    subject = models.CharField(_("廃棄した物"), max_length=10, choices=Subject)
    agreement_id_shown = models.CharField(_("協定ID"), max_length=12)
    title = models.CharField(_("協定名"), max_length=400)
    signed_as = models.CharField(_("締結日"), max_length=10, blank=True)
    first_day = models.DateField(_("期間の最初の日"), null=True)
    completed_on = models.DateField(_("完結した日"))
    rule = models.CharField(_("保存期間"), max_length=200)
    removed = models.JSONField(_("廃棄した内容"), default=dict)
    proposed_by = models.CharField(_("提案した人"), max_length=60)
    approved_by = models.CharField(_("承認した人"), max_length=60)
    at = models.DateTimeField(_("廃棄した日時"))

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("廃棄の証明")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "number"], name="certificate_number_once_in_a_town"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Erasure(models.Model):
    """A file whose rows are gone and that is still to be erased; the row goes when the file has gone."""

    field = models.CharField(max_length=100)
    name = models.CharField(_("ファイル名"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("消去待ちのファイル")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
