"""Drafts: the initiatives as they are planned, and the versions of text and list, which never change (案の作成)."""

from typing import Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.correspondents.models import Correspondent
from renkei.documents.contents import digest_of
from renkei.municipalities.models import Division
from renkei.municipalities.public_id import new_public_id
from renkei.procedures.models.coordination import CooperationItem
from renkei.procedures.models.procedure import Procedure
from renkei.procedures.vocabulary import DraftKind

DIGEST_SHOWN = 8


class PlannedInitiative(models.Model):
    """A concrete initiative as it is planned under an item, with both sides' parts (取組事項).

    A dropped one is kept and can be brought back; it is in no list that is written from then on.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="planned_initiatives")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    item = models.ForeignKey(
        CooperationItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="planned_initiatives"
    )
    position = models.PositiveSmallIntegerField(_("順"), default=0)
    title = models.CharField(_("取組"), max_length=400)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("担当課")
    )
    town_part = models.TextField(_("市の役割"), blank=True)
    partner_part = models.TextField(_("相手方の役割"), blank=True)
    timing = models.CharField(_("時期"), max_length=200, blank=True)
    origin = models.CharField(_("出どころ"), max_length=200, blank=True)
    is_dropped = models.BooleanField(_("外した"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("取組事項の案")
        ordering = ["item__position", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class DraftVersionQuerySet(models.QuerySet["DraftVersion"]):
    def latest_of(self, kind: DraftKind) -> "DraftVersion | None":
        """The newest version of one kind."""
        return self.filter(kind=kind).order_by("-number").first()

    def shared(self) -> Self:
        """Versions that the partner may see."""
        return self.exclude(shared_at=None)


class DraftVersion(models.Model):
    """One version of the agreement's text or of the list of initiatives; its content never changes after it is made.

    `content` of a text: title, preamble, articles (key, heading, text), closing; of a list: rows by item.
    `digest` is SHA-256 over the content in canonical JSON.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="versions")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(_("案の種類"), max_length=12, choices=DraftKind)
    number = models.PositiveSmallIntegerField(_("版"))
    content = models.JSONField(_("中身"))
    digest = models.CharField(_("ダイジェスト(SHA-256)"), max_length=64)
    made_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("もとの版")
    )
    side = models.CharField(_("作った側"), max_length=10, choices=Side)
    made_by_user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(
        Correspondent, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(_("作った日時"))
    note = models.TextField(_("この版で変えたこと"), blank=True)
    shared_at = models.DateTimeField(_("相手方に見せた日時"), null=True, blank=True)

    objects = DraftVersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("案の版")
        ordering = ["kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "kind", "number"], name="draft_version_once"),
        ]

    def __str__(self) -> str:
        return gettext("%(kind)s 第%(number)s版") % {
            "kind": DraftKind(self.kind).label,
            "number": self.number,
        }

    @property
    def short_digest(self) -> str:
        """The first letters of the digest: enough for people to compare."""
        return self.digest[:DIGEST_SHOWN]

    @property
    def is_unaltered(self) -> bool:
        """Whether the content is still what the digest was taken of."""
        return self.digest == digest_of(self.content)

    @property
    def maker(self) -> str:
        """Who made it."""
        return str(self.made_by_user or self.made_by or "")

    @property
    def left_out(self) -> list[int]:
        """The numbers of versions that came between the one it was made from and itself: it does not contain them."""
        before = self.made_from.number if self.made_from else 0
        return list(range(before + 1, self.number))
