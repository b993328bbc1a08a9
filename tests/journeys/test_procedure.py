"""From 「提案する」 to the signature: both sides play, every letter is read, and three others end before."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from renkei.agreements.models import Agreement
from renkei.audit.verification import faults
from renkei.initiatives.models import Initiative
from renkei.municipalities.models import Division, Municipality
from renkei.procedures.models import Procedure, ReviewRound
from renkei.procedures.vocabulary import Stage
from renkei.reminders.models import Letter, LetterState
from tests.journeys.both_sides import (
    TOWN,
    Postman,
    Window,
    a_window,
    at_the_desk,
    sign_in_where_the_link_leads,
)
from tests.journeys.looking import LEVELS, violations
from tests.reminders.conftest import mail_port, postbox  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)

PARTNER = "teian@example.com"
COMPANY = "見本ケーブルテレビ株式会社"
TITLE = "観光と防災の情報発信に関する連携"
ITEMS = ("観光の情報発信に関すること", "災害時の情報発信に関すること")
ANSWERS = {
    "kenko1": ("保健所 健康推進課", "not", "体制がないため", ""),
    "toshi1": ("地域振興部 都市計画課", "under_conditions", "予算の範囲内", "街角の映像を流す"),
    "kanko2": ("観光スポーツ部 観光課", "takes_part", "", "観光番組を月1回作る"),
}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def postman(postbox, live_server: LiveServer, settings) -> Postman:  # noqa: F811
    """Letters lead to this server, and come to this mail server."""
    settings.DESK_ADDRESS = settings.COUNTER_ADDRESS = live_server.url
    return Postman(postbox)


def come_in(partner: Window, postman: Postman, address: str, company: str = COMPANY) -> None:
    """The address is confirmed by mail; who comes for the first time says who they are."""
    partner.write(email=address)
    partner.press("リンクを送る")
    partner.sees("リンクを送りました")
    partner.go(postman.link(address, "窓口に入るリンク"))
    partner.press_enter("窓口に入る")
    partner.write(name="提案 太郎", organisation_name=company, phone="0166-00-0000")
    partner.press("保存して進む")


def come_in_again(partner: Window, postman: Postman, link: str) -> None:
    """Accepted as the partner's person they confirm their address again, and then stand where the link leads."""
    partner.page.goto(link)
    partner.write(email=PARTNER)
    partner.press("リンクを送る")
    partner.go(postman.link(PARTNER, "窓口に入るリンク"))
    partner.press_enter("窓口に入る")
    expect(partner.page).to_have_url(link)


def propose(partner: Window, postman: Postman, address: str = PARTNER, title: str = TITLE) -> Procedure:
    """From the portal to the receipt."""
    partner.go(f"/towns/{TOWN}/propose/")
    partner.sees("ふつう", "これまではおよそ")
    partner.follow("提案する")
    come_in(partner, postman, address)
    partner.press("書き始める")
    partner.follow("会社・団体")
    write_the_parts(partner, title)
    partner.press("提出する")
    partner.sees("受付番号")
    procedure = Procedure.objects.get(title=title)
    assert procedure.receipt in postman.letter(address, "提案を受け付けました")
    partner.go(postman.link(address, "提案を受け付けました"))
    partner.sees("いまここ", procedure.receipt)
    return procedure


def write_the_parts(partner: Window, title: str) -> None:
    partner.choose("partner_kind", "company")
    partner.write(address="北海道旭川市見本通1丁目", representative="代表取締役 見本 太郎")
    partner.press("保存して次へ")
    partner.press("保存して次へ")
    partner.choose("wished_form", "comprehensive")
    partner.choose("fields", "tourism", "disaster")
    partner.write(title=title, purpose="地域の情報を届けたい。", items="\n".join(ITEMS))
    partner.press("保存して次へ")
    partner.write(initiatives="番組と文字の放送")
    partner.press("保存して次へ")
    partner.press("保存して次へ")
    partner.tick("is_no_gang", "is_lawful", "is_no_charge")
    partner.press("保存して次へ")


def page_of(procedure: Procedure, page: str = "") -> str:
    return f"/desk/procedures/{procedure.public_id}/{page}"


def advance(clerk: Window, procedure: Procedure) -> None:
    clerk.go(page_of(procedure, "moves/advance/"))
    clerk.press("進める")
    clerk.sees("次の段階に進めました")


