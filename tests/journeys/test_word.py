"""A draft goes out as Word, is changed in LibreOffice in three ways, comes back, and is signed as it was agreed."""

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from machine.browser import office_python
from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.audit.verification import faults
from renkei.documents.contents import AgreementText
from renkei.documents.sheets import plain_text
from renkei.documents.word.opening import open_word
from renkei.documents.word.told import WordParagraph
from renkei.municipalities.models import Municipality
from renkei.procedures.models import DraftVersion, Procedure, ReturnedDraft, ReviewRound
from renkei.procedures.people import participants
from renkei.rules.redline import Mark
from tests.journeys.both_sides import TOWN, Window, a_window, at_the_desk
from tests.journeys.looking import LEVELS, violations
from tests.journeys.test_procedure import accept, advance, check_all, page_of
from tests.procedure_factories import visit

pytestmark = pytest.mark.django_db(transaction=True)

EDITS = Path(__file__).parent / "office_edits.py"
ITEM = """<item oor:path="/org.openoffice.UserProfile/Data">
<prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>"""
PROFILE = f"""<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{ITEM.format("givenname", "見本")}{ITEM.format("sn", "保")}
</oor:items>
"""
Office = Callable[[str, bytes], bytes]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A LibreOffice of 見本 保, with nothing on its screen; called with what to do and the file."""
    home = tmp_path / "office" / "user"
    home.mkdir(parents=True)
    (home / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    pipe = f"renkei{Path(tempfile.mktemp()).name}".replace("_", "")
    running = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={home.parent.as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def edited(edit: str, content: bytes) -> bytes:
        source, target = tmp_path / "協定書.docx", tmp_path / "直した協定書.docx"
        source.write_bytes(content)
        program = office_python()
        assert program, "./run test installs python3-uno."
        subprocess.run([program, str(EDITS), pipe, edit, str(source), str(target)], check=True, timeout=60)
        return target.read_bytes()

    yield edited
    running.terminate()
    running.wait(30)


@pytest.fixture
def procedure(town: Municipality) -> Procedure:
    """At 案の作成, with a text and a list that the partner has been shown."""
    return Procedure.objects.get(public_id="pc0000000008")


def set_aside_what_came_before(clerk: Window, procedure: Procedure) -> None:
    """A draft has come back in the demo town already; nobody goes on while it waits."""
    before = ReturnedDraft.objects.get(procedure=procedure)
    clerk.go(page_of(procedure, f"returned/{before.public_id}/set-aside/"))
    clerk.write(reason="新しい修正を受け取るため。")
    clerk.press("取り上げずに終える")


def newest_text(procedure: Procedure) -> DraftVersion:
    found = procedure.versions.filter(kind="text").order_by("number").last()
    assert found
    return found


def let_in(partner: Window, procedure: Procedure, address: str) -> None:
    """The partner's person is at the counter already."""
    client = visit(Client(), participants(procedure)[0])
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    partner.page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}]
    )


def counter_page(procedure: Procedure, page: str) -> str:
    return f"/counter/{TOWN}/procedures/{procedure.public_id}/{page}"


def taken(window: Window, ending: str) -> bytes:
    """What the link of this address downloads."""
    with window.page.expect_download() as download:
        window.page.locator(f"main a[href$='{ending}']").first.click()
    return download.value.path().read_bytes()


def word_of_newest(clerk: Window, procedure: Procedure) -> bytes:
    clerk.go(page_of(procedure, f"drafts/{newest_text(procedure).public_id}/"))
    return taken(clerk, "/word/")


def choose_file(window: Window, content: bytes) -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    file = {"name": "直した協定書.docx", "mimeType": kind, "buffer": content}
    window.page.set_input_files("main input[type=file]", file)


def bring(clerk: Window, procedure: Procedure, content: bytes) -> ReturnedDraft:
    """The clerk brings what came by mail, and opens its comparison."""
    clerk.go(page_of(procedure, "returned/"))
    choose_file(clerk, content)
    clerk.choose("origin", participants(procedure)[0].public_id)
    clerk.press("受け取って比べる")
    return look_at_newest(clerk, procedure)


def look_at_newest(clerk: Window, procedure: Procedure) -> ReturnedDraft:
    found = ReturnedDraft.objects.filter(procedure=procedure).latest("received_at")
    clerk.go(page_of(procedure, f"returned/{found.public_id}/"))
    assert violations(clerk.page, LEVELS) == []
    return found


