"""Taking an agreement for a change, so that of two editors one is told."""

from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement


class Refused(ValueError):
    """The register does not change; str() says why and what to do. Every refusal of a verb is one of these."""


class ChangedMeanwhile(Refused):
    """Somebody else changed the agreement since it was read; str() says what to do."""

    def __init__(self, agreement: Agreement) -> None:
        super().__init__(_("ほかの人が先に変更しました。画面を読み直してください。"))
        self.agreement = agreement


def claim(agreement: Agreement) -> None:
    """Take the agreement as of the version that was read (`agreement.version`), or refuse."""
    if not Agreement.objects.claim(agreement):
        raise ChangedMeanwhile(agreement)
