"""Deciding a reorganisation, and taking that back until its day. The day itself needs nobody: facts hold by dates."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.services.reorganise import go_another_way, go_back, put_series_under
from renkei.audit.services import record
from renkei.handovers.moving import Moving, Preview
from renkei.municipalities.models import Division, DivisionSuccession
from renkei.people import reorganisation_events as events
from renkei.people.models.reorganisation import Reorganisation, ReorganisationState
from renkei.people.services.divisions import carry_out, take_back
from renkei.people.services.plans import ReorganisationRefused, claim_planned
from renkei.rules.japanese_calendar import japanese_date


@transaction.atomic
def decide(plan: Reorganisation, *, actor: User | None, at: datetime) -> Reorganisation:
    """Write the plan down as dated facts: divisions, who follows whom, agreements that go another way, people."""
    preview = Preview(plan)
    if preview.obstacles:
        raise ReorganisationRefused(preview.obstacles[0])
    claim_planned(plan, state=ReorganisationState.DECIDED, decided_at=at)
    record(events.DECIDED, actor, plan, municipality=plan.municipality, on=japanese_date(plan.on))
    after, made = carry_out(preview.steps, actor)
    made["portions"] = []
    for moving in preview.movings:
        if moving.change.is_a_choice:
            made["portions"] += _part(moving, after, actor)
    Reorganisation.objects.claim(plan, made=made)
    return plan


@transaction.atomic
def withdraw(plan: Reorganisation, *, reason: str, actor: User | None, day: date) -> Reorganisation:
    """Give a plan up; a decided one is taken back as a whole, until the day on which it begins."""
    if plan.is_planned:
        claim_planned(plan, state=ReorganisationState.WITHDRAWN)
    else:
        _refuse_too_late(plan, day)
        if not Reorganisation.objects.claim(plan, state=ReorganisationState.WITHDRAWN):
            raise ReorganisationRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
        portions = Division.objects.filter(pk__in=plan.made["portions"]).select_related("portion_of")
        go_back(portions, actor=actor)
        DivisionSuccession.objects.filter(predecessor__in=portions).delete()
        portions.delete()
        take_back(plan, actor)
    record(events.WITHDRAWN, actor, plan, municipality=plan.municipality, reason=reason)
    return plan


def _refuse_too_late(plan: Reorganisation, day: date) -> None:
    if not plan.can_be_taken_back_on(day):
        raise ReorganisationRefused(
            _("始まった機構改革や取りやめた機構改革は取り消せません。戻すには、新しい計画を立ててください。")
        )
    decided = Reorganisation.objects.of(plan.municipality).filter(state=ReorganisationState.DECIDED)
    later = decided.filter(decided_at__gt=plan.decided_at).order_by("-decided_at").first()
    if later:
        raise ReorganisationRefused(
            _("この後に決定した「%(name)s」を先に取り消してください。") % {"name": later.name}
        )


def _part(moving: Moving, after: dict[str, Division], actor: User | None) -> list[int]:
    """Portions for what goes another way than the main one: one for each division it is recorded under, and way."""
    made: list[int] = []
    everything = list(moving.agreements.select_related("municipality"))
    for words in moving.change.into:
        if words == moving.change.main:
            continue
        going = [one for one in everything if moving.way_of("agreements", one.public_id) == words]
        texts = [one for one in moving.series if moving.way_of("series", one.public_id) == words]
        named = [*(one.division_id for one in going), *(one.division_id for one in texts)]
        recorded = sorted({key for key in named if key})
        portions = {key: _portion(key, after[words], moving.plan) for key in recorded}
        go_another_way(going, portions, on=moving.plan.on, to=after[words], actor=actor)
        for one in texts:
            put_series_under(portions[one.division_id or 0], [one.pk])
        made += [portion.pk for portion in portions.values()]
    return made


def _portion(key: int, to: Division, plan: Reorganisation) -> Division:
    """What the division holds of another from the day on; before it, part of that other."""
    whole = Division.objects.get(pk=key)
    portion = Division.objects.create(
        municipality=plan.municipality, department=whole.department, name=whole.name, portion_of=whole
    )
    DivisionSuccession.objects.create(predecessor=portion, successor=to, on=plan.on)
    return portion
