"""What is found, by whom, in which order and with which counts; the same on every database."""

import pytest

from renkei.agreements.facts import AgreementFacts, PartyFacts
from renkei.agreements.models import Series
from renkei.agreements.services import register, withdraw
from renkei.agreements.vocabulary import Form
from renkei.partners.models import Organisation, PartnerKind
from renkei.partners.services import rename
from renkei.search.asking import FACETS, Asked, asked
from renkei.search.finding import QueryRefused, find
from renkei.search.rebuilding import rebuild
from tests.factories import a_division, a_municipality, an_agreement
from tests.search.reference import DAY, ask, titles

pytestmark = pytest.mark.django_db


def counts(question: Asked, facet: str) -> dict[str, int]:
    return {value.value: value.count for value in find(question).facets[facet]}


@pytest.fixture(params=["waiting", "built"])
def a_register(request):
    """Agreements of one town: as they wait for their merge, and built into the bitmaps."""
    an_agreement(
        title="災害時における物資の供給に関する協定",
        partners=("㈱見本ストア",),
        signed="2020-04-01",
        published=True,
    )
    an_agreement(
        title="防災行政無線の設置に関する協定", partners=("見本電力株式会社",), signed="2021-03", notes="連絡先は防災課の水野まで",
        published=True,
    )  # fmt: skip
    an_agreement(
        title="水道水の相互融通に関する協定",
        partners=("見本髙崎市",),
        signed="2021-03-15",
        fields=("utilities",),
    )
    an_agreement(
        title="包括連携協定", partners=("見本大学", "学校法人𠮷野"), signed=None, form=Form.COMPREHENSIVE, published=True,
        purpose="ドローンによる災害対応と人材育成を図る。", items=("防災・減災に関すること", "その他", "ｶﾞｲﾄﾞﾌﾞｯｸの作成"),
    )  # fmt: skip
    an_agreement(title="災害時における避難所の協定", signed="2021", remarks=("R2 改正",))
    if request.param == "built":
        rebuild()


FOUND_BY_STAFF = {
    "": 5, "災害": 3, "防災": 2, "水": 2, "髙": 1, "高崎": 1, "吉野": 1, "株式会社見本ストア": 1, "(株) 見本": 3,
    '"(株) 見本"': 2, "ドローン": 1, "ﾄﾞﾛｰﾝ": 1, "どろーん": 0, "ガイドブック": 1, "災害 物資": 1, "物資 見本": 1,
    '"物資の供給"': 1, '"物資 の 供給"': 1, "災害 -避難所": 2, "-災害": 2, "協定株式会社": 0, "協定防災": 0, "Ｒ２": 1,
    "r2 改正": 1, "水野": 1, "%": 0, "_": 0, "\\": 0, "'": 0, "\0": 5, "\ud800": 5, "🌸": 0,
}  # fmt: skip
FOUND_BY_EVERYONE = {"": 3, "災害": 2, "水": 0, "水野": 0, "防災 -水野": 2, "R2": 0}


@pytest.mark.usefixtures("a_register")
def test_staff_find_any_part_of_any_text():
    assert {text: find(ask(text)).total for text in FOUND_BY_STAFF} == FOUND_BY_STAFF
    assert {text: len(titles(ask(text))) for text in FOUND_BY_STAFF} == FOUND_BY_STAFF


@pytest.mark.usefixtures("a_register")
def test_everyone_finds_published_agreements_by_their_public_texts_only():
    questions = {text: ask(text, internal=False) for text in FOUND_BY_EVERYONE}
    assert {text: find(question).total for text, question in questions.items()} == FOUND_BY_EVERYONE
    assert {
        text: sum(counts(question, "form").values()) for text, question in questions.items()
    } == FOUND_BY_EVERYONE


@pytest.mark.usefixtures("a_register")
def test_another_town_finds_nothing():
    an_agreement(title="災害時の協定", municipality=a_municipality("131016"))
    assert titles(ask("災害", town="131016")) == ["災害時の協定"]
    assert titles(ask("災害 物資", town="131016")) == []
    assert set(counts(ask("災害", town="131016"), "year")) == {"2024"}


@pytest.mark.usefixtures("a_register")
def test_the_newest_come_first_a_month_or_year_by_its_last_day_and_the_unknown_last():
    assert titles(ask()) == [
        "災害時における避難所の協定",  # 2021: to 31 December
        "防災行政無線の設置に関する協定",  # 2021-03: to 31 March
        "水道水の相互融通に関する協定",
        "災害時における物資の供給に関する協定",
        "包括連携協定",
    ]


