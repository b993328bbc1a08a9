"""Uploaded files are looked at while the form is checked, before anything is locked or written."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from renkei.documents.services import LARGEST, DocumentRefused, look_at


def can_be_kept(file: "UploadedFile[bytes]") -> None:
    """A validator for file fields: what could not be kept is told at its field."""
    if (file.size or 0) > LARGEST:  # told before so much is read
        raise ValidationError(_("50MBを超える文書は保存できません。分けるか、小さくしてください。"))
    try:
        look_at(file.read())
    except DocumentRefused as refusal:
        raise ValidationError(str(refusal)) from refusal
    finally:
        file.seek(0)
