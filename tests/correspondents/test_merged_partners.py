"""Whose partner's record was merged into another is one of that partner's people, until the records are parted."""

import pytest

from renkei.agreements.services import merge_partners, part_partners
from renkei.correspondents.models import Correspondent
from renkei.correspondents.services.colleagues import invite
from renkei.procedures.models import Procedure
from tests.factories import a_user
from tests.procedure_factories import AT, a_correspondent, a_partner, a_procedure

pytestmark = pytest.mark.django_db


def read(person: Correspondent) -> Correspondent:
    return Correspondent.objects.select_related("organisation").get(pk=person.pk)


def test_people_of_a_merged_record_see_what_the_kept_one_has_and_back():
    kept, merged = a_partner("株式会社見本"), a_partner("見本株式会社 東京支店")
    mine = a_correspondent(email="mine@example.com", organisation=merged)
    theirs = a_procedure(
        author=a_correspondent(email="theirs@example.com", organisation=kept, is_responsible=True)
    )
    assert not Procedure.objects.seen_by(read(mine)).exists()
    clerk = a_user()
    merge = merge_partners(kept, merged, actor=clerk)
    assert Procedure.objects.seen_by(read(mine)).get() == theirs
    assert read(mine).company == "株式会社見本"
    assert Correspondent.objects.of_partner(kept).count() == 2
    boss = Correspondent.objects.get(is_responsible=True)
    with pytest.raises(ValueError, match="すでにあなたの会社"):
        invite(boss, "mine@example.com", "", AT)
    part_partners(merge, actor=clerk)
    assert not Procedure.objects.seen_by(read(mine)).exists()
