"""Files as they were received, each with its digest. Knows no agreement."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id

OPEN_XML = "application/vnd.openxmlformats-officedocument."
KIND_NAMES = {
    "application/pdf": "PDF",
    "image/png": _("画像(PNG)"),
    "image/jpeg": _("画像(JPEG)"),
    "application/x-ole-storage": _("古い形式のOffice文書"),
    f"{OPEN_XML}wordprocessingml.document": "Word",
    f"{OPEN_XML}spreadsheetml.sheet": "Excel",
    f"{OPEN_XML}presentationml.presentation": "PowerPoint",
}


class DocumentQuerySet(models.QuerySet["Document"]):
    def of(self, municipality: Municipality) -> Self:
        """Documents of one municipality."""
        return self.filter(municipality=municipality)


class Document(models.Model):
    """A file whose bytes never change."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("ファイル名"), max_length=200)
    media_type = models.CharField(_("種類"), max_length=100)
    size = models.PositiveBigIntegerField(_("大きさ"))
    digest = models.CharField(_("ダイジェスト(SHA-256)"), max_length=64)
    content = models.FileField(upload_to="documents/%Y/", max_length=200)
    thumbnail = models.FileField(_("最初のページの絵"), max_length=200, blank=True)
    kept_at = models.DateTimeField(_("保存日時"), auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("文書")
        ordering = ["kept_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_name(self) -> str:
        """What the file is, in a word."""
        return str(KIND_NAMES.get(self.media_type, self.media_type))
