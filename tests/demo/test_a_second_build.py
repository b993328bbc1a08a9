"""Built twice, the demo town is the same; this comes before the tests that share one town."""

import pytest
from django.db import transaction

from renkei.agreements.models import Agreement
from renkei.demo.services import build


@pytest.mark.once
@pytest.mark.django_db
def test_two_builds_are_equal():
    def everything() -> list[object]:
        rows = Agreement.objects.order_by("public_id").values_list(
            "public_id", "title", "signed_as", "form", "division__public_id", "series__public_id", "source"
        )
        partners = Agreement.objects.order_by("public_id", "parties__position").values_list(
            "public_id", "parties__name_as_signed", "terms__starts_on", "terms__in_force_until"
        )
        return [list(rows), list(partners)]

    assert not Agreement.objects.exists()
    built = []
    for _time in range(2):
        with transaction.atomic():
            build()
            built.append(everything())
            transaction.set_rollback(True)
    assert built[0] == built[1]
    assert len(built[0][0]) == 354
