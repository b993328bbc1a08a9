"""Taking a partner's record for a change, so that of two editors one is told."""

from django.utils.translation import gettext as _

from renkei.partners.models import Organisation


class PartnerRefused(ValueError):
    """The partner's record does not change; str() says why and what to do."""


def claim(organisation: Organisation, **columns: object) -> None:
    """Write the columns if nobody changed the record since it was read (`organisation.version`), or refuse."""
    if organisation.merged_into_id:
        raise PartnerRefused(
            _("この記録は別の記録にまとめられています。まとめた先の記録を変更してください。")
        )
    seen = Organisation.objects.filter(
        pk=organisation.pk, version=organisation.version, merged_into__isnull=True
    )
    if not seen.update(**columns, version=organisation.version + 1):
        raise PartnerRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
    organisation.refresh_from_db()
