"""Whom a check of contacts asks, before anything is written: each partner once, and how it is reached."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from renkei.agreements.models import Agreement, Party
from renkei.correspondents.models import Correspondent
from renkei.disasters.agreements import for_disasters
from renkei.disasters.contacts.chains import TELEPHONES
from renkei.disasters.models import ContactChannel
from renkei.disasters.vocabulary import ChannelKind
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division, Municipality
from renkei.partners.models import Organisation


@dataclass
class Asked:
    """One partner with its agreements for disasters; without an address it is asked on paper or by telephone."""

    partner: Organisation
    agreements: list[Agreement] = field(default_factory=list)
    divisions: list[Division] = field(default_factory=list)
    email: str = ""
    number: str = ""


@dataclass(frozen=True)
class CheckPlan:
    """Everybody who would be asked."""

    asked: list[Asked]

    @property
    def mailed(self) -> list[Asked]:
        """Those to whom a letter with a link goes."""
        return [one for one in self.asked if one.email]

    @property
    def on_paper(self) -> list[Asked]:
        """Those without an address: asked on paper or by telephone."""
        return [one for one in self.asked if not one.email]

    @property
    def agreements(self) -> int:
        """How many agreements are behind it; one with several partners counts once."""
        return len({agreement.pk for one in self.asked for agreement in one.agreements})


def check_plan(town: Municipality, day: date) -> CheckPlan:
    """Each partner of an agreement for disasters in force on the day, once; merged records are one partner."""
    asked = asked_partners(town, day)
    for key, email in addresses(town, asked).items():
        asked[key].email = email
    for key, number in _first(town, asked, TELEPHONES).items():
        asked[key].number = number
    return CheckPlan(sorted(asked.values(), key=lambda one: one.partner.name_kana or one.partner.name))


def asked_partner(town: Municipality, partner: Organisation, day: date) -> Asked:
    """One partner with its agreements for disasters in force on the day; without any where it has none."""
    return asked_partners(town, day, only=partner).get(partner.pk) or Asked(partner)


def asked_partners(town: Municipality, day: date, *, only: Organisation | None = None) -> dict[int, Asked]:
    """The partners by their key, with the agreements and the divisions that answer for them on the day."""
    agreements, parties = _in_force(town, day, only)
    lineage, asked = Lineage(town), dict[int, Asked]()
    for party in parties.select_related("organisation__merged_into").order_by("agreement", "position"):
        assert party.organisation
        partner = party.organisation.merged_into or party.organisation
        one, agreement = asked.setdefault(partner.pk, Asked(partner)), agreements[party.agreement_id]
        if agreement not in one.agreements:
            one.agreements.append(agreement)
        if agreement.division_id and (now := lineage.on(agreement.division_id, day)) not in one.divisions:
            one.divisions.append(now)
    return {
        key: one
        for key, one in asked.items()
        if one.partner.dissolved_on is None or one.partner.dissolved_on > day
    }


def _in_force(
    town: Municipality, day: date, only: Organisation | None
) -> tuple[dict[int, Agreement], QuerySet[Party]]:
    """The agreements by key and their partners' parties; of one partner alone where only it is meant."""
    wanted = for_disasters(town, day)
    if only is not None:
        theirs = Party.objects.filter(_of("organisation", [only.pk])).values("agreement")
        wanted = wanted.filter(pk__in=theirs)
    agreements = {one.pk: one for one in wanted}
    # The keys are told: a database without statistics takes minutes over a question within the question.
    parties = Party.objects.filter(agreement__in=list(agreements), organisation__isnull=False).present_on(day)
    return agreements, parties if only is None else parties.filter(_of("organisation", [only.pk]))


def addresses(town: Municipality, partners: Iterable[int]) -> dict[int, str]:
    """Where letters go, by the partner's key: the first address of its contacts, else its person at the counter."""
    known = _first(town, partners, (ChannelKind.MAIL,))
    people = Correspondent.objects.of(town).active().filter(_of("organisation", partners))
    for one in (
        people.exclude(confirmed_at=None).select_related("organisation").order_by("-is_responsible", "pk")
    ):
        if one.partner:
            known.setdefault(one.partner.pk, one.email)
    return known


def _first(town: Municipality, partners: Iterable[int], kinds: Iterable[str]) -> dict[int, str]:
    """The first channel of one of these kinds in each partner's chains, by the partner's key; in one question."""
    found: dict[int, list[str]] = defaultdict(list)
    known = ContactChannel.objects.filter(
        _of("contact__organisation", partners),
        kind__in=list(kinds),
        contact__municipality=town,
        contact__ended_on=None,
    ).order_by("contact__agreement_id", "contact__position", "position", "pk")
    for one in sorted(
        known.select_related("contact__organisation"), key=lambda one: one.contact.agreement_id or 0
    ):
        organisation = one.contact.organisation
        assert organisation
        found[organisation.merged_into_id or organisation.pk].append(one.value)
    return {key: values[0] for key, values in found.items()}


def _of(name: str, partners: Iterable[int]) -> Q:
    keys = list(partners)
    return Q(**{f"{name}__in": keys}) | Q(**{f"{name}__merged_into__in": keys})
