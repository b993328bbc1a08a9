"""Who may set times of keeping, propose a disposal and approve it; approving takes another person than proposing."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import Role, User
from renkei.accounts.rights import Person, right
from renkei.municipalities.models import Division
from renkei.retention.models import Disposal

RECORDS = gettext_lazy("保存と廃棄")
ANSWERING = (Role.ADMINISTRATOR, Role.COORDINATOR)


@right("retention.configure", gettext_lazy("記録の保存期間を定める"), about=RECORDS)
def why_not_configure_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may say how long records are kept."""
    if person.holds(*ANSWERING, day=day):
        return None
    return _("保存期間は、総括課の担当者か管理者だけが定められます。総括課に頼んでください。")


@right("retention.propose", gettext_lazy("保存期間の過ぎた記録の廃棄を提案する"), about=RECORDS)
def why_not_propose_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may propose a disposal of agreements that they may change."""
    if person.holds(*ANSWERING, Role.RESPONSIBLE, day=day):
        return None
    return _("廃棄の提案は、担当課か総括課の担当者だけができます。担当課に頼んでください。")


@right("retention.approve", gettext_lazy("ほかの人が提案した廃棄を承認する・差し戻す"), about=RECORDS)
def why_not_approve_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may decide about a disposal that somebody else proposed."""
    if person.holds(*ANSWERING, day=day):
        return None
    return _("廃棄の承認は、総括課の担当者か管理者だけができます。総括課に頼んでください。")


def why_not_configure(user: User, *, day: date) -> str | None:
    """None if the person may say how long records are kept."""
    return why_not_configure_of(user, None, day)


def why_not_propose(user: User, *, day: date) -> str | None:
    """None if the person may propose a disposal on the day."""
    return why_not_propose_of(user, None, day)


def why_not_decide(user: User, disposal: Disposal, *, day: date) -> str | None:
    """None if the person may approve or refuse this disposal: another one than who proposed it."""
    if user.municipality_id != disposal.municipality_id:
        return _("ほかの自治体の廃棄の手続です。")
    if user.pk == disposal.proposed_by_id:
        return _(
            "廃棄は二人で行います。あなたが提案したので、ほかの総括課の担当者か管理者に承認を頼んでください。"
        )
    return why_not_approve_of(user, None, day)
