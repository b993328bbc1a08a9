"""Who may do what with agreements: each function returns the reason why not, or None."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import Role, User
from renkei.accounts.rights import Person, right
from renkei.agreements.holdings import holder_on
from renkei.agreements.models import Agreement, Series
from renkei.municipalities.models import Division

AGREEMENT = gettext_lazy("協定")


@right("agreements.change", gettext_lazy("協定を変更する(編集・訂正・更新・終了・公開など)"), about=AGREEMENT)
def why_not_change_of(person: Person, holder: Division | None, day: date) -> str | None:
    """None if the person may change an agreement that the division answers for on the day."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, day=day) or person.works_for(holder, day=day):
        return None
    if holder is None:
        return _("担当課が決まっていない協定です。総括課の担当者だけが変更できます。")
    return _("%(division)sか総括課の担当者だけが変更できます。") % {"division": holder}


@right("agreements.register", gettext_lazy("協定や台帳を登録する"), about=gettext_lazy("台帳"))
def why_not_register_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may bring agreements and ledgers into the register on the day."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, Role.RESPONSIBLE, day=day):
        return None
    return _("台帳への登録は、総括課か担当課の担当者だけができます。総括課に頼んでください。")


@right(
    "series.change",
    gettext_lazy("同文協定を変更する(編集・相手方の追加と取消し)"),
    about=gettext_lazy("同文協定"),
)
def why_not_change_series_of(person: Person, holder: Division | None, day: date) -> str | None:
    """None if the person may change a series that the division answers for on the day."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, day=day) or person.works_for(holder, day=day):
        return None
    if holder is None:
        return _("担当課が決まっていない同文協定です。総括課の担当者だけが変更できます。")
    return _("この同文協定は、%(division)sか総括課の担当者だけが変更できます。") % {"division": holder}


def why_not_change_series(user: User, series: Series, *, day: date) -> str | None:
    """None if the person may change the series on the day; otherwise the sentence to show."""
    if user.municipality_id != series.municipality_id:
        return _("ほかの自治体の同文協定です。")
    return why_not_change_series_of(user, holder_on(series, day), day)


def why_not_change(user: User, agreement: Agreement, *, day: date) -> str | None:
    """None if the person may change the agreement on the day; otherwise the sentence to show."""
    if user.municipality_id != agreement.municipality_id:
        return _("ほかの自治体の協定です。")
    return why_not_change_of(user, holder_on(agreement, day), day)


def why_not_register(user: User, *, day: date) -> str | None:
    """None if the person may bring agreements and ledgers into the register on the day."""
    return why_not_register_of(user, None, day)
