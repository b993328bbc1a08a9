"""Who may do what in a procedure: each function returns the reason why not, or None."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import Role, User
from renkei.accounts.rights import Person, right
from renkei.correspondents.models import Correspondent
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division
from renkei.procedures.models import InquiredDivision, Participant, Procedure, Reviewer, ReviewRound
from renkei.procedures.vocabulary import Stage

PROCEDURE = gettext_lazy("締結手続")


@right("procedures.take_in", gettext_lazy("提案を受け付ける(電話・来庁など)"), about=PROCEDURE)
def why_not_take_in_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may write down a proposal that came by telephone, by post or in person."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, Role.RESPONSIBLE, day=day):
        return None
    return _("提案の受付は、総括課か担当課の担当者だけができます。総括課に頼んでください。")


@right(
    "procedures.conduct",
    gettext_lazy("手続を進める(聴取・照会・協議・案・締結・見送りなど)"),
    about=PROCEDURE,
)
def why_not_conduct_of(person: Person, holder: Division | None, day: date) -> str | None:
    """None if the person may conduct a procedure whose window the division is on the day."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, day=day) or person.works_for(holder, day=day):
        return None
    if holder is None:
        return _("窓口の課が決まっていない手続です。総括課の担当者だけが進められます。")
    return _("この手続は、窓口の%(division)sか総括課の担当者だけが進められます。") % {"division": holder}


@right("procedures.answer", gettext_lazy("庁内照会に回答する"), about=PROCEDURE)
def why_not_answer_of(person: Person, holder: Division | None, day: date) -> str | None:
    """None if the person may answer for the division that was asked."""
    if person.holds(Role.COORDINATOR, day=day) or person.works_for(holder, day=day):
        return None
    return _("この照会には、%(division)sの担当者だけが回答できます。") % {
        "division": holder or _("照会先の課")
    }


@right("procedures.review", gettext_lazy("案を確認し、同意する"), about=PROCEDURE)
def why_not_review_of(person: Person, holder: Division | None, day: date) -> str | None:
    """None if the person may check drafts for the division that was asked to."""
    if person.works_for(holder, day=day):
        return None
    return _("この確認は、%(division)sの担当者だけができます。") % {
        "division": holder or _("確認をお願いした課")
    }


@right(
    "procedures.arrange",
    gettext_lazy("締結手続の設定を変える(段階・目安の日数・点検の項目)"),
    about=PROCEDURE,
)
def why_not_arrange_of(person: Person, _holder: Division | None, day: date) -> str | None:
    """None if the person may change how the town runs its procedures."""
    if person.holds(Role.ADMINISTRATOR, Role.COORDINATOR, day=day):
        return None
    return _("締結手続の設定は、総括課の担当者か管理者だけが変えられます。総括課に頼んでください。")


def why_not_conduct(user: User, procedure: Procedure, *, day: date) -> str | None:
    """None if the person may conduct the procedure on the day; otherwise the sentence to show."""
    if user.municipality_id != procedure.municipality_id:
        return _("ほかの自治体の手続です。")
    return why_not_conduct_of(user, window_on(procedure, day), day)


def why_not_answer(user: User, asked: InquiredDivision, *, day: date) -> str | None:
    """None if the person may answer for the division that was asked."""
    if user.municipality_id != asked.inquiry.procedure.municipality_id:
        return _("ほかの自治体の照会です。")
    return why_not_answer_of(user, Lineage(user.municipality).on(asked.division_id, day), day)


def why_not_accept(person: User | Correspondent, reviewer: Reviewer, *, day: date) -> str | None:
    """None if the acceptance that is asked for is this person's to give: named, or a clerk of the named division."""
    if isinstance(person, Correspondent):
        if reviewer.correspondent_id == person.pk:
            return why_not_speak(person, reviewer.round.procedure)
        return _("同意は、確認をお願いした本人だけが入れられます。")
    if person.municipality_id != reviewer.round.procedure.municipality_id:
        return _("ほかの自治体の手続です。")
    if reviewer.division_id is None:
        mine = reviewer.user_id == person.pk
        return None if mine else _("同意は、確認をお願いした本人だけが入れられます。")
    return why_not_review_of(person, Lineage(person.municipality).on(reviewer.division_id, day), day)


def why_not_review(user: User, one: ReviewRound, *, day: date) -> str | None:
    """None if the person may open the round's page and comment: the window, and who was asked."""
    if why_not_conduct(user, one.procedure, day=day) is None or asked_of(user, one, day=day):
        return None
    return _(
        "この案の確認は、お願いした人と課、窓口の課だけができます。加わるには、窓口の課に頼んでください。"
    )


def asked_of(person: User | Correspondent, one: ReviewRound, *, day: date) -> list[Reviewer]:
    """What the person is asked to accept in the round, for themselves or for their division."""
    asked = one.reviewers.select_related("round__procedure", "user", "division", "correspondent")
    return [reviewer for reviewer in asked if why_not_accept(person, reviewer, day=day) is None]


def why_not_speak(correspondent: Correspondent, procedure: Procedure) -> str | None:
    """None if the partner's person may write in the procedure: those who take part, while it runs."""
    taking_part = Participant.objects.filter(procedure=procedure, correspondent=correspondent, left_at=None)
    if not taking_part.exists():
        return _("この手続の担当者だけが書き込めます。担当者になるには、主な担当者に頼んでください。")
    if not procedure.is_running:
        return _("この手続は終わっています(%(stage)s)。") % {"stage": Stage(procedure.stage).label}
    return None


def why_not_lead(correspondent: Correspondent, procedure: Procedure) -> str | None:
    """None if the partner's person may say who takes part: the leading one, or any where nobody leads any more."""
    if reason := why_not_speak(correspondent, procedure):
        return reason
    leading = Participant.objects.filter(procedure=procedure, is_lead=True, left_at=None)
    lead = leading.filter(correspondent__closed_at=None).select_related("correspondent").first()
    if lead is None or lead.correspondent_id == correspondent.pk:
        return None
    return _("担当者を変えるのは、主な担当者の%(name)sさんだけができます。頼んでください。") % {
        "name": lead.correspondent
    }


def window_on(procedure: Procedure, day: date) -> Division | None:
    """The division that is the window on the day, after reorganisations; None where none is decided."""
    if procedure.division_id is None:
        return None
    if procedure.division and procedure.division.existed_on(day):
        return procedure.division
    return (procedure.lineage or Lineage(procedure.municipality)).on(procedure.division_id, day)
