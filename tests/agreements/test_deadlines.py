"""What falls due between two days: the last day for a notice, and the last day in force."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from renkei.agreements.deadlines import due_between
from renkei.agreements.facts import RenewalFacts
from renkei.agreements.models import Agreement, RenewalDecision, Term
from renkei.agreements.outlook import outlook
from renkei.agreements.services import Refused, end, renew
from renkei.agreements.vocabulary import Decision, EndReason, RenewalKind
from renkei.municipalities.models import DivisionSuccession
from tests.factories import a_division, a_municipality, an_agreement

pytestmark = pytest.mark.django_db

YEARLY = RenewalFacts(RenewalKind.AUTOMATIC, months=12, notice_months=3)


def due(first, last, agreements=None):
    agreements = Agreement.objects.all() if agreements is None else agreements
    days = date.fromisoformat(first), date.fromisoformat(last)
    return [(one.kind.value, str(one.on), str(one.term_ends_on)) for one in due_between(agreements, *days)]


def test_the_first_and_the_last_day_asked_about_count():
    an_agreement(starts="2024-04-01", ends="2025-03-31", renewal=YEARLY)
    notice = ("notice", "2026-12-31", "2027-03-31")
    assert due("2026-12-31", "2026-12-31") == [notice]
    assert due("2026-12-30", "2027-01-01") == [notice]
    assert due("2026-12-01", "2026-12-30") == []
    assert due("2027-01-01", "2027-12-30") == []


def test_every_renewal_in_the_time_asked_about_has_its_notice():
    an_agreement(starts="2024-04-01", ends="2025-03-31", renewal=YEARLY)
    assert [on for _kind, on, _ends in due("2026-01-01", "2028-12-31")] == [
        "2026-12-31",
        "2027-12-31",
        "2028-12-31",
    ]


@pytest.mark.parametrize("kind", [RenewalKind.BY_AGREEMENT, RenewalKind.NONE, RenewalKind.ASSEMBLY, None])
def test_what_does_not_renew_itself_ends(kind):
    an_agreement(starts="2024-04-01", ends="2025-03-31", renewal=RenewalFacts(kind) if kind else None)
    assert due("2025-03-31", "2025-03-31") == [("end", "2025-03-31", "2025-03-31")]
    assert due("2025-04-01", "2030-03-31") == []


def test_the_last_renewal_up_to_a_limit_has_no_notice_but_an_end():
    limited = RenewalFacts(
        RenewalKind.AUTOMATIC, months=12, notice_months=3, in_force_until=date(2026, 3, 31)
    )
    an_agreement(starts="2024-04-01", ends="2025-03-31", renewal=limited)
    assert due("2024-04-01", "2030-03-31") == [
        ("notice", "2024-12-31", "2025-03-31"),
        ("end", "2026-03-31", "2026-03-31"),
    ]


@pytest.mark.parametrize("kind", [None, RenewalKind.UNTIL_NOTICE], ids=["no end", "until notice"])
def test_what_goes_on_until_somebody_acts_has_nothing_due(kind):
    an_agreement(starts="2024-04-01", ends="2025-03-31" if kind else None,
                 renewal=RenewalFacts(kind) if kind else None)  # fmt: skip
    assert due("2024-01-01", "2034-12-31") == []


def test_without_a_recorded_deadline_the_end_of_the_term_is_the_last_day():
    an_agreement(
        starts="2024-04-01", ends="2025-03-31", renewal=RenewalFacts(RenewalKind.AUTOMATIC, months=12)
    )
    assert due("2025-03-01", "2025-04-30") == [("notice", "2025-03-31", "2025-03-31")]


def test_an_agreement_whose_end_is_recorded_has_nothing_due():
    agreement = an_agreement(starts="2024-04-01", ends="2025-03-31", renewal=YEARLY)
    end(agreement, on=date(2026, 3, 31), reason=EndReason.BY_BOTH, actor=None)
    assert due("2024-01-01", "2034-12-31") == []


def test_a_term_that_is_followed_by_another_does_not_end_the_agreement():
    agreement = an_agreement(starts="2024-04-01", ends="2025-03-31")
    following = date(2025, 4, 1), date(2028, 3, 31)
    Term.objects.create(
        agreement=agreement, starts_on=following[0], ends_on=following[1], in_force_until=following[1]
    )
    assert due("2024-04-01", "2030-03-31") == [("end", "2028-03-31", "2028-03-31")]


def test_a_declined_renewal_stays_in_the_list_with_the_decision():
    agreement = an_agreement(starts="2024-04-01", ends="2025-03-31", renewal=YEARLY)
    agreement.terms.update(in_force_until=date(2027, 3, 31))
    assert due("2026-10-01", "2027-03-31") == [("end", "2027-03-31", "2027-03-31")]
    decision = RenewalDecision.objects.create(
        agreement=agreement, term_ends_on=date(2027, 3, 31), decision=Decision.DECLINE,
        decided_on=date(2026, 11, 1),
    )  # fmt: skip
    found = list(due_between(Agreement.objects.all(), date(2026, 10, 1), date(2027, 3, 31)))
    assert [(one.kind, one.decided) for one in found] == [("notice", decision), ("end", decision)]
    assert "更新しないと決めています" in found[0].sentence


def test_each_says_why_and_what_happens_if_nobody_acts():
    an_agreement(starts="2024-04-01", ends="2025-03-31", renewal=YEARLY)
    (one,) = due_between(Agreement.objects.all(), date(2026, 12, 1), date(2026, 12, 31))
    assert "この日までに相手方に通知します" in one.sentence
    assert "令和9年(2027年)4月1日(木)から令和10年(2028年)3月31日(金)まで、自動で更新されます" in one.sentence


@pytest.mark.parametrize(
    ("ends", "is_warned"), [("2027-03-28", False), ("2027-03-29", True), ("2027-04-04", False)]
)
def test_a_deadline_on_a_day_off_is_warned_of(ends, is_warned):
    an_agreement(starts="2024-04-01", ends=ends, renewal=YEARLY)
    (one,) = due_between(Agreement.objects.all(), date(2026, 12, 1), date(2027, 1, 31))
    assert ("前の開庁日までに" in one.sentence) is is_warned


def test_the_division_is_the_one_that_answers_on_the_first_day():
    old = a_division(name="防災対策課", closed_on=date(2025, 3, 31))
    new = a_division(name="防災課", opened_on=date(2025, 4, 1))
    DivisionSuccession.objects.create(predecessor=old, successor=new, on=date(2025, 4, 1))
    an_agreement(starts="2024-04-01", ends="2025-05-31", division=old)
    for first, division in ((date(2025, 3, 31), old), (date(2025, 4, 1), new)):
        (one,) = due_between(Agreement.objects.all(), first, date(2025, 6, 30))
        assert one.division_id == division.pk


def test_only_what_was_asked_about_is_answered():
    an_agreement(starts="2024-04-01", ends="2025-03-31", municipality=a_municipality("011002"))
    ours = an_agreement(starts="2024-04-01", ends="2025-03-31")
    own = Agreement.objects.of(ours.municipality)
    assert [one.agreement for one in due_between(own, date(2025, 1, 1), date(2025, 12, 31))] == [ours]


def test_the_number_of_queries_does_not_grow_with_the_register():
    days = date(2025, 1, 1), date(2025, 12, 31)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            list(due_between(Agreement.objects.all(), *days))
        return len(seen)

    for number in range(3):
        an_agreement(title=f"協定{number}", starts="2024-04-01", ends="2025-03-31", renewal=YEARLY)
    few = queries()
    for number in range(12):
        an_agreement(title=f"協定{number}", starts="2024-04-01", ends="2025-03-31", renewal=YEARLY)
    assert queries() == few


def test_a_deadline_is_found_on_exactly_the_day_that_the_outlook_names():
    from renkei.agreements.outlook import outlook

    agreement = an_agreement(starts="2020-03-01", ends="2021-02-28", renewal=YEARLY)
    for day in (date(2021, 1, 1) + timedelta(days=37 * n) for n in range(60)):
        deadline = outlook(agreement, day).deadline
        assert deadline
        found = due(str(day), str(deadline))
        assert [(kind, on) for kind, on, _ends in found] == [("notice", str(deadline))]


def test_a_last_day_written_for_no_end_is_no_crash():
    agreement = an_agreement(starts="2024-04-01", ends="9999-12-31", renewal=YEARLY)
    assert list(due_between(Agreement.objects.all(), date(2026, 4, 1), date(2028, 4, 1))) == []
    assert str(outlook(agreement, date(2026, 4, 1)).running.last) == "9999-12-31"
    with pytest.raises(Refused, match="更新は要りません"):
        renew(agreement, until=date(9999, 12, 31), on=date(2026, 4, 1), actor=None)
