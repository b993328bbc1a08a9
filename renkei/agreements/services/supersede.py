"""Replacing an agreement by a newer one."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.changes import changed
from renkei.agreements.models import Agreement, Relation
from renkei.agreements.services.end import EndRefused, last_day_in_force, told_ending, write_ending
from renkei.agreements.vocabulary import EndReason, RelationKind, StartBasis
from renkei.audit.services import record
from renkei.rules.japanese_calendar import both_calendars, japanese_date

ONE_DAY = timedelta(days=1)


@transaction.atomic
def supersede(agreement: Agreement, by: Agreement, *, actor: User | None, note: str = "") -> Agreement:
    """End the agreement the day before the new one begins, or when it ended by itself before; relate the two."""
    eve = first_day_of(agreement, by) - ONE_DAY
    on = min(eve, last_day_in_force(agreement) or eve)
    ending = write_ending(agreement, on=on, reason=EndReason.SUPERSEDED, note=note)
    relation, is_new = Relation.objects.get_or_create(
        agreement=by, kind=RelationKind.REPLACES, other=agreement
    )
    if is_new:
        ending.former_terms["relation"] = relation.pk
        ending.save(update_fields=["former_terms"])
    record(
        events.SUPERSEDED,
        actor,
        agreement,
        municipality=agreement.municipality,
        reason=note,
        changes=told_ending(ending),
        by=by.title,
        on=japanese_date(on),
    )
    changed.send(sender=Agreement, ids=[agreement.pk, by.pk])
    return agreement


def first_day_of(agreement: Agreement, by: Agreement) -> date:
    """The first day of the newer agreement, if it can replace the older one."""
    if by.municipality_id != agreement.municipality_id or by.pk == agreement.pk:
        raise EndRefused(_("置き換える協定は、同じ自治体の別の協定から選んでください。"))
    first, old = (one.terms.order_by("starts_on").first() for one in (by, agreement))
    if first is None or first.start_basis != StartBasis.STATED:
        raise EndRefused(
            _("「%(title)s」の始期が分かりません。先にその協定の期間を入れてください。") % {"title": by.title}
        )
    if old is None or first.starts_on <= old.starts_on:
        raise EndRefused(
            _("「%(title)s」の始期は%(first)sで、この協定の始期より後ではありません。選び直してください。")
            % {"title": by.title, "first": both_calendars(first.starts_on)}
        )
    return first.starts_on
