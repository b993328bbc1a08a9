"""Who may do what with partners: each function returns the reason why not, or None."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import Role, User
from renkei.accounts.rights import Person, right
from renkei.municipalities.models import Division
from renkei.partners.models import Organisation

PARTNER = gettext_lazy("相手方")


@right("partners.change", gettext_lazy("相手方の記録を変更する(編集・改称・解散など)"), about=PARTNER)
def why_not_change_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may change what is written of partners, which belong to no division."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, Role.RESPONSIBLE, day=day):
        return None
    return _("相手方の記録は、総括課か担当課の担当者だけが変更できます。総括課に頼んでください。")


@right("partners.merge", gettext_lazy("同じ相手方の二つの記録をまとめる、元に戻す"), about=PARTNER)
def why_not_merge_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may make two records one, which touches agreements of every division."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, day=day):
        return None
    return _(
        "記録の統合は、すべての課の協定に関わるため、総括課の担当者だけができます。総括課に頼んでください。"
    )


def why_not_change(user: User, organisation: Organisation, *, day: date) -> str | None:
    """None if the person may change the partner's record on the day; otherwise the sentence to show."""
    if user.municipality_id != organisation.municipality_id:
        return _("ほかの自治体の相手方です。")
    return why_not_change_of(user, None, day)


def why_not_merge(user: User, *, day: date) -> str | None:
    """None if the person may merge records of the own town on the day."""
    return why_not_merge_of(user, None, day)
