"""Who may look after other people's signing in: each function returns the reason why not, or None."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import Role, User
from renkei.accounts.rights import Person, right
from renkei.municipalities.models import Division

SIGN_IN = gettext_lazy("サインイン")


@right("people.unlock", gettext_lazy("失敗が続いて止まったサインインを解く"), about=SIGN_IN)
def why_not_unlock_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may let somebody try again who has tried too often."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, day=day):
        return None
    return _("サインインの停止は、管理者か総括課の担当者だけが解けます。")


@right(
    "people.sign_in",
    gettext_lazy("ほかの職員のサインインを世話する(端末・二要素・リンク・求める役割)"),
    about=SIGN_IN,
)
def why_not_look_after_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may end others' sessions, take lost factors away, make links and set the town's rule."""
    if person.holds(Role.ADMINISTRATOR, day=day):
        return None
    return _("職員のサインインの世話は、管理者だけができます。管理者に頼んでください。")


def why_not_unlock(user: User, *, day: date) -> str | None:
    """None if the person may unlock people of the own town on the day."""
    return why_not_unlock_of(user, None, day)


def why_not_look_after(user: User, *, day: date) -> str | None:
    """None if the person may look after signing in of the own town's people on the day."""
    return why_not_look_after_of(user, None, day)
