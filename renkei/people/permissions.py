"""Who may do what with people: each function returns the reason why not, or None."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import Role, User
from renkei.accounts.rights import Person, right
from renkei.municipalities.models import Division

PEOPLE = gettext_lazy("職員")


@right("people.manage", gettext_lazy("職員を管理する(登録・役割・代理・異動・退職)"), about=PEOPLE)
def why_not_manage_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may add people, give and end roles, appoint deputies and decide transfers on the day."""
    if person.holds(Role.ADMINISTRATOR, day=day):
        return None
    return _("職員の管理は、管理者だけができます。管理者に頼んでください。")


def why_not_manage(user: User, *, day: date) -> str | None:
    """None if the person may manage people on the day; otherwise the sentence to show."""
    return why_not_manage_of(user, None, day)
