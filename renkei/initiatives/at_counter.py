"""What a partner's person sees of the work under its agreements: the partner's own, never what is another partner's."""

from datetime import date

from django.db.models import Q, QuerySet

from renkei.agreements.models import Agreement
from renkei.correspondents.models import Correspondent
from renkei.initiatives.models import Initiative, Result
from renkei.initiatives.vocabulary import InitiativeState


def agreements_of(visitor: Correspondent) -> QuerySet[Agreement]:
    """The agreements to which the visitor's partner is a party; none before the town accepted the person."""
    partner = visitor.partner
    if partner is None:
        return Agreement.objects.none()
    return Agreement.objects.of(visitor.municipality).with_partner(partner)


def agreements_in_force(visitor: Correspondent, day: date) -> QuerySet[Agreement]:
    """Those of them that are in force on the day."""
    partner = visitor.partner
    if partner is None:
        return Agreement.objects.none()
    return Agreement.objects.of(visitor.municipality).in_force_on(day).with_partner(partner)


def initiatives_of(visitor: Correspondent) -> QuerySet[Initiative]:
    """The work under these agreements, without ideas of the town and without what another partner does."""
    partner = visitor.partner
    if partner is None:
        return Initiative.objects.none()
    own = Q(organisation=None) | Q(organisation=partner) | Q(organisation__merged_into=partner)
    mine = Initiative.objects.of(visitor.municipality).exclude(state=InitiativeState.IDEA)
    return mine.filter(own, agreement__in=agreements_of(visitor).order_by().values("pk"))


def results_of(visitor: Correspondent) -> QuerySet[Result]:
    """What was reported about it, by both sides."""
    partner = visitor.partner
    if partner is None:
        return Result.objects.none()
    mine = Result.objects.of(visitor.municipality).told_to(partner)
    return mine.filter(initiative__in=initiatives_of(visitor).order_by().values("pk"))
