"""The same change of many agreements: worked out before, made in one act, taken back in one act."""

from datetime import date

import pytest

from renkei.accounts.models import Role
from renkei.agreements import services
from renkei.agreements.audience import Audience
from renkei.agreements.bulk import UnknownValue, lines, wanted
from renkei.agreements.models import Agreement, BulkChange
from renkei.agreements.vocabulary import BulkFact, Form
from renkei.audit.models import Entry
from renkei.reports.figures import register_on
from tests.factories import a_division, a_municipality, a_user, agreements, an_agreement

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 26)


@pytest.fixture
def clerk():
    return a_user()


@pytest.fixture
def fifty() -> list[Agreement]:
    """Fifty agreements of the disaster division."""
    return agreements(50, title="協定{number}", division=a_division(), fields=("disaster",))


def seen(some) -> dict[str, int]:
    return {one.public_id: one.version for one in some}


def change(clerk, some, fact=BulkFact.FORM, value=Form.SCHEME) -> BulkChange:
    asked = wanted(fact, value, clerk.municipality)
    return services.change_many(asked, seen=seen(some), actor=clerk, day=DAY)


def says(column: str) -> list[object]:
    return list(Agreement.objects.order_by("pk").values_list(column, flat=True))


def fields_of(some) -> list[list[tuple[str, bool]]]:
    return [sorted(one.field_links.values_list("field__slug", "is_main")) for one in some]


def test_all_are_changed_and_each_is_told_with_before_and_after(clerk, fifty):
    environment = a_division(name="環境課")
    made = change(clerk, fifty, BulkFact.DIVISION, environment.public_id)
    assert set(says("division")) == {environment.pk}
    told = Entry.objects.filter(event="agreement.changed_with_others")
    assert told.count() == 50
    assert told[0].changes == {"agreements.agreement.division": ["防災課", "環境課"]}
    whole = Entry.objects.get(event="bulk_change.made")
    assert whole.sentence == "見本 花子が50件の協定の担当課をまとめて変更しました(担当課 50件)"
    assert str(made) == "担当課 50件"


def test_who_changed_one_meanwhile_is_not_overruled_and_it_is_named(clerk, fifty):
    as_seen = seen(fifty)
    services.publish(fifty[7], actor=clerk)
    asked = wanted(BulkFact.FORM, Form.SCHEME, clerk.municipality)
    made = services.change_many(asked, seen=as_seen, actor=clerk, day=DAY)
    left = [row for row in made.rows if row.get("refusal")]
    assert [row["title"] for row in left] == ["協定7"]
    assert left[0]["refusal"] == "ほかの人が先に変更しました: 見本 花子が「協定7」を公開しました"
    assert says("form").count(Form.SCHEME) == 49
    assert Agreement.objects.get(title="協定7").form == Form.INDIVIDUAL


def test_rights_are_asked_for_each(fifty):
    other = a_division(name="環境課")
    theirs = an_agreement(title="環境の協定", division=other)
    person = a_user(role=Role.RESPONSIBLE, division=other, sign_in_name="kankyo")
    made = change(person, [*fifty, theirs])
    assert [row["title"] for row in made.rows if not row.get("refusal")] == ["環境の協定"]
    assert {row["refusal"] for row in made.rows if row.get("refusal")} == {
        "防災課か総括課の担当者だけが変更できます。"
    }


def test_a_reader_changes_nothing(fifty):
    with pytest.raises(services.BulkRefused, match="変更できる協定がありません"):
        change(a_user(role=Role.READER, sign_in_name="etsuran"), fifty)
    assert not BulkChange.objects.exists()


