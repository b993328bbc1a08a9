"""Two records of one partner are made one by a person, and taken apart again to the byte."""

from datetime import date

import pytest

from renkei.agreements import services
from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement, PartnerMerge, Party
from renkei.audit.models import Entry
from renkei.partners.models import Organisation, OrganisationName
from renkei.partners.services import PartnerRefused, edit, known_or_new, rename
from renkei.reports.figures import partners_on, register_on
from renkei.search.asking import Asked
from renkei.search.finding import find
from tests.factories import a_municipality, an_agreement

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 26)
GOOD = "5000012010008"


def a_partner(name: str, **facts: str) -> Organisation:
    """A partner with one agreement and what is known of it."""
    partner = an_agreement(title=f"{name}との協定", partners=(name,)).partners[0].organisation
    return edit(partner, facts=facts, actor=None) if facts else partner


@pytest.fixture
def kept() -> Organisation:
    return a_partner("株式会社見本ストア")


@pytest.fixture
def merged() -> Organisation:
    """The other record of the same shop, which bore another name until 2020."""
    partner = a_partner("みほんストアー")
    return rename(partner, name="見本のストア", from_day=date(2020, 4, 1), actor=None)


def everything() -> list[list[dict[str, object]]]:
    """The whole tables: partners, their names, the agreements and their parties."""
    tables = (Organisation, OrganisationName, Agreement, Party)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def found(words: str) -> int:
    return find(Asked(text=words, audience=Audience.staff(a_municipality()), day=DAY)).total


def test_agreements_move_and_partners_are_counted_as_one(kept, merged):
    services.merge_partners(kept, merged, actor=None)
    assert Agreement.objects.with_partner(kept).count() == 2
    town = Audience.staff(a_municipality())
    assert (register_on(town, DAY).total, partners_on(town, DAY)) == (2, 1)


@pytest.mark.parametrize("words", ["見本ストア", "見本のストア", "みほんストアー"])
def test_both_are_found_by_every_name_of_either(kept, merged, words):
    services.merge_partners(kept, merged, actor=None)
    assert found(words) == 2
    assert list(Organisation.objects.unmerged().with_name_containing(words)) == [kept]


def test_what_was_signed_keeps_its_name_and_no_day_gets_another_one(kept, merged):
    services.merge_partners(kept, merged, actor=None)
    signed = set(Party.objects.values_list("name_as_signed", flat=True))
    assert signed == {"株式会社見本ストア", "みほんストアー"}
    kept = Organisation.objects.get(pk=kept.pk)
    assert kept.name_on(DAY) == "株式会社見本ストア"


def test_merged_and_taken_apart_the_tables_are_the_same_to_the_byte(kept, merged):
    before = everything()
    merge = services.merge_partners(kept, merged, actor=None)
    assert everything() != before
    services.part_partners(merge, actor=None)
    assert everything() == before
    town = Audience.staff(a_municipality())
    assert partners_on(town, DAY) == 2
    assert found("見本ストア") == 1


def test_forty_records_merged_and_taken_apart_in_turn_are_the_same_too(kept):
    others = [a_partner(f"見本ストア{number}号") for number in range(40)]
    before = everything()
    merges = [services.merge_partners(kept, other, actor=None) for other in others]
    assert partners_on(Audience.staff(a_municipality()), DAY) == 1
    for merge in merges:
        services.part_partners(merge, actor=None)
    assert everything() == before


def test_blanks_are_filled_and_emptied_again(kept):
    other = a_partner("見本のストア", corporate_number=GOOD, address="本町1")
    merge = services.merge_partners(kept, other, actor=None)
    kept = Organisation.objects.get(pk=kept.pk)
    assert (kept.corporate_number, kept.address) == (GOOD, "本町1")
    services.part_partners(merge, actor=None)
    kept = Organisation.objects.get(pk=kept.pk)
    assert (kept.corporate_number, kept.address) == ("", "")
    assert kept.version == 3, "a version never goes back: who read the merged record is told"


def test_what_somebody_changed_since_is_not_emptied(kept):
    other = a_partner("見本のストア", address="本町1")
    merge = services.merge_partners(kept, other, actor=None)
    edit(Organisation.objects.get(pk=kept.pk), facts={"address": "本町2"}, actor=None)
    services.part_partners(merge, actor=None)
    assert Organisation.objects.get(pk=kept.pk).address == "本町2"


