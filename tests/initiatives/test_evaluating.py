"""The yearly word on an agreement, what follows from it, and agreements that nobody seems to use."""

from datetime import UTC, date, datetime

import pytest

from renkei.agreements.models import Agreement, RenewalRule
from renkei.agreements.services import decline
from renkei.agreements.vocabulary import RenewalKind
from renkei.audit.models import Entry
from renkei.initiatives.dormancy import dormant
from renkei.initiatives.evaluating import not_evaluated, of_division, rows_of, to_evaluate
from renkei.initiatives.models import Evaluation
from renkei.initiatives.refusals import EvaluationRefused
from renkei.initiatives.services.evaluating import EvaluationFacts, evaluate
from renkei.initiatives.vocabulary import ResultState, Verdict
from renkei.procedures.services.claiming import ProcedureRefused
from renkei.procedures.services.following import follow, next_act
from renkei.procedures.vocabulary import Kind
from tests.factories import a_division, a_user, an_agreement
from tests.procedure_factories import a_correspondent
from tests.work_factories import YEAR, a_result, an_initiative

pytestmark = pytest.mark.django_db
AT = datetime(2024, 5, 10, 1, tzinfo=UTC)
DAY = date(2024, 5, 10)


def a_yearly_one(**facts: object) -> Agreement:
    """An agreement that renews itself each 1 April unless notice is given a month before."""
    made = an_agreement(starts="2020-04-01", ends=None, **facts)
    made.terms.update(ends_on=date(2021, 3, 31), in_force_until=None)
    RenewalRule.objects.create(agreement=made, kind=RenewalKind.AUTOMATIC, months=12, notice_months=1)
    return Agreement.objects.select_related("renewal_rule", "municipality").get(pk=made.pk)


def said(verdict: Verdict = Verdict.CONTINUE, **facts: object) -> EvaluationFacts:
    return EvaluationFacts(**{"fiscal_year": YEAR, "verdict": verdict, "reasons": "受講者が増えた", **facts})


def test_an_agreement_is_evaluated_once_a_year_and_the_word_can_be_changed():
    agreement, clerk = a_yearly_one(), a_user()
    evaluate(agreement, said(), actor=clerk, at=AT)
    with pytest.raises(EvaluationRefused, match="ほかの人が先に"):
        evaluate(agreement, said(Verdict.END), actor=clerk, at=AT)
    changed = evaluate(agreement, said(Verdict.IMPROVE), actor=clerk, at=AT, seen=1)
    assert (Evaluation.objects.count(), changed.verdict, changed.version) == (1, Verdict.IMPROVE, 2)


@pytest.mark.parametrize(
    "facts, words",
    [
        ({"reasons": " "}, "理由を書いて"),
        ({"fiscal_year": 2030}, "まだ始まっていません"),
        ({"fiscal_year": 2010}, "有効でありませんでした"),
    ],
)
def test_an_evaluation_without_reason_or_of_a_year_that_does_not_fit_is_refused(facts, words):
    with pytest.raises(EvaluationRefused, match=words):
        evaluate(a_yearly_one(), said(**facts), actor=None, at=AT)


def test_the_years_list_counts_what_is_left_by_division_with_results_and_the_year_before():
    division = a_division()
    first, second = a_yearly_one(division=division, title="A"), a_yearly_one(title="B")
    an_agreement(title="終わった協定", starts="2015-04-01", ends="2020-03-31")
    a_result(an_initiative(first))
    a_result(an_initiative(first), state=ResultState.WITHDRAWN)
    evaluate(first, said(fiscal_year=YEAR - 1), actor=None, at=AT)
    evaluate(second, said(), actor=None, at=AT)
    found = to_evaluate(first.municipality, YEAR)
    assert [one.title for one in found] == ["A", "B"]
    assert [one.title for one in not_evaluated(found, YEAR)] == ["A"]
    assert [one.title for one in of_division(found, division, DAY)] == ["A"]
    row, other = rows_of(found, YEAR)
    assert (row.results, row.evaluation, row.before.fiscal_year) == (1, None, YEAR - 1)
    assert (other.results, other.evaluation.verdict) == (0, Verdict.CONTINUE)


