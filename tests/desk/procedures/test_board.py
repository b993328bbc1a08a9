"""The board, my tasks, a procedure's page and its moves at the desk."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from renkei.accounts.models import Role
from renkei.procedures.models import Hearing, Procedure, ProcedureSettings
from renkei.procedures.vocabulary import STEPS, Stage
from renkei.reminders.models import Letter
from tests.factories import a_division, a_municipality, a_user, an_agreement
from tests.procedure_factories import AT, TODAY, a_correspondent, a_partner, a_procedure

pytestmark = pytest.mark.django_db

BOARD = "/desk/procedures/"


@pytest.fixture
def procedure() -> Procedure:
    division = a_division()
    author = a_correspondent(organisation=a_partner())
    return a_procedure(stage=Stage.NEGOTIATION, division=division, author=author, at=timezone.now())


def shown(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def pressed(client: Client, procedure: Procedure, verb: str, **typed):
    """The answer to a move's form as it was filled in."""
    address = f"{BOARD}{procedure.public_id}/moves/{verb}/"
    version = Procedure.objects.get(pk=procedure.pk).version
    return client.post(address, {"version": version, **typed}, follow=True)


def stage_of(procedure: Procedure) -> str:
    return Procedure.objects.get(pk=procedure.pk).stage


def test_the_board_leads_to_the_procedure_and_says_what_comes_next(clerk, procedure):
    text = shown(clerk, BOARD)
    assert f"{BOARD}{procedure.public_id}/" in text
    assert (
        "相手方と合意した連携事項を一つ以上記録してください。" in text and "止まっている</span>" not in text
    )
    assert "当てはまる手続はありません" in shown(clerk, f"{BOARD}?q=どこにもない")
    assert procedure.title in shown(clerk, f"{BOARD}?step=negotiation&mine=1&year=9999&division=zz")
    assert procedure.title not in shown(clerk, f"{BOARD}?stuck=1")
    assert procedure.title not in shown(clerk, f"{BOARD}?state=ended&year=2026")


def test_the_board_is_taken_away_as_excel_and_csv(clerk, procedure):
    assert procedure.receipt in b"".join(clerk.get(f"{BOARD}list.csv?step=").streaming_content).decode()
    assert b"".join(clerk.get(f"{BOARD}list.xlsx").streaming_content).startswith(b"PK")
    assert clerk.get(f"{BOARD}list.pdf").status_code == 404


def test_another_towns_clerk_meets_none_of_it(procedure):
    stranger = Client()
    stranger.force_login(a_user(municipality=a_municipality("011002"), sign_in_name="stranger"))
    assert procedure.title not in shown(stranger, BOARD)
    assert stranger.get(f"{BOARD}{procedure.public_id}/").status_code == 404
    assert stranger.get(f"{BOARD}{procedure.public_id}/moves/decline/").status_code == 404


def test_my_tasks_stand_on_the_first_page_and_lead_to_where_they_are_done(procedure):
    person = a_user(role=Role.RESPONSIBLE, division=procedure.division, sign_in_name="bosai")
    client = Client()
    client.force_login(person)
    for address in ("/desk/", f"{BOARD}tasks/"):
        text = shown(client, address)
        assert "合意した連携事項" in text and f"{BOARD}{procedure.public_id}/meetings/" in text
    other = Client()
    other.force_login(a_user(role=Role.READER, sign_in_name="etsuran"))
    assert "いま、あなたをお待ちしていることはありません" in shown(other, f"{BOARD}tasks/")


def test_the_page_shows_step_window_people_and_what_comes_next(clerk, procedure):
    text = shown(clerk, f"{BOARD}{procedure.public_id}/")
    for words in (
        "6段階の3番目",
        "防災課",
        "山田 花子",
        "次にすること",
        "いまここ",
        procedure.receipt,
        "受け付けました",
    ):
        assert words in text, words
    assert text.count("<details") >= 5


def test_what_lacks_is_said_before_and_after_pressing(clerk):
    procedure = a_procedure(
        division=a_division(), form="comprehensive", author=a_correspondent(organisation=a_partner())
    )
    address = f"{BOARD}{procedure.public_id}/moves/advance/"
    assert "まだ足りないもの" in shown(clerk, address) and "/hearing/" in shown(clerk, address)
    answer = pressed(clerk, procedure, "advance", letter="")
    assert answer.status_code == 422 and "聴取の記録を残してください" in answer.content.decode()
    Hearing.objects.create(procedure=procedure, held_on=TODAY, learned="分かった", written_at=AT)
    assert "「庁内調整」" in shown(clerk, address)
    pressed(clerk, procedure, "advance", letter="次は庁内で相談します。")
    assert stage_of(procedure) == Stage.COORDINATION
    assert Letter.objects.filter(plain__contains="次は庁内で相談します。").count() == 1


