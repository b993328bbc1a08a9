"""Stories with pictures (取組の紹介) that a town tells everyone, approved before they are published."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement
from renkei.documents.models import Document
from renkei.initiatives.vocabulary import Publicity
from renkei.municipalities.claiming import claimed
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id


class StoryQuerySet(models.QuerySet["Story"]):
    def of(self, municipality: Municipality) -> Self:
        """Stories of one municipality."""
        return self.filter(municipality=municipality)

    def seen_by(self, audience: Audience) -> Self:
        """Staff see all of their own municipality; everyone else what was approved, of published agreements."""
        seen = self if audience.municipality is None else self.of(audience.municipality)
        if audience.internal:
            return seen
        return seen.filter(publicity=Publicity.PUBLISHED, agreement__is_published=True)

    def claim(self, story: "Story") -> bool:
        """Take the record for a change if nobody changed it since it was read; True if it is ours."""
        return claimed(self, story)


class Story(models.Model):
    """What came of an agreement in a fiscal year, told with pictures for everyone."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+")
    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    title = models.CharField(_("見出し"), max_length=200)
    text = models.TextField(_("本文"))
    publicity = models.CharField(_("公開"), max_length=10, choices=Publicity, default=Publicity.INTERNAL)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(_("書いた日時"))
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(_("公開を承認した日時"), null=True, blank=True)
    is_sample = models.BooleanField(_("見本"), default=False)
    version = models.PositiveIntegerField(default=1)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("取組の紹介")
        ordering = ["-fiscal_year", "-pk"]

    def __str__(self) -> str:
        return self.title


class StoryPicture(models.Model):
    """A picture of a story, with what it shows in words."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="pictures")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    description = models.CharField(_("写真の説明"), max_length=200)
    position = models.PositiveSmallIntegerField(_("順"))

    class Meta:
        verbose_name = verbose_name_plural = _("紹介の写真")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.description
