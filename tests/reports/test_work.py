"""What came of a year: each thing once, however divisions were reorganised, partners merged, agreements amended."""

from datetime import date

import pytest
from django.db import connection

from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement
from renkei.agreements.services import let_renew
from renkei.agreements.vocabulary import Form
from renkei.initiatives.models import CampaignLine
from renkei.reports.movements import Movements, MovementsRefused
from renkei.reports.work import work_figures, work_series
from renkei.reports.work_files import FILES, NUMBERS, in_japanese, numbers_of
from tests.factories import a_municipality, an_agreement
from tests.reports.a_year_of_work import DAY, YEAR, a_year_of_work
from tests.work_factories import a_campaign

pytestmark = pytest.mark.django_db


def staff() -> Audience:
    return Audience.staff(a_municipality())


def told(rows) -> dict[str, int]:
    return {row.label: row.count for row in rows}


def test_a_year_of_reorganisation_merger_amendment_and_ending_has_its_known_answer():
    a_year_of_work()
    figures = work_figures(staff(), YEAR, on=DAY)
    assert (figures.initiatives, figures.results, figures.partners) == (4, 6, 3)
    assert (figures.agreements, figures.with_results, figures.share) == (6, 4, 67)
    assert (figures.value.told, figures.value.of, figures.value.yen) == (1, 6, 150_000)
    assert (figures.town_cost.told, figures.town_cost.yen, figures.partner_cost.yen) == (2, 5000, 20_000)
    assert told(figures.by_field) == {
        "健康・医療": 3,
        "環境": 2,
        "その他の地域活性化・市民サービス向上": 2,
        "防災・災害対策": 1,
    }
    environment = next(row for row in figures.by_field if row.label == "環境")
    assert told(environment.below) == {"レジ袋削減・マイバッグ": 2, "廃棄物処理・リサイクル": 2}
    assert told(figures.by_division) == {"環境政策課": 2, "防災課": 2, "担当課なし": 2}
    assert told(figures.by_kind) == {"企業": 4, "大学・研究機関": 3, "業界団体・組合・協会": 1}
    assert told(figures.by_form) == {
        "参加型協定": 2, "包括連携協定": 2, "個別連携協定": 1, "災害時応援・協力協定": 1,
    }  # fmt: skip
    assert told(figures.by_result) == {"講座・催し": 4, "物品・資材の提供": 2}
    assert told(figures.initiatives_by_division) == {"防災課": 2, "環境政策課": 1, "担当課なし": 1}
    assert told(figures.initiatives_by_state) == {"実施中": 3, "終了": 1}
    before = work_figures(staff(), YEAR, on=date(2023, 9, 30))
    assert told(before.by_division) == {"環境課": 2, "防災課": 2, "担当課なし": 2}


COUNTED_IN_SQL = """
WITH counted AS (
    SELECT r.id, r.agreement_id AS a, COALESCE(r.organisation_id, i.organisation_id) AS doer, i.field_id AS field
    FROM initiatives_result r
    JOIN initiatives_initiative i ON i.id = r.initiative_id
    JOIN municipalities_municipality t ON t.id = r.municipality_id
    WHERE t.code = '012041' AND r.fiscal_year = 2023 AND r.state IN ('reported', 'confirmed')
), living AS (
    SELECT o.id AS any_id, COALESCE(k.id, o.id) AS id, COALESCE(k.kind, o.kind) AS kind
    FROM partners_organisation o LEFT JOIN partners_organisation k ON k.id = o.merged_into_id
), did AS (
    SELECT c.id AS result, l.id AS partner, l.kind FROM counted c JOIN living l ON l.any_id = c.doer
    UNION SELECT c.id, l.id, l.kind FROM counted c JOIN agreements_party p ON p.agreement_id = c.a
        JOIN living l ON l.any_id = p.organisation_id
    WHERE c.doer IS NULL AND (p.joined_on IS NULL OR p.joined_on <= '2024-03-31')
        AND (p.left_on IS NULL OR p.left_on >= '2023-04-01')
), of_field AS (
    SELECT c.id AS result, f.slug FROM counted c JOIN agreements_field f ON f.id = c.field
    UNION SELECT c.id, f.slug FROM counted c JOIN agreements_agreementfield af ON af.agreement_id = c.a
        JOIN agreements_field f ON f.id = af.field_id WHERE c.field IS NULL
)
"""