@pytest.mark.parametrize(
    "fact, value, column",
    [
        (BulkFact.FORM, Form.SCHEME, "form"),
        (BulkFact.PUBLISHED, "yes", "is_published"),
        (BulkFact.DIVISION, "", "division"),
        (BulkFact.SERIES, "", "series"),
    ],
)
def test_one_act_takes_it_back(clerk, fifty, fact, value, column):
    if fact == BulkFact.SERIES:
        series = services.create_series(clerk.municipality, name="同文", facts={}, actor=clerk)
        Agreement.objects.update(series=series)
        fifty = list(Agreement.objects.order_by("pk"))
    before = says(column)
    made = change(clerk, fifty, fact, value)
    assert says(column) != before
    services.change_back(made, actor=clerk, day=DAY)
    assert says(column) == before
    assert Entry.objects.filter(event="agreement.changed_back_with_others").count() == 50
    with pytest.raises(services.BulkRefused, match="すでに取り消されています"):
        services.change_back(made, actor=clerk, day=DAY)


@pytest.mark.parametrize("slug", ["health", "disaster.support", "disaster"])
def test_the_main_field_is_changed_and_the_others_stay(clerk, slug):
    one = an_agreement(fields=("disaster", "health"), main_field="disaster")
    two, three = an_agreement(fields=("disaster.support", "health")), an_agreement()
    before = fields_of([one, two, three])
    made = change(clerk, [one, two, three], BulkFact.MAIN_FIELD, slug)
    after = fields_of([one, two, three])
    assert all((slug, True) in links for links in after)
    assert all(
        {named for named, _ in was} <= {named for named, _ in now}
        for was, now in zip(before, after, strict=True)
    )
    services.change_back(made, actor=clerk, day=DAY)
    assert fields_of([one, two, three]) == before


def test_taking_back_leaves_what_was_changed_since_and_names_it(clerk, fifty):
    made = change(clerk, fifty)
    services.publish(Agreement.objects.get(title="協定3"), actor=clerk)
    made = services.change_back(BulkChange.objects.get(pk=made.pk), actor=clerk, day=DAY)
    left = [(row["title"], row["left"]) for row in made.rows if row["left"]]
    assert left == [("協定3", "ほかの人が先に変更しました: 見本 花子が「協定3」を公開しました")]
    assert says("form").count(Form.SCHEME) == 1


def test_what_is_so_already_is_not_told(clerk, fifty):
    Agreement.objects.filter(title="協定3").update(form=Form.SCHEME)
    made = change(clerk, Agreement.objects.all())
    assert [row["title"] for row in made.rows if row.get("refusal") == "すでにそうなっています。"] == [
        "協定3"
    ]


def test_the_figures_follow_the_change_and_its_undo(clerk, fifty):
    town = Audience.staff(clerk.municipality)
    made = change(clerk, fifty)
    assert [(row.label, row.count) for row in register_on(town, DAY).by_form] == [("参加型協定", 50)]
    services.change_back(made, actor=clerk, day=DAY)
    assert [(row.label, row.count) for row in register_on(town, DAY).by_form] == [("個別連携協定", 50)]


@pytest.mark.parametrize("fact", list(BulkFact))
def test_a_value_that_is_not_there_is_refused_with_a_sentence(clerk, fact):
    theirs = a_division(municipality=a_municipality("011002"))
    with pytest.raises(UnknownValue):
        wanted(fact, theirs.public_id, clerk.municipality)


def test_another_towns_agreements_are_not_reached(clerk):
    theirs = an_agreement(municipality=a_municipality("011002"))
    with pytest.raises(services.BulkRefused):
        change(clerk, [theirs])
    assert Agreement.objects.get().form == Form.INDIVIDUAL


def test_the_preview_says_the_same_as_the_act_and_writes_nothing(clerk, fifty):
    asked = wanted(BulkFact.FORM, Form.SCHEME, clerk.municipality)
    all_of_them = Agreement.objects.with_everything().order_by("pk")
    planned = list(lines(all_of_them, asked, seen(fifty), clerk, day=DAY))
    assert {(line.before_words, line.after_words, line.refusal) for line in planned} == {
        ("個別連携協定", "参加型協定", "")
    }
    assert set(says("form")) == {Form.INDIVIDUAL}


def test_too_many_at_once_are_refused(clerk):
    asked = wanted(BulkFact.FORM, Form.SCHEME, clerk.municipality)
    with pytest.raises(services.BulkRefused, match="2,000件まで"):
        services.change_many(asked, seen={f"{number}": 1 for number in range(2001)}, actor=clerk, day=DAY)
