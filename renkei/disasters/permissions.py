"""Who may do what about disasters: each function returns the reason why not, or None."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import Role, User
from renkei.accounts.rights import Person, right
from renkei.agreements.holdings import holder_on
from renkei.agreements.models import Agreement
from renkei.municipalities.models import Division
from renkei.partners.models import Organisation

DISASTERS = gettext_lazy("防災")
EVERYWHERE = (Role.ADMINISTRATOR, Role.COORDINATOR, Role.DISASTER_OFFICER)


@right(
    "disasters.prepare",
    gettext_lazy("支援内容と緊急連絡先を書く・確かめる"),
    about=DISASTERS,
)
def why_not_prepare_of(person: Person, holder: Division | None, day: date) -> str | None:
    """None if the person may write what partners do in a disaster, and whom to call, of the division's agreements."""
    if person.holds(*EVERYWHERE, day=day) or person.works_for(holder, day=day):
        return None
    if holder is None:
        return _("防災担当者か総括課の担当者だけが書けます。防災担当の課に頼んでください。")
    return _("%(division)s、防災担当者、総括課の担当者だけが書けます。") % {"division": holder}


@right(
    "disasters.contacts", gettext_lazy("緊急連絡先の氏名と番号を見る、防災冊子を持ち出す"), about=DISASTERS
)
def why_not_see_contacts_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may see the names and numbers of emergency contacts: who may have to call at night."""
    if person.holds(*EVERYWHERE, Role.RESPONSIBLE, day=day):
        return None
    return _(
        "緊急連絡先は、災害のときに電話をかける職員だけが見られます。必要なときは、防災担当の課に頼んでください。"
    )


@right(
    "disasters.lead",
    gettext_lazy("連絡体制調査を始める・期限を変える・締める・開き直す、訓練を計画する"),
    about=DISASTERS,
)
def why_not_lead_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may conduct the yearly check of contacts and plan drills."""
    if person.holds(*EVERYWHERE, day=day):
        return None
    return _("防災担当者か総括課の担当者だけができます。防災担当の課に頼んでください。")


@right("disasters.respond", gettext_lazy("災害・訓練を始める、要請と通話を記録する、終える"), about=DISASTERS)
def why_not_respond_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may open an incident and record in it: everybody who works for a division, at any hour."""
    if person.holds(*EVERYWHERE, Role.RESPONSIBLE, day=day):
        return None
    return _("災害の記録は、担当課、防災、総括課の担当者だけが書けます。防災担当の課に頼んでください。")


def why_not_prepare(user: User, agreement: Agreement, *, day: date) -> str | None:
    """None if the person may write capabilities and contacts of the agreement on the day."""
    if user.municipality_id != agreement.municipality_id:
        return _("ほかの自治体の協定です。")
    return why_not_prepare_of(user, holder_on(agreement, day), day)


def why_not_see_contacts(user: User, *, day: date) -> str | None:
    """None if the person may see names and numbers of the own town's emergency contacts."""
    return why_not_see_contacts_of(user, None, day)


def why_not_lead(user: User, *, day: date) -> str | None:
    """None if the person may conduct checks of contacts and plan drills in the own town."""
    return why_not_lead_of(user, None, day)


def why_not_respond(user: User, *, day: date) -> str | None:
    """None if the person may open incidents and record in them in the own town."""
    return why_not_respond_of(user, None, day)


def why_not_write_contacts(
    user: User, partner: Organisation | None, agreement: Agreement | None, *, day: date
) -> str | None:
    """None if the person may write the partner's chain, or the town's own: who has an agreement with the partner."""
    if agreement is not None:
        return why_not_prepare(user, agreement, day=day)
    refusal = why_not_prepare_of(user, None, day)
    if refusal is None or partner is None:
        return refusal
    running = Agreement.objects.of(user.municipality).with_partner(partner).in_force_on(day)
    if any(why_not_prepare(user, one, day=day) is None for one in running.select_related("municipality")):
        return None
    return _(
        "この相手方と協定のある課、防災担当者、総括課の担当者だけが書けます。防災担当の課に頼んでください。"
    )
