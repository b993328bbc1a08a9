"""The pages of initiatives, evaluations and dormant agreements, as clerks use them."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from renkei.accounts.models import Role
from renkei.initiatives.models import Evaluation, Initiative, PlannedYear
from renkei.procedures.models import Procedure
from renkei.rules.japanese_calendar import fiscal_year
from tests.factories import a_division, a_user, an_agreement
from tests.work_factories import a_result, an_evaluation, an_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement():
    return an_agreement(division=a_division(), starts="2020-04-01", ends=None)


@pytest.fixture
def clerk(client, agreement):
    """A window of somebody of the responsible division."""
    client.force_login(a_user(role=Role.RESPONSIBLE, division=agreement.division, sign_in_name="tanto"))
    return client


def the_form(**said: str) -> dict[str, str]:
    return {"title": "熱中症を防ぐ講座の開催", "begins_on": "R6.4.1", "once": "once00000001", **said}


def test_an_initiative_is_written_edited_ended_and_seen_on_the_agreements_page(clerk, agreement):
    new = reverse("desk:initiative_new", args=[agreement.public_id])
    assert clerk.get(new).status_code == 200
    refused = clerk.post(new, the_form(title="", indicators="受講者数"))
    assert refused.status_code == 422
    assert "単位が分かりません" in refused.content.decode()
    assert clerk.post(new, the_form(indicators="受講者数（人）\n回数(回)")).status_code == 302
    made = Initiative.objects.get()
    assert [str(one) for one in made.indicators.all()] == ["受講者数(人)", "回数(回)"]
    page = reverse("desk:initiative", args=[made.public_id])
    edited = the_form(title="熱中症を防ぐ教室", indicators="受講者数(人)", version="1")
    assert clerk.post(f"{page}edit/", edited).status_code == 302
    late = clerk.post(f"{page}edit/", the_form(title="遅れた人の名前", version="1"))
    assert "ほかの人が先に" in late.content.decode()
    assert "遅れた人の名前" in late.content.decode()
    planned = {
        "year": str(fiscal_year(timezone.localdate())),
        "plan": "6月に2回",
        "aim_0": "１，２００人",
        "version": "2",
    }
    assert clerk.post(f"{page}years/new/", planned).status_code == 302
    ended = {"state": "ended", "on": "R6.9.30", "reason": "目的を達した", "version": "2"}
    assert clerk.post(f"{page}move/", ended).status_code == 302
    shown = clerk.get(page).content.decode()
    for words in ("熱中症を防ぐ教室", "1,200", "目的を達した", "6月に2回"):
        assert words in shown, words
    assert (
        "熱中症を防ぐ教室"
        in clerk.get(reverse("desk:agreement", args=[agreement.public_id])).content.decode()
    )


def test_a_year_is_copied_for_what_was_chosen_and_nothing_chosen_is_said(clerk, agreement):
    first, second = an_initiative(agreement), an_initiative(agreement, title="ポスターの配布")
    copy = reverse("desk:initiatives_copy")
    shown = clerk.get(copy, {"from": "2023", "to": "2024"}).content.decode()
    assert "ポスターの配布" in shown
    years = {"from": "2023", "to": "2024"}
    assert "一つ以上選んで" in clerk.post(copy, years).content.decode()
    assert clerk.post(copy, {**years, "initiative": [second.public_id]}).status_code == 302
    assert [one.initiative for one in PlannedYear.objects.all()] == [second]
    assert first.title in clerk.get(copy, years).content.decode()


def test_a_neighbour_of_another_division_is_told_why_not(client, agreement):
    an_initiative(agreement)
    client.force_login(
        a_user(role=Role.RESPONSIBLE, division=a_division(name="環境課"), sign_in_name="tonari")
    )
    shown = client.get(reverse("desk:initiative", args=[Initiative.objects.get().public_id])).content.decode()
    assert "総括課の担当者だけが書けます" in shown
    copied = client.get(reverse("desk:initiatives_copy"), {"from": "2023", "to": "2024"}).content.decode()
    assert "総括課の担当者だけが書けます" in copied


def test_an_agreement_is_evaluated_with_its_results_beside_and_a_procedure_begun_from_it(clerk, agreement):
    a_result(an_initiative(agreement))
    an_evaluation(agreement, fiscal_year=2022, reasons="前の年の理由")
    listed = clerk.get(reverse("desk:evaluations"), {"year": "2023", "state": "open"}).content.decode()
    assert agreement.title in listed
    write = reverse("desk:evaluation_write", args=[agreement.public_id, 2023])
    shown = clerk.get(write).content.decode()
    assert "120人が受講した" in shown
    assert "前の年の理由" in shown
    assert "理由を書いて" in clerk.post(write, {"verdict": "improve"}).content.decode()
    said = {"verdict": "improve", "reasons": "参加者が減ったため", "version": "0"}
    written = clerk.post(write, said | {"next": f"{reverse('desk:evaluations')}?year=2023"})
    evaluation = Evaluation.objects.get(fiscal_year=2023)
    page = reverse("desk:evaluation", args=[evaluation.public_id])
    assert written["Location"] == page, "Where the next step is offered."
    assert "見直す手続を始める" in clerk.get(page).content.decode()
    begun = clerk.post(f"{page}follow/")
    assert begun["Location"] == reverse("desk:procedure", args=[Procedure.objects.get().public_id])


def test_the_reasons_for_an_end_stand_in_the_form_that_ends_the_agreement(clerk, agreement):
    evaluation = an_evaluation(agreement, verdict="end", reasons="使われなくなったため")
    pressed = clerk.post(reverse("desk:evaluation_follow", args=[evaluation.public_id]))
    ending = clerk.get(pressed["Location"])
    assert ending.context["form"]["note"].value() == "令和5年度の評価: 使われなくなったため"
    elsewhere = reverse("desk:agreement_end", args=[an_agreement().public_id])
    other = clerk.get(elsewhere, {"evaluation": evaluation.public_id})
    assert not other.context["form"]["note"].value()


def test_dormant_agreements_are_listed_and_taken_away_as_excel(clerk, agreement):
    shown = clerk.get(reverse("desk:dormant")).content.decode()
    assert agreement.title in shown
    assert "これまで一件もありません" in shown
    book = load_workbook(BytesIO(b"".join(clerk.get(reverse("desk:dormant_download")))))
    assert next(cell.value for cell in book.active[2]) == agreement.title
    assert agreement.title not in clerk.get(
        reverse("desk:dormant"), {"division": "0" * 12, "unreachable": ""}
    )


def test_a_list_reached_from_a_figure_says_what_it_is_narrowed_to(clerk, agreement):
    a_result(an_initiative(agreement))
    gone = a_division(name="街路課", closed_on=date(2022, 3, 31))
    asked = {"field": "city.snow", "division": [str(agreement.division.pk), str(gone.pk)]}
    for page in ("desk:initiatives", "desk:results"):
        shown = clerk.get(reverse(page), asked).content.decode()
        assert "エラー" not in shown
        assert '<option value="city.snow" selected>' in shown
        assert f'<option value="{gone.pk}" selected>{agreement.division}、{gone}</option>' in shown
    chosen = clerk.get(reverse("desk:results"), {"division": agreement.division.public_id}).content.decode()
    assert f'<option value="{agreement.division.public_id}" selected>' in chosen
