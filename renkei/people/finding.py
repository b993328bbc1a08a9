"""Whom and which division the words of a sheet mean; what they could mean twice, or nothing, is a problem in words."""

from collections import defaultdict
from datetime import date
from difflib import get_close_matches

from django.utils.translation import gettext as _

from renkei.accounts.models import Assignment, User
from renkei.municipalities.models import Division, Municipality
from renkei.people.sheet import Line, folded
from renkei.rules.japanese_calendar import japanese_date
from renkei.rules.kanji_variants import usual_kanji


class Problem(ValueError):
    """The row cannot be carried out; str() says why and what to do."""


class Divisions:
    """The town's divisions by the words of a sheet."""

    def __init__(self, town: Municipality) -> None:
        self.all = list(Division.objects.of(town))

    def named(self, words: str, day: date) -> Division:
        """The division of these words on the day, with or without its department before it; raises Problem."""
        existing = [one for one in self.all if one.existed_on(day)]
        wanted = folded(words)
        found = [one for one in existing if folded(str(one)) == wanted]
        found = found or [one for one in existing if folded(one.name) == wanted]
        if len(found) == 1:
            return found[0]
        if found:
            several = "、".join(str(one) for one in found)
            raise Problem(
                _("「%(words)s」は%(count)sつあります。部から書いてください(%(several)s)。")
                % {"words": words, "count": len(found), "several": several}
            )
        near = get_close_matches(words, [str(one) for one in existing] + [one.name for one in existing], n=1)
        hint = _("「%(near)s」のことですか。") % {"near": near[0]} if near else ""
        raise Problem(
            _("%(day)sに「%(words)s」という課はありません。%(hint)s課の名前を確かめてください。")
            % {"day": japanese_date(day), "words": words, "hint": hint}
        )


class Staff:
    """The town's people with their roles, read once, by sign-in name and by name."""

    def __init__(self, town: Municipality) -> None:
        everyone = User.objects.of(town).prefetch_related("assignments__division", "assignments__deputy_for")
        self.by_sign_in = {one.sign_in_name: one for one in everyone}
        self.by_name: dict[str, list[User]] = defaultdict(list)
        for one in self.by_sign_in.values():
            self.by_name[name_key(one.name)].append(one)
        self.deputies: dict[int, list[Assignment]] = defaultdict(list)
        for held in Assignment.objects.filter(deputy_for__municipality=town).select_related("user"):
            if held.deputy_for_id:
                self.deputies[held.deputy_for_id].append(held)
        elsewhere = User.objects.exclude(municipality=town)
        self.taken_elsewhere = set(elsewhere.values_list("sign_in_name", flat=True))

    def person(self, line: Line) -> User | None:
        """Whom the row is about; None if it is somebody new. Raises Problem."""
        if line.sign_in_name:
            return self._by_sign_in(line)
        found = self.by_name.get(name_key(line.name), [])
        active = [one for one in found if one.is_active] or found
        if len(active) == 1:
            return active[0]
        if active:
            raise Problem(
                _("「%(name)s」という職員は%(count)s人います。サインイン名も書いてください。")
                % {"name": line.name, "count": len(active)}
            )
        if not line.name:
            raise Problem(_("氏名もサインイン名も空です。どちらかを書いてください。"))
        raise Problem(
            _("「%(name)s」という職員は登録されていません。新しい職員なら、サインイン名も書いてください。")
            % {"name": line.name}
        )

    def _by_sign_in(self, line: Line) -> User | None:
        person = self.by_sign_in.get(line.sign_in_name)
        if person and line.name and name_key(line.name) != name_key(person.name):
            raise Problem(
                _("サインイン名「%(sign_in_name)s」は%(name)sです。サインイン名か氏名を確かめてください。")
                % {"sign_in_name": line.sign_in_name, "name": person.name}
            )
        if person is None and line.sign_in_name in self.taken_elsewhere:
            raise Problem(
                _("サインイン名「%(name)s」はすでに使われています。別の名前にしてください。")
                % {"name": line.sign_in_name}
            )
        if person is None and not line.name:
            raise Problem(_("登録されていないサインイン名です。新しい職員なら、氏名も書いてください。"))
        if person is None and (" " in line.sign_in_name or max(len(line.sign_in_name), len(line.name)) > 60):
            raise Problem(_("サインイン名には空白を入れず、サインイン名も氏名も60文字までにしてください。"))
        return person


def name_key(name: str) -> str:
    """A key for comparing names of people: blanks, widths and old kanji made one."""
    return usual_kanji(folded(name))
