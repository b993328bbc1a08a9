"""Many agreements changed at once on screen: chosen over pages, looked at, changed, taken back."""

import pytest

from renkei.accounts.models import Role
from renkei.agreements import services
from renkei.agreements.models import Agreement, BulkChange
from tests.factories import a_division, a_municipality, a_user, agreements, an_agreement

pytestmark = pytest.mark.django_db

SELECT = "/desk/bulk/select/"


@pytest.fixture
def many() -> list[Agreement]:
    """Fifty agreements: three pages of the list."""
    return agreements(50, title="見本の協定{number:02}", division=a_division())


def ids(some) -> list[str]:
    return [one.public_id for one in some]


def shown_on(answer) -> list[str]:
    return [row.public_id for row in answer.context["listing"].rows]


def look(client, chosen, value, fact="form"):
    return client.post(
        f"/desk/bulk/change/{fact}/", {"chosen": " ".join(chosen), "value": value, "do": "look"}
    )


def change(client, chosen, value, fact="form", seen=None):
    seen = seen or look(client, chosen, value, fact).context["seen"]
    sent = {"chosen": " ".join(chosen), "value": value, "seen": seen, "do": "change"}
    return client.post(f"/desk/bulk/change/{fact}/", sent, follow=True)


def test_ticks_are_kept_from_page_to_page_without_any_script(clerk, many):
    first = clerk.post(SELECT, {"go": "1"})
    on_first = shown_on(first)
    second = clerk.post(SELECT, {"id": on_first[:15], "go": "2"})
    assert second.context["count"] == 15
    third = clerk.post(SELECT, {"chosen": second.context["beside"], "id": shown_on(second)[:10], "go": "3"})
    assert third.context["count"] == 25
    back = clerk.post(SELECT, {"chosen": third.context["beside"], "go": "1"})
    assert back.content.decode().count(" checked") == 15
    fewer = clerk.post(SELECT, {"chosen": back.context["beside"], "id": on_first[:3], "go": "1"})
    assert fewer.context["count"] == 13


def test_all_that_were_found_are_chosen_at_once_and_let_go(clerk, many):
    an_agreement(title="別の取決め")
    answer = clerk.post(f"{SELECT}?q=見本の協定", {"all": "yes"})
    assert answer.context["count"] == 50
    assert clerk.post(SELECT, {"chosen": answer.context["beside"], "none": "yes"}).context["count"] == 0


def test_the_list_offers_ticks_that_lead_there(clerk, many):
    shown = clerk.get("/desk/agreements/?q=見本").content.decode()
    assert shown.count('form="selection"') == 20
    answer = clerk.post(f"{SELECT}?q=見本", {"id": ids(many[:2])})
    assert answer.context["count"] == 2


def test_before_and_after_are_shown_and_nothing_is_written(clerk, many):
    shown = look(clerk, ids(many), "scheme").content.decode()
    assert "50件のうち50件を変更できます。" in shown
    assert shown.count("個別連携協定</td>") == 50
    assert not BulkChange.objects.exists()
    assert set(Agreement.objects.values_list("form", flat=True)) == {"individual"}


def test_forty_nine_are_changed_and_the_one_somebody_was_faster_with_is_named(clerk, many):
    seen = look(clerk, ids(many), "scheme").context["seen"]
    services.publish(Agreement.objects.get(title="見本の協定07"), actor=None)
    shown = change(clerk, ids(many), "scheme", seen=seen).content.decode()
    assert "49件の協定の協定形態を変更しました" in shown
    assert "変更しなかった協定 1件" in shown
    assert "システムが「見本の協定07」を公開しました" in shown
    assert Agreement.objects.filter(form="scheme").count() == 49


def test_one_press_takes_it_back_from_the_message_and_from_the_list(clerk, many):
    change(clerk, ids(many), "scheme")
    made = BulkChange.objects.get()
    assert f"/desk/bulk/{made.public_id}/" in clerk.get("/desk/bulk/").content.decode()
    shown = clerk.post(f"/desk/bulk/{made.public_id}/", follow=True).content.decode()
    assert "一括変更を取り消しました。" in shown
    assert not Agreement.objects.filter(form="scheme").exists()
    assert "取消し済み" in clerk.get("/desk/bulk/").content.decode()


def test_the_division_is_changed_and_the_partners_page_of_rights_is_asked_for_each(client, many):
    beside = a_division(name="環境課")
    theirs = an_agreement(title="環境の協定", division=beside)
    client.force_login(a_user(role=Role.RESPONSIBLE, division=beside, sign_in_name="kankyo"))
    shown = look(client, ids([*many, theirs]), "", "division").content.decode()
    assert "51件のうち1件を変更できます。" in shown
    assert shown.count("防災課か総括課の担当者だけが変更できます。") == 50


def test_a_reader_is_told_why_for_each_and_changes_nothing(reader, many):
    shown = look(reader, ids(many), "scheme").content.decode()
    assert "50件のうち0件を変更できます。" in shown
    assert "0件を変更する" not in shown
    sent = {"chosen": " ".join(ids(many)), "value": "scheme", "do": "change"}
    sent["seen"] = " ".join(f"{one}:1" for one in ids(many))
    answer = reader.post("/desk/bulk/change/form/", sent)
    assert answer.status_code == 422 and "変更できる協定がありません" in answer.content.decode()


def test_a_reader_takes_nothing_back(clerk, reader, many, client):
    # Both windows share one browser: the reader signs in last, so the clerk's change is made by the service.
    person = a_user(sign_in_name="sokatsu")
    client.force_login(person)
    change(client, ids(many), "scheme")
    client.force_login(a_user(role=Role.READER, sign_in_name="etsuran2"))
    shown = client.post(f"/desk/bulk/{BulkChange.objects.get().public_id}/", follow=True).content.decode()
    assert "取り消せる協定がありません" in shown
    assert Agreement.objects.filter(form="scheme").count() == 50
    assert BulkChange.objects.get().undone_at is None


def test_more_than_an_act_takes_is_refused_with_what_to_do(clerk):
    answer = clerk.post(SELECT, {"chosen": " ".join(f"{number:012}" for number in range(2001))})
    assert answer.status_code == 422
    assert "一度に変更できるのは2,000件までです" in answer.content.decode()


def test_nothing_chosen_says_so(clerk):
    assert "協定が選ばれていません" in clerk.get("/desk/bulk/change/form/").content.decode()
    assert clerk.get("/desk/bulk/change/title/").status_code == 404


@pytest.mark.parametrize("value", ["nothing", "", "\0"])
def test_a_value_that_is_not_offered_is_refused(clerk, many, value):
    answer = look(clerk, ids(many[:1]), value)
    assert answer.status_code == 422


def test_another_towns_agreement_is_not_reached(clerk):
    theirs = an_agreement(title="よその協定", municipality=a_municipality("011002"))
    assert "よその協定" not in look(clerk, ids([theirs]), "scheme").content.decode()
    change(clerk, ids([theirs]), "scheme", seen=f"{theirs.public_id}:1")
    assert Agreement.objects.get().form == "individual"


def test_the_selection_is_taken_away_as_a_file(clerk, many):
    answer = clerk.post("/desk/agreements.csv", {"chosen": " ".join(ids(many[:3])), "id": ids(many[3:5])})
    lines = b"".join(answer).decode("utf-8-sig").strip().splitlines()
    assert len(lines) == 6
