"""What the town already has that is like a proposal, ranked, each with its reason in words."""

from datetime import date

import pytest

from renkei.agreements.models import Agreement
from renkei.initiatives.models import Initiative
from renkei.procedures.models import Procedure
from renkei.procedures.similar import Kind, partner_candidates, similar_to
from renkei.procedures.vocabulary import Stage
from tests.factories import a_municipality, agreements, an_agreement
from tests.procedure_factories import TODAY, a_correspondent, a_partner, a_procedure

pytestmark = pytest.mark.django_db


def reasons(procedure: Procedure) -> dict[str, list[str]]:
    return {str(one.record): one.reasons for one in similar_to(procedure, TODAY)}


def test_the_partner_comes_first_then_what_reads_alike_then_the_field():
    same = {"starts": "2024-04-01"}
    an_agreement(title="ほかと結んだ協定", main_field="health.promotion", partners=("株式会社よそ",), **same)
    an_agreement(title="似た事項の協定", items=("健康の維持増進に関する事項",), **same)
    an_agreement(title="前の協定", partners=("(株)見本製薬",), starts="2020-04-01", ends="2023-03-31")
    an_agreement(title="いまの協定", partners=("見本製薬株式会社",), **same)
    an_agreement(title="関係のない協定", main_field="sports", **same)
    procedure = a_procedure(author=a_correspondent(company="株式会社見本製薬"))
    found = reasons(procedure)
    assert list(found) == ["いまの協定", "前の協定", "似た事項の協定", "ほかと結んだ協定"]
    assert found["いまの協定"] == ["同じ相手方"]
    assert found["ほかと結んだ協定"] == ["分野が同じ(健康・医療)"]
    assert found["似た事項の協定"] == ["連携事項が似ている: 健康の維持増進に関する事項"]
    assert [one.is_in_force for one in similar_to(procedure, TODAY)] == [True, False, True, True]


def test_initiatives_and_running_procedures_that_read_alike_are_found_and_ended_ones_are_not():
    agreement = an_agreement(title="別の協定", starts="2024-04-01")
    Initiative.objects.create(
        municipality=agreement.municipality,
        agreement=agreement,
        position=1,
        title="災害対策の講座",
        begins_on=date(2024, 4, 1),
    )
    for number, stage in enumerate((Stage.REVIEW, Stage.DECLINED)):
        a_procedure(
            stage=stage,
            author=a_correspondent(email=f"other{number}@example.com", company="別会社"),
            title=f"別の手続{number}",
        )
    mine = a_procedure(title="熱中症の講座")
    found = [one for one in similar_to(mine, TODAY) if one.kind is not Kind.AGREEMENT]
    assert [(one.kind, str(one.record)) for one in found] == [
        (Kind.PROCEDURE, "別の手続0"),
        (Kind.INITIATIVE, "災害対策の講座"),
    ]


def test_a_partner_is_found_by_number_and_by_name_and_never_in_another_town():
    number = a_partner("株式会社改称後")
    number.corporate_number = "5050005005266"
    number.save()
    a_partner("株式会社見本製薬", municipality=a_municipality("012025"))
    procedure = a_procedure(corporate_number="5050005005266")
    assert partner_candidates(procedure) == [number]
    assert partner_candidates(a_procedure_of("(株)改称後")) == [number]


def a_procedure_of(company: str) -> Procedure:
    return a_procedure(author=a_correspondent(email="b@example.com", company=company))


def test_another_town_s_records_are_never_named():
    an_agreement(
        title="よその協定", municipality=a_municipality("012025"), main_field="health", starts="2024-04-01"
    )
    assert reasons(a_procedure()) == {}


def test_the_queries_are_as_many_for_many_agreements_as_for_few(django_assert_max_num_queries):
    agreements(
        60, title="健康の協定{number:02}", main_field="health", items=("健康の維持・増進に関すること",)
    )
    agreements(5, title="同文の協定", items=("健康の維持・増進に関すること",))
    procedure = a_procedure()
    assert Agreement.objects.count() == 65
    with django_assert_max_num_queries(15):
        found = similar_to(procedure, TODAY, 100)
    titles = [str(one.record) for one in found]
    assert (len(titles), titles.count("同文の協定")) == (61, 1)
    assert "同じ名称の協定がほかに4件" in found[titles.index("同文の協定")].reasons