def hear_and_decide(clerk: Window, procedure: Procedure, postman: Postman) -> None:
    """The clerk hears; 包括 with a main field goes to its responsible division, which is told."""
    clerk.go(postman.link("sokatsu@example.jp", "提案が届きました"))
    clerk.follow("聴取の記録")
    today = timezone.localdate()
    clerk.write(held_on=today.isoformat(), way="電話", learned="費用は相手方が負担する。")
    clerk.press("聴取")
    clerk.go(page_of(procedure, "partner/new/"))
    clerk.press("登録して相手方に決める")
    assert "担当者として登録しました" in postman.letter(PARTNER, "担当者として登録しました")
    clerk.go(page_of(procedure, "window/"))
    tourism = Division.objects.of(procedure.municipality).get(name="観光課")
    clerk.choose("form", "comprehensive")
    clerk.choose("main_field", "tourism")
    clerk.page.locator("main [name=division]").select_option(label=str(tourism))
    clerk.press("決める")
    assert "窓口は、観光スポーツ部 観光課になりました" in postman.letter("kanko2@example.jp", "手続の窓口")
    advance(clerk, procedure)


def ask_divisions(clerk: Window, procedure: Procedure, due_on: str) -> None:
    clerk.go(page_of(procedure, "inquiries/new/"))
    for division in clerk.page.locator("main [name=divisions]:checked").all():
        division.uncheck()
    for name, *_answer in ANSWERS.values():
        one = Division.objects.of(procedure.municipality).get(name=name.split()[1])
        clerk.choose("divisions", one.public_id)
    clerk.write(due_on=due_on)
    clerk.press("照会")


def answer_from_the_letter(
    chromium: Browser, address: str, postman: Postman, sign_in_name: str, width: int
) -> None:
    _division, verdict, conditions, initiatives = ANSWERS[sign_in_name]
    link = postman.link(f"{sign_in_name}@example.jp", "庁内照会が届きました")
    with a_window(chromium, address, width) as division:
        sign_in_where_the_link_leads(division, link, sign_in_name)
        verdicts = division.page.locator(f"main [name^=verdict-][value={verdict}]")
        for place in range(verdicts.count()):
            verdicts.nth(place).check()
            if conditions:
                division.page.locator("main [name^=conditions-]").nth(place).fill(conditions)
            if initiatives:
                division.page.locator("main [name^=initiatives-]").nth(place).fill(initiatives)
        division.write(person="見本 花子")
        division.press("回答する")
        division.sees("回答しました")


def coordinate(
    chromium: Browser, clerk: Window, procedure: Procedure, postman: Postman, address: str, width: int
) -> None:
    """Three divisions answer differently from the links in their letters; the window sums up and checks."""
    ask_divisions(clerk, procedure, (timezone.localdate() + timedelta(days=14)).isoformat())
    for sign_in_name in ANSWERS:
        answer_from_the_letter(chromium, address, postman, sign_in_name, width)
    assert "すべての課の回答がそろいました" in postman.letter("kanko2@example.jp", "庁内照会に回答しました")
    clerk.go(page_of(procedure, "matrix/"))
    clerk.sees("参加する", "条件付きで参加する", "参加しない", "体制がないため")
    clerk.go(page_of(procedure, "inquiries/"))
    clerk.follow("締め切って取りまとめる")
    assert "体制がないため" in clerk.page.locator("[name=summary]").input_value()
    clerk.press("締め切る")
    check_all(clerk, procedure)
    advance(clerk, procedure)


def check_all(clerk: Window, procedure: Procedure) -> None:
    clerk.go(page_of(procedure, "checks/"))
    for one in clerk.page.locator("main [name^=answer-][value=fine]").all():
        one.check()
    clerk.press("点検の結果を保存する")


