"""What was read from a document: its text page by page, and its electronic signatures."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renkei.documents.models.document import Document
from renkei.documents.signatures.sentences import ToldSignature, told
from renkei.documents.signatures.told import Signature
from renkei.documents.vocabulary import ReadingState


class TextReading(models.Model):
    """That the text of a document has been taken out, and how that ended."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="text_reading")
    state = models.CharField(_("読み取りの結果"), max_length=8, choices=ReadingState)
    pages = models.PositiveIntegerField(_("ページ数"), default=0)
    told = models.CharField(_("読み取りについての文"), max_length=400, blank=True)
    by_ocr = models.BooleanField(_("文字認識(OCR)による"), default=False)
    read_at = models.DateTimeField(_("読み取った日時"), auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("本文の読み取り")

    def __str__(self) -> str:
        return str(ReadingState(self.state).label)


class PageText(models.Model):
    """The text of one page, counted from 1; a Word file has one page."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="page_texts")
    page = models.PositiveIntegerField(_("ページ"))
    text = models.TextField(_("本文"))

    class Meta:
        verbose_name = verbose_name_plural = _("ページの本文")
        ordering = ["document", "page"]
        constraints = [models.UniqueConstraint(fields=["document", "page"], name="page_text_once")]

    def __str__(self) -> str:
        return gettext("%(page)sページ") % {"page": self.page}


class SignatureReport(models.Model):
    """The electronic signatures of a PDF as they were found: intact, of a trusted chain, changed since."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="signature_report")
    signatures = models.JSONField(_("電子署名"), default=list)
    told = models.CharField(_("確かめられなかった理由"), max_length=400, blank=True)
    checked_at = models.DateTimeField(_("確かめた日時"), auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = _("電子署名の確認")

    def __str__(self) -> str:
        return str(self.document)

    @property
    def in_words(self) -> list[ToldSignature]:
        """Each signature in words, in the reader's language."""
        return [told(Signature.read(one)) for one in self.signatures]
