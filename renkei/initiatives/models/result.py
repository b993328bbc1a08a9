"""What was done in a fiscal year (取組実績), with figures, papers and pictures, costs and value."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement, Party
from renkei.agreements.vocabulary import Side
from renkei.correspondents.models import Correspondent
from renkei.documents.models import Document
from renkei.initiatives.models.initiative import Indicator, Initiative
from renkei.initiatives.vocabulary import Publicity, ResultKind, ResultState
from renkei.municipalities.claiming import claimed
from renkei.municipalities.models import Division, Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.partners.models import Organisation


class ResultQuerySet(models.QuerySet["Result"]):
    def of(self, municipality: Municipality) -> Self:
        """Results of one municipality."""
        return self.filter(municipality=municipality)

    def of_year(self, fiscal_year: int) -> Self:
        """What was done in a fiscal year."""
        return self.filter(fiscal_year=fiscal_year)

    def valid(self) -> Self:
        """All but those that were taken back or sent back: what counts as done."""
        return self.filter(state__in=[ResultState.REPORTED, ResultState.CONFIRMED])

    def seen_by(self, audience: Audience) -> Self:
        """Staff see all of their own municipality; everyone else what was approved, of published agreements."""
        seen = self if audience.municipality is None else self.of(audience.municipality)
        if audience.internal:
            return seen
        return seen.valid().filter(
            publicity=Publicity.PUBLISHED, agreement__is_published=True, initiative__is_public=True
        )

    def told_to(self, partner: Organisation) -> Self:
        """What a partner sees at the counter: of its agreements, without what is another partner's own."""
        own = Q(organisation=None) | Q(organisation=partner) | Q(organisation__merged_into=partner)
        return self.filter(own, agreement__in=Party.objects.filter(organisation=partner).values("agreement"))

    def claim(self, result: "Result") -> bool:
        """Take the record for a change if nobody changed it since it was read; True if it is ours."""
        return claimed(self, result)


class Result(models.Model):
    """One thing that was done: reported by one side, confirmed by the other.

    `highlight` is its place among the year's examples in the town's own papers. The value to the town is quantity ×
    price of one, in yen, with the reason why it is reckoned so; it is empty where it cannot be reckoned.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    # Of an agreement with several partners the one that did it or reported it; where it is empty, all of them.
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("行った相手方"),
    )
    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    done_on = models.DateField(_("行った日"), null=True, blank=True)
    done_until = models.DateField(_("行った日(終わり)"), null=True, blank=True)
    kind = models.CharField(_("実績の種類"), max_length=20, choices=ResultKind)
    what = models.TextField(_("行ったこと"))
    place = models.CharField(_("場所"), max_length=200, blank=True)
    notes = models.TextField(_("庁内メモ"), blank=True)
    # Who answers for it: the division when it was reported, however divisions are reorganised later.
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("担当課")
    )
    town_cost = models.PositiveBigIntegerField(_("市が負担した費用(円)"), null=True, blank=True)
    partner_cost = models.PositiveBigIntegerField(_("相手方が負担した費用(円)"), null=True, blank=True)
    value_quantity = models.DecimalField(
        _("効果額の数量"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    value_unit = models.CharField(_("数量の単位"), max_length=20, blank=True)
    value_price = models.PositiveBigIntegerField(_("1単位の額(円)"), null=True, blank=True)
    value_basis = models.TextField(_("額の根拠"), blank=True)
    value = models.PositiveBigIntegerField(_("市にとっての効果額(円)"), null=True, blank=True, editable=False)
    state = models.CharField(_("状態"), max_length=10, choices=ResultState, default=ResultState.REPORTED)
    reported_side = models.CharField(_("報告した側"), max_length=10, choices=Side)
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reported_by_partner = models.ForeignKey(
        Correspondent, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reported_at = models.DateTimeField(_("報告した日時"))
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_by_partner = models.ForeignKey(
        Correspondent, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("確認した日時"), null=True, blank=True)
    confirmed_how = models.CharField(_("確認の方法"), max_length=200, blank=True)
    """How the town heard that the partner confirms it, where nobody of the partner comes to the counter."""
    sent_back_reason = models.TextField(_("差戻しの理由"), blank=True)
    publicity = models.CharField(_("公開"), max_length=10, choices=Publicity, default=Publicity.INTERNAL)
    public_text = models.TextField(_("公開する文"), blank=True)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(_("公開を承認した日時"), null=True, blank=True)
    highlight = models.PositiveSmallIntegerField(_("実績の例に載せる順"), null=True, blank=True)
    is_sample = models.BooleanField(_("見本"), default=False)
    version = models.PositiveIntegerField(default=1)

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("取組実績")
        ordering = ["-fiscal_year", F("done_on").desc(nulls_last=True), "pk"]
        indexes = [
            models.Index(fields=["municipality", "fiscal_year"], name="result_town_year"),
            models.Index(fields=["agreement", "fiscal_year"], name="result_agreement_year"),
            models.Index(
                fields=["fiscal_year"], condition=Q(publicity="published"), name="result_published_year"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_until=None) | Q(done_until__gte=F("done_on")),
                name="result_ends_on_or_after_it_begins",
                violation_error_message=_(
                    "行った日の終わりは、始まりと同じ日か、それより後の日にしてください。"
                ),
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value_quantity__isnull=False, value_price__isnull=False),
                name="result_value_has_its_formula",
            ),
        ]

    def __str__(self) -> str:
        return self.what[:60]

    @property
    def public_words(self) -> str:
        """How everyone reads it: the wording for the public, else what was reported."""
        return self.public_text or self.what


class ResultFigure(models.Model):
    """The value of an indicator that a result contributes."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+")
    value = models.DecimalField(_("値"), max_digits=15, decimal_places=2)

    class Meta:
        verbose_name = verbose_name_plural = _("実績の数値")
        ordering = ["indicator__position"]
        constraints = [models.UniqueConstraint(fields=["result", "indicator"], name="result_figure_once")]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"


class ResultPaper(models.Model):
    """A picture or a paper that shows a result; a picture is described in words for those who cannot see it."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="papers")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    description = models.CharField(_("写真・資料の説明"), max_length=200)
    is_public = models.BooleanField(_("公開してよい"), default=False)
    removed_at = models.DateTimeField(_("外した日時"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("実績の資料")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.description

    @property
    def is_picture(self) -> bool:
        """Whether it is shown, not only offered for download."""
        return self.document.media_type.startswith("image/")
