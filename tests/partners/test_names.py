"""Partners and the names they have had."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from renkei.audit.models import Entry
from renkei.partners.models import Organisation, OrganisationName
from renkei.partners.services import RenameRefused, known_or_new, rename
from tests.factories import a_municipality, a_user

pytestmark = pytest.mark.django_db

FROM = date(2024, 4, 1)


def a_partner(name="株式会社見本"):
    return Organisation.objects.get(pk=known_or_new(a_municipality(), {name: None})[name])


def test_a_renamed_partner_is_found_by_all_its_names():
    partner = rename(a_partner(), name="見本ホールディングス株式会社", from_day=FROM, actor=a_user())
    for name in ("㈱見本", "見本ホールディングス㈱"):
        assert list(Organisation.objects.of(a_municipality()).named([name])) == [partner]
    assert list(Organisation.objects.with_name_containing("見本")) == [partner]


def test_the_name_on_a_day_is_the_one_it_bore_then():
    partner = rename(a_partner("第一社"), name="第二社", from_day=date(2020, 4, 1), actor=None)
    partner = rename(partner, name="第三社", from_day=FROM, actor=None)
    asked = [date(2020, 3, 31), date(2020, 4, 1), date(2024, 3, 31), FROM]
    assert [partner.name_on(day) for day in asked] == ["第一社", "第二社", "第二社", "第三社"]


def test_a_renaming_is_told_with_the_former_name():
    rename(a_partner(), name="株式会社新見本", from_day=FROM, actor=a_user())
    assert (
        Entry.objects.last().sentence == "見本 花子が「株式会社見本」の名称を「株式会社新見本」に改めました"
    )


@pytest.mark.parametrize("name", ["", "  ", "株式会社見本", " 株式会社見本 "])
def test_an_empty_or_unchanged_name_is_refused(name):
    with pytest.raises(RenameRefused, match="違うものに"):
        rename(a_partner(), name=name, from_day=FROM, actor=None)


def test_a_renaming_before_the_last_one_is_refused():
    partner = rename(a_partner("第一社"), name="第二社", from_day=FROM, actor=None)
    with pytest.raises(RenameRefused, match="令和6年3月31日までの旧名称"):
        rename(partner, name="第三社", from_day=FROM, actor=None)
    assert OrganisationName.objects.count() == 1


def test_the_second_of_two_editors_is_refused_and_tells_nothing():
    partner = a_partner()
    seen_too = Organisation.objects.get(pk=partner.pk)
    rename(partner, name="第二社", from_day=FROM, actor=None)
    with pytest.raises(RenameRefused, match="ほかの人"):
        rename(seen_too, name="第三社", from_day=date(2025, 4, 1), actor=None)
    assert Organisation.objects.get().name == "第二社"
    assert (OrganisationName.objects.count(), Entry.objects.count()) == (1, 1)


def test_a_former_name_is_known_again_and_makes_no_second_partner():
    partner = rename(a_partner(), name="株式会社新見本", from_day=FROM, actor=None)
    assert known_or_new(a_municipality(), {"㈱見本": None}) == {"㈱見本": partner.pk}


def test_the_partner_of_another_town_is_another_record():
    here = a_partner()
    there = known_or_new(a_municipality("011002"), {"株式会社見本": None})["株式会社見本"]
    assert here.pk != there
    assert list(Organisation.objects.of(a_municipality()).named(["株式会社見本"])) == [here]


def test_partners_stand_in_the_order_of_their_reading():
    for name, kana in (("三", "さん"), ("一", "いち"), ("カナ無し", "")):
        Organisation.objects.create(
            municipality=a_municipality(), name=name, name_kana=kana, folded_name=name
        )
    assert [str(one) for one in Organisation.objects.in_kana_order()] == ["一", "三", "カナ無し"]


def test_a_former_name_cannot_end_before_it_starts():
    wrong = OrganisationName(
        organisation=a_partner(), name="旧", folded_name="旧", starts_on=FROM, ends_on=date(2024, 3, 31)
    )
    with pytest.raises(ValidationError, match="終期は始期と同じ日か"):
        wrong.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong.save()
