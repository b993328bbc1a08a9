"""Planning a reorganisation step by step. Nothing moves before it is decided."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.municipalities.models import Municipality
from renkei.people import reorganisation_events as events
from renkei.people.models.reorganisation import Reorganisation
from renkei.people.steps import Step, StepKind, Steps, words_of
from renkei.rules.japanese_calendar import japanese_date

LONGEST = 80


class ReorganisationRefused(ValueError):
    """The plan does not change; str() says why and what to do."""


@transaction.atomic
def plan(name: str, *, on: date, municipality: Municipality, actor: User | None) -> Reorganisation:
    """Begin a plan that holds from the day, and tell it."""
    made = Reorganisation.objects.create(municipality=municipality, name=name, on=on, planned_by=actor)
    record(events.PLANNED, actor, made, municipality=municipality, on=japanese_date(on))
    return made


@transaction.atomic
def add_step(
    plan: Reorganisation,
    kind: StepKind,
    *,
    divisions: Sequence[str] = (),
    into: Sequence[str] = (),
    actor: User | None,
) -> Reorganisation:
    """Add what happens to the divisions (public ids); `into` are the words of those after it, the main one first."""
    step = Step(kind, tuple(divisions), tuple(dict.fromkeys(" ".join(words.split()) for words in into)))
    _refuse_unfit(Steps(plan), step)
    return _write(plan, [*plan.steps, step.as_json()], events.STEP_ADDED, step, actor)


@transaction.atomic
def remove_step(plan: Reorganisation, place: int, *, actor: User | None) -> Reorganisation:
    """Take a step out again, counted from 0."""
    if not 0 <= place < len(plan.steps):
        raise ReorganisationRefused(_("その内容はもうありません。画面を読み直してください。"))
    step = Step.read(plan.steps[place])
    kept = [told for number, told in enumerate(plan.steps) if number != place]
    return _write(plan, kept, events.STEP_REMOVED, step, actor)


@transaction.atomic
def choose(
    plan: Reorganisation, kind: str, chosen: Mapping[str, str], *, actor: User | None
) -> Reorganisation:
    """Choose by its words the division to which each agreement, text or person goes."""
    known = {**plan.choices.get(kind, {})}
    differing = {name: words for name, words in chosen.items() if known.get(name, "") != words}
    if not differing:
        return plan
    claim_planned(plan, choices={**plan.choices, kind: known | differing})
    record(events.CHOSEN, actor, plan, municipality=plan.municipality, count=len(differing))
    return plan


def claim_planned(plan: Reorganisation, **changes: Any) -> None:
    """Write to a plan that nobody changed meanwhile and that is not decided yet, or refuse."""
    if not plan.is_planned:
        raise ReorganisationRefused(
            _("この機構改革は%(state)sになっています。変えるには新しい計画を立ててください。")
            % {"state": plan.get_state_display()}
        )
    if not Reorganisation.objects.claim(plan, **changes):
        raise ReorganisationRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))


def _write(
    plan: Reorganisation, steps: list[Any], event: Any, step: Step, actor: User | None
) -> Reorganisation:
    before = [told_of(plan, Step.read(told)) for told in plan.steps]
    claim_planned(plan, steps=steps)
    after = [told_of(plan, Step.read(told)) for told in plan.steps]
    changes = {"people.reorganisation.steps": (before, after)}
    record(event, actor, plan, municipality=plan.municipality, changes=changes, step=told_of(plan, step))
    return plan


def told_of(plan: Reorganisation, step: Step) -> str:
    """A step in one short sentence: 分割: 福祉部 福祉課 → 福祉部 介護課、福祉部 障害課."""
    words = "、".join(words_of(step.divisions, Steps(plan).existing))
    into = "、".join(step.into)
    return f"{step.kind.label}: {' → '.join(part for part in (words, into) if part)}"


def _refuse_unfit(steps: Steps, step: Step) -> None:
    for wrong in (_wrong_divisions, _wrong_words, _wrong_number):
        if reason := wrong(steps, step):
            raise ReorganisationRefused(reason)


def _wrong_divisions(steps: Steps, step: Step) -> str:
    for public_id in step.divisions:
        if public_id not in steps.existing:
            return _("その課は、始まる日の前の日にありません。画面を読み直して、ある課から選んでください。")
        division = steps.existing[public_id]
        if division.closed_on:
            return _("「%(division)s」は%(day)sで終わると決まっています。別の課を選んでください。") % {
                "division": division,
                "day": japanese_date(division.closed_on),
            }
        if steps.change_of(public_id):
            return _("「%(division)s」の内容はもうあります。先にそれを除いてください。") % {
                "division": division
            }
    return ""


def _wrong_words(steps: Steps, step: Step) -> str:
    for words in step.into:
        if not words:
            return _("後の課の名前が空です。「福祉部 介護課」のように入れてください。")
        if any(len(part) > LONGEST for part in words.split()) or len(words) > 2 * LONGEST:
            return _("部や課の名前は80文字までです。短くしてください。")
        if step.kind == StepKind.FOUND and words in steps.after:
            return _("「%(words)s」はもうあります。別の名前を入れてください。") % {"words": words}
        if step.kind == StepKind.CLOSE and words not in steps.after:
            return _(
                "「%(words)s」という課はありません。ある課の名前を入れるか、先に新設を加えてください。"
            ) % {"words": words}
    return ""


def _wrong_number(steps: Steps, step: Step) -> str:
    own = {str(steps.existing[one]) for one in step.divisions}
    stays = bool(own & {*step.into})
    many, after = len(step.divisions), len(step.into)
    return {
        StepKind.FOUND: "" if after == 1 else _("新しい課の名前を一つ入れてください。"),
        StepKind.RENAME: ""
        if (many, after, stays) == (1, 1, False)
        else _("課を一つ選び、いまと違う名前を一つ入れてください。"),
        StepKind.SPLIT: ""
        if many == 1 and after > 1
        else _("分かれた後の課を二つ以上、一行に一つ入れてください。"),
        StepKind.MERGE: ""
        if many > 1 and after == 1
        else _("一つになる課を二つ以上選び、後の課の名前を一つ入れてください。"),
        StepKind.CLOSE: ""
        if many == 1 and after < 2 and not stays
        else _("廃止する課を一つ選び、引き継ぐ課があれば別の課を一つ入れてください。"),
    }[step.kind]
