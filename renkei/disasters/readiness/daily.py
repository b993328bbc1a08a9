"""Keeping once a day how ready a town is, so that the trend can be seen over years."""

from datetime import date
from typing import Any

from django.db import transaction

from renkei.disasters.models import ReadinessDay
from renkei.disasters.readiness.gaps import gaps_of
from renkei.disasters.readiness.one import Tally
from renkei.disasters.readiness.town import TownFacts
from renkei.disasters.readiness.whole import tally_on
from renkei.municipalities.models import Municipality

COMPLETE = "complete"
"""Beside the signs: how many agreements lack nothing."""


def keep_readiness(sender: Any, municipality: Municipality, day: date, **_given: Any) -> None:
    """Keep the day's counts once; a town without agreements for disasters keeps none."""
    if ReadinessDay.objects.of(municipality).filter(day=day).exists():
        return
    tally = tally_on(municipality, day)
    if tally.agreements:
        _keep(municipality, day, tally, len(gaps_of(TownFacts(municipality, day))))


@transaction.atomic
def _keep(municipality: Municipality, day: date, tally: Tally, gaps: int) -> None:
    counted = {str(one.sign): one.fulfilled for one in tally.signs}
    ReadinessDay.objects.get_or_create(
        municipality=municipality,
        day=day,
        defaults={
            "agreements": tally.agreements,
            "signs": {**counted, COMPLETE: tally.complete},
            "gaps": gaps,
        },
    )
