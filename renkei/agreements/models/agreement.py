"""Agreements, the series they belong to, and how they relate."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renkei.agreements.audience import Audience
from renkei.agreements.models.term import Term
from renkei.agreements.vocabulary import DocumentKind, Form, RelationKind
from renkei.documents.models import Document
from renkei.municipalities.claiming import claimed
from renkei.municipalities.models import Division, Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.partners.models import Organisation
from renkei.rules.japanese_calendar import PartialDay, fiscal_year_name


class SeriesQuerySet(models.QuerySet["Series"]):
    def of(self, municipality: Municipality) -> Self:
        """Series of one municipality."""
        return self.filter(municipality=municipality)


class Series(models.Model):
    """The same text signed with many partners (同文協定); `facts` is what each agreement of it begins with."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("同文協定の名称"), max_length=200)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("担当課")
    )
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("共通の文書"),
    )
    facts = models.JSONField(_("各協定の初めの内容"), default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("同文協定")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def of(self, municipality: Municipality) -> Self:
        """Agreements of one municipality."""
        return self.filter(municipality=municipality)

    def published(self) -> Self:
        """Agreements that everyone may see."""
        return self.filter(is_published=True)

    def in_force_on(self, day: date) -> Self:
        """Agreements with a term that covers the day, first and last day included."""
        return self.filter(Exists(Term.objects.covering(day).filter(agreement=OuterRef("pk"))))

    def signed_between(self, first: date, last: date) -> Self:
        """Agreements whose signing day is known exactly and lies between the days, both included."""
        return self.filter(signed_on__range=(first, last))

    def seen_by(self, audience: Audience) -> Self:
        """What the audience may see: staff all of their own municipality, everyone else the published ones."""
        seen = self if audience.municipality is None else self.of(audience.municipality)
        return seen if audience.internal else seen.published()

    def with_partner(self, organisation: Organisation) -> Self:
        """Agreements to which the partner is a party."""
        return self.filter(parties__organisation=organisation).distinct()

    def with_everything(self) -> Self:
        """The rows that a list or page shows, in few queries."""
        return self.select_related("municipality", "division", "series").prefetch_related(
            "parties__organisation", "field_links__field", "terms"
        )

    def claim(self, agreement: "Agreement") -> bool:
        """Take the record for a change if nobody changed it since it was read; True if it is ours."""
        return claimed(self, agreement)


class Agreement(models.Model):
    """An agreement of a municipality with one or more partners."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    title = models.CharField(_("協定名"), max_length=400)
    title_kana = models.CharField(_("協定名のよみ"), max_length=400, blank=True)
    form = models.CharField(_("協定形態"), max_length=20, choices=Form, default=Form.INDIVIDUAL)
    document_kind = models.CharField(
        _("文書の種別"), max_length=20, choices=DocumentKind, default=DocumentKind.AGREEMENT
    )
    purpose = models.TextField(_("目的"), blank=True)
    notes = models.TextField(_("庁内メモ"), blank=True)
    remarks = models.JSONField(_("台帳の記載"), default=list, blank=True)
    signed_on = models.DateField(_("締結日"), null=True, blank=True)
    signed_as = models.CharField(_("締結日の分かる範囲"), max_length=10, blank=True)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("担当課")
    )
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    number_year = models.PositiveSmallIntegerField(_("協定番号の年度"), null=True, blank=True)
    number = models.PositiveIntegerField(_("協定番号"), null=True, blank=True)
    is_published = models.BooleanField(_("公開"), default=False)
    source = models.CharField(_("出典"), max_length=400, blank=True)
    is_sample = models.BooleanField(_("見本"), default=False)
    version = models.PositiveIntegerField(default=1)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("協定")
        ordering = ["-signed_on", "-pk"]
        indexes = [models.Index(fields=["municipality", "signed_on"], name="agreement_signed")]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "number_year", "number"],
                name="agreement_number_once",
                condition=Q(number__isnull=False),
                violation_error_message=_("同じ協定番号がすでに使われています。番号を確かめてください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def numbered(self) -> str:
        """令和6年度 第12号; "" where it has no number, as agreements signed before the town gave any."""
        if self.number is None or self.number_year is None:
            return ""
        return gettext("%(year)s 第%(number)s号") % {
            "year": fiscal_year_name(self.number_year),
            "number": self.number,
        }

    @property
    def signed(self) -> PartialDay | None:
        """The signing day as exactly as it is known; None if it is unknown."""
        return PartialDay.from_iso(self.signed_as) if self.signed_as else None

    @property
    def partners(self) -> list["models.Model"]:
        """The parties other than the town itself, in their order."""
        return [party for party in self.parties.all() if party.organisation_id]

    def state_on(self, day: date) -> str:
        """`in_force`, `ended`, `not_yet` or `unknown` on the day, from the terms."""
        terms = list(self.terms.all())
        if not terms:
            return "unknown"
        if any(term.covers(day) for term in terms):
            return "in_force"
        return "not_yet" if all(term.starts_on > day for term in terms) else "ended"


class Relation(models.Model):
    """How one agreement stands to another, from its own point of view: A amends B."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("関係"), max_length=20, choices=RelationKind)
    other = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="relations_from_others")

    class Meta:
        verbose_name = verbose_name_plural = _("協定の関係")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "kind", "other"], name="relation_once"),
            models.CheckConstraint(
                condition=~Q(agreement=F("other")),
                name="relation_to_another_agreement",
                violation_error_message=_(
                    "協定を自分自身と関係づけることはできません。別の協定を選んでください。"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} {self.get_kind_display()} {self.other}"
