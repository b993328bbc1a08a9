"""What all changes of a town's people share: one after another, and never without an administrator."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import Assignment, Role, User
from renkei.municipalities.models import Municipality
from renkei.rules.japanese_calendar import japanese_date

ONE_DAY = timedelta(days=1)


class PeopleRefused(ValueError):
    """The town's people do not change; str() says why and what to do."""


@contextmanager
def staffing(town: Municipality, *, day: date) -> Iterator[None]:
    """One change of the town's people at a time, whole or not at all; raises PeopleRefused without administrators."""
    with transaction.atomic():
        one_at_a_time(town)
        before = is_administered_from(town, day)
        yield
        if before and not is_administered_from(town, day):
            raise PeopleRefused(
                _("管理者がいなくなる日ができます。先に、別の職員に管理者の役割を与えてください。")
            )


def one_at_a_time(town: Municipality) -> None:
    """Wait until nobody else changes the town's people; inside a transaction, and held until its end."""
    # Not a full lock: rows that point to the town, as each told event does, are written by others all the while.
    Municipality.objects.select_for_update(no_key=True).get(pk=town.pk)


def is_administered_from(town: Municipality, day: date) -> bool:
    """Whether on the day and on every later one somebody is an administrator himself, not as a deputy."""
    held = Assignment.objects.own().until(day).filter(role=Role.ADMINISTRATOR)
    able = held.filter(user__municipality=town, user__is_active=True)
    reached = day
    for starts_on, ends_on in able.order_by("starts_on").values_list("starts_on", "ends_on"):
        if starts_on > reached:
            return False
        if ends_on is None:
            return True
        reached = max(reached, ends_on + ONE_DAY)
    return False


def refuse_beyond_a_deputy(
    actor: User | None, given: Iterable[tuple[User | None, str]], *, day: date
) -> None:
    """Refuse that a deputy makes administrators, or gives himself what would outlast his time.

    `given` are people, None for somebody new, with the role that each is given.
    """
    raising = [role for person, role in given if role == Role.ADMINISTRATOR or (person and person == actor)]
    if actor is None or not raising:
        return
    held = Assignment.objects.holding_on(day).filter(user=actor, role=Role.ADMINISTRATOR)
    if held.exists() and not held.own().exists():
        raise PeopleRefused(
            _(
                "管理者の代理は、管理者の役割を与えることも、自分に役割を与えることもできません。管理者に頼んでください。"
            )
        )


def period_words(starts_on: date, ends_on: date | None) -> str:
    """令和8年4月1日から令和9年3月31日まで; without an end, only its beginning."""
    first = japanese_date(starts_on)
    if ends_on is None:
        return _("%(first)sから") % {"first": first}
    return _("%(first)sから%(last)sまで") % {"first": first, "last": japanese_date(ends_on)}


def told(assignments: Iterable[Assignment]) -> list[str]:
    """Roles as they are told before and after a change."""
    return sorted(f"{one.words} {period_words(one.starts_on, one.ends_on)}" for one in assignments)


def told_roles(person: User, day: date) -> list[str]:
    """The roles that the person holds on the day or will hold later, as they are told."""
    held = person.assignments.until(day).select_related("division", "deputy_for")
    return told(held)
