"""The desk pages of what partners do: a clerk reads, accepts, writes, confirms, brings a sheet, and lists places."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from renkei.accounts.models import Role
from renkei.disasters.models import Capability, District
from renkei.search.asking import Audience, asked
from renkei.search.listing import listing
from tests.disaster_factories import a_capability
from tests.factories import a_municipality, a_user, an_agreement
from tests.work_factories import an_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def window(client):
    client.force_login(a_user(role=Role.DISASTER_OFFICER))
    return client


@pytest.fixture
def supply():
    return an_agreement(
        title="災害時における応援に関する協定", form="disaster", starts="2024-04-01", published=True
    )


def page_of(name, *args):
    return reverse(f"desk:{name}", args=args)


def test_agreements_are_read_and_the_proposals_taken_over_in_one_act(window, supply):
    an_initiative(supply, title="災害時の毛布の提供")
    a_capability(an_agreement(title="よその協定", municipality=a_municipality("011002")), state="proposed")
    main = an_agreement(title="緊急連絡管の使用に関する協定", form="individual", starts="2024-04-01")
    an_agreement(title="文化の協定", form="individual", starts="2024-04-01")
    page = page_of("capability_proposals")
    assert "災害時の協定: 2件" in window.get(page).content.decode()
    assert "読み取る" in window.get(page).content.decode()
    window.post(page, {"do": "read"})
    proposal, pipe = Capability.objects.of(supply.municipality).order_by("function")
    assert (pipe.agreement, pipe.function) == (main, "utilities"), (
        "a title like one for disasters is read, too"
    )
    assert (proposal.goods, proposal.state) == ("毛布", "proposed")
    shown = window.get(page).content.decode()
    assert "災害時の毛布の提供" in shown
    assert "よその協定" not in shown
    stale = f"{proposal.public_id}-{proposal.version + 1}"
    assert (
        "先に変えた案" in window.post(page, {"do": "accept", "chosen": stale}, follow=True).content.decode()
    )
    seen = f"{proposal.public_id}-{proposal.version}"
    window.post(page, {"do": "accept", "every": "1", "shown": seen})
    assert Capability.objects.get(pk=proposal.pk).state == "current"
    assert "毛布" in window.get(page_of("agreement", supply.public_id)).content.decode()
    public = window.get(reverse("portal:agreement", args=[supply.public_id])).content.decode()
    assert "生活物資の供給: 毛布" in public
    found = listing(
        asked({"q": ["毛布"]}, audience=Audience.public(supply.municipality), day=supply.signed_on)
    )
    assert [row.public_id for row in found.rows] == [supply.public_id]


def test_one_is_written_with_its_place_edited_and_confirmed_not_in_the_future(window, supply):
    partner = supply.parties.get(organisation__isnull=False).organisation_id
    typed = {
        "organisation_id": partner, "function": "food_water", "goods": "飲料水", "quantity": "２，０００", "unit": "本",
        "certainty": "guaranteed", "hours": "always", "cost_bearer": "town", "how_to_ask": "phone_first",
        "place-0-name": "永山配送センター", "place-0-at": "10, 10", "place-0-hazard": "outside",
    }  # fmt: skip
    page = page_of("capability_new", supply.public_id)
    fresh = window.get(page).content.decode()
    assert fresh.count('value="unknown" selected') == 5, (
        "nobody is taken to have looked at a hazard map: hours, cost, how to ask and two places"
    )
    wrong = window.post(page, typed)
    assert wrong.status_code == 422
    assert "日本の外" in wrong.content.decode()
    window.post(page, typed | {"place-0-at": "４３．８、１４２．４３"})
    made = Capability.objects.get()
    assert (made.amount, made.places.get().latitude) == ("2,000本", Decimal("43.80000"))
    confirm = page_of("capability_confirm", made.public_id)
    assert "より後の日" in window.post(confirm, {"on": "2048/1/1", "how": "telephone"}).content.decode()
    window.post(confirm, {"on": "R6.9.1", "how": "telephone"})
    assert Capability.objects.get().confirmed_how == "telephone"
    shown = window.get(page_of("capability", made.public_id)).content.decode()
    assert "永山配送センター" in shown
    assert "確かめたと記録しました" in shown
    window.post(page_of("capability_edit", made.public_id), typed | {"goods": "お茶", "place-0-at": ""})
    assert Capability.objects.get().goods == "お茶"
    window.post(page_of("capability_end", made.public_id), {"on": "R6.9.2", "reason": "閉鎖"})
    assert Capability.objects.get().state == "ended"


def test_a_sheet_is_shown_before_it_is_taken_in_and_the_lists_can_be_kept(window, supply):
    a_capability(supply)
    book = load_workbook(io.BytesIO(window.get(page_of("capability_workbook")).content))
    sheet = book.worksheets[0]
    place = next(cell.column for cell in sheet[1] if cell.value == "品目・内容")
    sheet.cell(2, place).value = "ミネラルウォーター"
    out = io.BytesIO()
    book.save(out)
    page = page_of("capability_sheet")
    shown = window.post(page, {"file": SimpleUploadedFile("支援内容.xlsx", out.getvalue())})
    assert "変更" in shown.content.decode()
    assert Capability.objects.get().goods == "飲料水"
    window.post(page, {"take": "1", "rows": shown.context["told"]})
    assert Capability.objects.get().goods == "ミネラルウォーター"
    for wrong in (
        "nonsense",
        "[" * 100_000,
        "[[Infinity, {}]]",
        '[[2, {"agreement": "\\u0000\\ud800"}]]',
        "{}",
        "[[1]]",
    ):
        assert window.post(page, {"take": "1", "rows": wrong}).status_code == 422
    published = SimpleUploadedFile("一覧.xlsx", window.get(page_of("capability_published", "xlsx")).content)
    listed = window.post(page, {"file": published}, follow=True)
    assert listed.redirect_chain == [(page_of("capability_proposals"), 302)]
    assert "1件の協定が見つかり、0件の案" in listed.content.decode(), "what it tells is known"
    public = reverse("portal:disaster_list", args=[supply.municipality.code, "csv"])
    for address in (page_of("capability_published", "csv"), public):
        assert "ミネラルウォーター" in window.get(address).content.decode("utf-8-sig")
    assert window.get(public.replace(".csv", ".exe")).status_code == 404


def test_places_are_pasted_looked_at_and_taken_in(window):
    page, told = page_of("district_list"), "名称,種類,緯度,経度\n東光地区,地区,43.75,142.39"
    assert "要塞" in window.post(page, {"told": f"{told}\n城,要塞,,"}).content.decode()
    shown = window.post(page, {"told": told})
    assert shown.status_code == 200
    assert not District.objects.exists()
    window.post(page, {"told": shown.context["told"], "take": "1"})
    district = District.objects.get()
    assert str(district.longitude) == "142.39000"
    window.post(page_of("district_edit", district.public_id), {"name": "東光", "kind": "district", "at": ""})
    assert District.objects.get().name == "東光"
    odd = window.post(page, {"told": '名称,種類\n"東川\n""第二""分館",避難所'})
    window.post(page, {"told": odd.context["told"], "take": "1"})
    assert District.objects.exclude(name="東光").get().name == '東川\n"第二"分館', "as it was shown"
