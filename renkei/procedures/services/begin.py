"""Beginning a procedure from an agreement that is there: to change it, or to renew it by agreement."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.models import Agreement, Party
from renkei.audit.services import record
from renkei.correspondents.models import Correspondent
from renkei.procedures import events
from renkei.procedures.letters import tell_division, tell_partner
from renkei.procedures.models import Participant, Procedure, Proposal
from renkei.procedures.services.claiming import ProcedureRefused, made_once
from renkei.procedures.services.receive import About, receive
from renkei.procedures.vocabulary import Kind, Source


@dataclass(frozen=True)
class Begun:
    """What a person says who begins: a change or a renewal, what it is called, why."""

    kind: Kind
    title: str
    purpose: str
    source: Source = Source.TOWN


@transaction.atomic
def begin_about(agreement: Agreement, begun: Begun, *, by: User, at: datetime, public_id: str) -> Procedure:
    """Begin the procedure with the agreement's own partner, form, division and items; pressed twice it is one."""
    _refuse(agreement, begun)
    partner = agreement.parties.exclude(organisation=None).select_related("organisation").first()
    links = list(agreement.field_links.select_related("field"))
    proposal, is_new = made_once(
        Proposal(
            municipality=agreement.municipality,
            public_id=public_id,
            taken_by=by,
            title=begun.title,
            partner_name=partner.name_as_signed if partner else "",
            purpose=begun.purpose,
            fields=[link.field.slug for link in links],
            items=[item.heading for item in agreement.items.all()],
            begun_at=at,
            saved_at=at,
        ),
        municipality=agreement.municipality,
    )
    main = next((link.field.slug for link in links if link.is_main), "")
    about = About(begun.kind, agreement, partner.organisation_id if partner else None, main)
    procedure = receive(proposal, source=begun.source, by=by, at=at, about=about)
    if is_new:
        _invite(procedure, partner, at)
        _tell(procedure, at)
        record(
            events.BEGUN,
            by,
            procedure,
            municipality=agreement.municipality,
            reason=begun.purpose,
            agreement=agreement,
        )
    return procedure


def _refuse(agreement: Agreement, begun: Begun) -> None:
    if hasattr(agreement, "ending"):
        raise ProcedureRefused(_("終了した協定です。変更や更新の手続は始められません。"))
    running = Procedure.objects.of(agreement.municipality).about(agreement).running().filter(kind=begun.kind)
    if other := running.exclude(proposal__title=begun.title, proposal__purpose=begun.purpose).first():
        raise ProcedureRefused(
            _("同じ種類の手続「%(title)s」(%(receipt)s)が進んでいます。その手続で続けてください。")
            % {"title": other.title, "receipt": other.receipt}
        )


def _tell(procedure: Procedure, at: datetime) -> None:
    facts = {"kind": Kind(procedure.kind).label, "partner": procedure.partner_name}
    subject = _("%(kind)sの手続を始めました") % facts
    words = [_("%(kind)sの手続を始めました。これからの進み方は、手続のページで見られます。") % facts]
    tell_partner(procedure, "begun", subject, words, at=at)
    words = [_("%(partner)sとの%(kind)sの手続を始めました。次にすることを確かめてください。") % facts]
    tell_division(procedure, procedure.division, "begun", subject, words, at=at)


def _invite(procedure: Procedure, partner: Party | None, at: datetime) -> None:
    """The partner's own people take part from the beginning, the responsible one leading."""
    if partner is None or partner.organisation is None:
        return
    people = Correspondent.objects.of(procedure.municipality).of_partner(partner.organisation)
    for place, one in enumerate(people.exclude(confirmed_at=None).order_by("-is_responsible", "pk")):
        Participant.objects.create(procedure=procedure, correspondent=one, is_lead=place == 0, joined_at=at)
