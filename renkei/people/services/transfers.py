"""Transfers from a sheet: brought, mended, decided as one act for a day, taken back as one act."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from renkei.accounts.models import Assignment, User
from renkei.audit.services import record
from renkei.municipalities.models import Division, Municipality
from renkei.people import events
from renkei.people.models import Transfer, TransferState
from renkei.people.services.staff import close_accounts, let_in
from renkei.people.services.staffing import ONE_DAY, PeopleRefused, refuse_beyond_a_deputy, staffing, told
from renkei.people.sheet import read_lines
from renkei.people.transfers import Kind, Move, digest, plan
from renkei.rules.japanese_calendar import japanese_date


def bring(
    town: Municipality, rows: Sequence[Sequence[str]], *, title: str, starts_on: date, actor: User | None
) -> Transfer:
    """Keep a sheet that was read, to be looked at before anything changes; raises SheetRefused."""
    lines = [line.as_json() for line in read_lines(rows)]
    return Transfer.objects.create(
        municipality=town, title=title[:200], starts_on=starts_on, lines=lines, brought_by=actor
    )


def mend(transfer: Transfer, rows: Sequence[Sequence[str]], *, starts_on: date) -> None:
    """Put other rows in the place of the sheet's, before it is decided; raises SheetRefused, PeopleRefused."""
    lines = [line.as_json() for line in read_lines(rows)]
    waiting = Transfer.objects.of(transfer.municipality).filter(pk=transfer.pk, state=TransferState.READ)
    if not waiting.update(lines=lines, starts_on=starts_on):
        raise PeopleRefused(
            _("この異動はすでに決められています。直すときは、取り消してから読み直してください。")
        )


def decide(transfer: Transfer, *, seen: str, actor: User | None, at: datetime, day: date) -> int:
    """Carry out what the rows say, as it was seen; how many people. Rows with a problem stay out."""
    town = transfer.municipality
    with staffing(town, day=day):
        transfer = _claimed(transfer, TransferState.READ)
        moves = plan(transfer)
        if digest(moves) != seen:
            raise PeopleRefused(
                _("確かめた後に、職員か課の登録が変わりました。もう一度確かめてから、決めてください。")
            )
        ready = [move for move in moves if move.is_ready]
        if not ready:
            raise PeopleRefused(_("決められる行がありません。要確認の行を直してください。"))
        refuse_beyond_a_deputy(actor, [(move.person, move.role) for move in ready if move.begins], day=day)
        act = _Act(town, ready, at, day)
        transfer.state, transfer.decided_at, transfer.done = TransferState.DECIDED, at, act.written
        transfer.save(update_fields=["state", "decided_at", "done"])
        _tell(transfer, act, actor)
        close_accounts(town, day=day)
    return len(act.people)


def undo(transfer: Transfer, *, actor: User | None, at: datetime, day: date) -> int:
    """Take the act back, as if it had not been decided; how many people. Refuses where somebody changed since."""
    town = transfer.municipality
    with staffing(town, day=day):
        transfer = _claimed(transfer, TransferState.DECIDED)
        done = transfer.done
        people = list(User.objects.of(town).filter(pk__in=done["people"]))
        if changed := changed_since(transfer):
            raise PeopleRefused(
                _(
                    "決めた後に役割が変わった職員がいるため、まとめて取り消せません(%(names)s)。職員のページで直してください。"
                )
                % {"names": "、".join(one.name for one in changed[:5])}
            )
        before = _told_of(people, day)
        _take_back(done)
        after = _told_of(people, day)
        transfer.state, transfer.undone_at = TransferState.UNDONE, at
        transfer.save(update_fields=["state", "undone_at"])
        for person in people:
            record(
                events.TRANSFER_OF_PERSON_UNDONE,
                actor,
                person,
                municipality=town,
                changes={"accounts.assignment": (before[person.pk], after[person.pk])},
                transfer=transfer.title,
            )
        record(events.TRANSFER_UNDONE, actor, transfer, municipality=town, count=len(people))
    return len(people)


def changed_since(transfer: Transfer) -> list[User]:
    """People of a decided transfer who no longer stand as it left them: it cannot be taken back as a whole."""
    done = transfer.done
    ends = {pk: _day(set_to) for pk, _former, set_to in done["ended"]} | dict.fromkeys(done["begun"])
    stand = dict(Assignment.objects.filter(pk__in=ends).values_list("pk", "ends_on"))
    wrong = {pk for pk, ends_on in ends.items() if pk not in stand or stand[pk] != ends_on}
    people = {done["holders"][str(pk)] for pk in wrong}
    last_days = {pk: _day(set_to) for pk, _former, _active, set_to in done["stays"]}
    now = dict(User.objects.filter(pk__in=last_days).values_list("pk", "last_day"))
    people |= {pk for pk, last_day in last_days.items() if now.get(pk) != last_day}
    known = set(Division.objects.of(transfer.municipality).values_list("pk", flat=True)) | {None}
    people |= {user for _pk, user, _role, division, *_rest in done["dropped"] if division not in known}
    return list(User.objects.of(transfer.municipality).filter(pk__in=people))