def take_up(clerk: Window, procedure: Procedure) -> AgreementText:
    """Make the next version of what was adopted."""
    before = newest_text(procedure).number
    clerk.follow("反映した版を作る")
    clerk.press("反映した版を作る")
    made = newest_text(procedure)
    assert made.number == before + 1
    return AgreementText.read(made.content)


def authors_of(returned: ReturnedDraft) -> list[tuple[str, list[str], bool]]:
    return [(one.clause, one.authors, one.is_tracked) for one in returned.changes.order_by("position")]


def with_recording(clerk: Window, partner: Window, procedure: Procedure, office: Office) -> None:
    """The partner changes with recording on and returns the file at the counter: who did what is known."""
    changed = office("tracked", word_of_newest(clerk, procedure))
    partner.go(counter_page(procedure, "returned/"))
    choose_file(partner, changed)
    partner.write(note="3か所を直しました。")
    partner.press("市に返す")
    partner.sees("市に送りました")
    returned = look_at_newest(clerk, procedure)
    by = ["見本 保"]
    assert authors_of(returned) == [("items", by, True), ("costs", by, True), ("secrets", by, True)]
    clerk.sees("修正3件のうち0件", "3か所を直しました。", "3年間にできませんか。")
    refuse(clerk, "食育の推進に関すること", "連携事項は、協議で合意した3つとします。")
    answer(clerk, "まず1年間とし、更新で延ばします。")
    clerk.press("残り2件をすべて反映する")
    words = plain_text(take_up(clerk, procedure))
    assert "二分の一ずつ負担する" in words
    assert "食育" not in words and "個人情報は" not in words
    partner.go(counter_page(procedure, f"returned/{returned.public_id}/"))
    partner.sees(
        "修正3件のうち2件を反映します", "連携事項は、協議で合意した3つとします。", "更新で延ばします。"
    )
    redline = open_word(taken(partner, "/redline/"))
    said = [piece for one in redline.blocks if isinstance(one, WordParagraph) for piece in one.pieces]
    assert {one.author for one in said if one.mark != Mark.SAME} == {"見本 保"}


def refuse(clerk: Window, words: str, why: str) -> None:
    change = clerk.page.locator(".review-comment", has_text=words).first
    change.locator("summary").click()
    change.locator("[name=answer]").fill(why)
    with clerk.page.expect_navigation():
        change.get_by_role("button", name="反映しない").click()


def answer(clerk: Window, words: str) -> None:
    remark = clerk.page.locator(".review-comment", has_text="3年間にできませんか。").first
    remark.locator("summary").click()
    remark.locator("[name=answer]").fill(words)
    with clerk.page.expect_navigation():
        remark.get_by_role("button", name="回答する").click()


def without_recording(clerk: Window, procedure: Procedure, office: Office) -> None:
    """With recording off nothing stays hidden: the words that changed, and the article that was moved."""
    before = AgreementText.read(newest_text(procedure).content)
    returned = bring(clerk, procedure, office("untracked", word_of_newest(clerk, procedure)))
    assert authors_of(returned) == [("publication", [], False), ("talks", [], False)]
    assert returned.changes.get(clause="publication").kind == "moved"
    clerk.sees("変更履歴に残っていない変更", "年2回以上の")
    clerk.press("残り2件をすべて反映する")
    after = take_up(clerk, procedure)
    keys = [one.key for one in before.articles]
    keys.insert(keys.index("talks"), keys.pop(keys.index("publication")))
    assert [one.key for one in after.articles] == keys
    assert "年2回以上の協議を行う" in plain_text(after)


def by_way_of_another_format(clerk: Window, procedure: Procedure, office: Office) -> None:
    """Saved as .odt on the way, only the new article is a change."""
    returned = bring(clerk, procedure, office("by way of odt", word_of_newest(clerk, procedure)))
    (change,) = returned.changes.all()
    assert (change.kind, change.is_tracked) == ("inserted", False)
    clerk.press("残り1件をすべて反映する")
    assert take_up(clerk, procedure).articles[-1].text == "甲及び乙は、連絡の担当者を互いに書面で知らせる。"


