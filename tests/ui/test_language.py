"""Japanese and English, without JavaScript, back on the same page and on no other site."""

import pytest

from tests.factories import an_agreement

pytestmark = pytest.mark.django_db


def test_the_language_changes_and_the_page_stays(client):
    an_agreement(published=True)
    answer = client.post("/language/setlang/", {"language": "en", "next": "/agreements/?q=水"})
    assert answer.status_code == 302
    assert answer["Location"] == "/agreements/?q=%E6%B0%B4"
    assert '<html lang="en">' in client.get("/agreements/").content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "\\\\x"]
)
def test_it_leads_to_no_other_site(client, elsewhere):
    answer = client.post("/language/setlang/", {"language": "en", "next": elsewhere})
    assert answer["Location"] == "/"


def test_japanese_is_the_first_language(client, db):
    assert '<html lang="ja">' in client.get("/about/").content.decode()
