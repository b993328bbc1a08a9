"""Who may do what with reminders: each function returns the reason why not, or None."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import Role, User
from renkei.accounts.rights import Person, right
from renkei.municipalities.models import Division
from renkei.reminders.models import Feed


@right("reminders.settings", gettext_lazy("督促の設定を変える"), about=gettext_lazy("督促"))
def why_not_set(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may set how the town is reminded on the day."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, day=day):
        return None
    return _("督促の設定は、管理者か総括課の担当者だけが変えられます。総括課に頼んでください。")


@right("reminders.outbox", gettext_lazy("送信箱を見る、送り直す、取りやめる"), about=gettext_lazy("手紙"))
def why_not_open_outbox(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may see the town's letters, send them again and cancel them."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, day=day):
        return None
    return _("送信箱は、管理者か総括課の担当者だけが開けます。手紙のことは総括課に聞いてください。")


@right(
    "reminders.calendar",
    gettext_lazy("課や自治体のカレンダーのアドレスを作る、新しくする"),
    about=gettext_lazy("期限のカレンダー"),
)
def why_not_renew_of(person: Person, holder: Division | None, day: date) -> str | None:
    """None if the person may make and renew the address of the calendar of the division, or of the town (None)."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, day=day) or person.works_for(holder, day=day):
        return None
    if holder is None:
        return _("自治体全体のカレンダーのアドレスは、管理者か総括課の担当者だけが作れます。")
    return _("%(division)sか総括課の担当者だけがアドレスを作れます。") % {"division": holder}


def why_not_renew(user: User, feed: Feed, *, day: date) -> str | None:
    """None if the person may make and renew the address; everybody may with their own."""
    if user.municipality_id != feed.municipality_id:
        return _("ほかの自治体のカレンダーです。")
    if feed.person_id is not None:
        return None if feed.person_id == user.pk else _("ほかの職員のカレンダーです。")
    return why_not_renew_of(user, feed.division, day)
