"""Taking in a proposal that came by telephone, by post or in person: written down by a clerk, received at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.correspondents.models import Correspondent
from renkei.correspondents.refusals import CorrespondentRefused
from renkei.correspondents.services.entering import expect
from renkei.procedures.models import Procedure, Proposal
from renkei.procedures.proposal_form import read_facts
from renkei.procedures.proposal_lines import UnreadableLine
from renkei.procedures.services.proposing import ProposalRefused, enclose
from renkei.procedures.services.receive import receive
from renkei.procedures.vocabulary import Source

File = tuple[str, bytes]
"""Its name and its bytes."""

MUST = ("partner_name", "contact_name", "title")
"""Without these nobody would know what it is about, and whose it is."""

NOT_AT_THE_COUNTER = (Source.TELEPHONE, Source.VISIT, Source.MAIL, Source.TOWN)


def take_in(
    facts: Mapping[str, Any],
    *,
    source: Source,
    by: User,
    at: datetime,
    public_id: str,
    files: Sequence[File] = (),
    site: str = "",
) -> Procedure:
    """Receive what somebody told a clerk; whose mail address is known is invited to the counter and takes part.

    Sent again under the same id it gives the procedure that is there. `site` is where the counter is, if the settings
    do not say it.
    """
    mine = Procedure.objects.of(by.municipality).filter(public_id=public_id)
    if known := mine.first():
        return known
    try:
        with transaction.atomic():
            proposal = _written(facts, by, at, public_id, site)
            for name, content in files:
                enclose(proposal, content, name=name, at=at)
            return receive(proposal, source=source, by=by, at=at, public_id=public_id)
    except IntegrityError:
        if known := mine.first():  # pressed twice, and the other of the two was a moment earlier
            return known
        raise


def _written(facts: Mapping[str, Any], by: User, at: datetime, public_id: str, site: str) -> Proposal:
    read = _read(facts)
    proposal = Proposal(municipality=by.municipality, taken_by=by, begun_at=at, saved_at=at, **read)
    proposal.author = _expected(proposal, public_id, at, site)
    proposal.save(force_insert=True)
    return proposal


def _read(facts: Mapping[str, Any]) -> dict[str, Any]:
    try:
        read = read_facts(facts)
    except UnreadableLine as refusal:
        raise ProposalRefused(str(refusal)) from refusal
    if any(not read.get(name) for name in MUST):
        raise ProposalRefused(_("会社・団体の名称、担当者の氏名、提案の件名を入れてください。"))
    if not read.get("contact_phone") and not read.get("contact_email"):
        raise ProposalRefused(_("連絡のつく電話番号かメールアドレスのどちらかを入れてください。"))
    return read


def _expected(proposal: Proposal, procedure_id: str, at: datetime, site: str) -> Correspondent | None:
    """The contact as somebody who comes to the counter; nobody where no address is known."""
    if not proposal.contact_email:
        return None
    try:
        return expect(
            proposal.municipality,
            proposal.contact_email,
            name=proposal.contact_name,
            company=proposal.partner_name,
            phone=proposal.contact_phone,
            unit=proposal.contact_unit,
            target=f"/counter/{proposal.municipality.code}/procedures/{procedure_id}/",
            at=at,
            site=site,
        )
    except CorrespondentRefused as refusal:
        raise ProposalRefused(str(refusal)) from refusal
