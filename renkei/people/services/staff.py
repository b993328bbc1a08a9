"""A person of the town: added, edited, leaving on a last day, staying after all."""

import hashlib
import json
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from renkei.accounts.links import SignInLink
from renkei.accounts.models import Role, User
from renkei.audit.models import Entry
from renkei.audit.services import Changes, record
from renkei.municipalities.models import Division, Municipality
from renkei.people import events
from renkei.people.services.access import deactivate
from renkei.people.services.invitations import invite
from renkei.people.services.roles import why_not_hold
from renkei.people.services.staffing import PeopleRefused, refuse_beyond_a_deputy, staffing, told_roles
from renkei.rules.japanese_calendar import japanese_date

EDITABLE = ("sign_in_name", "name", "email")


def add(
    town: Municipality,
    *,
    sign_in_name: str,
    name: str,
    email: str,
    role: Role,
    division: Division | None,
    starts_on: date,
    actor: User | None,
    at: datetime,
    day: date,
) -> SignInLink:
    """Add a person with a first role, and make the link with which the person comes in and chooses a password."""
    with staffing(town, day=day):
        refuse_beyond_a_deputy(actor, [(None, role)], day=day)
        refuse_taken(sign_in_name)
        if reason := why_not_hold(User(municipality=town), role, division, starts_on, None):
            raise PeopleRefused(reason)
        return invite(
            municipality=town,
            sign_in_name=sign_in_name,
            name=name,
            email=email,
            role=role,
            division=division,
            starts_on=starts_on,
            actor=actor,
            at=at,
        )


def state_of(person: User) -> str:
    """A fingerprint of what can be edited: whoever edits sends the one that was before the eyes."""
    told = json.dumps([getattr(person, name) for name in EDITABLE])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def edit(person: User, *, seen: str, actor: User | None, day: date, **facts: str) -> User:
    """Change sign-in name, name or mail address; refuses, and says what stands now, where somebody was first."""
    with staffing(person.municipality, day=day):
        former = User.objects.get(pk=person.pk)
        if seen != state_of(former):
            raise PeopleRefused(_edited_meanwhile(former))
        changes: Changes = {
            f"accounts.user.{name}": (getattr(former, name), facts[name])
            for name in EDITABLE
            if getattr(former, name) != facts[name]
        }
        if former.sign_in_name != facts["sign_in_name"]:
            refuse_taken(facts["sign_in_name"])
        if changes:
            for name in EDITABLE:
                setattr(person, name, facts[name])
            person.save(update_fields=EDITABLE)
            record(events.EDITED, actor, person, municipality=person.municipality, changes=changes)
    return person


def _edited_meanwhile(person: User) -> str:
    edits = Entry.objects.of(person.municipality).filter(event=events.EDITED.name)
    last = edits.about(subject_type=User._meta.label_lower, subject_id=person.public_id).first()
    return _(
        "開いている間に登録内容が変わりました。%(told)s。いまは 氏名「%(name)s」、サインイン名「%(sign_in_name)s」、"
        "メールアドレス「%(email)s」です。入力したほうで保存するなら、もう一度押してください。"
    ) % {
        "told": last.sentence if last else "",
        "name": person.name,
        "sign_in_name": person.sign_in_name,
        "email": person.email,
    }


def leave(person: User, *, on: date, actor: User | None, day: date, reason: str = "") -> None:
    """The person leaves the town: `on` is the last day; every role ends with it, and signing in the day after."""
    with staffing(person.municipality, day=day):
        before = told_roles(person, day)
        let_go(person, on)
        record(
            events.LEFT,
            actor,
            person,
            municipality=person.municipality,
            reason=reason,
            changes={"accounts.assignment": (before, told_roles(person, day))},
            on=japanese_date(on),
        )
        close_accounts(person.municipality, day=day)


def let_go(person: User, on: date) -> None:
    """Write the last day and let every role end with it; call it inside `staffing`."""
    person.assignments.filter(starts_on__gt=on).delete()
    person.assignments.filter(Q(ends_on=None) | Q(ends_on__gt=on)).update(ends_on=on)
    person.last_day = on
    person.save(update_fields=["last_day"])


def stay(person: User, *, actor: User | None, at: datetime, day: date, reason: str = "") -> None:
    """The person does not leave after all, or comes back; roles are given anew."""
    with staffing(person.municipality, day=day):
        if person.last_day is None:
            raise PeopleRefused(_("%(name)sに在籍の最後の日はありません。") % {"name": person})
        former = person.last_day
        let_in(person, at)
        record(
            events.STAYED,
            actor,
            person,
            municipality=person.municipality,
            reason=reason,
            changes={"accounts.user.last_day": (former, None)},
        )


def let_in(person: User, at: datetime) -> None:
    """Take the last day away, so that the person can sign in again; call it inside `staffing`."""
    if not person.is_active:
        person.open_since = at
    person.last_day, person.is_active = None, True
    person.save(update_fields=["last_day", "is_active", "open_since"])


def close_accounts(town: Municipality, *, day: date) -> int:
    """Nobody whose last day is over signs in any more; how many that are now. May be called on any day, again too."""
    gone = list(User.objects.of(town).filter(is_active=True, last_day__lt=day))
    for person in gone:
        last = japanese_date(person.last_day) if person.last_day else ""
        deactivate(person, actor=None, day=day, reason=_("在籍は%(last)sまでです") % {"last": last})
    return len(gone)


def refuse_taken(sign_in_name: str) -> None:
    """Refuse a sign-in name that anybody of this installation has."""
    if User.objects.filter(sign_in_name=sign_in_name).exists():
        raise PeopleRefused(
            _("サインイン名「%(name)s」はすでに使われています。別の名前にしてください。")
            % {"name": sign_in_name}
        )
