"""Who may do what with templates and clauses: each function returns the reason why not, or None."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import Role, User
from renkei.accounts.rights import Person, right
from renkei.municipalities.models import Division

TEMPLATES = gettext_lazy("ひな形")


@right("templates.change", gettext_lazy("文書のひな形を町のものにする、標準に戻す"), about=TEMPLATES)
def why_not_change_templates_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may change what every division writes its papers with."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, day=day):
        return None
    return _(
        "ひな形は、すべての課の文書に使われるため、総括課の担当者だけが変えられます。総括課に頼んでください。"
    )


def why_not_change_templates(user: User, *, day: date) -> str | None:
    """None if the person may change the own town's templates on the day."""
    return why_not_change_templates_of(user, None, day)


@right(
    "clauses.change", gettext_lazy("条項集に市の条項を加える、変える、使わないことにする"), about=TEMPLATES
)
def why_not_change_clauses_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may change the clauses from which every division writes its agreements."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, day=day):
        return None
    return _(
        "条項集は、すべての課の協定書に使われるため、総括課の担当者だけが変えられます。総括課に頼んでください。"
    )


def why_not_change_clauses(user: User, *, day: date) -> str | None:
    """None if the person may change the own town's clauses on the day."""
    return why_not_change_clauses_of(user, None, day)
