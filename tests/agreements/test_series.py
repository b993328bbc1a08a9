"""One text, many partners: begun once, grown from a list, counted apart, taken back in one act."""

from datetime import date

import pytest

from renkei.agreements import services
from renkei.agreements.audience import Audience
from renkei.agreements.member_lines import members_of_text
from renkei.agreements.models import Agreement, Series, SeriesAddition
from renkei.agreements.series import counts_on, previewed
from renkei.agreements.vocabulary import EndReason, Form
from renkei.audit.models import Entry
from renkei.partners.models import Organisation
from renkei.partners.services import edit
from renkei.reports.figures import partners_on, register_on
from renkei.search.asking import Asked
from renkei.search.finding import find
from tests.factories import a_division, a_municipality, an_agreement

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 26)
YEARLY = "この協定の有効期間は、締結の日から1年間とする。ただし、期間満了の1か月前までに申出がないときは、更に1年間更新するものとし、以後も同様とする。"
FORTY = "\n".join(
    f"見本商店第{number}号店\tR6.{1 + number % 12}.{1 + number % 28}" for number in range(1, 41)
)
GOOD = "5000012010008"


def a_series(**facts: object) -> Series:
    """A series of the town with its clause."""
    told = {"title": "クーリングシェルターに関する協定", "clause": YEARLY, "fields": ["health"], **facts}
    return services.create_series(a_municipality(), name="クーリングシェルター協力店", facts=told, actor=None)


def add(series: Series, text: str) -> SeriesAddition:
    return services.add_partners(series, members_of_text(text), day=DAY, actor=None)


def states(series: Series, text: str) -> list[tuple[str, str]]:
    return [(line.state, line.sentence) for line in previewed(series, members_of_text(text), day=DAY)]


def everything() -> list[list[dict[str, object]]]:
    """All rows of partners, agreements and what hangs on them."""
    return [list(model.objects.order_by("pk").values()) for model in (Agreement, Organisation)]


def test_forty_partners_are_forty_agreements_forty_partners_and_one_text():
    series = a_series()
    an_agreement(partners=("見本大学",))
    add(series, FORTY)
    counts = counts_on(series, DAY)
    assert (counts.agreements, counts.texts, counts.partners) == (40, 1, 40)
    town = Audience.staff(a_municipality())
    figures = register_on(town, DAY)
    assert (figures.total, figures.texts, partners_on(town, DAY)) == (41, 2, 41)
    assert [(row.label, row.count) for row in figures.by_series] == [("クーリングシェルター協力店", 40)]


def test_each_agreement_has_its_own_day_and_the_term_that_the_clause_gives_from_it():
    add(a_series(), "見本薬局\tR6.6.1\n見本書店\t2025/2/10")
    terms = {
        one.partners[0].name_as_signed: (one.signed_on, one.terms.get().starts_on, one.terms.get().ends_on)
        for one in Agreement.objects.all()
    }
    assert terms["見本薬局"] == (date(2024, 6, 1), date(2024, 6, 2), date(2025, 6, 1))
    assert terms["見本書店"] == (date(2025, 2, 10), date(2025, 2, 11), date(2026, 2, 10))
    assert all(one.state_on(DAY) == "in_force" and one.form == Form.SCHEME for one in Agreement.objects.all())


def test_the_town_comes_first_and_the_letters_are_those_of_the_text():
    add(a_series(town_letter="甲", partner_letter="乙"), "見本薬局\tR6.6.1\t\t本町店\t店長 見本太郎")
    town, partner = Agreement.objects.get().parties.all()
    assert (town.letter, town.organisation) == ("甲", None)
    assert (partner.letter, partner.name_as_signed, partner.unit, partner.signatory) == (
        "乙",
        "見本薬局",
        "本町店",
        "店長 見本太郎",
    )


