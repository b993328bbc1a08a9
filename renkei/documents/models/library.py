"""What a town writes its papers with: its own Word templates and its own clauses, beside ours."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.documents.models.document import Document
from renkei.documents.vocabulary import ClauseKind, PaperKind, Subject
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id


class TemplateQuerySet(models.QuerySet["Template"]):
    def of(self, municipality: Municipality) -> Self:
        """Templates of one municipality."""
        return self.filter(municipality=municipality)

    def in_use(self) -> Self:
        """Those that nobody has put away."""
        return self.filter(retired_at=None)


class Template(models.Model):
    """A Word file in which the fields of a paper stand; a newer one takes the place of the one before.

    `text` is what an agreement's template says, by article; `{}` for every other paper.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(_("文書の種類"), max_length=12, choices=PaperKind)
    subject = models.CharField(_("協定の内容"), max_length=16, choices=Subject, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", verbose_name=_("ひな形のファイル")
    )
    text = models.JSONField(_("協定書の文"), default=dict, blank=True)
    fields = models.JSONField(_("差し込む項目"), default=list)
    note = models.CharField(_("変えたこと"), max_length=200, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("登録した日時"))
    retired_at = models.DateTimeField(_("使わなくした日時"), null=True, blank=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("ひな形")
        ordering = ["kind", "subject", "-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "subject"],
                condition=Q(retired_at=None),
                name="template_in_use_once",
            ),
        ]

    def __str__(self) -> str:
        return str(Subject(self.subject).label if self.subject else PaperKind(self.kind).label)


class LibraryClauseQuerySet(models.QuerySet["LibraryClause"]):
    def of(self, municipality: Municipality) -> Self:
        """Clauses of one municipality."""
        return self.filter(municipality=municipality)

    def in_use(self) -> Self:
        """Those that nobody has put away."""
        return self.filter(retired_at=None)


class LibraryClause(models.Model):
    """A town's own variant of a clause, with a note when to use it."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(_("条項の種類"), max_length=16, choices=ClauseKind)
    name = models.CharField(_("書き方の名前"), max_length=60)
    heading = models.CharField(_("見出し"), max_length=100)
    text = models.TextField(_("条文"))
    note = models.TextField(_("どんなときに使うか"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("登録した日時"))
    retired_at = models.DateTimeField(_("使わなくした日時"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = LibraryClauseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("条項")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "name"],
                condition=Q(retired_at=None),
                name="library_clause_name_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name