def settle_the_round_before(clerk: Window, procedure: Procedure) -> None:
    """It was sent back in its first round: what was said there is answered, and the round ends."""
    clerk.go(page_of(procedure, "reviews/"))
    clerk.follow("扱いを決める")
    clerk.choose("resolution", "answered")
    clerk.write(answer="直したWordで承りました。")
    clerk.press("扱いを決める")
    clerk.go(page_of(procedure, "reviews/end/"))
    clerk.choose("outcome", "revised")
    clerk.write(reason="直した案ができたため。")
    clerk.press("この回を終える")


def review(chromium: Browser, address: str, clerk: Window, partner: Window, procedure: Procedure) -> None:
    """One round, in which both sides accept the newest text."""
    advance(clerk, procedure)
    settle_the_round_before(clerk, procedure)
    clerk.go(page_of(procedure, "reviews/open/"))
    clerk.press("確認をお願いする")
    partner.go(counter_page(procedure, "review/"))
    partner.sees("連絡の担当者を互いに書面で知らせる。")
    accept(partner)
    last = ReviewRound.objects.filter(procedure=procedure).latest("number")
    for reviewer in last.reviewers.filter(side="town"):
        person = reviewer.user or User.objects.filter(assignments__division=reviewer.division).first()
        assert person
        with at_the_desk(chromium, address, person.sign_in_name) as inside:
            inside.go(page_of(procedure, "review/"))
            accept(inside)
    last.refresh_from_db()
    assert last.outcome == "agreed"


def sign(clerk: Window, procedure: Procedure) -> Agreement:
    """The PDF of the agreed text is signed and uploaded; the procedure ends with an agreement of the register."""
    advance(clerk, procedure)
    today = timezone.localdate().isoformat()
    clerk.go(page_of(procedure, "signing/approval/"))
    clerk.write(reference="旭地活第9号", authority="市長", decided_on=today)
    clerk.press("決裁を記録する")
    clerk.go(page_of(procedure, "signing/plan/"))
    clerk.write(signs_on=today, place="市長応接室", publishes_on=today)
    clerk.choose("method", "paper_seal")
    clerk.press("予定を保存する")
    check_all(clerk, procedure)
    clerk.go(page_of(procedure, "signing/facts/"))
    clerk.press("この内容でよい")
    clerk.go(page_of(procedure, f"drafts/{newest_text(procedure).public_id}/"))
    signed = taken(clerk, "/pdf/")
    assert newest_text(procedure).digest in words_in(signed)
    clerk.go(page_of(procedure, "signing/copy/"))
    clerk.page.set_input_files(
        "main input[type=file]", {"name": "署名済み.pdf", "mimeType": "application/pdf", "buffer": signed}
    )
    clerk.press("写しを保存する")
    clerk.go(page_of(procedure, "conclude/"))
    clerk.tick("is_checked")
    clerk.press("締結を終える")
    procedure.refresh_from_db()
    assert procedure.agreement
    return procedure.agreement


def words_in(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as opened:
        said = "".join(page.get_textpage().get_text_bounded() for page in opened)
    return "".join(said.split())


def the_digest_is_the_same_everywhere(clerk: Window, procedure: Procedure, agreement: Agreement) -> None:
    digest = newest_text(procedure).digest
    clerk.go(page_of(procedure, "signing/"))
    clerk.sees(digest[:12])
    clerk.go(f"/desk/agreements/{agreement.public_id}/")
    clerk.sees("署名済みの写し", digest[:12])
    made = agreement.attachments.get(label__contains=digest[:12]).document
    with made.content.open("rb") as kept:
        assert digest in words_in(kept.read())


def test_a_draft_is_edited_in_libreoffice_three_times_and_signed_as_it_was_agreed(
    chromium: Browser, live_server: LiveServer, procedure: Procedure, office: Office
) -> None:
    with (
        a_window(chromium, live_server.url, 390) as partner,
        at_the_desk(chromium, live_server.url, "sokatsu") as clerk,
    ):
        let_in(partner, procedure, live_server.url)
        set_aside_what_came_before(clerk, procedure)
        with_recording(clerk, partner, procedure, office)
        without_recording(clerk, procedure, office)
        by_way_of_another_format(clerk, procedure, office)
        review(chromium, live_server.url, clerk, partner, procedure)
        agreement = sign(clerk, procedure)
        the_digest_is_the_same_everywhere(clerk, procedure, agreement)
        assert [*partner.wrong, *clerk.wrong] == []
    assert list(faults()) == []
