"""Partners of whom nobody has written what they do, but whose agreement speaks of what is needed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement, Party
from renkei.agreements.vocabulary import Form
from renkei.disasters.agreements import for_disasters
from renkei.disasters.capabilities.proposing import functions_in
from renkei.disasters.models import Capability, Need
from renkei.disasters.vocabulary import DisasterFunction
from renkei.municipalities.models import Municipality
from renkei.partners.models import Organisation

BY_TITLE, BY_MUTUAL_AID = 0.3, 0.25
MUTUAL_AID = (
    DisasterFunction.STAFF,
    DisasterFunction.FOOD_WATER,
    DisasterFunction.DAILY_GOODS,
    DisasterFunction.EQUIPMENT,
    DisasterFunction.TRANSPORT,
    DisasterFunction.UTILITIES,
    DisasterFunction.WASTE,
    DisasterFunction.HOSTING,
    DisasterFunction.PUPILS,
)
"""What towns do for each other under a mutual-aid agreement (相互応援協定) as a rule."""


@dataclass(frozen=True)
class Possible:
    """A partner who may be able to help, and why it is listed."""

    organisation: Organisation
    agreement: Agreement
    fit: float
    reason: str


@lru_cache(maxsize=8192)
def _functions_of(title: str) -> frozenset[str]:
    return frozenset(functions_in(title))


def possible_partners(
    need: Need, town: Municipality, day: date, *, without: Collection[int], most: int
) -> list[Possible]:
    """Partners of agreements without any capability whose title or form fits, the closest first."""
    if most <= 0:
        return []
    written = Capability.objects.current().filter(agreement=OuterRef("pk"))
    rows = for_disasters(town, day).filter(~Exists(written)).order_by("pk").values_list("pk", "title", "form")
    fits = {pk: fit for pk, title, form in rows if (fit := _fit(need, title, form))}
    wanted = sorted(fits, key=lambda pk: -fits[pk][0])[:most]
    parties = Party.objects.filter(agreement__in=wanted, organisation__isnull=False)
    parties = parties.select_related("organisation__merged_into", "agreement").order_by("position")
    found: dict[int, Possible] = {}
    for party in sorted(parties, key=lambda one: wanted.index(one.agreement_id)):
        assert party.organisation
        partner = party.organisation.merged_into or party.organisation
        if partner.pk not in without:
            found.setdefault(partner.pk, Possible(partner, party.agreement, *fits[party.agreement_id]))
    return list(found.values())[:most]


def _fit(need: Need, title: str, form: str) -> tuple[float, str] | None:
    if need.function in _functions_of(title):
        return BY_TITLE, _("支援内容は未登録(協定名から)")
    if form == Form.MUTUAL_AID and need.function in MUTUAL_AID:
        return BY_MUTUAL_AID, _("相互応援協定(支援内容は未登録)")
    return None