def talk(clerk: Window, partner: Window, procedure: Procedure, postman: Postman) -> None:
    """A meeting, a point, and a question that the partner answers from the letter."""
    today = timezone.localdate().isoformat()
    clerk.go(page_of(procedure, "meetings/new/"))
    clerk.write(held_on=today, agenda="役割の分担", minutes="番組は月1回。", internal_notes="庁内の見込み")
    clerk.press("保存")
    clerk.go(page_of(procedure, "meetings/"))
    clerk.press("相手方に記録を見せる")
    come_in_again(partner, postman, postman.link(PARTNER, "協議の記録をご確認ください"))
    partner.sees("番組は月1回。")
    expect(partner.page.locator("body")).not_to_contain_text("庁内の見込み")
    clerk.go(page_of(procedure, "points/new/?kind=open"))
    clerk.choose("kind", "open")
    clerk.write(text="文字放送の時間")
    clerk.choose("owner_side", "partner")
    clerk.press("書く")
    clerk.go(page_of(procedure, "questions/"))
    clerk.write(text="文字放送は何時からできますか。")
    clerk.press("質問を送る")
    partner.go(postman.link(PARTNER, "質問が届きました"))
    partner.follow("答える")
    partner.write(text="24時間できます。")
    partner.press("回答を市に送る")
    assert "24時間できます。" in postman.letter("kanko2@example.jp", "質問への回答が届きました")
    settle_and_agree(clerk, procedure)


def settle_and_agree(clerk: Window, procedure: Procedure) -> None:
    clerk.go(page_of(procedure, "meetings/"))
    clerk.follow("片づける")
    clerk.write(outcome="24時間とする")
    clerk.press("片づいた")
    for _item in ITEMS:
        clerk.go(page_of(procedure, "meetings/"))
        clerk.press("を合意とする")
    advance(clerk, procedure)


def draft(clerk: Window, procedure: Procedure) -> None:
    """Text and list from what was agreed and planned."""
    clerk.go(page_of(procedure, "drafts/new/"))
    clerk.write(town_signatory="旭川市長 見本 一郎", partner_signatory="代表取締役 見本 太郎")
    clerk.press("この内容で版を作る")
    clerk.go(page_of(procedure, "initiatives/"))
    clerk.sees("観光番組を月1回作る", "街角の映像を流す")
    clerk.go(page_of(procedure, "initiatives/write/"))
    clerk.press("版を作る")
    advance(clerk, procedure)


def review(clerk: Window, partner: Window, procedure: Procedure, postman: Postman) -> None:
    """The partner proposes another wording, it is adopted, and in the second round everybody accepts."""
    clerk.go(page_of(procedure, "reviews/open/"))
    clerk.press("確認をお願いする")
    partner.go(postman.link(PARTNER, "案の確認をお願いします"))
    clause = partner.page.locator(".review-clause", has_text="費用").first
    clause.locator("summary").click()
    clause.locator("[name=text]").fill("番組の費用を書いてください。")
    clause.locator("[name=proposed]").fill("番組の制作費は、乙が負担する。")
    clause.get_by_role("button", name="意見を送る").click()
    partner.sees("番組の費用を書いてください。")
    clerk.go(postman.link("kanko2@example.jp", "意見が届きました"))
    clerk.follow("扱いを決める")
    clerk.choose("resolution", "adopted")
    clerk.press("扱いを決める")
    clerk.go(page_of(procedure, "reviews/revise/"))
    clerk.press("反映した案を作る")
    clerk.go(page_of(procedure, "reviews/open/"))
    clerk.press("確認をお願いする")
    partner.go(postman.link(PARTNER, "第2回"))
    partner.sees("番組の制作費は、乙が負担する。")


def accept(window: Window) -> None:
    while window.page.locator("[name=agrees]").count():
        window.page.locator("[name=agrees]").first.check()
        with window.page.expect_navigation():
            window.page.get_by_role("button", name="同意する").first.click()


def all_accept(
    chromium: Browser, address: str, partner: Window, procedure: Procedure, postman: Postman
) -> None:
    accept(partner)
    last = ReviewRound.objects.filter(procedure=procedure).latest("number")
    for reviewer in last.reviewers.filter(side="town").select_related("division", "user"):
        name = (
            reviewer.user.sign_in_name
            if reviewer.user
            else {str(division): name for name, (division, *_rest) in ANSWERS.items()}[str(reviewer.division)]
        )
        with at_the_desk(chromium, address, name) as inside:
            inside.go(postman.link(f"{name}@example.jp", "第2回"))
            accept(inside)
    assert "全員が、同じ版" in postman.letter(PARTNER, "がそろいました")