def test_one_act_is_told_for_the_series_and_for_each_agreement():
    series = a_series()
    add(series, "見本薬局\tR6.6.1\n見本書店\tR6.6.2")
    about = Entry.objects.about(subject_type="agreements.series", subject_id=series.public_id)
    assert [one.event for one in about] == ["series.grew", "series.created"]
    assert "2件の協定を加えました" in about[0].sentence
    assert Entry.objects.filter(event="agreement.registered").count() == 2


def test_a_list_is_checked_line_by_line_before_anything_is_written():
    series = a_series()
    add(series, "見本薬局\tR6.6.1")
    an_agreement(partners=("見本書店",))
    text = "見本 薬局\tR7.6.1\n見本書店\tR7.6.1\n新しい店\tR7.6.1\n新しい店\tR7.7.1\n別の店\t令和7年13月1日\n"
    text += f"番号の店\tR7.6.1\t{GOOD[:-1]}9\n\tR7.6.1"
    found = states(series, text)
    assert [state for state, _sentence in found] == [
        "member", "known", "new", "problem", "problem", "problem", "problem",
    ]  # fmt: skip
    assert "すでにこの同文協定の相手方です" in found[0][1]
    assert "3行目と同じ相手方です" in found[3][1]
    assert "検査数字" in found[5][1]
    assert "名称が空です" in found[6][1]
    assert Agreement.objects.count() == 2


def test_what_is_ready_is_added_and_the_rest_left_out():
    series = a_series()
    addition = add(series, "見本薬局\tR6.6.1\n別の店\t令和7年13月1日")
    assert len(addition.agreements) == 1
    assert Organisation.objects.count() == 1


def test_the_same_list_sent_twice_adds_nothing_the_second_time():
    series = a_series()
    add(series, FORTY)
    with pytest.raises(services.SeriesRefused, match="加えられる相手方がありません"):
        add(series, FORTY)
    assert Agreement.objects.count() == 40


def test_a_partner_is_known_by_its_corporate_number_whatever_its_name_is_now():
    bank = an_agreement(partners=("見本銀行",)).partners[0].organisation
    edit(bank, facts={"corporate_number": GOOD}, actor=None)
    series = a_series()
    assert states(series, f"ミホン銀行\tR6.6.1\t{GOOD}") == [
        ("known", "法人番号が同じ「見本銀行」として加えます。")
    ]
    add(series, f"ミホン銀行\tR6.6.1\t{GOOD}")
    assert Organisation.objects.get() == bank
    assert series.agreements.get().partners[0].name_as_signed == "ミホン銀行"


def test_a_known_partner_with_another_number_is_a_problem():
    bank = an_agreement(partners=("見本銀行",)).partners[0].organisation
    edit(bank, facts={"corporate_number": GOOD}, actor=None)
    found = states(a_series(), "見本銀行\tR6.6.1\t7000012050002")
    assert found[0][0] == "problem" and f"法人番号は{GOOD}です" in found[0][1]


def test_a_number_found_by_the_list_is_written_to_the_partner_and_told():
    bank = an_agreement(partners=("見本銀行",)).partners[0].organisation
    add(a_series(), f"見本銀行\tR6.6.1\t{GOOD}\n見本薬局\tR6.6.1\t7000012050002")
    assert Organisation.objects.get(pk=bank.pk).corporate_number == GOOD
    assert Organisation.objects.get(name="見本薬局").corporate_number == "7000012050002"
    told = Entry.objects.get(event="partner.edited")
    assert told.changes == {"partners.organisation.corporate_number": ["", GOOD]}


def test_the_act_is_taken_back_as_a_whole_with_the_partners_it_brought():
    an_agreement(partners=("見本書店",))
    series = a_series()
    before = everything()
    addition = add(series, FORTY + f"\n見本書店\tR6.6.1\n番号の店\tR6.6.1\t{GOOD}")
    services.take_back_addition(addition, actor=None)
    assert everything() == before
    assert counts_on(series, DAY).total == 0
    with pytest.raises(services.SeriesRefused, match="すでに取り消されています"):
        services.take_back_addition(addition, actor=None)


