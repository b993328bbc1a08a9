"""Ending an agreement on a day, for a reason."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.changes import changed
from renkei.agreements.models import Agreement, Ending
from renkei.agreements.vocabulary import EndReason
from renkei.audit.services import record
from renkei.rules.japanese_calendar import japanese_date


class EndRefused(ValueError):
    """The agreement cannot be ended so; str() says why."""


@transaction.atomic
def end(
    agreement: Agreement, *, on: date, reason: EndReason, actor: User | None, note: str = ""
) -> Agreement:
    """End the agreement; `on` is the last day on which it is in force."""
    first = agreement.terms.order_by("starts_on").first()
    if Ending.objects.filter(agreement=agreement).exists():
        raise EndRefused(_("この協定はすでに終了しています。"))
    if first is None or on < first.starts_on:
        raise EndRefused(_("終了の日は、始期と同じ日か、それより後の日にしてください。"))
    if not Agreement.objects.claim(agreement):
        raise EndRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
    agreement.terms.filter(starts_on__gt=on).delete()
    agreement.terms.filter(Q(in_force_until=None) | Q(in_force_until__gt=on)).update(in_force_until=on)
    Ending.objects.create(agreement=agreement, on=on, reason=reason, note=note)
    record(
        events.ENDED,
        actor,
        agreement,
        municipality=agreement.municipality,
        on=japanese_date(on),
        reason=reason.label,
    )
    changed.send(sender=Agreement, ids=[agreement.pk])
    return agreement
