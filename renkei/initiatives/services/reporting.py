"""Reporting what was done under an initiative."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.audit.services import record
from renkei.correspondents.models import Correspondent
from renkei.initiatives import events
from renkei.initiatives.acting import Person, actor_of, columns_of, side_of
from renkei.initiatives.changes import tell_result_changed
from renkei.initiatives.models import Initiative, Result
from renkei.initiatives.refusals import ResultRefused
from renkei.initiatives.result_checks import indicators_of, refuse_wrong
from renkei.initiatives.result_columns import columns_of_facts, write_figures
from renkei.initiatives.result_facts import ResultFacts
from renkei.initiatives.result_letters import tell_division, tell_partners
from renkei.initiatives.services.papers import NewPaper, add_paper
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division
from renkei.municipalities.public_id import new_public_id
from renkei.partners.models import Organisation
from renkei.rules.japanese_calendar import fiscal_year_name


@transaction.atomic
def report(
    initiative: Initiative,
    facts: ResultFacts,
    *,
    by: Person,
    at: datetime,
    public_id: str = "",
    papers: Sequence[NewPaper] = (),
) -> Result:
    """Report a result, which waits for the other side to confirm it; told twice with one id it is one."""
    if public_id and (known := Result.objects.filter(public_id=public_id).first()):
        if known.initiative_id != initiative.pk:
            raise ResultRefused(_("画面が古くなっています。開き直して、もう一度報告してください。"))
        return known
    day = timezone.localdate(at)
    refuse_wrong(initiative, facts, day)
    figures = indicators_of(initiative, facts.figures)
    result = Result.objects.create(
        public_id=public_id or new_public_id(),
        municipality=initiative.municipality,
        agreement=initiative.agreement,
        initiative=initiative,
        division=answering_division(initiative, day),
        organisation=reporting_partner(initiative, by),
        reported_side=side_of(by),
        reported_at=at,
        is_sample=initiative.is_sample,
        **columns_of(by, "reported_by"),
        **columns_of_facts(facts),
    )
    write_figures(result, figures)
    _tell(result, by, at)
    for paper in papers:
        add_paper(result, paper.content, name=paper.name, description=paper.description, by=by)
    return result


def _tell(result: Result, by: Person, at: datetime) -> None:
    initiative, year = result.initiative.title, fiscal_year_name(result.fiscal_year)
    record(
        events.REPORTED,
        actor_of(by),
        result,
        municipality=result.municipality,
        initiative=initiative[:100],
        year=year,
    )
    ask_other_side(result, by, at)
    tell_result_changed(result)


def ask_other_side(result: Result, by: Person, at: datetime) -> None:
    """The letter that asks the side which did not report to confirm."""
    words = {"who": actor_of(by), "year": fiscal_year_name(result.fiscal_year)}
    tell = tell_division if isinstance(by, Correspondent) else tell_partners
    tell(
        result,
        "reported",
        _("実績の確認をお願いします"),
        [_("%(year)sの取組の実績が報告されました。内容を確かめて、確認か差戻しをしてください。") % words],
        at=at,
    )


def answering_division(initiative: Initiative, day: date) -> Division | None:
    """The division that answers for the work on the day: the initiative's own, else the agreement's."""
    division = initiative.division_id or initiative.agreement.division_id
    return Lineage(initiative.municipality).on(division, day) if division else None


def reporting_partner(initiative: Initiative, by: Person) -> Organisation | None:
    """Whose result it is among several partners: who reported it, else who does the work."""
    return by.partner if isinstance(by, Correspondent) else initiative.organisation
