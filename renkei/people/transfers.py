"""What a sheet of transfers would do: row by row who moves where, what ends and begins, and what stands in the way."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import Assignment, Role, User
from renkei.accounts.rights import DECLARED
from renkei.accounts.rights_table import Held, Invented, rights_of
from renkei.municipalities.models import Division
from renkei.people.finding import Divisions, Problem, Staff
from renkei.people.models import Transfer
from renkei.people.sheet import Line, folded
from renkei.rules.japanese_calendar import UnreadableDay, japanese_date, read_day

ONE_DAY = timedelta(days=1)
LEAVING = re.compile(r"退職|転出|退任|離職|任期満了|出向|派遣|死亡")
CLERKS = {Role.RESPONSIBLE, Role.COORDINATOR}
NEED_WORDS = {Role.ADMINISTRATOR, Role.AUDITOR, Role.DISASTER_OFFICER}
ROLE_WORDS = {
    "管理": Role.ADMINISTRATOR, "システム管理者": Role.ADMINISTRATOR, "総括": Role.COORDINATOR,
    "総括課": Role.COORDINATOR, "担当": Role.RESPONSIBLE, "担当者": Role.RESPONSIBLE, "担当課": Role.RESPONSIBLE,
    "防災": Role.DISASTER_OFFICER, "防災担当": Role.DISASTER_OFFICER, "閲覧": Role.READER, "監査担当": Role.AUDITOR,
    "監査担当者": Role.AUDITOR,
}  # fmt: skip
T = TypeVar("T")


class Kind(models.TextChoices):
    MOVE = "move", gettext_lazy("異動")
    NEW = "new", gettext_lazy("新しい職員")
    BACK = "back", gettext_lazy("復帰")
    LEAVE = "leave", gettext_lazy("退職・転出")
    SAME = "same", gettext_lazy("変更なし")
    PROBLEM = "problem", gettext_lazy("要確認")


@dataclass
class Move:
    """What one row does; `day` is the first day of the new role, of a leaver the last day."""

    line: Line
    day: date
    kind: Kind = Kind.PROBLEM
    person: User | None = None
    role: str = ""
    division: Division | None = None
    ends: list[Assignment] = field(default_factory=list)
    begins: bool = False
    deputies: list[Assignment] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        """Whether the row changes something and nothing stands in its way."""
        return self.kind not in (Kind.PROBLEM, Kind.SAME)

    @property
    def name(self) -> str:
        """The person's name as far as it is known."""
        return self.person.name if self.person else self.line.name or self.line.sign_in_name

    @property
    def key(self) -> str:
        """What tells that two rows are about one person."""
        return str(self.person.pk) if self.person else folded(self.line.sign_in_name)

    @property
    def later_words(self) -> str:
        """The role that begins, in its division."""
        return Assignment(role=self.role, division=self.division).words if self.begins else ""


def plan(transfer: Transfer) -> list[Move]:
    """What each row of the sheet would do now."""
    divisions, staff = Divisions(transfer.municipality), Staff(transfer.municipality)
    moves = [
        _Reading(Line.from_json(told), transfer.starts_on, divisions, staff).move for told in transfer.lines
    ]
    _find_repeated(moves)
    return moves