def rows_of(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(COUNTED_IN_SQL + sql)
        return cursor.fetchall()


def test_the_figures_say_what_sql_counts_by_itself():
    a_year_of_work()
    figures = work_figures(staff(), YEAR, on=DAY)
    assert rows_of("SELECT count(*), count(DISTINCT a) FROM counted") == [
        (figures.results, figures.with_results)
    ]
    assert rows_of("SELECT count(DISTINCT partner) FROM did") == [(figures.partners,)]
    kinds = rows_of("SELECT kind, count(DISTINCT result) FROM did GROUP BY kind")
    assert {f"kind={kind}": count for kind, count in kinds} == {
        row.asked: row.count for row in figures.by_kind
    }
    fields = rows_of("SELECT slug, result FROM of_field")
    tops = {(slug.split(".")[0], result) for slug, result in fields}
    for row in figures.by_field:
        slug = row.asked.removeprefix("field=")
        assert row.count == sum(top == slug for top, _result in tops), row
        for below in row.below:
            assert f"field={slug}." in below.asked
            assert below.count == sum(f"field={one}" == below.asked for one, _result in fields), below
    in_force = rows_of(
        "SELECT count(DISTINCT t.agreement_id) FROM agreements_term t JOIN agreements_agreement a"
        " ON a.id = t.agreement_id JOIN municipalities_municipality m ON m.id = a.municipality_id"
        " WHERE m.code = '012041' AND t.starts_on <= '2024-03-31'"
        " AND (t.in_force_until IS NULL OR t.in_force_until >= '2023-04-01')"
    )
    assert in_force == [(figures.agreements,)]


def test_what_moved_adds_up_and_each_renewal_is_told_apart():
    work = a_year_of_work()
    let_renew(work.renewing, term_ends_on=date(2024, 3, 31), on=date(2024, 3, 1), actor=None)
    moved = Movements(staff(), date(2023, 4, 1), date(2024, 4, 1))
    assert moved.counts == {
        "opening": 5, "begun": 1, "signed": 1, "ended": 1, "closing": 5, "renewed_itself": 1, "renewed_confirmed": 1,
        "renewed_decided": 0,
    }  # fmt: skip
    assert [(move.agreement, move.on) for move in moved.renewed_itself] == [
        (work.renewing.pk, date(2023, 4, 1))
    ]
    assert [move.on for move in moved.ended] == [date(2023, 12, 31)]
    for row in (*moved.by_field(), *moved.by_division()):
        assert row.opening + row.begun - row.ended == row.closing, row
    rows = {row.label: (row.opening, row.begun, row.ended, row.closing) for row in moved.by_field()}
    assert rows["防災・災害対策"] == (1, 0, 1, 0)
    assert rows["分野なし"] == (1, 1, 0, 2)
    assert len(moved.part("ended", {"field": ["disaster"]})) == 1
    assert moved.part("ended", {"field": ["health"], "kind": ["company"]}) == []


@pytest.mark.parametrize(
    "last, first", [("2023-12-31", "2023-01-01"), ("2024-01-01", "2023-12-31"), ("2023-12-31", "2023-12-31")]
)
def test_an_agreement_ends_after_its_last_day_in_the_time(last, first):
    """In force on its last day, so it is still there when the time ends on that day, and gone the day after."""
    an_agreement(signed="2020-01-01", starts="2020-01-01", ends="2023-12-31")
    moved = Movements(staff(), date.fromisoformat(first), date.fromisoformat(last))
    counts = moved.counts
    assert counts["ended"] == (last == "2024-01-01")
    assert counts["opening"] + counts["begun"] - counts["ended"] == counts["closing"]


def test_days_between_which_nobody_counts_are_refused():
    for first, last in ((date(2024, 1, 2), date(2024, 1, 1)), (date.min, DAY), (date(1900, 1, 1), DAY)):
        with pytest.raises(MovementsRefused, match="期間"):
            Movements(staff(), first, last)


def test_years_begin_with_the_first_work_and_tell_the_share_of_agreements_with_results():
    a_year_of_work()
    years = work_series(staff(), 2024, on=DAY)
    assert [(one.label, one.initiatives, one.results, one.agreements, one.with_results) for one in years] == [
        ("令和4年度", 0, 1, 5, 1),
        ("令和5年度", 4, 6, 6, 4),
        ("令和6年度", 3, 0, 5, 0),
    ]
    assert [one.share for one in years] == [20, 67, 0]


def test_only_what_everyone_may_see_is_counted_for_everyone():
    a_year_of_work()
    assert work_figures(Audience.public(), YEAR, on=DAY).results == 0
    every_town = work_figures(Audience(None, internal=True), YEAR, on=DAY)
    assert (every_town.results, every_town.response, every_town.by_division) == (7, None, [])


def test_the_downloads_tell_each_number_in_japanese_whatever_language_is_read():
    work = a_year_of_work()
    campaign = a_campaign(work.bags)
    for agreement, answer in ((work.bags, "results"), (work.fresh, "waiting")):
        CampaignLine.objects.create(campaign=campaign, agreement=agreement, answer=answer)
    figures = work_figures(staff(), YEAR, on=DAY)
    years = work_series(staff(), YEAR, on=DAY)
    assert set(numbers_of(figures)) == set(NUMBERS)
    assert (numbers_of(figures)["asked"], numbers_of(figures)["answered"]) == (2, 1)
    table = in_japanese("csv", lambda: (figures, years)).decode()
    assert table.startswith("\ufeff年度,基準日,表,区分,上位の区分,値\r\n")
    assert "\r\n2023,2024-06-01,合計,効果額(円),,150000\r\n" in table
    assert "\r\n2023,2024-06-01,実績 分野,レジ袋削減・マイバッグ,環境,2\r\n" in table
    assert b'"results_by_field": [' in FILES["json"](figures, years)


def test_a_merged_partner_and_a_form_changed_later_are_counted_as_they_are_now():
    work = a_year_of_work()
    Agreement.objects.filter(pk=work.many.pk).update(form=Form.INDIVIDUAL)
    assert told(work_figures(staff(), YEAR, on=DAY).by_form)["個別連携協定"] == 3
