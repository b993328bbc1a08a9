"""Who may do what with agreements: each function returns the reason why not, or None."""

from datetime import date

from django.utils.translation import gettext as _

from renkei.accounts.models import Role, User
from renkei.agreements.holdings import holder_on
from renkei.agreements.models import Agreement


def why_not_change(user: User, agreement: Agreement, *, day: date) -> str | None:
    """None if the person may change the agreement on the day; otherwise the sentence to show."""
    if user.municipality_id != agreement.municipality_id:
        return _("ほかの自治体の協定です。")
    holder = holder_on(agreement, day)
    if user.holds(Role.ADMINISTRATOR, Role.COORDINATOR, day=day) or user.works_for(holder, day=day):
        return None
    if holder is None:
        return _("担当課が決まっていない協定です。総括課の担当者だけが変更できます。")
    return _("%(division)sか総括課の担当者だけが変更できます。") % {"division": holder}


def why_not_register(user: User, *, day: date) -> str | None:
    """None if the person may bring agreements and ledgers into the register on the day."""
    if user.holds(Role.ADMINISTRATOR, Role.COORDINATOR, Role.RESPONSIBLE, day=day):
        return None
    return _("台帳への登録は、総括課か担当課の担当者だけができます。総括課に頼んでください。")
