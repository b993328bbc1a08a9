"""The yearly collection of results (実績調査): who is asked what, what was answered, sheets that come back filled."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.correspondents.models import Correspondent
from renkei.documents.models import Document
from renkei.initiatives.models.initiative import Initiative
from renkei.initiatives.vocabulary import LineAnswer, Publicity
from renkei.municipalities.claiming import claimed
from renkei.municipalities.models import Division, Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.partners.models import Organisation
from renkei.rules.japanese_calendar import fiscal_year_name


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def of(self, municipality: Municipality) -> Self:
        """Campaigns of one municipality."""
        return self.filter(municipality=municipality)

    def running(self) -> Self:
        """Those that nobody has closed."""
        return self.filter(closed_at=None)

    def claim(self, campaign: "Campaign") -> bool:
        """Take the record for a change if nobody changed it since it was read; True if it is ours."""
        return claimed(self, campaign)


class Campaign(models.Model):
    """The results of one fiscal year, asked of all divisions and partners until a day (inclusive)."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    due_on = models.DateField(_("回答の期限"))
    asks_partners = models.BooleanField(_("相手方にも尋ねる"), default=True)
    request = models.TextField(_("お願いの文"), blank=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(_("始めた日時"))
    closed_at = models.DateTimeField(_("締めた日時"), null=True, blank=True)
    closing_note = models.TextField(_("締めるときの記録"), blank=True)
    publicity = models.CharField(
        _("年度の実績の公開"), max_length=10, choices=Publicity, default=Publicity.INTERNAL
    )
    version = models.PositiveIntegerField(default=1)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("実績調査")
        ordering = ["-fiscal_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "fiscal_year"],
                name="campaign_once_for_a_year",
                violation_error_message=_("この年度の実績調査は、もう始まっています。"),
            )
        ]

    def __str__(self) -> str:
        return f"{fiscal_year_name(self.fiscal_year)} {self._meta.verbose_name}"


class CampaignLine(models.Model):
    """One thing that is asked: about an initiative, or about an agreement that has none in its list."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="lines")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, null=True, related_name="+")
    # The division that held the duties when the campaign began.
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("担当課")
    )
    answer = models.CharField(_("回答"), max_length=10, choices=LineAnswer, default=LineAnswer.WAITING)
    reason = models.TextField(_("実績がない理由"), blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_by_partner = models.ForeignKey(
        Correspondent, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("回答した日時"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("実績調査の行")
        ordering = ["agreement", "initiative__position", "pk"]
        indexes = [models.Index(fields=["campaign", "answer"], name="campaign_line_answer")]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "initiative"],
                condition=models.Q(initiative__isnull=False),
                name="campaign_line_once_for_an_initiative",
            ),
            models.UniqueConstraint(
                fields=["campaign", "agreement"],
                condition=models.Q(initiative=None),
                name="campaign_line_once_for_an_agreement",
            ),
        ]

    def __str__(self) -> str:
        return str(self.initiative or self.agreement)


class CampaignPartner(models.Model):
    """A partner that is asked in a campaign, and when it said that it has told everything."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("尋ねた日時"), null=True, blank=True)
    finished_at = models.DateTimeField(_("報告を終えた日時"), null=True, blank=True)
    finished_by = models.ForeignKey(Correspondent, on_delete=models.SET_NULL, null=True, related_name="+")
    reminded_on = models.DateField(_("最後に催促した日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("実績調査の相手方")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "organisation"], name="campaign_partner_once")
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class CampaignDivision(models.Model):
    """A division that is asked in a campaign, and when it said that it has told everything."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="divisions")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(_("回答を終えた日時"), null=True, blank=True)
    finished_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reminded_on = models.DateField(_("最後に催促した日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("実績調査の課")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "division"], name="campaign_division_once")
        ]

    def __str__(self) -> str:
        return str(self.division)


class ReturnedSheet(models.Model):
    """A sheet (Excel) of a campaign that came back filled: its rows as read, with what is wrong with each."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="sheets")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    # Whose lines it may answer: a division's (of nobody's where it is empty), or a partner's.
    division = models.ForeignKey(Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    brought_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    brought_by_partner = models.ForeignKey(
        Correspondent, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    brought_at = models.DateTimeField(_("受け取った日時"))
    rows = models.JSONField(_("行"), default=list)
    taken_at = models.DateTimeField(_("取り込んだ日時"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("戻った調査票")
        ordering = ["-brought_at", "-pk"]

    def __str__(self) -> str:
        return str(self.document)
