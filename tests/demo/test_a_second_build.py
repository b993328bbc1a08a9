"""Built twice, the demo town is the same; this comes before the tests that share one town."""

import pytest
from django.db import transaction

from renkei.agreements.models import Agreement
from renkei.demo.services import build


def everything() -> list[list[object]]:
    rows = Agreement.objects.order_by("public_id").values_list(
        "public_id", "title", "signed_as", "form", "division__public_id", "series__public_id", "source"
    )
    partners = Agreement.objects.order_by("public_id", "parties__position").values_list(
        "public_id", "parties__name_as_signed", "terms__starts_on", "terms__in_force_until"
    )
    return [list(rows), list(partners)]


@pytest.fixture(scope="session")
def built_before(django_db_setup, django_db_blocker) -> list[list[object]]:
    """What a first build made, which is taken back before the town that the tests share is built."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert not Agreement.objects.exists()
        build()
        made = everything()
        transaction.set_rollback(True)
    return made


@pytest.mark.once
@pytest.mark.django_db
def test_two_builds_are_equal(built_before, town):
    assert everything() == built_before
    assert len(built_before[0]) == 354
