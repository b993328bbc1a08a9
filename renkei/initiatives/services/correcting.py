"""Correcting a result, and taking it back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.agreements.vocabulary import Side
from renkei.audit.services import Changes, record
from renkei.initiatives import events
from renkei.initiatives.acting import Person, actor_of, columns_of, side_of
from renkei.initiatives.changes import tell_result_changed
from renkei.initiatives.models import Result
from renkei.initiatives.refusals import ResultRefused
from renkei.initiatives.result_checks import indicators_of, refuse_wrong
from renkei.initiatives.result_columns import (
    INTERNAL,
    columns_of_facts,
    differences,
    facts_of,
    told,
    write_figures,
)
from renkei.initiatives.result_facts import ResultFacts
from renkei.initiatives.services.confirming import claim
from renkei.initiatives.services.reporting import ask_other_side
from renkei.initiatives.vocabulary import Publicity, ResultState


@transaction.atomic
def correct(result: Result, facts: ResultFacts, *, by: Person, at: datetime, reason: str) -> Result:
    """Bring the result to the facts; whoever corrects has reported it now, and the other side confirms again.

    Internal notes alone change nothing of what was confirmed. What everyone could read is approved again.
    """
    _refuse_others(result, by, reason)
    if facts == facts_of(result) and result.state != ResultState.SENT_BACK:
        raise ResultRefused(_("何も変わっていません。直すところがなければ「やめて戻る」を選んでください。"))
    refuse_wrong(result.initiative, facts, timezone.localdate(at))
    figures = indicators_of(result.initiative, facts.figures)
    before, year = told(result), result.fiscal_year
    claim(result)
    for name, value in columns_of_facts(facts).items():
        setattr(result, name, value)
    result.save()
    write_figures(result, figures)
    changes = differences(before, told(result))
    if not set(changes) <= INTERNAL or result.state == ResultState.SENT_BACK:
        _report_again(result, by, at)
    _tell(result, by, reason, changes)
    tell_result_changed(result, before=year)
    return result


def _refuse_others(result: Result, by: Person, reason: str) -> None:
    if result.state == ResultState.WITHDRAWN:
        raise ResultRefused(_("取り消された実績です。もう一度、新しく報告してください。"))
    if side_of(by) == Side.PARTNER and result.reported_side != Side.PARTNER:
        raise ResultRefused(_("市が報告した実績です。違うところがあれば、理由を書いて差し戻してください。"))
    if not reason.strip():
        raise ResultRefused(_("訂正する理由を入れてください。"))


def _report_again(result: Result, by: Person, at: datetime) -> None:
    people = columns_of(by, "reported_by") | {"confirmed_by": None, "confirmed_by_partner": None}
    result.state, result.reported_side, result.reported_at = ResultState.REPORTED, side_of(by), at
    result.sent_back_reason, result.confirmed_at, result.confirmed_how = "", None, ""
    for name, person in people.items():
        setattr(result, name, person)
    if result.publicity == Publicity.PUBLISHED:
        result.publicity, result.approved_by, result.approved_at = Publicity.PROPOSED, None, None
    result.save()
    ask_other_side(result, by, at)


def _tell(result: Result, by: Person, reason: str, changes: Changes) -> None:
    town = result.municipality
    record(events.CORRECTED, actor_of(by), result, municipality=town, reason=reason.strip(), changes=changes)


@transaction.atomic
def take_back(result: Result, *, by: Person, at: datetime, reason: str) -> Result:
    """The result was not so: it counts no more, and stays with its reason."""
    if result.state == ResultState.WITHDRAWN:
        raise ResultRefused(_("もう取り消されています。画面を読み直してください。"))
    _refuse_others(result, by, reason)
    claim(result)
    before = result.publicity
    result.state, result.publicity, result.highlight = ResultState.WITHDRAWN, Publicity.INTERNAL, None
    result.approved_by, result.approved_at = None, None
    result.save(update_fields=["state", "publicity", "highlight", "approved_by", "approved_at"])
    changes = differences(
        {"initiatives.result.publicity": before}, {"initiatives.result.publicity": result.publicity}
    )
    record(
        events.TAKEN_BACK,
        actor_of(by),
        result,
        municipality=result.municipality,
        reason=reason.strip(),
        changes=changes,
    )
    tell_result_changed(result)
    return result
