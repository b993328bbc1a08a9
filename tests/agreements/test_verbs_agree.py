"""After any row of verbs Python and the database agree on every day, and taking all back restores each byte."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from renkei.agreements.facts import RenewalFacts
from renkei.agreements.models import Agreement
from renkei.agreements.outlook import outlook
from renkei.agreements.services import (
    Amended,
    Refused,
    amend,
    decline,
    end,
    let_renew,
    renew,
    reopen,
    undo_amendment,
    undo_decision,
)
from renkei.agreements.spans import span_on, span_to_renew, spans
from renkei.agreements.term_rows import rows_of
from renkei.agreements.versions import as_of
from renkei.agreements.vocabulary import EndReason, RenewalKind
from tests.factories import an_agreement

pytestmark = pytest.mark.django_db

STARTS = date(2024, 4, 1)
TODAY = date(2024, 6, 1)
RULES = (
    RenewalFacts(RenewalKind.AUTOMATIC, months=1, notice_days=3),
    RenewalFacts(RenewalKind.AUTOMATIC, months=2, in_force_until=date(2024, 12, 31)),
    RenewalFacts(RenewalKind.BY_AGREEMENT),
    RenewalFacts(RenewalKind.UNTIL_NOTICE),
    RenewalFacts(RenewalKind.NONE),
    None,
)
VERBS = ("renew", "let_renew", "decline", "amend_end", "amend_rule", "end")
Undo = Callable[[Agreement], object]


def fresh(agreement: Agreement) -> Agreement:
    return Agreement.objects.with_everything().get(pk=agreement.pk)


def do(verb: str, days: int, agreement: Agreement) -> Undo:
    """Do it at some distance from today, and say how it is taken back."""
    day = TODAY + timedelta(days=days)
    running = span_on(agreement, TODAY)
    ends = (running.last if running else None) or day
    if verb == "renew":
        followed = span_to_renew(agreement, TODAY)
        last = (followed.last if followed else None) or day
        renew(agreement, until=last + timedelta(days=days % 50 + 1), on=TODAY, actor=None)
    elif verb == "let_renew":
        let_renew(agreement, term_ends_on=ends, on=TODAY, actor=None)
    elif verb == "decline":
        decline(agreement, term_ends_on=ends, on=TODAY, by_both=True, actor=None)
    elif verb == "end":
        end(agreement, on=day, reason=EndReason.BY_BOTH, actor=None)
        return partial(reopen, reason="誤り", actor=None)
    elif verb == "amend_end":
        amend(agreement, Amended(last_day=day + timedelta(days=50)), on=day, summary="変更", actor=None)
        return partial(undo_amendment, reason="誤り", actor=None)
    else:
        kind = (RenewalKind.NONE, RenewalKind.AUTOMATIC)[days % 2]
        months = 3 if kind == RenewalKind.AUTOMATIC else None
        amend(agreement, Amended(rule={"kind": kind, "months": months}), on=day, summary="変更", actor=None)
        return partial(undo_amendment, reason="誤り", actor=None)
    decision = agreement.renewal_decisions.order_by("-pk")[0]
    return partial(undo_decision, decision=decision, on=TODAY, actor=None)


def days_that_matter(agreement: Agreement) -> list[date]:
    """First and last days of terms, and the days beside them."""
    days = {STARTS, TODAY}
    for number, span in enumerate(spans(agreement)):
        days |= {day for day in (span.first, span.last, span.in_force_until) if day}
        if number > 3:
            break
    days |= {one.on for one in agreement.amendments.all()}
    return sorted({day + timedelta(days=n) for day in days for n in (-1, 0, 1)})


def in_force(agreement: Agreement, day: date) -> bool:
    return Agreement.objects.in_force_on(day).filter(pk=agreement.pk).exists()


def all_agree(agreement: Agreement) -> None:
    for day in days_that_matter(agreement):
        truth = in_force(agreement, day)
        shown = as_of(agreement, day)
        assert (agreement.state_on(day) == "in_force") is truth, day
        assert (shown.state_on(day) == "in_force") is truth, day
        assert (span_on(agreement, day) is not None) is truth, day
        assert (outlook(shown, day).running is not None) is truth, day


@settings(max_examples=30)
@given(
    st.sampled_from(RULES),
    st.lists(st.tuples(st.sampled_from(VERBS), st.integers(-20, 60)), min_size=1, max_size=5),
)
def test_they_agree_after_any_row_of_verbs_and_all_can_be_taken_back(renewal, verbs):
    with transaction.atomic():
        agreement = an_agreement(starts=str(STARTS), ends="2024-06-15", renewal=renewal)
        undoing: list[tuple[Undo, list[list[str | None]]]] = []
        for verb, days in verbs:
            agreement, before = fresh(agreement), rows_of(agreement)
            with suppress(Refused), transaction.atomic():
                undoing.append((do(verb, days, agreement), before))
            all_agree(fresh(agreement))
        for undo, before in reversed(undoing):
            undo(fresh(agreement))
            assert rows_of(agreement) == before
            all_agree(fresh(agreement))
        transaction.set_rollback(True)


@settings(max_examples=15)
@given(st.sampled_from(RULES[:3]), st.integers(1, 400))
def test_a_renewal_leaves_the_register_of_every_earlier_day_as_it_was(renewal, days):
    with transaction.atomic():
        agreement = an_agreement(starts=str(STARTS), ends="2024-06-15", renewal=renewal)
        watched = [STARTS + timedelta(days=n) for n in range(-1, 120, 7)]
        before = {day: in_force(agreement, day) for day in watched}
        term = renew(fresh(agreement), until=date(2024, 6, 15) + timedelta(days=days), on=TODAY, actor=None)
        for day in watched:
            if day < term.starts_on:
                assert in_force(agreement, day) is before[day]
        transaction.set_rollback(True)
