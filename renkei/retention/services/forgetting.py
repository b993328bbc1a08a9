"""Forgetting, each day, whom a town no longer calls: emergency contacts taken out longer ago than it keeps them."""

from datetime import date
from typing import Any

from django.db import transaction

from renkei.agreements.models import Party
from renkei.disasters.services.removing_contacts import forget_contacts
from renkei.municipalities.models import Municipality
from renkei.retention.kinds import CONTACTS, PERMANENT
from renkei.retention.models import Hold
from renkei.retention.questions import years_of
from renkei.retention.services.erasing import erase_waiting
from renkei.retention.services.removing import remove_document
from renkei.rules.retention_days import latest_completion


def forget_contacts_daily(sender: Any, municipality: Municipality, day: date, **kwargs: Any) -> None:
    """The daily work's part: nothing goes where the town has set no time, or keeps them for ever."""
    years = years_of(municipality).get(CONTACTS, PERMANENT)
    if years != PERMANENT:
        with transaction.atomic():
            until = latest_completion(day, years)
            for paper in forget_contacts(municipality, until=until, held=_held(municipality, day)):
                remove_document(paper)
            transaction.on_commit(erase_waiting)


def _held(municipality: Municipality, day: date) -> set[int]:
    """The partners of agreements that are kept longer: their papers may be evidence."""
    holds = Hold.objects.of(municipality).holding_on(day)
    parties = Party.objects.filter(agreement__in=holds.values("agreement")).exclude(organisation=None)
    keys = parties.values_list("organisation", "organisation__merged_into")
    return {merged or key for key, merged in keys}
