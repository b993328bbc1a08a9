"""Reporting what was done under an initiative that nobody had written down before."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.initiatives.models import Result
from renkei.initiatives.refusals import ResultRefused
from renkei.initiatives.result_facts import ResultFacts
from renkei.initiatives.services.begin import InitiativeFacts
from renkei.initiatives.services.papers import NewPaper
from renkei.initiatives.services.reporting import report
from renkei.initiatives.services.writing import write
from renkei.initiatives.vocabulary import InitiativeState
from renkei.rules.fiscal_years import first_day


@transaction.atomic
def report_unlisted(
    agreement: Agreement,
    work: tuple[str, int | None],
    facts: ResultFacts,
    *,
    by: User,
    at: datetime,
    public_id: str,
    papers: Sequence[NewPaper] = (),
) -> Result:
    """Write the initiative (title, position of its item) and the result; told twice with one id it is one."""
    if known := Result.objects.filter(public_id=public_id).first():
        if known.agreement_id != agreement.pk:
            raise ResultRefused(_("画面が古くなっています。開き直して、もう一度報告してください。"))
        return known
    title, item = work
    began = facts.done_on or first_day(facts.fiscal_year)
    initiative = write(
        agreement,
        InitiativeFacts(
            title=title, item=item, state=InitiativeState.RUNNING, planned_years=(facts.fiscal_year,)
        ),
        on=began,
        actor=by,
    )
    return report(initiative, facts, by=by, at=at, public_id=public_id, papers=papers)
