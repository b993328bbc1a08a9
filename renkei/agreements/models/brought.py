"""Files of old agreements that were brought in and wait until somebody has registered what they say."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.documents.models import Document
from renkei.municipalities.models import Municipality


class BroughtDocumentQuerySet(models.QuerySet["BroughtDocument"]):
    def of(self, municipality: Municipality) -> Self:
        """Those of one municipality."""
        return self.filter(municipality=municipality)


class BroughtDocument(models.Model):
    """A file that waits; once its agreement is registered, it hangs on that and waits no more."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    brought_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    brought_at = models.DateTimeField(_("預けた日時"))

    objects = BroughtDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("登録を待つ文書")
        ordering = ["-brought_at", "-pk"]

    def __str__(self) -> str:
        return str(self.document)
