"""Partners of a municipality, with the names they have had."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import connection, models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Collate, NullIf
from django.utils.translation import gettext_lazy as _

from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.rules.names import folded_name


class PartnerKind(models.TextChoices):
    COMPANY = "company", _("企業")
    BRANCH = "branch", _("企業の支店・営業所等")
    FINANCE = "finance", _("金融機関")
    POST = "post", _("郵便局・日本郵便")
    UTILITY = "utility", _("電力・ガス・通信等")
    MEDIA = "media", _("報道・放送")
    UNIVERSITY = "university", _("大学・研究機関")
    SCHOOL = "school", _("学校")
    MUNICIPALITY = "municipality", _("市区町村・一部事務組合")
    PREFECTURE = "prefecture", _("都道府県")
    NATIONAL = "national", _("国の機関")
    FOREIGN = "foreign", _("外国の自治体・機関")
    MEDICAL = "medical", _("医療機関・医療団体")
    WELFARE = "welfare", _("社会福祉法人・介護事業者")
    COOPERATIVE = "cooperative", _("協同組合・農協・生協")
    ASSOCIATION = "association", _("業界団体・組合・協会")
    PROFESSIONAL = "professional", _("士業団体")
    CHAMBER = "chamber", _("商工会議所・商工会")
    NPO = "npo", _("NPO・一般社団・財団")
    CITIZENS = "citizens", _("市民団体・自治会")
    SPORTS = "sports", _("スポーツチーム")
    INDIVIDUAL = "individual", _("個人")
    GROUP = "group", _("多数の団体の総称")
    OWN = "own", _("自団体内の別機関")
    OTHER = "other", _("その他")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def of(self, municipality: Municipality) -> Self:
        """Partners in one municipality's records."""
        return self.filter(municipality=municipality)

    def unmerged(self) -> Self:
        """Partners whose record nobody has merged into another."""
        return self.filter(merged_into__isnull=True)

    def named(self, names: Iterable[str]) -> Self:
        """Partners that bear or bore one of the names, after folding."""
        folded = {folded_name(name) for name in names}
        known = OrganisationName.objects.filter(folded_name__in=folded).values("organisation")
        return self.filter(Q(folded_name__in=folded) | Q(pk__in=known))

    def with_name_containing(self, text: str) -> Self:
        """Partners that have the text in their name or a former one, after folding; all for an empty text."""
        text = text.replace("\0", "")  # PostgreSQL takes none
        folded = folded_name(text)
        if not folded:
            return self
        known = OrganisationName.objects.filter(folded_name__contains=folded).values("organisation")
        kana = Q(name_kana__contains=text.strip())
        return self.filter(Q(folded_name__contains=folded) | Q(pk__in=known) | kana)

    def in_kana_order(self) -> Self:
        """By reading where there is one, else by name; letter by letter, the same on every database."""
        reading = Coalesce(NullIf("name_kana", Value("")), "name")
        letters = "C" if connection.vendor == "postgresql" else "BINARY"
        return self.order_by(Collate(reading, letters), "pk")


class Organisation(models.Model):
    """A partner (相手方) in one municipality's own records; the corporate number ties it across municipalities."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("名称"), max_length=300)
    name_kana = models.CharField(_("よみ"), max_length=300, blank=True)
    folded_name = models.CharField(max_length=300, editable=False)
    kind = models.CharField(_("相手方の区分"), max_length=20, choices=PartnerKind, default=PartnerKind.OTHER)
    corporate_number = models.CharField(_("法人番号"), max_length=13, blank=True)
    address = models.CharField(_("所在地"), max_length=200, blank=True)
    notes = models.TextField(_("庁内メモ"), blank=True)
    dissolved_on = models.DateField(_("解散・閉店などの日"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("まとめた先"),
    )
    version = models.PositiveIntegerField(default=1)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("相手方")
        ordering = ["name_kana", "name"]
        indexes = [models.Index(fields=["municipality", "folded_name"], name="organisation_folded")]

    def __str__(self) -> str:
        return self.name

    def name_on(self, day: date) -> str:
        """The name the partner bore on the day; its present name where nothing else is known.

        A name without any day is another way to write it, not one that the partner bore before.
        """
        for former in self.names.all():
            if former.is_dated and former.covers(day):
                return former.name
        return self.name


class OrganisationName(models.Model):
    """A former name, from a first to a last day (inclusive; unknown days are open)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("旧名称"), max_length=300)
    folded_name = models.CharField(max_length=300, editable=False)
    starts_on = models.DateField(_("始期"), null=True, blank=True)
    ends_on = models.DateField(_("終期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("旧名称")
        ordering = ["ends_on"]
        indexes = [models.Index(fields=["folded_name"], name="organisation_former_folded")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="former_name_ends_on_or_after_it_starts",
                violation_error_message=_("終期は始期と同じ日か、それより後の日にしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_dated(self) -> bool:
        """Whether it is known until when or from when the partner bore this name."""
        return bool(self.starts_on or self.ends_on)

    def covers(self, day: date) -> bool:
        """Whether the partner bore this name on the day."""
        return not (self.starts_on and self.starts_on > day) and not (self.ends_on and self.ends_on < day)
