"""Who may do what with partners' people: each function returns the reason why not, or None."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import Role, User
from renkei.accounts.rights import Person, right
from renkei.correspondents.models import Correspondent
from renkei.municipalities.models import Division
from renkei.partners.models import Organisation


@right(
    "correspondents.accept",
    gettext_lazy("相手方の担当者を認める、責任者を決める、利用を止める"),
    about=gettext_lazy("相手方"),
)
def why_not_accept_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may say who belongs to a partner, which opens the partner's records to them."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, Role.RESPONSIBLE, day=day):
        return None
    return _("相手方の担当者を認めるのは、総括課か担当課の担当者だけができます。総括課に頼んでください。")


def why_not_accept(user: User, partner: Organisation, *, day: date) -> str | None:
    """None if the person may say who comes to the counter for the partner; otherwise the sentence to show."""
    if user.municipality_id != partner.municipality_id:
        return _("ほかの自治体の相手方です。")
    return why_not_accept_of(user, None, day)


def why_not_manage(correspondent: Correspondent) -> str | None:
    """None if the person may invite colleagues and end their access: the responsible one of an accepted partner."""
    if correspondent.organisation is None:
        return _(
            "市が相手方を確かめると、同僚を招けるようになります。急ぐときは、市の窓口の課に頼んでください。"
        )
    if not correspondent.is_responsible or correspondent.closed_at:
        return _("同僚を招くのは、会社・団体の責任者だけができます。責任者に頼んでください。")
    return None