@pytest.mark.usefixtures("a_register")
def test_the_best_have_the_words_in_their_title():
    assert titles(ask("防災", order="best"))[0] == "防災行政無線の設置に関する協定"
    assert titles(ask("災害", order="best"))[2] == "包括連携協定"
    assert titles(ask("見本 協定", order="best")) == titles(ask("見本 協定"))


def test_readings_give_the_order_and_titles_where_there_is_none():
    for title, kana in (("水", "みず"), ("愛", "あい"), ("カヌー", ""), ("𠮷", ""), ("一", ""), ("ん", "")):
        an_agreement(title=title, title_kana=kana)
    in_order = ["愛", "水", "ん", "カヌー", "一", "𠮷"]
    assert titles(ask(order="kana")) == in_order
    rebuild()
    assert titles(ask(order="kana")) == in_order


def test_a_partner_is_found_by_its_former_name_too():
    an_agreement(partners=("株式会社旧見本",), published=True)
    rebuild()
    partner = Organisation.objects.get(name="株式会社旧見本")
    rename(partner, name="新見本株式会社", from_day=DAY, actor=None)
    assert find(ask("旧見本", internal=False)).total == find(ask("新見本", internal=False)).total == 1


def test_a_person_is_found_by_staff_only():
    an_agreement(published=True, partners=("見本団体",))
    Organisation.objects.update(kind=PartnerKind.INDIVIDUAL)
    assert find(ask("見本団体")).total == 1
    assert find(ask("見本団体", internal=False)).total == 0


def test_what_is_withdrawn_is_gone_for_everyone_at_once():
    agreement = an_agreement(published=True)
    rebuild()
    withdraw(agreement, actor=None)
    found = find(ask(internal=False))
    assert (found.total, found.ids) == (0, [])
    assert all(not values for values in found.facets.values())
    assert find(ask()).total == 1


def test_the_texts_of_a_series_belong_to_its_agreements():
    series = Series.objects.create(municipality=a_municipality(), name="マイバッグ推進")
    an_agreement(series_id=series.pk)
    assert find(ask("マイバッグ")).total == 1


@pytest.mark.parametrize(
    "day, state",
    [
        ("2024-03-31", "not_yet"),
        ("2024-04-01", "in_force"),
        ("2025-03-31", "in_force"),
        ("2025-04-01", "ended"),
    ],
)
@pytest.mark.parametrize("is_built", [False, True], ids=["waiting", "built"])
def test_the_state_is_that_of_the_day_with_the_first_and_the_last_day_in_force(day, state, is_built):
    an_agreement(starts="2024-04-01", ends="2025-03-31")
    if is_built:
        rebuild()
    question = ask(day=DAY.fromisoformat(day))
    assert counts(question, "state") == {state: 1}


@pytest.mark.parametrize(
    "since, day, found",
    [
        ("2023-06-01", "2024-05-31", {"first", "month", "last"}),
        ("2023-06-02", "2024-05-30", {"month"}),
        ("2023-12-02", "2024-05-31", {"last"}),  # the month began before
        ("2023-06-01", "2023-12-30", {"first"}),  # and ended after
        ("2023-01-01", "2025-01-01", {"first", "month", "last", "year"}),
        ("2024-06-01", "2023-06-01", set()),
        ("0001-01-01", "9999-12-31", {"first", "month", "last", "year"}),
    ],
)
@pytest.mark.parametrize("is_built", [False, True], ids=["waiting", "built"])
def test_signed_since_counts_what_surely_lies_between_the_days(since, day, found, is_built):
    for title, signed in (("first", "2023-06-01"), ("month", "2023-12"), ("last", "2024-05-31"), ("year", "2024"),
                          ("unknown", None)):  # fmt: skip
        an_agreement(title=title, signed=signed)
    if is_built:
        rebuild()
    question = ask(since=DAY.fromisoformat(since), day=DAY.fromisoformat(day))
    assert set(titles(question)) == found
    assert find(question).total == len(found)


