"""What partners do in a disaster: written, confirmed, ended; read from texts and ledgers; out and back as a sheet."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from renkei.accounts.models import Role
from renkei.agreements.models import Party
from renkei.agreements.services import merge_partners
from renkei.audit.models import Entry
from renkei.disasters.capabilities.checks import facts_of
from renkei.disasters.capabilities.column_list import lines_in
from renkei.disasters.capabilities.columns import COLUMNS
from renkei.disasters.capabilities.facts import CapabilityFacts, PlaceFacts
from renkei.disasters.capabilities.finding import capabilities_found
from renkei.disasters.capabilities.proposing import proposals_from_text
from renkei.disasters.capabilities.published_list import published_csv
from renkei.disasters.capabilities.reading import proposals_of
from renkei.disasters.capabilities.sheet import capability_workbook, checked, rows_of
from renkei.disasters.models import Capability
from renkei.disasters.refusals import CapabilityRefused
from renkei.disasters.services.capabilities import (
    accept_proposals,
    confirm_capability,
    drop_proposals,
    edit_capability,
    end_capability,
    write_capability,
)
from renkei.disasters.services.capability_lists import propose_from_list
from renkei.disasters.services.capability_sheets import take_sheet
from renkei.disasters.services.proposals import propose
from renkei.disasters.vocabulary import PUBLISHED_COLUMNS
from renkei.retention.services.removing import remove_records
from tests.disaster_factories import AT, DAY, a_capability, the_partner
from tests.factories import a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db
WATER = CapabilityFacts(
    "food_water", "飲料水", Decimal(2000), "本", "guaranteed",
    places=(PlaceFacts("永山配送センター", "永山町1丁目", Decimal("43.80000"), Decimal("142.43000"), "outside"),),
)  # fmt: skip
TEXT = """災害時における生活物資の供給に関する協定書
旭川市(以下「甲」という。)と株式会社見本(以下「乙」という。)は、次のとおり協定を締結する。
(物資の範囲)
第１条 甲が乙に供給を要請する物資は、次に掲げるもののうち乙が保有する物資とする。
（１）飲料水　２，０００本
（２）毛布(500枚)、紙おむつ
(要請の手続)
第２条 甲は、要請書（第１号様式）により要請する。ただし、緊急を要するときは電話により要請し、後日速やかに文書を提出する。
(物資の運搬)
第３条 物資の運搬は乙が行い、要請から６時間以内に引き渡すよう努める。
(費用の負担)
第４条 物資の対価は、甲が負担する。
"""


@pytest.fixture
def clerk():
    return a_user(role=Role.DISASTER_OFFICER)


@pytest.fixture
def supply():
    return an_agreement(starts="2024-04-01", published=True)


def test_a_capability_is_written_once_edited_confirmed_and_ended_with_its_story(supply, clerk):
    made = write_capability(supply, WATER, actor=clerk, at=AT, public_id="a" * 12)
    again = write_capability(supply, replace(WATER, goods="お茶"), actor=clerk, at=AT, public_id="a" * 12)
    assert (again.pk, again.goods, made.amount, made.partner) == (
        made.pk,
        "飲料水",
        "2,000本",
        the_partner(supply),
    )
    place = made.places.get()
    assert (place.hazard, place.latitude) == ("outside", Decimal("43.80000"))
    seen = Capability.objects.get()
    edit_capability(made, replace(facts_of(made), quantity=Decimal(1500), places=()), actor=clerk, at=AT)
    with pytest.raises(CapabilityRefused, match="先に変更しました"):
        end_capability(seen, on=DAY, reason="閉鎖", actor=clerk)
    confirm_capability(made, on=DAY, how="telephone", actor=clerk)
    end_capability(made, on=DAY, reason="倉庫の閉鎖", actor=clerk)
    with pytest.raises(CapabilityRefused, match="取りやめた"):
        confirm_capability(made, on=DAY, how="telephone", actor=clerk)
    kept = Capability.objects.get()
    assert (kept.state, kept.quantity, kept.confirmed_on, kept.ended_reason) == (
        "ended", Decimal(1500), DAY, "倉庫の閉鎖",
    )  # fmt: skip
    told = list(Entry.objects.filter(event__startswith="capabilities.").order_by("number"))
    assert [one.event for one in told] == [
        f"capabilities.{verb}" for verb in ("written", "edited", "confirmed", "ended")
    ]
    assert told[1].changes["disasters.capability.quantity"] == ["2000", "1500"]
    assert "永山配送センター" in told[1].changes["disasters.supplyplace"][0]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (replace(WATER, unit=""), "単位"),
        (replace(WATER, quantity=None), "数量が要ります"),
        (replace(WATER, quantity=Decimal(0)), "0より大きい"),
        (replace(WATER, certainty="none"), "「数量の定めなし」なのに数量が書かれています"),
        (replace(WATER, function="flying"), "種類"),
        (replace(WATER, quantity=Decimal("1.234")), "2桁まで"),
        (replace(WATER, lead_hours=Decimal(10_000)), "9999まで"),
        (replace(WATER, asked_by="市" * 101), "要請する人は100文字まで"),
        (CapabilityFacts("other"), "品目・内容"),
        (replace(WATER, places=(PlaceFacts(" "),)), "場所の名前"),
    ],
)
def test_what_cannot_be_acted_on_is_refused_with_a_sentence(supply, clerk, facts, why):
    with pytest.raises(CapabilityRefused, match=why):
        write_capability(supply, facts, actor=clerk, at=AT)
    assert not Capability.objects.exists()


def test_only_a_party_of_the_agreement_does_something_under_it(supply, clerk):
    stranger = the_partner(an_agreement(partners=("株式会社よそ",)))
    with pytest.raises(CapabilityRefused, match="当事者から"):
        write_capability(supply, replace(WATER, organisation_id=stranger.pk), actor=clerk, at=AT)
    three = an_agreement(partners=("株式会社い", "株式会社ろ"))
    with pytest.raises(CapabilityRefused, match="一者ではありません"):
        write_capability(three, WATER, actor=clerk, at=AT)


def test_a_text_says_what_is_done_how_it_is_asked_for_and_who_pays(supply):
    Party.objects.filter(agreement=supply, organisation=None).update(letter="甲")
    Party.objects.filter(agreement=supply, organisation__isnull=False).update(letter="乙")
    if not supply.parties.filter(organisation=None).exists():
        Party.objects.create(agreement=supply, position=9, letter="甲", name_as_signed="旭川市")
    found = {(one.function, one.goods): one for one in proposals_from_text(supply, TEXT)}
    assert set(found) == {("food_water", "飲料水"), ("daily_goods", "毛布"), ("daily_goods", "紙おむつ")}
    water = found["food_water", "飲料水"]
    assert (water.quantity, water.unit, water.certainty) == (Decimal(2000), "本", "estimated")
    assert (water.cost_bearer, water.how_to_ask, water.asking_form) == ("town", "phone_first", "第1号様式")
    assert (water.lead_hours, water.state, water.source) == (Decimal(6), "proposed", "text")
    assert "飲料水 2,000本" in water.source_text


def test_the_words_of_an_old_ledger_are_proposals_once_and_stay_away_when_put_away(clerk):
    harp = an_agreement(
        title="大規模な災害発生時における支援協定",
        remarks=(
            "職員派遣: ○",
            "その他: 警備員による交通誘導、物資の輸送、体育館の利用",
            "窓口: 放送局 000",
            "物資供給: ",
        ),
    )
    assert [one.function for one in proposals_of(harp)] == ["security", "transport", "shelter", "staff"]
    assert propose([harp], {}, actor=clerk, at=AT).proposals == 4
    security, transport, shelter, staff = Capability.objects.proposed().order_by("pk")
    assert accept_proposals([staff, security], actor=clerk, at=AT) == 2
    assert drop_proposals([transport, shelter], actor=clerk, at=AT) == 2
    assert propose([harp], {}, actor=clerk, at=AT).proposals == 0
    assert {one.function for one in Capability.objects.current()} == {"staff", "security"}
    assert not Capability.objects.current().exclude(confirmed_on=None).exists()
    with pytest.raises(CapabilityRefused, match="もう案ではない"):
        accept_proposals([staff], actor=clerk, at=AT)


@pytest.mark.parametrize(
    ("title", "remarks", "partners", "read"),
    [
        ("紙製品等の提供", ["台帳の区分: 物資供給"], ["見本製紙"], [("daily_goods", "物資供給")]),
        ("トイレットペーパー等の提供", ["台帳の区分: 物資"], ["見本製紙"], [("daily_goods", "トイレットペーパー")]),
        ("発電機の貸出し", ["台帳の区分: 物資"], ["見本機械"], [("equipment", "発電機")]),
        (
            "避難場所の看板に関する協定", ["台帳の区分: 災害広報"], ["見本広告"],
            [("shelter", "避難場所"), ("installations", "看板"), ("public_information", "災害広報")],
        ),
        ("災害時の相互応援に関する協定", [], ["隣の市"], [("staff", "相互応援")]),
        ("災害時の相互応援に関する協定", ["物資供給: ○"], ["隣の市"], [("daily_goods", "物資供給")]),
        ("消防の相互応援に関する協定", [], ["隣の市"], [("rescue", "消防")]),
        ("災害時における協力に関する協定", [], ["見本獣医師会", "見本市医師会"], [("animals", ""), ("medical", "")]),
        ("文化の振興に関する協定", [], ["見本市医師会"], []),
    ],
)  # fmt: skip
def test_a_ledger_that_says_little_is_read_with_its_kinds_and_its_partners(
    clerk, title, remarks, partners, read
):
    agreement = an_agreement(title=title, remarks=remarks, partners=partners)
    propose([agreement], {}, actor=clerk, at=AT)
    made = Capability.objects.proposed().order_by("pk")
    assert [(one.function, one.goods) for one in made] == read
    if len(partners) > 1:
        assert [one.source_text for one in made] == partners, "each partner does what it is"


def test_the_list_that_towns_publish_becomes_proposals_for_its_agreements(clerk):
    fuel = an_agreement(title="災害時の支援協定", partners=("見本石油㈱",))
    an_agreement(title="災害時の支援協定", partners=("別の会社",))
    water = an_agreement(title="飲料水の供給に関する協定", partners=("見本飲料",))
    known = a_capability(an_agreement(title="毛布の協定", partners=("見本寝具",)), function="daily_goods")
    town, book = fuel.municipality, Workbook()
    head = ["市町村名", "№", "協定の名称", "協定相手方\n(都道府県名)", "協定区分"]
    for row in (
        ["災害協定の一覧"],
        head,
        [None, None, None, None, *PUBLISHED_COLUMNS],
        [
            "見本市",
            1,
            "災害時の支援協定",
            "見本石油(株)\n(見本県)",
            "○",
            "○",
            None,
            None,
            None,
            None,
            None,
            "燃料の優先供給",
        ],
        [None, 2, "飲料水の供給に関する協定", "見本飲料、ほか", None, "〇"],
        [None, 3, "毛布の協定", "見本寝具", None, "○"],
        [None, 4, "災害時の支援協定", "知らない会社", "○"],
        [None, 5, "登録のない協定", "見本飲料", "○"],
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    taken = propose_from_list(town, lines_in(out.getvalue()), actor=clerk, at=AT)
    assert (taken.found, [one.number for one in taken.missing]) == (3, [7, 8])
    made = Capability.objects.exclude(pk=known.pk).order_by("pk")
    assert [(one.agreement, one.function, one.goods, one.state) for one in made] == [
        (fuel, "fuel", "燃料", "proposed"),
        (fuel, "staff", "職員派遣", "proposed"),
        (water, "food_water", "飲料水", "proposed"),
    ], "物資供給 is said by the fuel and the water already, and by what is known of the blankets"
    assert type(fuel).objects.get(pk=fuel.pk).remarks == []
    assert propose_from_list(town, lines_in(out.getvalue()), actor=clerk, at=AT).proposals == 0
    assert lines_in(capability_workbook(made)) == []


def test_the_list_is_narrowed_by_words_function_partner_and_what_nobody_confirmed(supply):
    town = supply.municipality
    water = a_capability(supply)
    blankets = a_capability(supply, function="daily_goods", goods="毛布", confirmed_on=None, area="神居地区")
    ended = a_capability(supply, goods="お茶", state="ended", ended_on=DAY)
    a_capability(an_agreement(municipality=a_municipality("011002")))

    def found(**asked):
        return set(capabilities_found(town, asked, day=DAY))

    assert found() == {water, blankets}
    assert found(state="ended") == {ended}
    assert found(function="daily_goods") == found(q="毛布 神居") == {blankets}
    assert found(q="水") == {water}
    assert found(checked="no") == {blankets}
    assert found(partner=the_partner(supply).public_id) == {water, blankets}


def test_a_merged_partner_is_found_by_either_record(supply, clerk):
    other = an_agreement(title="別の協定", partners=("(株)見本商店",))
    old, kept = the_partner(other), the_partner(supply)
    made = a_capability(other)
    merge_partners(kept, old, actor=clerk)
    made = Capability.objects.get(pk=made.pk)
    assert made.partner == kept
    assert made in Capability.objects.of_partner(kept)
    assert list(capabilities_found(supply.municipality, {"partner": kept.public_id}, day=DAY)) == [made]
    again = write_capability(other, replace(WATER, organisation_id=kept.pk), actor=clerk, at=AT)
    assert again.partner == kept
    edit_capability(made, replace(facts_of(made), goods="水"), actor=clerk, at=AT)


def test_a_sheet_goes_out_in_words_and_comes_back_as_changes_and_additions(supply, clerk):
    made = write_capability(supply, replace(WATER, goods="=1+1"), actor=clerk, at=AT)
    rows = Capability.objects.select_related("agreement", "organisation__merged_into").prefetch_related(
        "places"
    )
    book = load_workbook(io.BytesIO(capability_workbook(rows)))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    assert [cell.value for cell in sheet[1]] == [one.head for one in COLUMNS]
    assert sheet.cell(2, heads["品目・内容"]).value == "'=1+1"
    assert sheet.cell(2, heads["数量の確かさ"]).value == "確保されている数量"
    sheet.cell(2, heads["数量"]).value = "１，８００"
    sheet.cell(3, heads["協定名"]).value = supply.title
    sheet.cell(3, heads["相手方"]).value = "（株）見本"
    sheet.cell(3, heads["支援の種類"]).value = "生活物資の供給"
    sheet.cell(3, heads["品目・内容"]).value = "毛布"
    sheet.cell(3, heads["数量"]).value, sheet.cell(3, heads["単位"]).value = "30", "枚"
    sheet.cell(4, heads["協定名"]).value = "ない協定"
    sheet.cell(5, heads["番号"]).value = "zzzzzzzzzzzz"
    sheet.cell(6, heads["協定名"]).value = supply.title
    sheet.cell(6, heads["支援の種類"]).value = "空を飛ぶ"
    out = io.BytesIO()
    book.save(out)
    town = supply.municipality
    read = checked(town, rows_of(out.getvalue()))
    assert [bool(one.problems) for one in read] == [False, False, True, True, True]
    told = ["ない協定", "番号", "空を飛ぶ"]
    assert all(word in one.problems[0] for word, one in zip(told, read[2:], strict=True))
    with pytest.raises(CapabilityRefused, match="問題のある行"):
        take_sheet(town, read, actor=clerk, at=AT)
    assert take_sheet(town, read[:2], actor=clerk, at=AT) == (1, 1)
    changed, added = Capability.objects.order_by("pk")
    assert (changed.pk, changed.goods, changed.quantity, changed.places.count()) == (
        made.pk,
        "=1+1",
        Decimal(1800),
        1,
    )
    assert (added.goods, added.source, added.function) == ("毛布", "sheet", "daily_goods")
    assert added.certainty == "estimated", "a number of which nothing more is said"
    Capability.objects.filter(pk=made.pk).update(conditions="在庫による", area="市内", lead_hours=6)
    sheet = load_workbook(io.BytesIO(capability_workbook(rows.filter(pk=made.pk)))).worksheets[0]
    sheet.cell(2, heads["条件"]).value, sheet.cell(2, heads["対応できる地域"]).value = "", None
    for head in ("数量の確かさ", "到着までの時間", "場所(名前 | 所在地 | 緯度, 経度 | 危険区域)"):
        sheet.delete_cols(next(cell.column for cell in sheet[1] if cell.value == head))
    out = io.BytesIO()
    sheet.parent.save(out)
    take_sheet(town, checked(town, rows_of(out.getvalue())), actor=clerk, at=AT)
    kept = Capability.objects.get(pk=made.pk)
    assert (kept.conditions, kept.area) == ("", ""), "an emptied cell takes away"
    told = (kept.certainty, kept.lead_hours, kept.places.count())
    assert told == ("guaranteed", 6, 1), "a deleted column takes nothing away"


def test_the_published_list_marks_eight_columns_and_tells_no_conditions(supply):
    a_capability(supply, conditions="秘密の条件", cost_note="秘密の費用")
    a_capability(supply, function="security", goods="交通誘導", conditions="秘密の条件")
    a_capability(supply, function="staff", state="proposed")
    a_capability(an_agreement(title="公開しない協定", starts="2024-04-01"))
    a_capability(an_agreement(title="終わった協定", starts="2023-04-01", ends="2024-03-31", published=True))
    head, *rows = published_csv(supply.municipality, DAY).decode("utf-8-sig").splitlines()
    assert head.split(",")[4:12] == [
        "職員派遣",
        "物資供給",
        "物資運搬・輸送",
        "医療救護",
        "災害広報",
        "避難収容",
        "ライフライン復旧",
        "その他",
    ]
    assert len(rows) == 1
    assert rows[0].split(",")[4:12] == ["", "○", "", "", "", "", "", "警備・交通誘導(交通誘導)"]
    assert "秘密" not in rows[0]


def test_when_an_agreement_is_disposed_of_what_was_promised_under_it_goes_too(supply, clerk):
    write_capability(supply, WATER, actor=clerk, at=AT)
    kept = a_capability(an_agreement(title="残る協定"))
    remove_records(supply)
    assert list(Capability.objects.all()) == [kept]


def test_a_capability_is_not_confirmed_on_an_older_day_than_before(supply, clerk):
    made = a_capability(supply, confirmed_on=DAY)
    with pytest.raises(CapabilityRefused, match="もっと新しい日"):
        confirm_capability(made, on=date(2024, 1, 1), how="paper", actor=clerk)
