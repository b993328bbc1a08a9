"""Who may come in at all: locking, unlocking and ending sessions, each told."""

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts import lock_out
from renkei.accounts.models import Assignment, Role, User
from renkei.accounts.sittings import Sitting, end_all
from renkei.audit.services import record
from renkei.municipalities.models import Municipality
from renkei.people import sign_in_events as events
from renkei.people.services.staffing import one_at_a_time

ACTIVE = "accounts.user.is_active"


class AccessRefused(ValueError):
    """Access does not change; str() says why and what to do."""


def keys_of(user: User) -> list[str]:
    """Under which keys the person's tries are counted."""
    return [lock_out.key_of("name", user.sign_in_name), lock_out.key_of("second", user.public_id)]


def is_locked_out(user: User, *, at: datetime) -> bool:
    """Whether the person has tried too often and must wait."""
    return any(lock_out.is_locked(key, at=at) for key in keys_of(user))


@transaction.atomic
def unlock(user: User, *, actor: User | None) -> None:
    """Let the person try again at once."""
    for key in keys_of(user):
        lock_out.forgive(key)
    record(events.UNLOCKED, actor, user, municipality=user.municipality)


@transaction.atomic
def end_sessions(user: User, *, actor: User | None) -> int:
    """Sign the person out everywhere; how many devices that were."""
    count = end_all([user.pk])
    record(events.SESSIONS_ENDED, actor, user, municipality=user.municipality, count=count)
    return count


@transaction.atomic
def end_session(user: User, public_id: str, *, actor: User | None) -> bool:
    """Sign the person out on one device; False if it is gone already or not the person's."""
    ended = Sitting.objects.filter(user=user, public_id=public_id).end()
    if ended:
        record(events.SESSIONS_ENDED, actor, user, municipality=user.municipality, count=ended)
    return bool(ended)


@transaction.atomic
def deactivate(user: User, *, actor: User | None, day: date, reason: str = "") -> None:
    """Keep the person out from now on; what was done under this name stays."""
    one_at_a_time(user.municipality)
    if is_last_administrator(user, day=day):
        raise AccessRefused(
            _("この自治体の最後の管理者です。先にほかの職員を管理者にしてから、もう一度行ってください。")
        )
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        raise AccessRefused(_("この職員は、すでに使えなくなっています。"))
    user.is_active = False
    user.sign_in_links.filter(used_at=None).delete()
    end_all([user.pk])
    record(
        events.DEACTIVATED,
        actor,
        user,
        municipality=user.municipality,
        reason=reason or _("理由の記入なし"),
        changes={ACTIVE: (True, False)},
    )


@transaction.atomic
def reactivate(user: User, *, actor: User | None, at: datetime) -> None:
    """Let the person in again, with the password and factors as they were."""
    if user.has_left(timezone.localdate(at)):
        raise AccessRefused(
            _("在籍の最後の日が過ぎた職員です。先に職員のページで退職・転出を取り消してください。")
        )
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True, open_since=at):
        raise AccessRefused(_("この職員は、すでに使えます。"))
    user.is_active = True
    record(events.REACTIVATED, actor, user, municipality=user.municipality, changes={ACTIVE: (False, True)})


def is_last_administrator(user: User, *, day: date) -> bool:
    """Whether nobody else would look after the town's people; a deputy holds the role only as long as the other."""
    held = Assignment.objects.own().holding_on(day).filter(role=Role.ADMINISTRATOR, user__is_active=True)
    here = held.filter(user__municipality=user.municipality)
    return here.filter(user=user).exists() and not here.exclude(user=user).exists()


def lock_inactive(before: date, *, municipality: Municipality, day: date) -> int:
    """Keep out whoever has not signed in since before, except who is the town's last administrator on the day."""
    start = timezone.make_aware(datetime.combine(before, time.min))
    unseen = Q(last_login=None) | Q(last_login__lt=start)
    locked = 0
    absent = User.objects.of(municipality).filter(unseen, open_since__lt=start, is_active=True)
    for user in absent.order_by("last_login", "pk"):
        try:
            deactivate(user, actor=None, day=day, reason=_("長い間サインインがないため"))
            locked += 1
        except AccessRefused:
            continue
    return locked
