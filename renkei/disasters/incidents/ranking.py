"""Who can help with a need, the best first, each with its reasons in words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement, Term
from renkei.disasters.contacts.chains import chains_of, is_night, is_reached_at_night
from renkei.disasters.incidents import fitting
from renkei.disasters.incidents.fitting import Part
from renkei.disasters.incidents.load import Load, has_untried_number, loads
from renkei.disasters.incidents.other_partners import Possible, possible_partners
from renkei.disasters.models import Capability, EmergencyContact, Need, SupplyPlace
from renkei.disasters.readiness.whole import shares_of
from renkei.disasters.vocabulary import RequestState
from renkei.municipalities.models import Municipality
from renkei.partners.models import Organisation

MOST = 30
"""As many as anybody calls."""
MOST_REASONS = 5
WEIGHTS = {"quantity": 20, "hours": 16, "lead": 10, "distance": 14, "hazard": 6, "readiness": 16, "load": 18}
"""What each question weighs, out of 100; how well function and goods fit multiplies all of it."""
BASE = 0.4
"""What a fitting partner is worth of whom nothing else is known."""
AFTER_DECLINE, AFTER_NO_ANSWER = 0.2, 0.6


@dataclass
class Candidate:
    """A partner who may help; `score` is 0…100, `readiness` 0…1, `load` what it is asked for already."""

    organisation: Organisation
    agreement: Agreement
    capability: Capability | None
    fit: float
    distance_km: float | None
    readiness: float
    load: Load
    score: float
    reasons: list[str]
    chain: list[EmergencyContact]
    covers: Decimal | None = None

    @property
    def request_state(self) -> str:
        """回答待ち, where it is asked for this need already."""
        return str(RequestState(self.load.request).label) if self.load.request else ""


@dataclass
class _Found:
    """A capability with what was worked out about it before the partners are read."""

    capability: Capability
    goods: Part
    place: SupplyPlace | None
    km: float | None
    parts: dict[str, Part] = field(default_factory=dict)

    @property
    def partner(self) -> int:
        return self.capability.organisation_id


def rank(need: Need, *, town: Municipality, at: datetime) -> list[Candidate]:
    """The partners that can help, the best first; one line for each, by what of theirs fits best."""
    found = [_judged(need, one, at) for one in _capabilities(need, town, at)]
    best = _best_of_each([one for one in found if one.goods.share > 0])[:MOST]
    partners = _partners(one.capability.organisation_id for one in best)
    agreements = Agreement.objects.in_bulk([one.capability.agreement_id for one in best])
    day = timezone.localdate(at)
    known = {partner.pk for partner in partners.values()}
    others = possible_partners(need, town, day, without=known, most=MOST - len(best))
    all_partners = {one.pk: one for one in [*partners.values(), *(other.organisation for other in others)]}
    load = loads(need, {pk: one.corporate_number for pk, one in all_partners.items()})
    among = {one.capability.agreement_id for one in best} | {other.agreement.pk for other in others}
    shares = shares_of(town, day, among=among) if among else {}
    chains = chains_of(all_partners.values(), at=at)
    made: dict[int, Candidate] = {}
    for one in best:
        partner, agreement = partners[one.partner], agreements[one.capability.agreement_id]
        candidate = _candidate(need, one, partner, agreement, shares, load, chains[partner.pk], at)
        if partner.pk not in made or made[partner.pk].score < candidate.score:
            made[partner.pk] = candidate
    ranked = sorted(made.values(), key=lambda one: (-one.score, str(one.organisation)))
    return ranked + [_other(one, shares, load, chains[one.organisation.pk], at) for one in others]


def _capabilities(need: Need, town: Municipality, at: datetime) -> "QuerySet[Capability]":
    """What was promised to the town, under agreements in force, with the function or the very word that is needed."""
    words = Q(function=need.function)
    for word in fitting.words_of(need.goods):
        words |= Q(goods__contains=word)
    in_force = Term.objects.covering(timezone.localdate(at)).filter(agreement=OuterRef("agreement"))
    current = Capability.objects.of(town).current().filter(words).filter(Exists(in_force))
    return current.order_by("pk").prefetch_related("places")


def _judged(need: Need, capability: Capability, at: datetime) -> _Found:
    place, km = fitting.nearest(need, capability.places.all())
    found = _Found(capability, fitting.of_goods(need, capability), place, km)
    found.parts = {
        "quantity": fitting.of_quantity(need, capability),
        "hours": fitting.of_hours(capability, at),
        "lead": fitting.of_lead(need, capability),
        "distance": fitting.of_distance(need, capability, km),
        "hazard": fitting.of_hazard(place),
    }
    return found


def _worth(fit: float, shares: Mapping[str, float]) -> float:
    known = sum(WEIGHTS[name] * share for name, share in shares.items())
    return 100 * fit * (BASE + (1 - BASE) * known / sum(WEIGHTS[name] for name in shares))


def _best_of_each(found: Sequence[_Found]) -> list[_Found]:
    """The best of each partner, the best first."""
    worth = {
        id(one): _worth(one.goods.share, {name: part.share for name, part in one.parts.items()})
        for one in found
    }
    best: dict[int, _Found] = {}
    for one in sorted(found, key=lambda one: -worth[id(one)]):
        best.setdefault(one.partner, one)
    return list(best.values())


def _partners(pks: Iterable[int]) -> dict[int, Organisation]:
    """By the key in the records: the partner, or the one that it was merged into."""
    rows = Organisation.objects.filter(pk__in=list(pks)).select_related("merged_into")
    return {one.pk: one.merged_into or one for one in rows}


def _candidate(
    need: Need,
    found: _Found,
    partner: Organisation,
    agreement: Agreement,
    shares: Mapping[int, float],
    load: Mapping[int, Load],
    chain: list[EmergencyContact],
    at: datetime,
) -> Candidate:
    mine = load.get(partner.pk, Load())
    readiness = shares.get(agreement.pk, 0.0)
    known = {name: part.share for name, part in found.parts.items()}
    known |= {"readiness": readiness, "load": 1 / (1 + mine.requests + mine.other_towns)}
    if is_night(at) and not is_reached_at_night(chain):
        known["hours"] = min(known["hours"], 0.2)
    score = _worth(found.goods.share, known) * _after(mine, chain, at)
    reasons = [*_failures(mine), found.goods.reason, found.parts["quantity"].reason]
    reasons += [_about_chain(chain, at), found.parts["hours"].reason, found.parts["distance"].reason]
    reasons += [_asked(mine), found.parts["hazard"].reason, found.parts["lead"].reason]
    return Candidate(
        organisation=partner,
        agreement=agreement,
        capability=found.capability,
        fit=found.goods.share,
        distance_km=found.km,
        readiness=readiness,
        load=mine,
        score=round(score, 1),
        reasons=[one for one in reasons if one][:MOST_REASONS],
        chain=chain,
        covers=fitting.covered(need, found.capability),
    )


def _other(
    one: Possible,
    shares: Mapping[int, float],
    load: Mapping[int, Load],
    chain: list[EmergencyContact],
    at: datetime,
) -> Candidate:
    mine = load.get(one.organisation.pk, Load())
    readiness = shares.get(one.agreement.pk, 0.0)
    score = _worth(one.fit, {"readiness": readiness, "load": 1 / (1 + mine.requests)}) * _after(
        mine, chain, at
    )
    reasons = [one for one in (*_failures(mine), one.reason, _asked(mine)) if one]
    return Candidate(
        organisation=one.organisation,
        agreement=one.agreement,
        capability=None,
        fit=one.fit,
        distance_km=None,
        readiness=readiness,
        load=mine,
        score=round(score, 1),
        reasons=reasons[:MOST_REASONS],
        chain=chain,
    )


def _after(load: Load, chain: Sequence[EmergencyContact], at: datetime) -> float:
    """Who has another number keeps the place after the first one led nowhere."""
    if load.has_declined:
        return AFTER_DECLINE
    is_silent = load.unreached and not has_untried_number(chain, load.unreached, at=at)
    return AFTER_NO_ANSWER if is_silent else 1.0


def _failures(load: Load) -> list[str]:
    said = []
    if load.has_declined:
        said.append(_("この災害で「できない」と回答"))
    if load.unreached:
        said.append(_("%(times)s回つながらなかった") % {"times": load.unreached})
    return said


def _asked(load: Load) -> str:
    if load.other_towns:
        return _("ほかの%(towns)s市町村も要請中") % {"towns": load.other_towns}
    return _("ほかに%(requests)s件を要請中") % {"requests": load.requests} if load.requests else ""


def _about_chain(chain: Sequence[EmergencyContact], at: datetime) -> str:
    """What is wrong with its contacts, if anything is."""
    if not chain:
        return _("緊急連絡先がない")
    if not any(one.is_verified(timezone.localdate(at)) for one in chain):
        return _("連絡先を1年以上確かめていない")
    return _("夜間につながる連絡先がない") if is_night(at) and not is_reached_at_night(chain) else ""


@dataclass(frozen=True)
class Together:
    """Partners that cover a need together."""

    candidates: list[Candidate]
    amount: Decimal

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.candidates)


def together(need: Need, ranked: Sequence[Candidate], *, most: int = 5) -> Together | None:
    """The fewest of the best that cover the need by what can be counted on; None where one does, or none do."""
    if not need.quantity:
        return None
    usable = [one for one in ranked if one.covers and not one.load.has_declined]
    if any(one.covers == need.quantity for one in usable):
        return None
    by_amount = defaultdict(list)
    for one in usable:
        by_amount[one.covers].append(one)
    taken: list[Candidate] = []
    total = Decimal(0)
    for amount in sorted((one for one in by_amount if one), reverse=True):
        for one in by_amount[amount]:
            if total < need.quantity and len(taken) < most:
                taken.append(one)
                total += amount
    return Together(taken, total) if total >= need.quantity and len(taken) > 1 else None