def test_facets_count_what_choosing_them_would_find():
    fire, zoo = a_division(name="防災課"), a_division(name="動物園")
    an_agreement(title="一", division=fire, fields=("disaster.support", "health"), main_field="health")
    an_agreement(title="二", division=zoo, fields=("research.zoo",), form=Form.SCHEME)
    an_agreement(title="三", fields=("disaster",), signed=None)
    for facet, values in find(ask()).facets.items():
        for value in values:
            chosen = ask(chosen={facet: (value.value,)})
            assert find(chosen).total == value.count > 0, (facet, value)
            assert counts(chosen, facet) == counts(ask(), facet), "the other values of the facet stay"
    assert counts(ask(), "field") == {
        "disaster": 2,
        "disaster.support": 1,
        "health": 1,
        "research": 1,
        "research.zoo": 1,
    }
    assert counts(ask(), "division") == {str(fire.pk): 1, str(zoo.pk): 1, "none": 1}
    assert counts(ask(), "year") == {"2024": 2, "unknown": 1}


def test_several_values_of_a_facet_are_any_of_them_and_several_facets_all():
    fire, zoo = a_division(name="防災課"), a_division(name="動物園")
    an_agreement(title="一", division=fire, signed="2020-01-01")
    an_agreement(title="二", division=zoo, signed="2021-01-01")
    an_agreement(title="三")
    both = {"division": (str(fire.pk), str(zoo.pk))}
    assert set(titles(ask(chosen=both))) == {"一", "二"}
    assert titles(ask(chosen={**both, "year": ("2021",)})) == ["二"]
    assert counts(ask(chosen={**both, "year": ("2021",)}), "division") == {str(zoo.pk): 1, str(fire.pk): 0}


def test_divisions_are_listed_for_one_town_and_towns_for_all():
    an_agreement(published=True, division=a_division())
    other = an_agreement(published=True, municipality=a_municipality("131016"))
    everywhere = ask(internal=False, town=None)
    assert counts(everywhere, "municipality") == {"012041": 1, "131016": 1}
    assert counts(everywhere, "division") == {}
    assert counts(ask(), "municipality") == {}
    assert find(ask(internal=False, town=None, chosen={"municipality": ("131016",)})).ids == [other.pk]


@pytest.mark.parametrize(
    "value", ["", "unheard", "\0", "\ud800", "%", "in_force:", "x" * 999, "all"], ids=ascii
)
def test_a_facet_value_that_nothing_has_finds_nothing(value):
    an_agreement(division=a_division())
    for facet in FACETS:
        found = find(ask(chosen={facet: (value,)}))
        assert (found.total, found.ids) == (0, []), facet


@pytest.mark.parametrize("page", ["0", "-1", "1" + "0" * 30, "x", "１", "", "1.5", "\0"])
def test_a_page_that_is_none_is_the_first(page):
    assert asked({"page": [page]}, audience=ask().audience, day=DAY).page == 1


def test_an_address_with_ten_thousand_values_is_answered():
    an_agreement()
    params = {"year": [str(number) for number in range(10_000)], "q": ["協定"] * 10_000, "order": ["\0"]}
    assert find(asked(params, audience=ask().audience, day=DAY)).total == 0


def test_an_address_says_everything_that_is_asked():
    params = {
        "q": ["防災"],
        "order": ["kana"],
        "page": ["3"],
        "division": ["1", "2"],
        "state": ["ended"],
        "on": ["x"],
    }
    question = asked(params, audience=ask().audience, day=DAY, since=DAY)
    chosen = {"division": ("1", "2"), "state": ("ended",)}
    assert question == Asked("防災", question.audience, DAY, chosen, "kana", 3, DAY)


def test_pages_follow_each_other_without_gap_or_repetition():
    for number in range(45):
        an_agreement(title=f"協定{number:02}", signed=f"2020-01-{1 + number % 28:02}")
    rebuild()
    for number in range(45, 50):
        an_agreement(title=f"協定{number:02}", signed="2020-01-10")
    for order in ("newest", "best", "kana"):
        pages = [find(ask("協定", order=order, page=page)) for page in (1, 2, 3, 4)]
        listed = [pk for page in pages for pk in page.ids]
        assert len(listed) == len(set(listed)) == 50
        assert [len(page.ids) for page in pages] == [20, 20, 10, 0]
        assert {page.pages for page in pages} == {3}


def test_a_query_too_long_is_refused():
    with pytest.raises(QueryRefused, match="100文字"):
        find(ask("あ" * 101))


def test_a_party_without_an_organisation_is_the_town_and_found_by_its_name():
    parties = (PartyFacts("見本町", is_town=True), PartyFacts("見本社"))
    register(AgreementFacts("協定", parties, DAY), municipality=a_municipality(), actor=None)
    assert find(ask("見本町")).total == 1
