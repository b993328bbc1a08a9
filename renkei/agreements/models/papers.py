"""Papers of a whole series made at once: an order, what became of it for each partner, and what came out."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.agreements.models.agreement import Agreement, Series
from renkei.documents.models import Document
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id


class SeriesPapersQuerySet(models.QuerySet["SeriesPapers"]):
    def of(self, municipality: Municipality) -> Self:
        """Those of one municipality."""
        return self.filter(municipality=municipality)


class SeriesPapers(models.Model):
    """One order of papers for partners of a series; `facts` is what is the same on all of them."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="papers")
    facts = models.JSONField(_("作る文書"), default=dict)
    template = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ひな形のファイル"),
    )
    tries = models.PositiveSmallIntegerField(_("まとめ始めた回数"), default=0)
    archive = models.FileField(_("zip"), upload_to="papers/%Y/", max_length=200, blank=True)
    printout = models.FileField(_("印刷用のPDF"), upload_to="papers/%Y/", max_length=200, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("頼んだ日時"))
    ended_at = models.DateTimeField(_("作り終えた日時"), null=True, blank=True)

    objects = SeriesPapersQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("同文協定の文書")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return gettext("%(series)sの文書") % {"series": self.series}


class PartnerPapersQuerySet(models.QuerySet["PartnerPapers"]):
    def waiting(self) -> Self:
        """Those that nobody has made yet; what was begun before and came to nothing is the last."""
        return self.filter(made_at=None, problem="").order_by("tries", "position")

    def made(self) -> Self:
        """Those that are made."""
        return self.exclude(made_at=None)

    def failed(self) -> Self:
        """Those that could not be made."""
        return self.exclude(problem="")


class PartnerPapers(models.Model):
    """The papers of one partner within an order: `files` is a zip of them, until all are put together."""

    order = models.ForeignKey(SeriesPapers, on_delete=models.CASCADE, related_name="partners")
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField(_("順"))
    name = models.CharField(_("相手方"), max_length=300)
    tries = models.PositiveSmallIntegerField(_("作り始めた回数"), default=0)
    made_at = models.DateTimeField(_("作った日時"), null=True, blank=True)
    kinds = models.JSONField(_("作ったもの"), default=list, blank=True)
    files = models.FileField(upload_to="papers/%Y/", max_length=200, blank=True)
    problem = models.TextField(_("作れなかった理由"), blank=True)
    remark = models.TextField(_("確かめること"), blank=True)

    objects = PartnerPapersQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("相手方ごとの文書")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="partner_papers_position_once"),
            models.CheckConstraint(
                condition=Q(made_at=None) | Q(problem=""), name="partner_papers_are_made_or_have_a_problem"
            ),
        ]

    def __str__(self) -> str:
        return self.name