def test_agreements_signed_since_stay_with_the_kept_record(kept, merged):
    merge = services.merge_partners(kept, merged, actor=None)
    later = an_agreement(partners=("見本のストア",))
    assert later.partners[0].organisation == kept
    services.part_partners(merge, actor=None)
    assert Agreement.objects.get(pk=later.pk).partners[0].organisation == kept


def test_the_merged_records_names_lead_to_the_kept_one(kept, merged):
    services.merge_partners(kept, merged, actor=None)
    town = a_municipality()
    assert set(known_or_new(town, {"みほんストアー": None, "見本のストア": None}).values()) == {kept.pk}
    assert Organisation.objects.count() == 2


def test_nobody_changes_the_merged_record(kept, merged):
    services.merge_partners(kept, merged, actor=None)
    with pytest.raises(PartnerRefused, match="まとめた先"):
        edit(Organisation.objects.get(pk=merged.pk), facts={"address": "本町"}, actor=None)


def test_other_numbers_are_other_partners(merged):
    one, other = (
        a_partner("見本商会", corporate_number=GOOD),
        a_partner("三本商会", corporate_number="7000012050002"),
    )
    with pytest.raises(services.MergeRefused, match="法人番号が違う"):
        services.merge_partners(one, other, actor=None)


def test_partners_of_two_towns_never_meet(kept):
    theirs = an_agreement(municipality=a_municipality("011002"), partners=("株式会社見本ストア",))
    with pytest.raises(services.MergeRefused, match="ほかの自治体"):
        services.merge_partners(kept, theirs.partners[0].organisation, actor=None)


def test_a_record_is_not_merged_with_itself_or_twice(kept, merged):
    with pytest.raises(services.MergeRefused, match="同じ記録"):
        services.merge_partners(kept, kept, actor=None)
    services.merge_partners(kept, merged, actor=None)
    with pytest.raises(services.MergeRefused, match="すでに別の記録に"):
        services.merge_partners(a_partner("第三の店"), Organisation.objects.get(pk=merged.pk), actor=None)


def test_a_chain_is_taken_apart_from_its_end(kept, merged):
    first = services.merge_partners(kept, merged, actor=None)
    second = services.merge_partners(
        a_partner("本当の名の店"), Organisation.objects.get(pk=kept.pk), actor=None
    )
    with pytest.raises(services.MergeRefused, match="先にその統合を元に戻して"):
        services.part_partners(first, actor=None)
    services.part_partners(second, actor=None)
    services.part_partners(PartnerMerge.objects.get(pk=first.pk), actor=None)
    assert not Organisation.objects.filter(merged_into__isnull=False).exists()
    with pytest.raises(services.MergeRefused, match="すでに元に戻されています"):
        services.part_partners(first, actor=None)


def test_whoever_changed_a_record_meanwhile_is_not_overruled(kept, merged):
    seen = Organisation.objects.get(pk=kept.pk)
    edit(kept, facts={"address": "本町"}, actor=None)
    with pytest.raises(services.MergeRefused, match="ほかの人が先に変更しました"):
        services.merge_partners(seen, merged, actor=None)


def test_it_is_told_with_its_reason(kept, merged):
    merge = services.merge_partners(kept, merged, actor=None, reason="同じ店")
    services.part_partners(merge, actor=None)
    told = [one.sentence for one in Entry.objects.order_by("number") if one.event.startswith("partner.")][-2:]
    assert told == [
        "システムが「見本のストア」の記録を「株式会社見本ストア」にまとめました(協定1件)",
        "システムが「株式会社見本ストア」から「見本のストア」の記録を元に戻しました",
    ]
    assert Entry.objects.get(event="partner.merged").reason == "同じ店"


def test_the_figures_by_kind_follow_the_kept_record(kept, merged):
    edit(merged, facts={"kind": "npo"}, actor=None)
    town = Audience.staff(a_municipality())
    assert {row.label for row in register_on(town, DAY).by_partner_kind} == {"企業", "NPO・一般社団・財団"}
    services.merge_partners(
        Organisation.objects.get(pk=kept.pk), Organisation.objects.get(pk=merged.pk), actor=None
    )
    assert [(row.label, row.count) for row in register_on(town, DAY).by_partner_kind] == [("企業", 2)]
