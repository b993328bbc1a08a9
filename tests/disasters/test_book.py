"""The disaster book: from the need to the right number on paper, and what is not known is said."""

import re
from datetime import date, timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.core.management import CommandError, call_command

from renkei.disasters.book.codes import code_svg, telephone_code
from renkei.disasters.book.daily import make_the_nights_book
from renkei.disasters.book.whole import book_of, book_pdf, place_of
from renkei.disasters.models import DisasterBook
from renkei.disasters.services.making_books import KEPT, BookRefused, make_book
from renkei.disasters.vocabulary import Certainty, ChannelKind, ReachedWhen
from renkei.documents.models import Document, PageText
from renkei.documents.text_reading import unread
from renkei.partners.models import Organisation
from tests.disaster_factories import AT, DAY, a_capability, a_contact
from tests.factories import a_municipality, an_agreement

pytestmark = pytest.mark.django_db


def texts(content: bytes) -> list[str]:
    """The text of each page, without blanks."""
    with pypdfium2.PdfDocument(BytesIO(content)) as paper:
        return [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in paper]


def a_prepared_town():
    """One who is sure at night, one with an aging number, one for the day only, one of whom nothing is known."""
    sure = an_agreement(title="水の協定", partners=("株式会社安心",))
    a_capability(sure)
    a_contact(sure, name="夜野 守", channels=((ChannelKind.MOBILE, "090-0000-0001"),))
    old = an_agreement(title="水の古い協定", partners=("有限会社古い番号",))
    a_capability(old, certainty=Certainty.GUARANTEED)
    a_contact(old, verified_on=date(2020, 4, 1), channels=((ChannelKind.PHONE, "0166-00-0002"),))
    day = an_agreement(title="燃料の協定", partners=("昼間だけ石油",))
    a_capability(day, function="fuel", goods="軽油", quantity=None, certainty=Certainty.NONE)
    a_contact(day, reached_when=ReachedWhen.DAY, channels=((ChannelKind.PHONE, "0166-00-0003"),))
    an_agreement(title="災害時の応援に関する協定", partners=("何も分からない組合",), form="disaster")
    a_contact(sure, organisation=None, unit="防災課長", channels=((ChannelKind.MOBILE, "090-0000-0009"),))


def test_from_the_need_over_the_page_to_the_number():
    a_prepared_town()
    Organisation.objects.filter(name="有限会社古い番号").update(name_kana="ふるいばんごう")
    book = book_of(a_municipality(), DAY)
    assert book.partners[0]["name"] == "有限会社古い番号", "in kana order; who has no reading comes after"
    numbered = [Organisation(name=name) for name in ("株式会社見本10", "見本9組合", "見本2株式会社")]
    assert [one.name for one in sorted(numbered, key=place_of)] == [
        "見本2株式会社", "見本9組合", "株式会社見本10",
    ]  # fmt: skip
    assert [one["name"] for one in book.functions] == ["食料・飲料水の供給", "燃料の供給"]
    water, fuel = (one["rows"] for one in book.functions)
    assert [(row["name"], row["night"], row["warning"]) for row in water] == [
        ("株式会社安心", "090-0000-0001", ""),
        ("有限会社古い番号", "0166-00-0002", "1年以上前に確認"),
    ]
    assert (fuel[0]["night"], fuel[0]["day"]) == ("夜間の番号が登録されていません", "0166-00-0003")
    assert "救助" in "".join(book.lacking)

    pages = texts(book_pdf(book).content)
    assert "090-0000-0009" in pages[0]
    assert "取扱注意個人情報" in pages[0]
    # Page 2 names the page of the need, which names the partner with the number.
    named = re.search(r"食料・飲料水の供給2者2者1者([0-9]+)", pages[1])
    assert named, pages[1]
    assert "090-0000-0001" in pages[int(named[1]) - 1]
    everything = "".join(pages)
    assert "何も分からない組合" in everything
    assert "支援内容が登録されていません" in everything
    assert "緊急連絡先が登録されていません" in everything
    assert "2020年" not in pages[0]
    assert pages[-1].index("よみが登録されていない相手方") < pages[-1].index("株式会社安心"), (
        "nobody has written it"
    )
    for form in ("要請書", "通話記録", "引継ぎ", "連絡体制調査票", "さくいん"):
        assert form in everything


def test_a_code_dials_without_a_network_and_what_no_telephone_dials_has_none():
    assert telephone_code("090-0000-0001") == code_svg("TEL:09000000001")
    assert telephone_code("防災無線 市役所12") != telephone_code("")
    assert telephone_code("無線") == ""


def test_a_book_is_made_once_a_night_and_the_last_seven_are_kept_with_their_files(
    django_capture_on_commit_callbacks,
):
    town = a_municipality()
    make_the_nights_book(None, municipality=town, now=AT)
    assert not DisasterBook.objects.exists()
    with pytest.raises(BookRefused, match="一つもありません"):
        make_book(town, at=AT)
    an_agreement(form="disaster")
    for _again in range(2):
        make_the_nights_book(None, municipality=town, now=AT)
    assert [one.day for one in DisasterBook.objects.all()] == [DAY]
    first = DisasterBook.objects.select_related("document").get()
    assert first.pages >= 10
    assert not unread().exists()
    assert not PageText.objects.exists(), "no second copy of people's numbers"
    for nights in range(1, KEPT):
        day = DAY + timedelta(days=nights)
        document = Document.objects.create(
            municipality=town, name="冊子", media_type="application/pdf", size=1, digest="0" * 64
        )
        made_at = AT + timedelta(days=nights)
        DisasterBook.objects.create(municipality=town, document=document, day=day, made_at=made_at)
    with django_capture_on_commit_callbacks(execute=True):
        make_book(town, at=made_at + timedelta(minutes=5))
    kept = list(DisasterBook.objects.all())
    assert len({one.day for one in kept}) == len(kept) == KEPT, (
        "made once more by day, it takes no other day's place"
    )
    with django_capture_on_commit_callbacks(execute=True):
        make_book(town, at=AT + timedelta(days=KEPT))
    assert DisasterBook.objects.count() == KEPT
    assert not Document.objects.filter(pk=first.document.pk).exists()
    assert not first.document.content.storage.exists(first.document.content.name)


def test_the_command_writes_the_book_to_a_file(tmp_path, capsys):
    with pytest.raises(CommandError, match="ありません"):
        call_command("disaster_book", code="999999", to=str(tmp_path / "book.pdf"))
    a_prepared_town()
    call_command("disaster_book", code="012041", to=str(tmp_path / "book.pdf"))
    assert (tmp_path / "book.pdf").read_bytes().startswith(b"%PDF")
    assert "協定" in capsys.readouterr().out