def digest(moves: Iterable[Move]) -> str:
    """A fingerprint of a plan: what a person has seen is what is carried out, or nothing is."""
    told = [
        [one.line.number, one.kind, one.key, one.role, one.division and one.division.pk, str(one.day)]
        + [end.pk for end in one.ends]
        for one in moves
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


class _Reading:
    """One row on its way from words to what it does."""

    def __init__(self, line: Line, starts_on: date, divisions: Divisions, staff: Staff) -> None:
        self.divisions = divisions
        self.move = Move(line, starts_on)
        self._first_day = starts_on
        self.move.day = self._tried(self._day) or starts_on
        self.move.person = self._tried(lambda: staff.person(line))
        is_leaving = self._is_leaving()
        if is_leaving and self.move.day == starts_on:
            self.move.day = starts_on - ONE_DAY
        self.move.ends = self._tried(self._ends) or []
        if is_leaving:
            self._leave()
        else:
            self._begin()
        if self.move.problems:
            self.move.kind = Kind.PROBLEM
        self.move.deputies = self._deputies(staff)

    def _tried(self, step: Callable[[], T]) -> T | None:
        """What the step finds; a problem is written down, and the other steps go on."""
        try:
            return step()
        except Problem as problem:
            self.move.problems.append(str(problem))
            return None

    def _day(self) -> date:
        words = self.move.line.day
        if not words:
            return self._first_day
        try:
            day = read_day(words).day.exact
        except UnreadableDay as error:
            raise Problem(str(error)) from error
        if day is None:
            raise Problem(
                _("発令日「%(words)s」は日まで書いてください。例: 令和8年4月1日") % {"words": words}
            )
        return day

    def _is_leaving(self) -> bool:
        words = self.move.line.later
        names = {folded(one.name) for one in self.divisions.all} | {
            folded(str(one)) for one in self.divisions.all
        }
        return bool(LEAVING.search(words)) and folded(words) not in names

    def _ends(self) -> list[Assignment]:
        """Roles that end: those of the former division, or all where the row names none."""
        person, line, day = self.move.person, self.move.line, self.move.day
        if person is None:
            return []
        is_leaving = self._is_leaving()
        held = [
            one for one in person.assignments.all() if one.covers(day) and (is_leaving or one.starts_on < day)
        ]
        if not line.former or is_leaving:
            return held
        former = self.divisions.named(line.former, day - ONE_DAY)
        ends = [one for one in held if one.division_id == former.pk]
        if not ends and person.is_active:
            now = "、".join(one.words for one in held) or _("なし")
            raise Problem(
                _(
                    "%(name)sは「%(former)s」の役割を持っていません(いまの役割: %(now)s)。異動前の課を確かめてください。"
                )
                % {"name": person, "former": former, "now": now}
            )
        return ends

    def _deputies(self, staff: Staff) -> list[Assignment]:
        """Deputies who hold nothing any more when the roles end."""
        move = self.move
        ends = {(one.role, one.division_id) for one in move.ends if not one.deputy_for_id}
        rows = staff.deputies[move.person.pk] if move.person else []
        return [
            one
            for one in rows
            if (one.role, one.division_id) in ends and one.ends_on and one.ends_on >= move.day
        ]

    def _leave(self) -> None:
        move = self.move
        if move.person is None and not move.problems:
            move.problems.append(_("登録されていない職員です。退職・転出の行は消してください。"))
        if move.person and move.person.has_left(move.day):
            move.problems.append(_("すでに退職・転出した職員です。この行は消してください。"))
        move.kind = Kind.LEAVE

    def _begin(self) -> None:
        move = self.move
        if not move.line.later:
            move.problems.append(
                _("異動後の課が空です。町を離れる職員は「退職」か「転出」と書いてください。")
            )
            return
        move.division = self._tried(lambda: self.divisions.named(move.line.later, move.day))
        move.role = self._tried(self._role) or ""
        if move.person and move.person.last_day and not move.person.has_left(move.day):
            move.problems.append(
                _("%(name)sの在籍は%(last)sまでの予定です。先に職員のページで取り消してください。")
                % {"name": move.person, "last": japanese_date(move.person.last_day)}
            )
        if not move.problems:
            move.begins = self._tried(self._begins) or False
            move.kind = self._kind()

    def _role(self) -> str:
        words = self.move.line.role
        if words:
            return _role_of(words)
        held = {one.role for one in self.move.ends if not one.deputy_for_id}
        if held & NEED_WORDS:
            now = "、".join(sorted(str(Role(role).label) for role in held))
            raise Problem(
                _("役割を書いてください。いまの役割(%(now)s)は、書かずには引き継がれません。") % {"now": now}
            )
        if held == {Role.READER}:
            return Role.READER
        coordinating = self.move.division is not None and self.move.division.is_coordinating
        return Role.COORDINATOR if coordinating else Role.RESPONSIBLE

    def _begins(self) -> bool:
        """Whether the role is new to the person; one that goes on does not end either."""
        move = self.move
        assert move.division
        for one in move.person.assignments.all() if move.person else ():
            is_same = (one.role, one.division_id, one.deputy_for_id) == (move.role, move.division.pk, None)
            if not is_same or (one.ends_on and one.ends_on < move.day):
                continue
            if one.ends_on or one.starts_on > move.day:
                raise Problem(
                    _("同じ役割の予定がすでにあります(%(role)s)。職員のページで確かめてください。")
                    % {"role": one.words}
                )
            move.ends = [end for end in move.ends if end.pk != one.pk]
            return False
        return True

    def _kind(self) -> Kind:
        move = self.move
        if move.person is None:
            return Kind.NEW
        if not move.person.is_active or move.person.has_left(move.day):
            return Kind.BACK
        return Kind.MOVE if move.begins or move.ends else Kind.SAME


def _role_of(words: str) -> Role:
    for role in Role:
        if folded(words) in (role.value, folded(str(role.label))):
            return role
    if folded(words) in ROLE_WORDS:
        return ROLE_WORDS[folded(words)]
    known = "、".join(str(role.label) for role in Role)
    raise Problem(
        _("「%(words)s」という役割はありません。%(known)sのどれかを書いてください。")
        % {"words": words, "known": known}
    )


def _find_repeated(moves: Sequence[Move]) -> None:
    """A person may take on several roles in several rows, but not the same twice, nor one and leave."""
    seen: dict[str, list[Move]] = defaultdict(list)
    for move in moves:
        before = seen[move.key] if move.key else []
        for other in before:
            if Kind.LEAVE in (move.kind, other.kind) or (move.role, move.division) == (
                other.role,
                other.division,
            ):
                move.kind = Kind.PROBLEM
                move.problems.append(
                    _("%(name)sは%(number)s行目にもあります。どちらかの行を消してください。")
                    % {"name": move.name, "number": other.line.number}
                )
                break
        if move.is_ready:
            before.append(move)


@dataclass(frozen=True)
class RightsChange:
    """What the person may do more in the new division, and no more in the former ones, in words."""

    gained: list[str]
    lost: list[str]


def rights_change(move: Move) -> RightsChange:
    """How the move changes what the person may do, asked of the declared rights."""
    before_day = move.day if move.kind == Kind.LEAVE else move.day - ONE_DAY
    everything = move.person.assignments.all() if move.person else []
    held = [one for one in everything if one.covers(before_day)]
    kept = [one for one in held if one.pk not in {end.pk for end in move.ends}]
    before = Invented([Held(one.role, one.division_id) for one in held])
    begun = [Held(move.role, move.division.pk)] if move.begins and move.division else []
    after = Invented([*(Held(one.role, one.division_id) for one in kept), *begun])
    lost: set[str] = set()
    for division in {end.division for end in move.ends}:
        lost |= rights_of(before, division, before_day) - rights_of(after, division, before_day)
    gained = rights_of(after, move.division, move.day) - rights_of(before, move.division, move.day)
    return RightsChange(_in_words(gained), _in_words(lost))


def _in_words(names: set[str]) -> list[str]:
    return [str(right.words) for name, right in DECLARED.items() if name in names]
