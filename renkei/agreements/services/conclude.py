"""Concluding: a signed agreement enters the register with its number."""

from datetime import date

from django.db import transaction

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.facts import AgreementFacts
from renkei.agreements.models import Agreement
from renkei.agreements.services.register import register
from renkei.audit.services import record
from renkei.municipalities.models import Municipality
from renkei.municipalities.sequences import next_number
from renkei.rules.japanese_calendar import fiscal_year, japanese_date

SEQUENCE = "agreement"


@transaction.atomic
def conclude(
    facts: AgreementFacts, *, signed_on: date, municipality: Municipality, actor: User | None
) -> Agreement:
    """Register what was signed on the day, under the next number of its fiscal year (令和6年度 第12号)."""
    agreement = register(facts, municipality=municipality, actor=actor)
    year = fiscal_year(signed_on)
    agreement.number_year, agreement.number = year, next_number(municipality, SEQUENCE, year)
    agreement.save(update_fields=["number_year", "number"])
    record(
        events.CONCLUDED,
        actor,
        agreement,
        municipality=municipality,
        number=agreement.numbered,
        on=japanese_date(signed_on),
    )
    return agreement
