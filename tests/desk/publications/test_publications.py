"""The papers a town owes at the desk: what they lack, what stands in them, the files and who made them, the words."""

import io
import zipfile
from datetime import date
from urllib.parse import unquote

import pytest
from django.urls import reverse

from renkei.accounts.models import Role
from renkei.audit.models import Entry
from renkei.documents.page_texts import PDF, pages_of
from renkei.initiatives.vocabulary import Publicity, ResultState
from renkei.reports.models import Wording
from tests.factories import a_division, a_municipality, a_user, an_agreement
from tests.work_factories import YEAR, a_campaign, a_result, an_initiative

pytestmark = pytest.mark.django_db
ASKED = f"?on=2024-06-01&year={YEAR}"


@pytest.fixture
def agreement():
    """A comprehensive agreement with one initiative and one result, which is an approved example of the year."""
    a_division(name="協働課", is_coordinating=True)
    made = an_agreement(title="見本市と見本製薬の包括連携協定", form="comprehensive", division=a_division())
    initiative = an_initiative(made)
    a_result(
        initiative,
        highlight=1,
        state=ResultState.CONFIRMED,
        publicity=Publicity.PUBLISHED,
        public_text="熱中症の講座を開催",
    )
    a_result(initiative, what="庁内だけの話")
    return made


@pytest.fixture
def clerk(client, agreement):
    client.force_login(person := a_user())
    return person


def page(client, name, *args, asked=ASKED):
    return client.get(reverse(f"desk:{name}", args=args) + asked)


def words(answer) -> str:
    return answer.content.decode()


def test_the_page_says_what_each_paper_lacks_and_where_it_is_put_right(client, clerk, agreement):
    told = words(page(client, "publications"))
    assert "令和5年度の実績調査を始めていません。" in told
    assert "令和5年度の実績のうち1件が確認待ちです。" in told
    assert "令和5年度の評価は1件中0件が済んでいます。" not in told  # signed after that year
    assert "5か所が標準の文のままです" in told
    assert reverse("desk:wording_edit", args=["remarks"]) in told
    a_campaign(agreement)
    assert "令和5年度の実績調査を締めていません。" in words(page(client, "publications"))
    refused = page(client, "publications", asked="?on=いつか&year=abcd")
    assert refused.status_code == 422
    assert "いつか" in words(refused)


def test_the_slides_are_outlined_and_made_with_public_words_only_and_the_log_says_who_made_them(
    client, clerk, agreement
):
    outline = words(page(client, "publication", "slides"))
    assert "■ 熱中症を防ぐ講座の開催" in outline
    assert "・ 熱中症の講座を開催" in outline
    assert "庁内だけの話" not in outline
    answer = page(client, "publication_file", "slides", "pptx")
    name = unquote(answer["Content-Disposition"])
    assert name.endswith("連携協定の説明スライド(令和6年6月1日現在).pptx")
    assert answer["X-Content-Type-Options"] == "nosniff"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert any(
            "熱中症の講座を開催" in packed.read(one).decode()
            for one in packed.namelist()
            if "slides/slide" in one
        )
    last = Entry.objects.order_by("number").last()
    assert last.event == "publication.made"
    assert "連携協定の説明スライド」(令和6年6月1日現在)をPowerPointで作りました" in last.sentence
    assert page(client, "publication_file", "slides", "docx").status_code == 404
    assert page(client, "publication", "nosuch").status_code == 404


def test_the_sheets_are_one_page_however_much_there_is_to_tell_and_no_other_towns(
    client, clerk, agreement, tmp_path
):
    for number in range(30):
        one = an_initiative(agreement, title=f"取組{number} " + "とても長い題名の取組です。" * 20)
        a_result(one, what="とても長い実績の文です。" * 30)
    partner = agreement.partners[0].organisation
    for name, subject in (("publication_agreement", agreement), ("publication_partner", partner)):
        answer = page(client, name, subject.public_id, "pdf")
        made = tmp_path / f"{name}.pdf"
        made.write_bytes(answer.content)
        pages = pages_of(made, PDF)
        assert pages.count == 1
        text = "".join(pages.texts)
        assert "ほか" in text
        assert page(client, name, subject.public_id, "docx").status_code == 200
    theirs = an_agreement(municipality=a_municipality("011002"))
    assert page(client, "publication_agreement", theirs.public_id, "pdf").status_code == 404


def test_everybody_reads_the_words_and_only_coordinators_write_them(client, agreement):
    client.force_login(a_user(role=Role.READER, sign_in_name="reader"))
    at = reverse("desk:wording_edit", args=["closing"])
    assert "総括課の担当者だけ" in words(client.get(at))
    assert client.post(at, {"do": "keep", "text": "町の文", "version": 0}).status_code == 403
    client.force_login(a_user())
    looked = client.post(at, {"do": "look", "text": "協定は{{ 協定数 }}件", "version": 0})
    assert "協定は１件" in words(looked)
    assert not Wording.objects.exists()
    kept = client.post(
        at, {"do": "keep", "text": "協定は{{ 協定数 }}件", "version": 0, "source": "町の資料"}, follow=True
    )
    assert "協定は１件" in words(kept)
    assert "出典: 町の資料" in words(kept)
    late = client.post(at, {"do": "keep", "text": "あとから書いた文", "version": 0})
    assert late.status_code == 422
    assert "先に変更" in words(late)
    assert "あとから書いた文" in words(late)
    assert "差し込めない項目" in words(client.post(at, {"do": "keep", "text": "{{ ない }}", "version": 1}))
    client.post(at, {"do": "back", "version": 1})
    assert not Wording.objects.exists()


def test_remarks_are_written_for_a_day_and_the_example_is_chosen_from_a_list(client, clerk, agreement):
    at = reverse("desk:wording_edit", args=["remarks"])
    sent = {"do": "keep", "on": "R6.6.1", "text": "●　協定は９９件あります。", "version": 0}
    told = words(client.post(f"{at}?on=2024-06-01", sent, follow=True))
    assert Wording.objects.get().on == date(2024, 6, 1)
    assert "「99件」は、登録簿のどの数とも合いません。" in told
    at = reverse("desk:wording_edit", args=["example"])
    assert "見本市と見本製薬の包括連携協定(株式会社見本)" in words(client.get(at))
    client.post(at, {"do": "keep", "text": agreement.public_id, "version": 0})
    assert Wording.objects.get(place="example").text == agreement.public_id
