"""Receiving a proposal: from this moment there is a procedure with its number, its course and its first step."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement
from renkei.audit.services import record
from renkei.correspondents.models import Correspondent
from renkei.municipalities.sequences import next_number
from renkei.procedures import events
from renkei.procedures.checklists import lines_of
from renkei.procedures.letters import tell_division, tell_partner
from renkei.procedures.models import CheckLine, CooperationItem, Participant, Passage, Procedure, Proposal
from renkei.procedures.people import Person, actor_of
from renkei.procedures.services.claiming import ProcedureRefused
from renkei.procedures.settings import course_of
from renkei.procedures.vocabulary import Kind, Source, Stage
from renkei.rules.japanese_calendar import fiscal_year, japanese_date

SEQUENCE = "procedure"


@dataclass(frozen=True)
class About:
    """The agreement that a procedure is to change or renew, with what is known of it."""

    kind: Kind
    agreement: Agreement
    organisation_id: int | None
    main_field: str

    def fill(self, procedure: Procedure) -> None:
        """What the agreement says already need not be decided again."""
        procedure.agreement = self.agreement
        procedure.form = self.agreement.form
        procedure.division = self.agreement.division
        procedure.organisation_id = self.organisation_id
        procedure.main_field = self.main_field


@transaction.atomic
def receive(
    proposal: Proposal,
    *,
    source: Source,
    by: Person,
    at: datetime,
    public_id: str | None = None,
    about: About | None = None,
) -> Procedure:
    """Receive a saved proposal that is complete; sent again it gives the procedure that is there.

    `about` is the agreement that the procedure is to change or renew: its items are agreed on already, and whoever
    begins such a procedure writes its letters.

    The author becomes the leading participant; the receipt goes to the partner, the news to the coordinators.
    """
    claimed = Proposal.objects.filter(pk=proposal.pk, sent_at=None, dropped_at=None).update(sent_at=at)
    proposal.refresh_from_db()
    if not claimed:
        if proposal.procedure:
            return proposal.procedure
        raise ProcedureRefused(_("取りやめた提案です。新しい提案を書いてください。"))
    procedure = _procedure(proposal, source, at, public_id, about)
    Proposal.objects.filter(pk=proposal.pk).update(procedure=procedure)
    proposal.procedure = procedure
    procedure.proposal = proposal
    if proposal.author:
        _join(procedure, proposal.author, at)
    record(
        events.RECEIVED,
        actor_of(by),
        procedure,
        municipality=procedure.municipality,
        receipt=procedure.receipt,
    )
    if about is None:
        _tell(procedure, at)
    return procedure


def _procedure(
    proposal: Proposal, source: Source, at: datetime, public_id: str | None, about: About | None
) -> Procedure:
    town, day = proposal.municipality, timezone.localdate(at)
    course = course_of(town)
    year = fiscal_year(day)
    procedure = Procedure(
        municipality=town,
        kind=about.kind if about else Kind.NEW,
        number_year=year,
        number=next_number(town, SEQUENCE, year),
        title=proposal.title,
        partner_name=proposal.partner_name,
        fields=proposal.fields,
        source=source,
        stage=Stage.PROPOSAL,
        stage_since=day,
        opened_on=day,
        course=course.as_told(),
    )
    if public_id:
        procedure.public_id = public_id
    if about:
        about.fill(procedure)
    procedure.save(force_insert=True)
    Passage.objects.create(procedure=procedure, stage=Stage.PROPOSAL, entered_on=day)
    CheckLine.objects.bulk_create(
        CheckLine(procedure=procedure, stage=stage, position=place, text=text)
        for stage, lines in lines_of(course).items()
        for place, text in enumerate(lines, start=1)
    )
    CooperationItem.objects.bulk_create(
        CooperationItem(procedure=procedure, position=place, heading=heading, is_agreed=about is not None)
        for place, heading in enumerate(proposal.items, start=1)
    )
    return procedure


def _join(procedure: Procedure, author: Correspondent, at: datetime) -> None:
    Participant.objects.create(procedure=procedure, correspondent=author, is_lead=True, joined_at=at)


def _tell(procedure: Procedure, at: datetime) -> None:
    due = procedure.stage_due_on
    until = _("%(day)sまでに、市から連絡します。") % {"day": japanese_date(due)} if due else ""
    facts = {"receipt": procedure.receipt, "partner": procedure.partner_name}
    tell_partner(
        procedure,
        "received",
        _("提案を受け付けました(%(receipt)s)") % facts,
        [_("提案を%(receipt)sとして受け付けました。") % facts, *([until] if until else [])],
        at=at,
    )
    tell_division(
        procedure,
        None,
        "received-town",
        _("提案が届きました(%(partner)s)") % facts,
        [_("%(partner)sから提案が届きました。内容を確かめ、聴取の日を決めてください。") % facts],
        at=at,
    )
