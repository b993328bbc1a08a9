"""The yearly word on an agreement: continue, improve, end, with reasons."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.holdings import holder_on
from renkei.agreements.models import Agreement
from renkei.audit.services import record
from renkei.initiatives import events
from renkei.initiatives.models import Evaluation
from renkei.initiatives.refusals import EvaluationRefused
from renkei.initiatives.vocabulary import Verdict
from renkei.rules.fiscal_years import first_day, last_day
from renkei.rules.japanese_calendar import fiscal_year_name


@dataclass(frozen=True)
class EvaluationFacts:
    """What is said of an agreement at the end of a fiscal year."""

    fiscal_year: int
    verdict: Verdict
    reasons: str
    achievements: str = ""
    next_steps: str = ""


@transaction.atomic
def evaluate(
    agreement: Agreement, facts: EvaluationFacts, *, actor: User | None, at: datetime, seen: int = 0
) -> Evaluation:
    """Write the year's evaluation, or another word in place of it; `seen` is the version that was read, 0 for none.

    What an agreement's year brought can be evaluated from the first day of the year on.
    """
    day = timezone.localdate(at)
    _refuse(agreement, facts, at)
    known = Evaluation.objects.about(agreement).filter(fiscal_year=facts.fiscal_year).first()
    if (known.version if known else 0) != seen:
        raise EvaluationRefused(
            _("ほかの人が先に評価を書きました。画面を読み直し、いまの評価を確かめてください。")
        )
    one = known or Evaluation(
        municipality=agreement.municipality, agreement=agreement, fiscal_year=facts.fiscal_year, version=0
    )
    before = {} if known is None else _told(known)
    if one.verdict != facts.verdict:
        one.followed_at = None  # What follows from another word is still to come.
    one.verdict, one.reasons = facts.verdict, facts.reasons.strip()
    one.achievements, one.next_steps = facts.achievements.strip(), facts.next_steps.strip()
    one.division, one.evaluated_by, one.evaluated_at = holder_on(agreement, day), actor, at
    one.version += 1
    one.save()
    after = _told(one)
    changes = {name: (before.get(name, ""), said) for name, said in after.items() if before.get(name) != said}
    record(
        events.EVALUATED,
        actor,
        one,
        municipality=agreement.municipality,
        changes=changes,
        agreement=agreement,
        year=fiscal_year_name(facts.fiscal_year),
        verdict=Verdict(facts.verdict).label,
    )
    return one


def _told(one: Evaluation) -> dict[str, str]:
    names = ("verdict", "reasons", "achievements", "next_steps")
    return {f"initiatives.evaluation.{name}": str(getattr(one, name)) for name in names}


def _refuse(agreement: Agreement, facts: EvaluationFacts, at: datetime) -> None:
    if not facts.reasons.strip():
        raise EvaluationRefused(_("評価の理由を書いてください。例: 講座を毎年開き、受講者が増えているため"))
    first, last = first_day(facts.fiscal_year), last_day(facts.fiscal_year)
    if first > timezone.localdate(at):
        raise EvaluationRefused(
            _("%(year)sはまだ始まっていません。始まっている年度を選んでください。")
            % {"year": fiscal_year_name(facts.fiscal_year)}
        )
    in_force = any(
        term.starts_on <= last and (term.in_force_until is None or term.in_force_until >= first)
        for term in agreement.terms.all()
    )
    if not in_force:
        raise EvaluationRefused(
            _("この協定は、%(year)sには有効でありませんでした。ほかの年度を選んでください。")
            % {"year": fiscal_year_name(facts.fiscal_year)}
        )
