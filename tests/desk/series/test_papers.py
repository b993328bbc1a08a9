"""Papers of a series on screen: ordered, watched, taken, and what could not be made told by partner."""

from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from renkei.agreements.models import PartnerPapers, Series, SeriesPapers
from renkei.agreements.services import create_series
from renkei.agreements.services.series_papers import order_papers
from tests.agreements.test_series_papers import AT, FACTS, a_series, a_word
from tests.factories import a_municipality

pytestmark = pytest.mark.django_db

ASKED = {
    "makes": ["agreement", "cover"],
    "text": "watching",
    "whom": "all",
    "signatory": "見本市長　見本 一郎",
    "first_number": 1,
}


def at(series: Series, what: str = "") -> str:
    return f"/desk/series/{series.public_id}/papers/{what}"


@pytest.mark.django_db(transaction=True)
def test_papers_are_ordered_made_behind_the_page_and_taken(clerk):
    series = a_series("株式会社見本\n外字\ue000商店")
    assert clerk.get(at(series)).context["form"]["text"].value() == "watching", "near to its title"
    progress = clerk.post(at(series), {**ASKED, "day": "R8.12.1"})["Location"]
    shown = clerk.get(progress).content.decode()
    assert "2者のうち0者が済みました" in shown and 'data-reload="4000"' in shown
    assert clerk.get(f"{progress}zip/").status_code == 404
    call_command("db_worker", batch=True, verbosity=0, startup_delay=False)
    shown = clerk.get(progress).content.decode()
    assert "2者のうち2者の文書を作りました。" in shown and "data-reload" not in shown
    assert "印刷できない文字があります" in shown and "Wordから印刷してください" in shown
    answer = clerk.get(f"{progress}zip/")
    assert "見守りの文書.zip" in unquote(answer["Content-Disposition"])
    assert b"".join(answer).startswith(b"PK")
    assert b"".join(clerk.get(f"{progress}print/")).startswith(b"%PDF")
    again = clerk.post(f"{progress}again/")["Location"]
    assert again != progress and SeriesPapers.objects.count() == 2
    assert "見本市長　見本 一郎" in clerk.get(at(series)).content.decode()


@pytest.mark.parametrize(
    "typed, words",
    [
        ({"makes": []}, "協定書か送付状、または両方を選んでください。"),
        ({"text": "file"}, "Wordのひな形を選んでください。"),
        ({"whom": "chosen"}, "相手方を一者以上選んでください。"),
        ({"more": "値だけ"}, "「項目: 値」と書いてください。"),
        (
            {"text": "file", "template": ("{{ 社名 }}",)},
            "差し込めない項目があります: 社名。使えるのは 全当事者、",
        ),
    ],
)
def test_what_is_not_right_is_told_and_nothing_is_ordered(clerk, typed, words):
    if "template" in typed:
        typed = {**typed, "template": SimpleUploadedFile("ひな形.docx", a_word(*typed["template"]))}
    answer = clerk.post(at(a_series("株式会社見本")), {**ASKED, **typed})
    assert answer.status_code == 422
    assert words in answer.content.decode() and "見本市長　見本 一郎" in answer.content.decode()
    assert not SeriesPapers.objects.exists()


def test_only_the_chosen_partners_get_papers(clerk):
    series = a_series("株式会社一\n株式会社二\n株式会社三")
    one = series.agreements.get(parties__name_as_signed="株式会社二")
    clerk.post(at(series), {**ASKED, "whom": "chosen", "chosen": [one.public_id]})
    assert [str(each) for each in PartnerPapers.objects.all()] == ["株式会社二"]


def test_a_reader_sees_the_page_and_orders_nothing(reader):
    series = a_series("株式会社見本")
    assert "だけが変更できます" in reader.get(at(series)).content.decode()
    assert reader.post(at(series), ASKED).status_code == 403


def test_an_order_of_another_series_or_town_is_not_found(clerk):
    elsewhere = create_series(a_municipality("011002"), name="よその同文協定", facts={}, actor=None)
    own, other = a_series("株式会社見本"), create_series(a_municipality(), name="別", facts={}, actor=None)
    papers = order_papers(own, FACTS, list(own.agreements.all()), at=AT, actor=None)
    for series in (elsewhere, other):
        assert clerk.get(at(series, f"{papers.public_id}/")).status_code == 404
    assert clerk.get(at(own, f"{papers.public_id}/")).status_code == 200


def test_a_form_that_is_sent_twice_orders_once(clerk):
    series = a_series("株式会社一")
    asked = {**ASKED, "once": "abcdef123456"}
    first, second = (clerk.post(at(series), asked)["Location"] for _time in range(2))
    assert first == second and 'name="once"' in clerk.get(at(series)).content.decode()
    again, twice = (clerk.post(f"{first}again/", {"once": "abcdef123457"})["Location"] for _time in range(2))
    assert again == twice != first and SeriesPapers.objects.count() == 2