def test_the_reason_stays_in_the_town_and_the_letter_goes_to_the_partner(clerk, procedure):
    text = shown(clerk, f"{BOARD}{procedure.public_id}/moves/decline/")
    assert "今回は協定の締結を見送らせていただく" in text
    assert pressed(clerk, procedure, "decline", reason="", letter="手紙").status_code == 422
    pressed(clerk, procedure, "decline", reason="内部の理由", letter="またの機会に。")
    assert stage_of(procedure) == Stage.DECLINED
    assert "またの機会に。" in Letter.objects.latest("pk").plain
    assert not Letter.objects.filter(plain__contains="内部の理由").exists()
    page = shown(clerk, f"{BOARD}{procedure.public_id}/")
    assert "内部の理由" in page and "再開する" in page
    pressed(clerk, procedure, "reopen", reason="再考した")
    assert stage_of(procedure) == Stage.NEGOTIATION


def test_it_goes_back_to_a_chosen_step_is_held_resumed_and_withdrawn_by_telephone(clerk, procedure):
    pressed(clerk, procedure, "send-back", to="proposal", reason="聴き直す")
    assert stage_of(procedure) == Stage.PROPOSAL
    pressed(clerk, procedure, "hold", reason="予算", until="R20.9.1", letter="お待ちください。")
    assert "保留にしています" in shown(clerk, f"{BOARD}{procedure.public_id}/")
    answer = pressed(clerk, procedure, "advance", letter="")
    assert answer.status_code == 422 and "先に保留を解いてください" in answer.content.decode()
    pressed(clerk, procedure, "resume")
    assert not Procedure.objects.get(pk=procedure.pk).is_held
    pressed(clerk, procedure, "record-withdrawal", way="山田様から電話", reason="社内の事情")
    assert stage_of(procedure) == Stage.WITHDRAWN
    assert "山田様から電話: 社内の事情" in shown(clerk, f"{BOARD}{procedure.public_id}/")


def test_without_an_agreement_is_an_end_and_what_is_no_move_is_not_there(clerk, procedure):
    pressed(clerk, procedure, "without-agreement", reason="協定がなくてもできる", letter="ご一緒に。")
    assert stage_of(procedure) == Stage.WITHOUT_AGREEMENT
    assert clerk.get(f"{BOARD}{procedure.public_id}/moves/anything/").status_code == 404
    late = pressed(clerk, procedure, "decline", reason="遅い", letter="遅い")
    assert late.status_code == 422 and "いまの段階からは" in late.content.decode()


def test_who_is_late_is_told_and_loses_nothing(clerk, procedure):
    old = procedure.version
    pressed(clerk, procedure, "hold", reason="予算", letter="お待ちください。")
    address = f"{BOARD}{procedure.public_id}/moves/decline/"
    answer = clerk.post(address, {"version": old, "reason": "打った理由", "letter": "打った手紙"})
    assert answer.status_code == 422
    assert "保留にしました" in answer.content.decode() and "打った理由" in answer.content.decode()


def test_durations_lead_to_the_stays_behind_each_figure(clerk, procedure):
    procedure.passages.update(left_on=timezone.localdate() + timedelta(days=8), move="advance")
    text = shown(clerk, f"{BOARD}durations/?step=negotiation")
    assert "8日" in text and text.count(f"{BOARD}{procedure.public_id}/") == 2
    assert "止まっている手続はありません" in text


def test_settings_are_kept_and_shown_again(clerk, procedure):
    typed = {"wanted": "見守りの担い手", "takes_proposals": "on", "answer_days": "１０"}
    typed |= {f"days-{step}": "7" for step in STEPS} | {
        "off-individual": ["review"],
        "lines-signing": "旗を頼んだ\n\n",
    }
    assert clerk.post(f"{BOARD}settings/", {"version": 0, **typed, "answer_days": "零"}).status_code == 422
    clerk.post(f"{BOARD}settings/", {"version": 0, **typed})
    held = ProcedureSettings.objects.get()
    assert held.course["off"] == {"individual": ["review"]} and held.course["answer_days"] == 10
    assert held.course["checks"] == {"signing": ["旗を頼んだ"]}
    assert "見守りの担い手" in shown(clerk, f"{BOARD}settings/")
    late = clerk.post(f"{BOARD}settings/", {"version": 0, **typed, "wanted": "遅い"})
    assert late.status_code == 422 and "遅い" in late.content.decode()


def test_an_agreement_leads_to_its_procedures(clerk, procedure):
    agreement = an_agreement()
    assert "この協定の手続" not in shown(clerk, f"/desk/agreements/{agreement.public_id}/")
    Procedure.objects.filter(pk=procedure.pk).update(agreement=agreement)
    assert f"{BOARD}{procedure.public_id}/" in shown(clerk, f"/desk/agreements/{agreement.public_id}/")
