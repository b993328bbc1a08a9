"""Writing a story, its pictures, and the way to the public pages: who may, what is asked, what two editors see."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from renkei.accounts.models import Role
from renkei.audit.models import Entry
from renkei.documents.models import Document
from renkei.initiatives.models import Story
from renkei.initiatives.vocabulary import Publicity
from tests.factories import a_division, a_municipality, a_user, an_agreement
from tests.work_factories import a_picture, a_story

pytestmark = pytest.mark.django_db
WRITTEN = {"fiscal_year": "2023", "title": "スマホ教室に120人", "text": "教室を開きました。\n\n好評でした。"}


@pytest.fixture
def division():
    return a_division()


@pytest.fixture
def agreement(division):
    return an_agreement(published=True, division=division)


@pytest.fixture
def clerk(division):
    return a_user(role=Role.RESPONSIBLE, division=division, sign_in_name="tanto")


@pytest.fixture
def desk(client, clerk):
    client.force_login(clerk)
    return client


@pytest.fixture
def coordinator(client):
    return a_user(role=Role.COORDINATOR, sign_in_name="sokatsu")


def picture(content: bytes | None = None) -> dict[str, object]:
    return {"file": SimpleUploadedFile("教室.png", content or a_picture()), "description": "教室で学ぶ人たち"}


def test_from_an_empty_form_to_the_public_page(desk, client, agreement, coordinator):
    chosen = desk.get("/desk/stories/new/?q=物資 見本").content.decode()
    assert f"/desk/stories/new/{agreement.public_id}/" in chosen
    answer = desk.post(f"/desk/stories/new/{agreement.public_id}/", {**WRITTEN, "once": "0123456789ab"})
    story = Story.objects.get()
    assert answer["Location"] == f"/desk/stories/{story.public_id}/"
    desk.post(f"/desk/stories/new/{agreement.public_id}/", {**WRITTEN, "once": "0123456789ab"})
    assert Story.objects.count() == 1, "sent twice, written once"
    at = f"/desk/stories/{story.public_id}/"
    desk.post(f"{at}pictures/new/", {**picture(), "version": 1})
    kept = Document.objects.get()
    assert desk.get(f"{at}pictures/{kept.public_id}/")["Content-Type"].startswith("image/")
    shown = desk.get(at).content.decode()
    assert 'alt="教室で学ぶ人たち"' in shown and "<p>好評でした。</p>" in shown
    desk.post(f"{at}propose/", {"version": 2})
    assert desk.post(f"{at}approve/", {"version": 3}).status_code == 403
    client.force_login(coordinator)
    assert "承認待ち 1件" in client.get("/desk/stories/").content.decode()
    assert "教室を開きました" in client.get(f"{at}approve/").content.decode()
    client.post(f"{at}approve/", {"version": 3})
    client.logout()
    assert "教室を開きました。" in client.get(f"/stories/{story.public_id}/").content.decode()
    told = set(Entry.objects.filter(subject_id=story.public_id).values_list("event", flat=True))
    assert told == {"stories.written", "stories.picture_added", "stories.proposed", "stories.approved"}


def test_what_everyone_reads_is_approved_again_after_a_change(desk, client, agreement, clerk):
    story = a_story(agreement, clerk)
    at = f"/desk/stories/{story.public_id}/"
    story.refresh_from_db()
    desk.post(f"{at}edit/", {**WRITTEN, "text": "別の文", "version": story.version})
    story.refresh_from_db()
    assert (story.text, story.publicity, story.approved_by) == ("別の文", Publicity.PROPOSED, None)
    assert client.get(f"/stories/{story.public_id}/").status_code == 404


def test_of_two_editors_the_second_is_told_and_keeps_what_was_typed(desk, agreement, clerk):
    story = a_story(agreement, clerk)
    at, seen = f"/desk/stories/{story.public_id}/edit/", Story.objects.get().version
    assert desk.post(at, {**WRITTEN, "text": "先の人", "version": seen}).status_code == 302
    answer = desk.post(at, {**WRITTEN, "text": "後の人の長い文", "version": seen})
    assert answer.status_code == 422
    assert "先に変更しました" in answer.content.decode() and "後の人の長い文" in answer.content.decode()
    assert Story.objects.get().text == "先の人"


def test_withdrawing_needs_a_reason_and_a_public_story_is_not_erased(desk, agreement, clerk):
    story = a_story(agreement, clerk)
    at = f"/desk/stories/{story.public_id}/"
    seen = Story.objects.get().version
    assert "先に公開をやめてください" in desk.post(f"{at}remove/", {"version": seen}).content.decode()
    assert desk.post(f"{at}withdraw/", {"version": seen, "reason": ""}).status_code == 422
    desk.post(f"{at}withdraw/", {"version": seen, "reason": "写真を差し替えるため"})
    assert Story.objects.get().publicity == Publicity.INTERNAL
    assert "写真を差し替えるため" in Entry.objects.get(event="stories.withdrawn").sentence
    kept = story.pictures.get().document
    desk.post(f"{at}pictures/{kept.public_id}/remove/", {"version": seen + 1})
    assert not Document.objects.exists()
    desk.post(f"{at}remove/", {"version": seen + 2})
    assert not Story.objects.exists() and Entry.objects.filter(event="stories.removed").exists()


def test_names_are_remarked_and_hostile_files_refused(desk, agreement, clerk):
    story = a_story(agreement, clerk, text="見本さん(090-1234-5678)が話しました。")
    at = f"/desk/stories/{story.public_id}/"
    assert "090-1234-5678" in desk.get(at).content.decode().split("公開してよいかを確かめてください")[1]
    for content, sentence in (
        (b"%PDF-1.7\n", "写真"),
        (b"MZ\x90", "ファイルです"),
        (b"<svg onload=x>", "ファイルです"),
    ):
        answer = desk.post(f"{at}pictures/new/", {**picture(content), "version": 1})
        assert answer.status_code == 422 and sentence in answer.content.decode()
    assert Document.objects.count() == 1


def test_a_story_of_an_agreement_that_is_not_public_waits(client, coordinator, division):
    story = a_story(an_agreement(division=division), coordinator)
    client.force_login(coordinator)
    answer = client.post(
        f"/desk/stories/{story.public_id}/approve/", {"version": Story.objects.get().version}
    )
    assert "先に協定を公開してください" in answer.content.decode()
    assert Story.objects.get().publicity == Publicity.INTERNAL


def test_other_towns_and_future_years(desk, agreement, clerk):
    theirs = an_agreement(municipality=a_municipality("131016"), published=True)
    story = a_story(theirs, a_user(municipality=theirs.municipality, sign_in_name="theirs"))
    for address in (f"stories/{story.public_id}/", f"stories/new/{theirs.public_id}/"):
        assert desk.get(f"/desk/{address}").status_code == 404
    answer = desk.post(f"/desk/stories/new/{agreement.public_id}/", {**WRITTEN, "fiscal_year": "2999"})
    assert answer.status_code == 422
    assert story.title not in desk.get("/desk/stories/?state=published&year=2023").content.decode()
