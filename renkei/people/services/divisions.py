"""What a decided reorganisation writes about divisions and people, and how that is taken back until its day."""

from datetime import timedelta
from typing import Any

from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from renkei.accounts.models import Assignment, User
from renkei.audit.services import record
from renkei.municipalities.models import Division, DivisionSuccession
from renkei.people import reorganisation_events as events
from renkei.people.models.reorganisation import Reorganisation
from renkei.people.services.plans import ReorganisationRefused
from renkei.people.steps import Change, Steps, parted
from renkei.rules.japanese_calendar import japanese_date

ONE_DAY = timedelta(days=1)
Made = dict[str, list[Any]]


def carry_out(steps: Steps, actor: User | None) -> tuple[dict[str, Division], Made]:
    """Found, close and connect the divisions, and let their people follow; the divisions of the day by their words.

    Called by the decision, inside its transaction.
    """
    made: Made = {"founded": [], "closed": [], "successions": [], "ended": [], "assigned": [], "moved": []}
    after = {**steps.going_on}
    for words in steps.beginning:
        after[words] = _found(steps, words, actor)
        made["founded"].append(after[words].pk)
    for change in steps.changes:
        if change.closes:
            _close(change, steps.plan)
            made["closed"].append(change.division.pk)
        made["successions"] += _connect(change, after, steps.plan)
        _tell(change, steps.plan, actor)
    for change in steps.changes:
        for assignment in followers(change.division, steps.plan):
            _follow(assignment, after.get(way_of(assignment, change, steps.plan)), steps.plan, actor, made)
    return after, made


def followers(division: Division, plan: Reorganisation) -> list[Assignment]:
    """What people hold in the division on the day of the plan or from a later day on."""
    held = Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=plan.on), division=division)
    return list(held.select_related("user", "division").order_by("user__sign_in_name", "starts_on", "pk"))


def way_of(assignment: Assignment, change: Change, plan: Reorganisation) -> str:
    """The words of the division to which the person goes: the chosen one, else the main one."""
    chosen = plan.choice("people", str(assignment.pk))
    return chosen if chosen in change.into else change.main


def take_back(plan: Reorganisation, actor: User | None) -> None:
    """Bring divisions and people back to where they were; refuses where a new division is used already."""
    made: Made = plan.made
    _return_people(plan, actor)
    DivisionSuccession.objects.filter(pk__in=made["successions"]).delete()
    Division.objects.filter(pk__in=made["closed"]).update(closed_on=None)
    for division in Division.objects.filter(pk__in=made["closed"]):
        record(events.RESTORED, actor, division, municipality=plan.municipality)
    for division in Division.objects.filter(pk__in=made["founded"]):
        record(events.RESTORED, actor, division, municipality=plan.municipality)
        try:
            division.delete()
        except ProtectedError:
            raise ReorganisationRefused(
                _(
                    "新しい「%(division)s」がもう使われています。その協定・担当・引継ぎをほかの課に移してから取り消してください。"
                )
                % {"division": division}
            ) from None


def _found(steps: Steps, words: str, actor: User | None) -> Division:
    department, name = parted(words)
    division = Division.objects.create(
        municipality=steps.plan.municipality,
        department=department,
        name=name,
        opened_on=steps.plan.on,
        is_coordinating=any(
            change.division.is_coordinating and change.main == words for change in steps.changes
        ),
    )
    town = steps.plan.municipality
    record(events.FOUNDED, actor, division, municipality=town, on=japanese_date(steps.plan.on))
    return division


def _close(change: Change, plan: Reorganisation) -> None:
    still = Division.objects.filter(pk=change.division.pk, closed_on=None)
    if not still.update(closed_on=plan.on - ONE_DAY):
        raise ReorganisationRefused(
            _("「%(division)s」はほかの決定で終わることになりました。計画を見直してください。")
            % {"division": change.division}
        )


def _connect(change: Change, after: dict[str, Division], plan: Reorganisation) -> list[int]:
    """A succession to each division after it; the one to the main one carries whatever is not named."""
    made = []
    for words in change.into:
        if after[words].pk == change.division.pk:
            continue
        succession, is_new = DivisionSuccession.objects.get_or_create(
            predecessor=change.division,
            successor=after[words],
            defaults={"on": plan.on, "is_main": change.closes and words == change.main},
        )
        if is_new:
            made.append(succession.pk)
    return made


def _tell(change: Change, plan: Reorganisation, actor: User | None) -> None:
    others = "、".join(words for words in change.into if words != str(change.division))
    days = {"on": japanese_date(plan.on), "last": japanese_date(plan.on - ONE_DAY)}
    if not change.closes and others:
        record(
            events.PARTED, actor, change.division, municipality=plan.municipality, into=others, on=days["on"]
        )
    elif change.closes and others:
        record(
            events.FOLLOWED,
            actor,
            change.division,
            municipality=plan.municipality,
            into=others,
            last=days["last"],
        )
    elif change.closes:
        record(events.CLOSED, actor, change.division, municipality=plan.municipality, last=days["last"])


def _follow(
    assignment: Assignment, to: Division | None, plan: Reorganisation, actor: User | None, made: Made
) -> None:
    """From the day on the person holds the role in the other division; what was before stays as it was."""
    if to is None or to.pk == assignment.division_id:
        return
    former = assignment.division
    if assignment.starts_on < plan.on:
        made["ended"].append([assignment.pk, assignment.ends_on and assignment.ends_on.isoformat()])
        later = Assignment.objects.create(
            user=assignment.user,
            division=to,
            role=assignment.role,
            deputy_for=assignment.deputy_for,
            starts_on=plan.on,
            ends_on=assignment.ends_on,
        )
        made["assigned"].append(later.pk)
        Assignment.objects.filter(pk=assignment.pk).update(ends_on=plan.on - ONE_DAY)
    else:
        made["moved"].append([assignment.pk, assignment.division_id])
        Assignment.objects.filter(pk=assignment.pk).update(division=to)
    record(
        events.PERSON_FOLLOWED,
        actor,
        assignment.user,
        municipality=plan.municipality,
        changes={"accounts.assignment": ([former], [to])},
        on=japanese_date(plan.on),
        division=to,
    )


def _return_people(plan: Reorganisation, actor: User | None) -> None:
    made: Made = plan.made
    Assignment.objects.filter(pk__in=made["assigned"]).delete()
    for pk, ends_on in made["ended"]:
        Assignment.objects.filter(pk=pk, ends_on=plan.on - ONE_DAY).update(ends_on=ends_on)
    for pk, division in made["moved"]:
        Assignment.objects.filter(pk=pk).update(division=division)
    returned = [*(pk for pk, _ends in made["ended"]), *(pk for pk, _former in made["moved"])]
    for assignment in Assignment.objects.filter(pk__in=returned).select_related("user", "division"):
        record(
            events.PERSON_RETURNED,
            actor,
            assignment.user,
            municipality=plan.municipality,
            division=assignment.division,
        )
