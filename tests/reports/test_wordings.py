"""A town's own words in its papers: in place of ours, for a day, filled from the register, and held against it."""

from datetime import date

import pytest

from renkei.audit.models import Entry
from renkei.documents.filling import UnknownFields
from renkei.reports.models import Wording
from renkei.reports.wording_checks import disagreements
from renkei.reports.wording_places import PLACES
from renkei.reports.wording_services import WordingFacts, WordingRefused, back_to_ours, write_wording
from renkei.reports.wordings import Words, wording
from tests.factories import a_division, a_municipality, a_user, an_agreement

DAY = date(2024, 6, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    """Three agreements in force: two of the zoo, one of them signed in the last year."""
    zoo = a_division(department="経済部", name="動物園")
    a_division(department="市民部", name="協働課", is_coordinating=True)
    an_agreement(signed="2020-04-01", division=zoo)
    an_agreement(signed="2024-04-01", division=zoo)
    an_agreement(signed="2019-04-01")
    town = a_municipality()
    town.clerk = a_user()
    return town


def written(town, place, text, **facts):
    version = facts.pop("version", 0)
    facts = WordingFacts(text, **facts)
    return write_wording(town, PLACES[place], facts, day=DAY, version=version, actor=town.clerk)


def test_our_words_stand_filled_with_full_width_figures_until_the_town_writes_its_own(town):
    assert wording(town, "totals", DAY).splitlines() == [
        "令和６年６月１日現在 有効な協定数　３件",
        "（令和５年６月２日以降に締結１件）",
    ]
    own = written(
        town, "totals", "協定は{{ 協定数 }}件、動物園は{{動物園の協定数}}件、環境は{{ 環境の協定数 }}件です。"
    )
    assert wording(town, "totals", DAY) == "協定は３件、動物園は２件、環境は０件です。"
    assert wording(town, "totals") == own.text
    back_to_ours(own, version=own.version, actor=town.clerk)
    assert wording(town, "totals", DAY).startswith("令和６年６月１日現在")
    assert [entry.event for entry in Entry.objects.order_by("number")][-2:] == [
        "wording.written",
        "wording.taken_back",
    ]
    assert wording(a_municipality("011002"), "totals", DAY).splitlines()[0].endswith("０件")


def test_remarks_are_of_one_day_only(town):
    written(town, "remarks", "●　動物園は{{ 動物園の協定数 }}件です。", on=DAY)
    assert wording(town, "remarks", DAY) == "●　動物園は２件です。"
    assert not Words(town, date(2024, 6, 2)).written("remarks").is_own
    with pytest.raises(WordingRefused, match="基準日"):
        written(town, "remarks", "●　多い。")


def test_of_two_editors_the_second_is_told_and_the_first_ones_words_stand(town):
    first = written(town, "closing", "はじめの文。")
    for version in (0, first.version + 1):
        with pytest.raises(WordingRefused, match="先に変更"):
            written(town, "closing", "あとの文。", version=version)
    with pytest.raises(WordingRefused, match="先に変更"):
        back_to_ours(first, version=9, actor=town.clerk)
    assert Wording.objects.get(place="closing").text == "はじめの文。"
    written(town, "closing", "直した文。", version=first.version)
    assert Wording.objects.get(place="closing").version == first.version + 1


@pytest.mark.parametrize(
    "place, text, told",
    [
        ("closing", "　\n", "文を入れて"),
        ("closing", "{{ 協定の数 }}件", "協定の数"),
        ("closing", "あ" * 4001, "4000字"),
        ("example", "nosuchid", "登録簿にありません"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(town, place, text, told):
    with pytest.raises(WordingRefused, match=told):
        written(town, place, text)


def test_a_field_of_a_division_that_is_gone_is_named_when_the_paper_is_made(town):
    Wording.objects.create(municipality=town, place="closing", text="{{ なくなった課の協定数 }}件")
    with pytest.raises(UnknownFields, match="なくなった課の協定数"):
        wording(town, "closing", DAY)


@pytest.mark.parametrize(
    "text, told",
    [
        ("動物園の協定は２件あり，積極的に結んでいる。", []),
        ("動物園の協定は１９件あり，積極的に結んでいる。", ["動物園の協定は2件"]),
        ("動物園の協定は{{ 動物園の協定数 }}件あり。", []),
        ("全部で３件，新しいものは１件。", []),
        ("全部で1,234件。", ["どの数とも合いません"]),
        ("三つの分野で120人が参加した。", []),
    ],
)
def test_a_number_written_by_hand_is_held_against_the_register(town, text, told):
    Wording.objects.create(municipality=town, place="remarks", on=DAY, text=text)
    words = Words(town, DAY)
    found = [one.sentence for one in disagreements(words.written("remarks"), words)]
    assert len(found) == len(told)
    assert all(part in sentence for part, sentence in zip(told, found, strict=True))
