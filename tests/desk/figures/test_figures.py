"""The pages of the figures: each number opens a list of just so many, and what cannot be asked is said."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from renkei.agreements.audience import Audience
from renkei.initiatives.initiative_finding import initiatives_found
from renkei.initiatives.result_finding import results_found
from renkei.reports.cross import cross
from renkei.reports.cross_words import question_from
from renkei.reports.models import SavedQuestion
from renkei.reports.work import work_figures
from renkei.search.asking import asked
from renkei.search.finding import find_all
from tests.factories import a_municipality
from tests.reports.a_year_of_work import DAY, YEAR, a_year_of_work

pytestmark = pytest.mark.django_db


def listed(client, address: str) -> int:
    """How many the list at the address shows, as its page says."""
    answer = client.get(unescape(address))
    assert answer.status_code == 200, address
    return answer.context["page"].paginator.count


def found(address: str) -> int:
    """How many the question behind a list of results or initiatives finds: quicker than its page."""
    parts = urlsplit(unescape(address))
    find = {"/desk/results/": results_found, "/desk/initiatives/": initiatives_found}[parts.path]
    return find(a_municipality(), parse_qs(parts.query), day=DAY).count()


def test_each_number_of_the_page_opens_a_list_of_just_so_many(clerk):
    a_year_of_work()
    page = clerk.get("/desk/work/", {"year": "2023", "on": "R6.6.1"}).content.decode()
    assert "令和5年度(令和6年(2024年)6月1日(土)に数えたもの)" in page
    links = re.findall(
        r'<a href="(/desk/(?:results|initiatives|work/agreements)/\?[^"]+)">([\d,]+)[<件]', page
    )
    assert len(links) > 30
    pages = {urlsplit(address).path: (address, number) for address, number in links}
    for address, number in pages.values():
        assert listed(clerk, address) == int(number), address
    for address, number in links:
        assert "/agreements/" in address or found(address) == int(number), address
    assert "1件</a>の合計 150,000円" in page
    assert "この年度の実績調査は行われていません。" in page


def test_each_cell_of_a_cross_table_opens_a_list_of_just_so_many(clerk):
    """In the questions behind the lists, which are asked more quickly than the pages; one is opened as a page."""
    a_year_of_work()
    town = a_municipality()
    audience = Audience.staff(town)
    followed = 0
    for address in (
        "rows=field&columns=kind&measure=results", "rows=division&columns=form&measure=results",
        "rows=result&columns=state&measure=results&kind=company", "rows=field_below&columns=document&measure=value",
        "rows=field&columns=division&measure=initiatives", "rows=kind&columns=state&measure=initiatives",
        "rows=year&columns=kind&measure=initiatives&last_year=2024", "rows=field&columns=kind&measure=in_force",
        "rows=division&columns=form&measure=in_force", "rows=form&columns=kind&measure=signed&since=2020-04-01",
    ):  # fmt: skip
        table = cross(town, question_from(parse_qs(f"first_year=2023&on=2024-06-01&{address}"), DAY))
        cells = [cell for row in table.rows for cell in (*row.cells, row.total)] + [
            *table.totals,
            table.total,
        ]
        for cell in cells:
            if not cell.asked or table.question.measure == "value":
                continue
            followed += 1
            params = parse_qs(cell.asked)
            if table.listed == "agreements":
                since = table.question.since if "since" in params else None
                counted = len(find_all(asked(params, audience=audience, day=DAY, since=since)))
            else:
                counted = found(f"/desk/{table.listed}/?{cell.asked}")
            assert counted == cell.count, (address, cell)
    assert followed > 100
    page = clerk.get("/desk/cross/?rows=field&columns=kind&measure=results&first_year=2023").content.decode()
    links = re.findall(r'<a href="(/desk/results/\?[^"]+)">(\d+)</a>', page)
    assert links
    assert listed(clerk, links[0][0]) == int(links[0][1])


def test_each_number_of_the_movements_opens_a_list_of_just_so_many(clerk):
    a_year_of_work()
    page = clerk.get("/desk/work/movements/", {"since": "R5.4.1", "on": "R6.3.31"}).content.decode()
    links = re.findall(r'<a href="(/desk/work/movements/[a-z_]+/\?[^"]+)">[+−]?([\d,]+)[<回]', page)
    assert len(links) > 20
    for address, number in links[:12]:
        assert listed(clerk, address) == int(number), address
    ended = clerk.get("/desk/work/movements/ended/", {"since": "R5.4.1", "on": "R6.3.31"}).content.decode()
    assert "物資の協定" in ended
    assert "合意による終了" in ended


def test_downloads_say_the_same_as_the_page_and_charts_come_in_three_kinds(clerk):
    a_year_of_work()
    asked_for = {"year": "2023", "on": "2024-06-01"}
    told = clerk.get("/desk/work.json", asked_for).json()
    figures = work_figures(Audience.staff(a_municipality()), YEAR, on=DAY)
    assert (told["results"], told["agreements_with_results"]) == (figures.results, figures.with_results)
    assert [one["name"] for one in told["results_by_kind"]] == [row.label for row in figures.by_kind]
    assert told["years"][-1]["results"] == 6
    kinds = {"svg": b"<svg", "png": b"\x89PNG", "csv": "\ufeff区分,件数\r\n".encode()}
    for kind, begins in kinds.items():
        answer = clerk.get(f"/desk/work/charts/results-by-field.{kind}", asked_for)
        assert answer.content.startswith(begins)
        assert answer["X-Content-Type-Options"] == "nosniff"
    for address in ("/desk/cross.csv", "/desk/cross.xlsx", "/desk/cross.svg", "/desk/work/movements.csv"):
        assert clerk.get(address, {"first_year": "2023"}).status_code == 200
    for address in ("/desk/cross.exe", "/desk/work/charts/passwords.svg", "/desk/work/movements/nothing/"):
        assert clerk.get(address).status_code == 404


@pytest.mark.parametrize(
    "address, sentence",
    [
        ("/desk/work/?year=abcd", "西暦4けた"), ("/desk/work/?on=R6.6.31", "という日はありません"),
        ("/desk/work.csv?year=99999", "西暦4けた"), ("/desk/work/agreements/?year=%00", "西暦4けた"),
        ("/desk/work/movements/?since=R6.4.1&on=R6.3.1", "それより前の日"),
        ("/desk/work/movements/ended/?since=1900-01-01", "期間は100年まで"), ("/desk/work/movements.csv?on=x", "x"),
        ("/desk/cross/?rows=password", "一覧から選んでください"), ("/desk/cross.csv?measure=1", "一覧から選んでください"),
        ("/desk/cross/?rows=field&columns=field", "違うものを選んで"), ("/desk/questions/new/?asked=rows%3Dx", "一覧から"),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_answered_with_a_sentence(clerk, address, sentence):
    answer = clerk.get(address)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_question_is_saved_opened_renamed_and_deleted(clerk):
    a_year_of_work()
    page = clerk.get("/desk/cross/?rows=form&measure=results&first_year=2023").content.decode()
    saving = unescape(re.search(r'href="(/desk/questions/new/\?[^"]+)"', page)[1])
    form = clerk.get(saving).content.decode()
    assert 'value="取組実績 協定形態別(令和5年度)"' in form
    wanted = parse_qs(urlsplit(saving).query)["asked"][0]
    answer = clerk.post("/desk/questions/new/", {"asked": wanted, "name": "形態別", "is_shared": "on"})
    saved = SavedQuestion.objects.get()
    assert answer["Location"] == f"/desk/cross/?{saved.asked}"
    assert "形態別</a>" in clerk.get(answer["Location"]).content.decode()
    again = clerk.post("/desk/questions/new/", {"asked": wanted, "name": "形態別"})
    assert (again.status_code, "同じ名前の集計" in again.content.decode()) == (422, True)
    edited = reverse("desk:question_edit", args=[saved.public_id])
    assert clerk.post(edited, {"name": "協定形態"}).status_code == 302
    saved.refresh_from_db()
    assert (saved.name, saved.is_shared) == ("協定形態", False)
    assert clerk.post(reverse("desk:question_delete", args=[saved.public_id])).status_code == 302
    assert not SavedQuestion.objects.exists()