@dataclass
class _Act:
    """What is written for the rows that are ready, and kept so that it can be taken back."""

    town: Municipality
    moves: list[Move]
    at: datetime
    day: date
    people: dict[str, User] = field(default_factory=dict)
    before: dict[int, list[str]] = field(default_factory=dict)
    written: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        added = self._add_people()
        self.before = _told_of(self.people.values(), self.day)
        self.written = {
            "people": [one.pk for one in self.people.values()],
            "added": added,
            "stays": self._open_and_close(),
            "ended": [],
            "dropped": [],
            "begun": [],
            "holders": {},
        }
        self._end()
        self._begin()

    def _add_people(self) -> list[int]:
        new: dict[str, User] = {}
        for move in self.moves:
            if move.person:
                self.people[move.key] = move.person
            elif move.key not in new:
                line = move.line
                new[move.key] = User(
                    sign_in_name=line.sign_in_name,
                    name=line.name[:60],
                    email=line.email if "@" in line.email else "",
                    municipality=self.town,
                    password=make_password(None),
                )
        User.objects.bulk_create(new.values())
        self.people |= new
        return [one.pk for one in new.values()]

    def _open_and_close(self) -> list[list[Any]]:
        """Last days: of leavers written, of those who come back taken away. What was before is kept."""
        kept = []
        for move in self.moves:
            person = self.people[move.key]
            if move.kind not in (Kind.LEAVE, Kind.BACK):
                continue
            last = move.day if move.kind == Kind.LEAVE else None
            kept.append([person.pk, _text(person.last_day), person.is_active, _text(last)])
            if last is None:
                let_in(person, self.at)
            else:
                person.last_day = last
                person.save(update_fields=["last_day"])
        return kept

    def _end(self) -> None:
        for move in self.moves:
            last = move.day if move.kind == Kind.LEAVE else move.day - ONE_DAY
            if move.kind == Kind.LEAVE:
                self._drop_later(self.people[move.key], last)
            for one in move.ends:
                if str(one.pk) in self.written["holders"] or (one.ends_on and one.ends_on <= last):
                    continue
                self.written["ended"].append([one.pk, _text(one.ends_on), _text(last)])
                self.written["holders"][str(one.pk)] = one.user_id
        for ends_on in {ended[2] for ended in self.written["ended"]}:
            keys = [pk for pk, _former, set_to in self.written["ended"] if set_to == ends_on]
            Assignment.objects.filter(pk__in=keys).update(ends_on=_day(ends_on))

    def _drop_later(self, person: User, last: date) -> None:
        later = Assignment.objects.filter(user=person, starts_on__gt=last)
        self.written["dropped"] += [
            [
                one.pk,
                one.user_id,
                one.role,
                one.division_id,
                one.deputy_for_id,
                _text(one.starts_on),
                _text(one.ends_on),
            ]
            for one in later
        ]
        later.delete()

    def _begin(self) -> None:
        begun = Assignment.objects.bulk_create(
            Assignment(user=self.people[move.key], role=move.role, division=move.division, starts_on=move.day)
            for move in self.moves
            if move.begins
        )
        self.written["begun"] = [one.pk for one in begun]
        self.written["holders"] |= {str(one.pk): one.user_id for one in begun}


def _tell(transfer: Transfer, act: _Act, actor: User | None) -> None:
    after = _told_of(act.people.values(), act.day)
    by_person: dict[str, list[Move]] = defaultdict(list)
    for move in act.moves:
        by_person[move.key].append(move)
    for key, moves in by_person.items():
        person, first = act.people[key], moves[0]
        roles = "、".join(move.later_words for move in moves if move.begins)
        changes = {"accounts.assignment": (act.before[person.pk], after[person.pk])}
        if first.kind == Kind.NEW:
            record(events.ADDED, actor, person, municipality=act.town)
        event = events.TRANSFERRED_AWAY if first.kind == Kind.LEAVE else events.TRANSFERRED
        record(
            event,
            actor,
            person,
            municipality=act.town,
            changes=changes,
            role=roles or _("役割なし"),
            on=japanese_date(first.day),
            transfer=transfer.title,
        )
    record(events.TRANSFER_DECIDED, actor, transfer, municipality=act.town, count=len(act.people))


def _take_back(done: dict[str, Any]) -> None:
    Assignment.objects.filter(pk__in=done["begun"]).delete()
    for former in {ended[1] for ended in done["ended"]}:
        keys = [pk for pk, before, _set_to in done["ended"] if before == former]
        Assignment.objects.filter(pk__in=keys).update(ends_on=_day(former))
    Assignment.objects.bulk_create(
        Assignment(
            pk=pk,  # other decisions may know the role by it
            user_id=user,
            role=role,
            division_id=division,
            deputy_for_id=deputy_for,
            starts_on=date.fromisoformat(starts_on),
            ends_on=_day(ends_on),
        )
        for pk, user, role, division, deputy_for, starts_on, ends_on in done["dropped"]
    )
    for pk, last_day, is_active, _set_to in done["stays"]:
        User.objects.filter(pk=pk).update(last_day=_day(last_day), is_active=is_active)
    User.objects.filter(pk__in=done["added"]).update(is_active=False)


def _claimed(transfer: Transfer, state: TransferState) -> Transfer:
    """The transfer as it stands now that nobody else can move it; refuses in another state."""
    held = Transfer.objects.select_related("municipality").get(pk=transfer.pk)
    if held.state != state:
        raise PeopleRefused(
            _("この異動は「%(state)s」です。画面を読み直してください。") % {"state": held.get_state_display()}
        )
    return held


def _told_of(people: Iterable[User], day: date) -> dict[int, list[str]]:
    """The roles of many people from the day on, as they are told."""
    by_person: dict[int, list[Assignment]] = {person.pk: [] for person in people}
    held = Assignment.objects.until(day).filter(user__in=by_person).select_related("division", "deputy_for")
    for one in held:
        by_person[one.user_id].append(one)
    return {pk: told(assignments) for pk, assignments in by_person.items()}


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
