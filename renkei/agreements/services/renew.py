"""Renewing an agreement for a further term, and letting it renew itself."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.models import Agreement, RenewalDecision, RenewalRule, Term
from renkei.agreements.services.attach import attach
from renkei.agreements.services.deciding import (
    DecisionRefused,
    deciding,
    new_decision,
    refuse_decided,
    term_to_decide,
    told_changes,
)
from renkei.agreements.spans import Span, span_to_renew
from renkei.agreements.vocabulary import Decision, RenewalKind, StartBasis
from renkei.audit.services import record
from renkei.rules.japanese_calendar import both_calendars, japanese_date

ONE_DAY = timedelta(days=1)
GOES_ON = (RenewalKind.AUTOMATIC, RenewalKind.UNTIL_NOTICE)


@transaction.atomic
def renew(
    agreement: Agreement,
    *,
    until: date,
    on: date,
    actor: User | None,
    starts_on: date | None = None,
    note: str = "",
    document: tuple[str, bytes] | None = None,
) -> Term:
    """Add the term that follows the last one, as the parties agreed it; `document` is the signed paper."""
    span, last = _followed(agreement, on)
    first = starts_on or last + ONE_DAY
    _refuse_days(last, first, until)
    decision = new_decision(agreement, Decision.RENEW, ends_on=last, on=on, actor=actor, note=note)
    with deciding(decision):
        term = _add(agreement, span, last, first, until)
        RenewalRule.objects.filter(agreement=agreement).update(last_confirmed_on=on)
    if document:
        attach(agreement, document[1], name=document[0], actor=actor, label=_("更新の文書"))
    record(
        events.RENEWED,
        actor,
        agreement,
        municipality=agreement.municipality,
        reason=note,
        changes=told_changes(decision),
        until=japanese_date(until),
    )
    return term


@transaction.atomic
def let_renew(
    agreement: Agreement, *, term_ends_on: date, on: date, actor: User | None, note: str = ""
) -> RenewalDecision:
    """Confirm that the agreement goes on by automatic renewal; the terms stay as they are."""
    refuse_let_renew(agreement, term_ends_on=term_ends_on, on=on)
    decision = new_decision(
        agreement, Decision.LET_RENEW, ends_on=term_ends_on, on=on, actor=actor, note=note
    )
    with deciding(decision):
        RenewalRule.objects.filter(agreement=agreement).update(last_confirmed_on=on)
    record(
        events.LET_RENEW,
        actor,
        agreement,
        municipality=agreement.municipality,
        reason=note,
        changes=told_changes(decision),
        last=japanese_date(term_ends_on),
    )
    return decision


def refuse_let_renew(agreement: Agreement, *, term_ends_on: date, on: date) -> None:
    """Refuse what `let_renew` would refuse, and change nothing."""
    span = term_to_decide(agreement, term_ends_on)
    if span.follows != "itself":
        raise DecisionRefused(
            _("%(last)sの後に自動で続く期間はありません。続けるには「更新を記録する」を使ってください。")
            % {"last": both_calendars(term_ends_on)}
        )
    if term_ends_on < on:
        raise DecisionRefused(
            _("%(last)sまでの期間はもう自動で更新されました。いまの期間について判断してください。")
            % {"last": both_calendars(term_ends_on)}
        )


def _followed(agreement: Agreement, on: date) -> tuple[Span, date]:
    """The term after which the renewal follows, and its last day."""
    span = span_to_renew(agreement, on)
    if span is None or span.last in (None, date.max):
        raise DecisionRefused(
            _("期間の終わりが決まっていない協定です。終わるまで有効なので、更新は要りません。")
        )
    refuse_decided(agreement, span.last)
    if span.in_force_until is not None and span.in_force_until < span.last:
        raise DecisionRefused(
            _("%(last)sで終わる協定です。続けるなら、先に終わりの記録を取り消してください。")
            % {"last": both_calendars(span.in_force_until)}
        )
    if agreement.terms.filter(starts_on__gt=span.last).exists():
        raise DecisionRefused(
            _("次の期間がすでに登録されています。先に、その期間を加えた変更を取り消してください。")
        )
    return span, span.last


def _refuse_days(last: date, first: date, until: date) -> None:
    if first <= last:
        raise DecisionRefused(
            _("いまの期間は%(last)sまでです。更新する期間は、その翌日か、それより後に始めてください。")
            % {"last": both_calendars(last)}
        )
    if until < first:
        raise DecisionRefused(
            _("更新する期間は%(first)sに始まります。最後の日は、それより後の日にしてください。")
            % {"first": both_calendars(first)}
        )


def _add(agreement: Agreement, span: Span, last: date, first: date, until: date) -> Term:
    limit = span.term.in_force_until
    rule: RenewalRule | None = getattr(agreement, "renewal_rule", None)
    goes_on = rule is not None and rule.kind in GOES_ON and (limit is None or limit > until)
    agreement.terms.filter(pk=span.term.pk).update(in_force_until=last)
    return agreement.terms.create(
        starts_on=first,
        ends_on=until,
        in_force_until=limit if goes_on else until,
        start_basis=StartBasis.STATED,
    )
