"""A partner that is there no more from a day on, and taking that back."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.partners import events
from renkei.partners.models import Organisation
from renkei.partners.services.claiming import PartnerRefused, claim
from renkei.rules.japanese_calendar import japanese_date

COLUMN = "partners.organisation.dissolved_on"


@transaction.atomic
def dissolve(organisation: Organisation, *, on: date, actor: User | None, reason: str = "") -> Organisation:
    """Write down that the partner was dissolved, closed or went out of business on the day."""
    if organisation.dissolved_on:
        raise PartnerRefused(
            _("すでに%(day)sの解散などが記録されています。日を直すには、先にそれを取り消してください。")
            % {"day": japanese_date(organisation.dissolved_on)}
        )
    claim(organisation, dissolved_on=on)
    record(
        events.DISSOLVED,
        actor,
        organisation,
        municipality=organisation.municipality,
        reason=reason,
        changes={COLUMN: (None, on)},
        on=japanese_date(on),
    )
    return organisation


@transaction.atomic
def revive(organisation: Organisation, *, actor: User | None, reason: str = "") -> Organisation:
    """Take back that the partner is gone; agreements that were ended for it stay ended."""
    if organisation.dissolved_on is None:
        raise PartnerRefused(_("解散などは記録されていません。取り消す物がありません。"))
    former = organisation.dissolved_on
    claim(organisation, dissolved_on=None)
    record(
        events.REVIVED,
        actor,
        organisation,
        municipality=organisation.municipality,
        reason=reason,
        changes={COLUMN: (former, None)},
    )
    return organisation
