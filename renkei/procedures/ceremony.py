"""First wordings for the signing: the order of the ceremony, and the words for the press; a person changes them."""

from django.utils.translation import gettext as _

from renkei.documents.contents import AgreementText
from renkei.procedures.agreed import Agreed
from renkei.procedures.contents import InitiativeList
from renkei.procedures.models import Procedure, SigningPlan
from renkei.procedures.register_facts import items_of
from renkei.rules.japanese_calendar import both_calendars


def proposed_programme(text: AgreementText) -> str:
    """The usual order of a signing ceremony, one line for each point."""
    speakers = [
        _("%(party)s挨拶(%(person)s)") % {"party": one.name, "person": one.signatory} for one in text.parties
    ]
    points = [
        _("開会・出席者の紹介"),
        _("協定の概要の説明"),
        _("署名"),
        _("協定書の交換・記念撮影"),
        *speakers,
    ]
    return "\n".join(f"{place} {point}" for place, point in enumerate([*points, _("閉会")], start=1))


def proposed_press_release(procedure: Procedure, agreed: Agreed, plan: SigningPlan) -> str:
    """What towns tell the press of a signing: what, when, where, who, what is done together, whom to ask."""
    text = AgreementText.read(agreed.text.content)
    listed = InitiativeList.read(agreed.initiatives.content) if agreed.initiatives else None
    town = procedure.municipality
    partners = "、".join(one.name for one in text.parties if not one.is_town)
    when = f"{both_calendars(plan.signs_on)} {plan.time}".strip() if plan.signs_on else _("(未定)")
    lines = [
        _("%(town)sと%(partners)sが「%(title)s」を締結します")
        % {"town": town, "partners": partners, "title": text.title},
        "",
        _("1 日時 %(when)s") % {"when": when},
        _("2 場所 %(place)s") % {"place": plan.place or _("(未定)")},
        _("3 出席者"),
        *(f"・{line}" for line in plan.attendees.splitlines() if line.strip()),
        _("4 連携事項"),
        *(f"({place}) {heading}" for place, heading in enumerate(_headings(procedure, listed), start=1)),
    ]
    if listed and listed.rows:
        lines += [_("5 主な取組"), *(f"・{row.title}" for row in listed.rows[:10])]
    lines += ["", _("問合せ先 %(division)s") % {"division": procedure.division or town}]
    return "\n".join(lines)


def _headings(procedure: Procedure, listed: InitiativeList | None) -> list[str]:
    return list(listed.items) if listed else items_of(procedure)