@pytest.mark.parametrize("built", ["a document", "a change"])
def test_what_something_was_built_on_is_not_taken_back(built):
    addition = add(a_series(), "見本薬局\tR6.6.1\n見本書店\tR6.6.2")
    agreement = Agreement.objects.get(public_id=addition.agreements[0])
    if built == "a document":
        services.attach(agreement, b"%PDF-1.7", name="a.pdf", actor=None)
    else:
        services.publish(agreement, actor=None)
    with pytest.raises(services.SeriesRefused, match="見本薬局"):
        services.take_back_addition(addition, actor=None)
    assert Agreement.objects.count() == 2


def test_one_is_withdrawn_and_the_others_go_on():
    series = a_series()
    add(series, FORTY)
    one = series.agreements.get(parties__name_as_signed="見本商店第7号店")
    services.end(one, on=date(2025, 9, 30), reason=EndReason.BY_NOTICE, actor=None)
    before, after = (counts_on(series, day) for day in (date(2025, 9, 30), date(2025, 10, 1)))
    assert (before.agreements, before.partners, before.texts) == (40, 40, 1)
    assert (after.agreements, after.partners, after.texts, after.total) == (39, 39, 1, 40)


def test_who_was_withdrawn_may_come_back():
    series = a_series()
    add(series, "見本薬局\tR6.6.1")
    services.end(series.agreements.get(), on=date(2025, 9, 30), reason=EndReason.BY_NOTICE, actor=None)
    assert states(series, "見本薬局\tR8.4.1")[0][0] == "known"


def test_agreements_that_are_there_already_are_put_in_and_taken_out():
    series, agreement = a_series(), an_agreement()
    services.put_into_series(agreement, series, actor=None)
    assert counts_on(series, DAY).agreements == 1
    assert register_on(Audience.staff(a_municipality()), DAY).texts == 1
    services.take_out_of_series(Agreement.objects.get(), series, actor=None)
    assert counts_on(series, DAY).total == 0
    told = Entry.objects.latest("number")
    assert told.changes == {"agreements.agreement.series": ["クーリングシェルター協力店", None]}


def test_a_series_of_another_town_takes_none_in():
    theirs = services.create_series(a_municipality("011002"), name="よその同文協定", facts={}, actor=None)
    with pytest.raises(services.SeriesRefused, match="ほかの自治体"):
        services.put_into_series(an_agreement(), theirs, actor=None)


def test_a_series_is_put_right_and_found_by_its_new_name():
    series = a_series()
    add(series, "見本薬局\tR6.6.1")
    division = a_division()
    services.edit_series(
        series, name="涼み処", facts=series.facts, division=division, actor=None, reason="改称"
    )
    assert series.version == 2
    question = Asked(text="涼み処", audience=Audience.staff(a_municipality()), day=DAY)
    assert find(question).total == 1
    told = Entry.objects.latest("number")
    assert told.changes == {
        "agreements.series.name": ["クーリングシェルター協力店", "涼み処"],
        "agreements.series.division": [None, "防災課"],
    }


def test_the_second_of_two_editors_of_a_series_is_refused():
    series = a_series()
    seen = Series.objects.get()
    services.edit_series(series, name="涼み処", facts=series.facts, actor=None)
    with pytest.raises(services.SeriesRefused, match="ほかの人が先に変更しました"):
        services.edit_series(seen, name="別の名", facts={}, actor=None)


def test_partners_of_another_town_are_not_known():
    an_agreement(municipality=a_municipality("011002"), partners=("見本薬局",))
    assert states(a_series(), "見本薬局\tR6.6.1") == [("new", "")]


def test_a_list_longer_than_one_act_takes_is_refused():
    with pytest.raises(services.SeriesRefused, match="1,000行まで"):
        add(a_series(), "\n".join(f"店{number}" for number in range(1001)))
