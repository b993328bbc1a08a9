"""What the responsible person of a partner does for its people: invite, hand responsibility over, end access."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from renkei.audit.services import record
from renkei.correspondents import events
from renkei.correspondents.links import make_link
from renkei.correspondents.models import Correspondent, CounterLink, Purpose
from renkei.correspondents.permissions import why_not_manage
from renkei.correspondents.refusals import CorrespondentRefused
from renkei.correspondents.services.accepting import appoint_instead, tell_responsible
from renkei.correspondents.services.closing import close, restore
from renkei.correspondents.services.entering import newcomer, send_link
from renkei.partners.models import Organisation

MOST = 50
"""People of one partner who come to the counter."""


@transaction.atomic
def invite(responsible: Correspondent, email: str, name: str, at: datetime, *, site: str = "") -> None:
    """Invite a colleague by mail, who joins the partner by following the link; invited again, it is a new link.

    The answer is the same for an address that comes to this counter for another partner: only its owner is told.
    """
    organisation = _own(responsible)
    people = Correspondent.objects.of(responsible.municipality)
    colleague = people.with_address(email).first()
    if colleague and colleague.partner == organisation:
        raise CorrespondentRefused(_("すでにあなたの会社・団体の担当者です。下の一覧で確かめてください。"))
    if people.of_partner(organisation).count() + invited(organisation, at).count() >= MOST:
        raise CorrespondentRefused(
            _("担当者は%(most)s人までです。使わない人の利用を止めてから招いてください。") % {"most": MOST}
        )
    colleague = colleague or newcomer(responsible.municipality, email, name)
    record(
        events.INVITED,
        responsible.as_actor,
        responsible,
        municipality=responsible.municipality,
        partner=organisation.name,
        email=email,
    )
    link = make_link(colleague, Purpose.INVITATION, organisation=organisation, at=at)
    lead = _("%(name)sさんが、あなたを%(partner)sの担当者として招いています。") % {
        "name": str(responsible),
        "partner": organisation.name,
    }
    send_link(colleague, link, at=at, site=site, lead=lead)


def invited(organisation: Organisation, at: datetime) -> QuerySet[CounterLink]:
    """Invitations to the partner that nobody has followed yet and that still work."""
    links = CounterLink.objects.of(organisation.municipality).filter(used_at=None, expires_at__gt=at)
    return links.filter(organisation=organisation).select_related("correspondent")


def _own(responsible: Correspondent) -> Organisation:
    if reason := why_not_manage(responsible):
        raise CorrespondentRefused(reason)
    assert responsible.partner
    return responsible.partner


@transaction.atomic
def hand_responsibility(responsible: Correspondent, to: Correspondent, at: datetime) -> Correspondent:
    """A colleague is responsible from now on, and the person is not."""
    organisation = _own(responsible)
    _refuse_others(to, organisation)
    appoint_instead(to, organisation)
    record(
        events.MADE_RESPONSIBLE,
        responsible.as_actor,
        to,
        municipality=responsible.municipality,
        partner=organisation.name,
    )
    tell_responsible(to, organisation, at)
    responsible.refresh_from_db()
    return responsible


def end_access(responsible: Correspondent, colleague: Correspondent, at: datetime) -> Correspondent:
    """The colleague comes in no more."""
    _refuse_others(colleague, _own(responsible))
    if colleague.pk == responsible.pk:
        raise CorrespondentRefused(
            _("責任者の利用は止められません。先に、ほかの人に責任者を引き継いでください。")
        )
    return close(colleague, responsible, at)


def give_back_access(responsible: Correspondent, colleague: Correspondent, at: datetime) -> Correspondent:
    """The colleague may come in again."""
    _refuse_others(colleague, _own(responsible))
    return restore(colleague, responsible, at)


def _refuse_others(colleague: Correspondent, organisation: Organisation) -> None:
    if colleague.partner != organisation:
        raise CorrespondentRefused(_("同じ会社・団体の担当者だけを選べます。"))


@transaction.atomic
def take_invitation_back(responsible: Correspondent, colleague: Correspondent, at: datetime) -> None:
    """The invitation works no more."""
    invited(_own(responsible), at).filter(correspondent=colleague).update(used_at=at)