def test_improving_begins_a_procedure_to_amend_with_the_reasons_once():
    agreement, clerk = a_yearly_one(), a_user()
    evaluation = evaluate(agreement, said(Verdict.IMPROVE, next_steps="回数を増やす"), actor=clerk, at=AT)
    procedure = follow(evaluation, by=clerk, at=AT, day=DAY, public_id="follow000001")
    assert (procedure.kind, procedure.agreement) == (Kind.AMENDMENT, agreement)
    assert "受講者が増えた" in procedure.proposal.purpose
    assert "回数を増やす" in procedure.proposal.purpose
    assert Evaluation.objects.get().followed_at == AT
    with pytest.raises(ProcedureRefused, match="進んでいます"):
        follow(evaluate(agreement, said(Verdict.IMPROVE, reasons="別の理由"), actor=clerk, at=AT, seen=1),
               by=clerk, at=AT, day=DAY, public_id="follow000002")  # fmt: skip


@pytest.mark.parametrize(
    "verdict, renews, act",
    [
        (Verdict.END, True, "decline"),
        (Verdict.END, False, "end"),
        (Verdict.CONTINUE, True, "let_renew"),
        (Verdict.CONTINUE, False, None),
        (Verdict.IMPROVE, False, "amend"),
    ],
)
def test_what_follows_is_the_act_that_fits_the_term(verdict, renews, act):
    agreement = a_yearly_one() if renews else an_agreement(starts="2020-04-01", ends=None)
    following = next_act(evaluate(agreement, said(verdict), actor=None, at=AT), DAY)
    assert (following.act if following else None) == act
    assert not following or "令和7年(2025年)2月28日" in following.words or act in ("end", "amend")


def test_where_the_notice_for_the_running_term_is_missed_the_next_term_is_decided_about():
    agreement = a_yearly_one()
    evaluation = evaluate(agreement, said(Verdict.END), actor=None, at=AT)
    in_time, missed = next_act(evaluation, date(2025, 2, 28)), next_act(evaluation, date(2025, 3, 1))
    assert (in_time.act, in_time.term_ends_on) == ("decline", date(2025, 3, 31))
    assert (missed.act, missed.term_ends_on) == ("decline", date(2026, 3, 31))
    assert "令和8年(2026年)2月28日" in missed.words


def test_an_agreement_that_will_not_renew_needs_nothing_more_and_following_is_told_once_a_word():
    agreement, clerk = a_yearly_one(), a_user()
    evaluation = evaluate(agreement, said(Verdict.END), actor=clerk, at=AT)
    for _press in range(2):
        follow(evaluation, by=clerk, at=AT, day=DAY)
    assert Entry.objects.filter(event="evaluations.followed").count() == 1
    decline(agreement, term_ends_on=date(2025, 3, 31), on=DAY, notified_on=DAY, actor=clerk)
    evaluation = Evaluation.objects.select_related("agreement__renewal_rule").get()
    assert next_act(evaluation, DAY) is None
    assert evaluate(agreement, said(Verdict.IMPROVE), actor=clerk, at=AT, seen=1).followed_at is None


def test_dormant_is_what_had_no_result_for_two_years_with_its_signs_and_the_next_day_for_a_notice():
    silent, working = a_yearly_one(title="だれも使わない協定"), a_yearly_one(title="使われる協定")
    young = an_agreement(title="若い協定", starts="2023-04-01", ends=None)
    a_result(an_initiative(working))
    a_result(an_initiative(silent), fiscal_year=2020)
    a_result(an_initiative(silent), state=ResultState.WITHDRAWN)
    (found,) = dormant(young.municipality, DAY)
    assert (found.agreement, found.last_year) == (silent, 2020)
    assert found.notice_on == date(2025, 2, 28)
    signs = " ".join(found.signs)
    assert "最後の取組実績は令和2年度" in signs
    assert "令和6年(2024年)4月1日" in signs
    assert "一人も登録されていません" in signs
    assert "令和7年(2025年)2月28日" in found.proposal


def test_a_partner_whose_people_come_to_the_counter_can_be_reached_and_one_that_is_gone_cannot():
    reached, gone = (
        a_yearly_one(title="A", partners=("見本製薬",)),
        a_yearly_one(title="B", partners=("見本薬局",)),
    )
    a_correspondent(organisation=reached.partners[0].organisation)
    organisation = gone.partners[0].organisation
    type(organisation).objects.filter(pk=organisation.pk).update(dissolved_on=date(2023, 1, 31))
    first, second = dormant(reached.municipality, DAY)
    assert (first.is_unreachable, second.is_unreachable) == (False, True)
    assert "令和5年(2023年)1月31日(火)に解散" in " ".join(second.signs)


def test_many_dormant_agreements_are_found_in_a_few_questions(django_assert_max_num_queries):
    for number in range(30):
        a_yearly_one(title=f"協定{number}")
    with django_assert_max_num_queries(16):
        assert len(dormant(Agreement.objects.first().municipality, DAY)) == 30
