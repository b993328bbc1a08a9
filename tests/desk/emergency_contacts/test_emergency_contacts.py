"""The pages of contacts: the list, a chain, writing it without a script, verifying, Excel, test messages."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from renkei.accounts.models import Role
from renkei.audit.models import Entry
from renkei.disasters.contacts.message_links import token_of
from renkei.disasters.models import EmergencyContact, TestMessage
from renkei.disasters.vocabulary import ChannelKind
from renkei.reminders.models import Letter
from tests.disaster_factories import a_contact, the_partner
from tests.factories import a_division, a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db
LIST = "/desk/disasters/contacts/"
NUMBER, MAIL = "090-0000-0001", "kinkyu@example.com"


@pytest.fixture
def agreement():
    return an_agreement(
        title="災害時における飲料水の供給に関する協定", form="disaster", division=a_division()
    )


@pytest.fixture
def page(agreement) -> str:
    return f"{LIST}{the_partner(agreement).public_id}/"


@pytest.fixture
def contact(agreement):
    channels = ((ChannelKind.MOBILE, NUMBER), (ChannelKind.MAIL, MAIL))
    return a_contact(agreement, channels=channels, verified_on=None)


def said(answer) -> str:
    return answer.content.decode()


def a_row(place: int, **typed: str) -> dict[str, str]:
    return {f"contact-{place}-{name}": text for name, text in typed.items()}


def rows(*typed: dict[str, str], **more: str) -> dict[str, str]:
    found = {"contact-TOTAL_FORMS": str(len(typed)), "contact-INITIAL_FORMS": "0", **more}
    for place, row in enumerate(typed):
        found |= a_row(place, **row)
    return found


NIGHT = {"unit": "総務部長", "reached_when": "night", "kind0": "mobile", "value0": "０９０(0000)0003"}
DAY = {"unit": "代表", "reached_when": "day", "kind0": "phone", "value0": "0166-00-0001"}


def test_who_may_not_see_numbers_sees_how_many_there_are_and_why_no_more(reader, agreement, contact, page):
    for address in (LIST, page, f"{page}edit/", f"/desk/partners/{the_partner(agreement).public_id}/"):
        shown = said(reader.get(address))
        assert NUMBER not in shown
        assert contact.name not in shown
        assert MAIL not in shown
    assert "連絡先 <strong>1</strong>件" in said(reader.get(page))
    assert "電話をかける職員だけが見られます" in said(reader.get(page))
    refused = [reader.get(f"{LIST}download/"), reader.get(f"{page}paper/"), reader.get(f"{LIST}tests/")]
    refused += [reader.post(f"{page}edit/", rows(NIGHT)), reader.post(f"{page}verify/")]
    refused += [reader.post(f"{page}{contact.public_id}/failed/")]
    assert {answer.status_code for answer in refused} == {403}
    other = Client()
    other.force_login(
        a_user(role=Role.RESPONSIBLE, division=a_division(name="環境課"), sign_in_name="kankyo")
    )
    assert f"tel:{NUMBER.replace('-', '')}" in said(other.get(page))
    assert "この相手方と協定のある課" in said(other.get(page))
    assert other.post(f"{page}edit/", rows(NIGHT)).status_code == 403
    mine = Client()
    mine.force_login(a_user(role=Role.RESPONSIBLE, division=agreement.division, sign_in_name="bosai"))
    seen = f"{contact.public_id}.{contact.version}"
    assert mine.post(f"{page}edit/", rows(NIGHT, seen=seen)).status_code == 302
    assert mine.post(f"{LIST}town/edit/", rows(NIGHT)).status_code == 403
    assert other.post(f"{LIST}tests/", {}).status_code == 403
    assert mine.post(f"{LIST}tests/", {}).status_code == 422


def test_another_towns_contacts_are_not_there(clerk):
    elsewhere = an_agreement(municipality=a_municipality("011002"), form="disaster")
    contact = a_contact(elsewhere)
    page = f"{LIST}{the_partner(elsewhere).public_id}/"
    for verb in ("", "edit/", "paper/", f"agreements/{elsewhere.public_id}/"):
        assert clerk.get(f"{page}{verb}").status_code == 404
    assert clerk.post(f"{LIST}town/{contact.public_id}/failed/").status_code == 404


def test_the_list_leads_to_the_partner_whose_contacts_are_oldest(clerk, agreement, contact):
    an_agreement(partners=("空の会社",), form="disaster", title="空の協定")
    shown = said(clerk.get(LIST))
    assert shown.index("空の会社") < shown.index("株式会社見本")
    assert "連絡先なし <strong>1</strong>" in shown
    assert "未確認 <strong>1</strong>" in shown
    assert "空の会社" not in said(clerk.get(f"{LIST}?state=never"))
    assert "株式会社見本" not in said(clerk.get(f"{LIST}?night=1"))
    assert "空の会社" not in said(clerk.get(f"{LIST}?division={agreement.division.public_id}&q=見本"))
    assert f"{LIST}{the_partner(agreement).public_id}/" in said(
        clerk.get(f"/desk/agreements/{agreement.public_id}/")
    )


def test_buttons_add_move_and_take_out_rows_and_keep_what_was_typed(clerk, agreement, contact, page):
    agreement.parties.filter(organisation__isnull=False).update(signatory="見本 太郎")
    address = f"{page}edit/"
    assert NUMBER in said(clerk.get(address))
    added = said(clerk.post(address, rows(DAY, NIGHT, do="add-contact", by="佐藤さん")))
    assert "3番目に電話する連絡先" in added
    assert "佐藤さん" in added
    raised = said(clerk.post(address, rows(DAY, NIGHT, do="raise-contact-1")))
    assert raised.index("総務部長") < raised.index("代表")
    removed = said(clerk.post(address, rows(DAY, NIGHT, do="remove-contact-0")))
    assert 'value="代表"' not in removed
    taken = said(clerk.post(address, rows(DAY, do="take-0")))
    assert 'value="見本 太郎"' in taken
    assert EmergencyContact.objects.count() == 1


def test_a_chain_is_written_verified_and_pointed_out_where_nobody_answers_at_night(clerk, agreement, page):
    address = f"{page}edit/"
    bad = said(clerk.post(address, rows(DAY | {"value0": "代表"}, {"unit": "課長"})))
    assert "「代表」は電話番号として読めません" in bad
    assert "「課長」の番号がありません" in bad
    assert '<a href="#id_contact-1-value0">2. 番号・アドレス1: 「課長」' in bad, (
        "the summary leads to the row"
    )
    warned = said(clerk.post(address, rows(DAY, {"unit": ""}), follow=True))
    assert "夜間につながる番号がありません" in warned
    (day,) = EmergencyContact.objects.all()
    typed = rows(DAY | {"row": day.public_id}, NIGHT, is_verified="on", how="telephone", by="佐藤さん")
    shown = said(clerk.post(address, typed | {"seen": f"{day.public_id}.{day.version}"}, follow=True))
    assert "090-0000-0003" in shown
    assert "うち1年以内に確かめたもの <strong>2</strong>件" in shown
    assert "佐藤さん" in shown
    late = clerk.post(address, rows(NIGHT, seen=f"{day.public_id}.{day.version}"))
    assert late.status_code == 422
    assert "ほかの人が先に変更しました" in said(late)
    assert "総務部長" in said(late)
    own = f"{page}agreements/{agreement.public_id}/"
    clerk.post(own, rows({"unit": "配送所", "kind0": "phone", "value0": "0166-00-0009"}))
    assert "この協定の連絡先" in said(clerk.get(page))
    depot = EmergencyContact.objects.get(unit="配送所")
    assert clerk.post(own, rows(seen=f"{depot.public_id}.{depot.version}")).status_code == 302
    assert "配送所" not in said(clerk.get(f"{page}paper/"))


def test_contacts_are_verified_and_a_dead_number_is_noted(clerk, contact, page):
    typed = {"contacts": [contact.public_id], "on": "R6.4.10", "how": "telephone", "by": "佐藤さん"}
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "まだ来ていない日です" in said(clerk.post(f"{page}verify/", typed | {"on": tomorrow.isoformat()}))
    assert "印を付けてください" in said(clerk.post(f"{page}verify/", typed | {"contacts": []}))
    assert "1年以上前に確認" in said(clerk.post(f"{page}verify/", typed, follow=True))
    shown = said(clerk.post(f"{page}{contact.public_id}/failed/", {"note": "鳴るだけ"}, follow=True))
    assert "つながらない(きょう)" in shown
    assert "鳴るだけ" in shown


def test_the_towns_own_contacts_are_written_by_division(clerk, agreement):
    own = rows(NIGHT | {"unit": "危機管理監", "division": str(agreement.division_id)})
    shown = said(clerk.post(f"{LIST}town/edit/", own, follow=True))
    assert "090-0000-0003" in shown
    assert EmergencyContact.objects.get().division == agreement.division
    assert "市の連絡先(1件)" in said(clerk.get(LIST))


def test_numbers_leave_as_excel_and_the_log_says_so(clerk, agreement, contact):
    answer = clerk.get(f"{LIST}download/")
    assert answer["X-Content-Type-Options"] == "nosniff"
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    line = [cell.value for cell in sheet[2]]
    assert line[0] == "株式会社見本"
    assert f"携帯電話 {NUMBER}" in line
    entry = Entry.objects.get(event="disasters.contacts_downloaded")
    assert "緊急連絡先1件を持ち出しました" in entry.sentence


def test_a_test_message_is_answered_by_one_button_and_no_scanner(clerk, agreement, contact, page):
    address = f"{LIST}tests/"
    partner = the_partner(agreement).public_id
    assert "送る相手方に印を付けてください" in said(clerk.post(address, {}))
    assert "まだ" in said(clerk.post(address, {"partners": [partner]}, follow=True))
    assert "送り終えています" in said(clerk.post(address, {"partners": [partner]}))
    link = f"/counter/012041/contact-tests/{token_of(TestMessage.objects.get())}/"
    assert f"http://testserver{link}" in Letter.objects.get().plain
    visitor = Client()
    assert "これは試験です" in said(visitor.get(link))
    assert TestMessage.objects.get().answered_at is None
    assert "市に知らせました" in said(visitor.post(link))
    assert "0分後" in said(clerk.get(address))
    assert "試験連絡への返事" in said(clerk.get(page))
    assert visitor.get(link.replace("012041", "012041", 1)[:-3] + "x/").status_code == 410
    Letter.objects.update(state="failed")
    TestMessage.objects.update(answered_at=None)
    assert "届けられません" in said(clerk.get(address))