def sign(clerk: Window, partner: Window, procedure: Procedure, postman: Postman) -> Agreement:
    """Decision, plan, facts, signed copy, and one act; the partner receives its copy."""
    advance(clerk, procedure)
    today = timezone.localdate().isoformat()
    clerk.go(page_of(procedure, "signing/approval/"))
    clerk.write(reference="旭観第9号", authority="市長", decided_on=today)
    clerk.press("決裁を記録する")
    clerk.go(page_of(procedure, "signing/plan/"))
    clerk.write(signs_on=today, place="市長応接室", publishes_on=today)
    clerk.choose("method", "paper_seal")
    clerk.press("予定を保存する")
    assert "市長応接室" in postman.letter(PARTNER, "締結の予定をお知らせします")
    check_all(clerk, procedure)
    clerk.go(page_of(procedure, "signing/facts/"))
    clerk.press("この内容でよい")
    clerk.go(page_of(procedure, "signing/copy/"))
    clerk.page.set_input_files(
        "main input[type=file]", {"name": "署名済み.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    clerk.press("写しを保存する")
    clerk.go(page_of(procedure, "conclude/"))
    clerk.tick("is_checked")
    clerk.press("締結を終える")
    partner.go(postman.link(PARTNER, "手続が終わりました(締結済み)"))
    partner.go(f"/counter/{TOWN}/procedures/{procedure.public_id}/signing/")
    with partner.page.expect_download() as download:
        partner.follow("写しを受け取る")
    assert download.value.path().read_bytes() == PDF
    procedure.refresh_from_db()
    assert procedure.agreement
    return procedure.agreement


def test_both_sides_from_the_proposal_to_the_signature(
    chromium: Browser, live_server: LiveServer, town: Municipality, postman: Postman
) -> None:
    with (
        a_window(chromium, live_server.url, 390) as partner,
        at_the_desk(chromium, live_server.url, "sokatsu", 1280) as clerk,
    ):
        procedure = propose(partner, postman)
        hear_and_decide(clerk, procedure, postman)
        coordinate(chromium, clerk, procedure, postman, live_server.url, 390)
        talk(clerk, partner, procedure, postman)
        draft(clerk, procedure)
        review(clerk, partner, procedure, postman)
        all_accept(chromium, live_server.url, partner, procedure, postman)
        agreement = sign(clerk, partner, procedure, postman)
        assert agreement.numbered == "令和8年度 第2号"
        assert [item.heading for item in agreement.items.all()] == list(ITEMS)
        assert Initiative.objects.about(agreement).count() == 4
        partner.go(f"/agreements/{agreement.public_id}/")
        partner.sees(agreement.numbered, COMPANY)
        assert violations(partner.page, LEVELS) == []
        assert [*partner.wrong, *clerk.wrong] == []
    assert not Letter.objects.exclude(state=LetterState.SENT).exists()
    assert list(faults()) == []


def test_one_is_declined_one_sent_back_and_forth_and_one_withdrawn(
    chromium: Browser, live_server: LiveServer, town: Municipality, postman: Postman
) -> None:
    with (
        a_window(chromium, live_server.url, 390) as partner,
        at_the_desk(chromium, live_server.url, "sokatsu") as clerk,
    ):
        declined = propose(partner, postman)
        clerk.go(page_of(declined, "moves/decline/"))
        letter = clerk.page.locator("[name=letter]").input_value()
        assert "ありがとう" in letter
        clerk.write(reason="体制がない。")
        clerk.press("見送り、手紙を送る")
        told = postman.letter(PARTNER, "手続が終わりました(見送り)")
        assert "".join(letter.split()) in "".join(told.split())
        assert "体制がない" not in told

        back = Procedure.objects.get(public_id="pc0000000010")
        clerk.go(page_of(back, "moves/send-back/"))
        clerk.choose("to", Stage.DRAFTING)
        clerk.write(reason="費用の条を決め直すため。", letter="費用の条を書き直します。")
        clerk.press("戻す")
        assert "費用の条を書き直します。" in postman.letter("hanako@example.com", "「案の作成」に戻りました")
        advance(clerk, back)
        postman.letter("jiro@example.com", "「内容確認・修正」に進みました")

        partner.page.context.clear_cookies()
        partner.go(f"/counter/{TOWN}/enter/password/")
        partner.write(email="hanako@example.com", password="renkei-demo-2024")
        partner.press("窓口に入る")
        partner.go(f"/counter/{TOWN}/procedures/{back.public_id}/withdraw/")
        partner.write(reason="社内の事情のため。")
        partner.tick("is_meant")
        partner.press("取り下げる")
        assert "社内の事情のため。" in postman.letter("sokatsu@example.jp", "手続が終わりました(取下げ)")
        back.refresh_from_db()
        assert back.stage == Stage.WITHDRAWN
