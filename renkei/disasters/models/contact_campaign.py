"""The yearly check of contacts (連絡体制調査): each partner confirms whom to call and what it can supply now."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.disasters.models.contact import EmergencyContact
from renkei.disasters.vocabulary import CallOutcome, CheckState, HowVerified
from renkei.documents.models import Document
from renkei.municipalities.claiming import claimed
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.partners.models import Organisation
from renkei.rules.japanese_calendar import fiscal_year_name


class ContactCampaignQuerySet(models.QuerySet["ContactCampaign"]):
    def of(self, municipality: Municipality) -> Self:
        """Campaigns of one municipality."""
        return self.filter(municipality=municipality)

    def running(self) -> Self:
        """Those that nobody has closed."""
        return self.filter(closed_at=None)

    def claim(self, campaign: "ContactCampaign") -> bool:
        """Take the record for a change if nobody changed it since it was read; True if it is ours."""
        return claimed(self, campaign)


class ContactCampaign(models.Model):
    """One year's check of all partners with disaster agreements, until a day (inclusive)."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    due_on = models.DateField(_("回答の期限"))
    request = models.TextField(_("お願いの文"), blank=True)
    opened_at = models.DateTimeField(_("始めた日時"))
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("締めた日時"), null=True, blank=True)
    closing_note = models.TextField(_("締めるときの記録"), blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ContactCampaignQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("連絡体制調査")
        ordering = ["-fiscal_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "fiscal_year"],
                name="contact_campaign_once_for_a_year",
                violation_error_message=_("この年度の連絡体制調査は、もう始まっています。"),
            )
        ]

    def __str__(self) -> str:
        return f"{fiscal_year_name(self.fiscal_year)} {self._meta.verbose_name}"


class ContactCheckQuerySet(models.QuerySet["ContactCheck"]):
    def of(self, municipality: Municipality) -> Self:
        """Checks of one municipality's partners."""
        return self.filter(campaign__municipality=municipality)

    def open(self) -> Self:
        """Those that nobody has answered, also where nobody was reached."""
        return self.filter(state__in=[CheckState.WAITING, CheckState.UNREACHABLE])

    def claim(self, check: "ContactCheck") -> bool:
        """Take the record for a change if nobody changed it since it was read; True if it is ours."""
        return claimed(self, check)


class ContactCheck(models.Model):
    """One partner's part: what was sent, what came back, by which way; the link holds the signed id."""

    campaign = models.ForeignKey(ContactCampaign, on_delete=models.CASCADE, related_name="checks")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(_("送り先のメールアドレス"), blank=True)
    sent_at = models.DateTimeField(_("送った日時"), null=True, blank=True)
    reminded_on = models.DateField(_("最後に催促した日"), null=True, blank=True)
    state = models.CharField(_("状態"), max_length=12, choices=CheckState, default=CheckState.WAITING)
    answered_at = models.DateTimeField(_("回答の日時"), null=True, blank=True)
    answered_how = models.CharField(_("回答の方法"), max_length=10, choices=HowVerified, blank=True)
    answered_by = models.CharField(_("回答した人"), max_length=100, blank=True)
    # "given": what was answered, as it was typed; "before", "after": how it stood there, in words.
    answer = models.JSONField(_("回答の内容"), default=dict, blank=True)
    note = models.TextField(_("連絡事項"), blank=True)
    paper = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("戻った調査票"),
    )
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = ContactCheckQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("調査票")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "organisation"], name="contact_check_once"),
        ]

    def __str__(self) -> str:
        return str(self.partner)

    @property
    def partner(self) -> Organisation:
        """Who is asked: where the record was merged into another, that one."""
        return self.organisation.merged_into or self.organisation

    @property
    def is_answered(self) -> bool:
        """Whether the partner has confirmed or corrected what the town has."""
        return self.state in (CheckState.CONFIRMED, CheckState.CORRECTED)


class CheckCall(models.Model):
    """A telephone call in the course of the check: to whom, when, and how it ended."""

    about = models.ForeignKey(ContactCheck, on_delete=models.CASCADE, related_name="calls")
    contact = models.ForeignKey(EmergencyContact, on_delete=models.SET_NULL, null=True, related_name="+")
    called = models.CharField(_("かけた番号"), max_length=200)
    at = models.DateTimeField(_("かけた日時"))
    outcome = models.CharField(_("結果"), max_length=10, choices=CallOutcome)
    spoke_with = models.CharField(_("話した相手"), max_length=100, blank=True)
    note = models.TextField(_("記録"), blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = _("調査の電話")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.called
