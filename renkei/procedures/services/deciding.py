"""Deciding who the partner is, in which form the agreement is made, and which division is the window."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Form
from renkei.audit.services import record
from renkei.correspondents.refusals import CorrespondentRefused
from renkei.correspondents.services.accepting import accept
from renkei.municipalities.models import Division
from renkei.partners.models import Organisation
from renkei.partners.services import PartnerRefused, edit, known_or_new, number_for
from renkei.procedures import events
from renkei.procedures.letters import tell_division, tell_partner
from renkei.procedures.models import Procedure
from renkei.procedures.services.changing import changed
from renkei.procedures.services.claiming import ProcedureRefused, claim, refuse_ended
from renkei.procedures.vocabulary import STEPS, Stage
from renkei.procedures.windows import departs_from_rule, proposed_window, responsible_for


@transaction.atomic
def decide_partner(
    procedure: Procedure,
    organisation: Organisation,
    *,
    by: User,
    at: datetime,
    accepts_author: bool = False,
) -> Procedure:
    """Say which of the town's partners the proposer is; this opens the procedure to the partner's people.

    `accepts_author` makes whoever wrote the proposal one of these people, which opens the partner's records to them.
    """
    refuse_ended(procedure)
    if organisation.municipality_id != procedure.municipality_id or organisation.merged_into_id:
        raise ProcedureRefused(_("この相手方は選べません。候補から選ぶか、新しく登録してください。"))
    claim(procedure)
    changes = changed(procedure, {"organisation": organisation})
    record(
        events.PARTNER_DECIDED,
        by,
        procedure,
        municipality=procedure.municipality,
        changes=changes,
        partner=organisation.name,
    )
    if accepts_author and procedure.proposal.author:
        try:
            accept(procedure.proposal.author, organisation, by=by, at=at)
        except CorrespondentRefused as refusal:
            raise ProcedureRefused(str(refusal)) from refusal
    return procedure


@transaction.atomic
def write_new_partner(
    procedure: Procedure, facts: Mapping[str, str], *, by: User, at: datetime, accepts_author: bool = False
) -> Organisation:
    """Write the proposer down as a partner that the town did not know; `facts` as the partners' edit takes them."""
    refuse_ended(procedure)
    town, name = procedure.municipality, facts["name"].strip()
    if Organisation.objects.of(town).unmerged().named([name]).exists():
        raise ProcedureRefused(
            _("「%(name)s」はすでに登録されています。候補から選んでください。") % {"name": name}
        )
    key = known_or_new(town, {name: facts.get("kind") or None})[name]
    organisation = Organisation.objects.get(pk=key)
    more = {
        column: facts[column].strip()
        for column in ("corporate_number", "address")
        if facts.get(column, "").strip()
    }
    try:
        if more.get("corporate_number"):
            number_for(organisation, more["corporate_number"])
        if more:
            edit(organisation, facts=more, actor=by)
    except PartnerRefused as refusal:
        raise ProcedureRefused(str(refusal)) from refusal
    decide_partner(procedure, organisation, by=by, at=at, accepts_author=accepts_author)
    return organisation


@transaction.atomic
def decide_window(
    procedure: Procedure,
    *,
    form: Form,
    main_field: str,
    division: Division,
    by: User,
    at: datetime,
    reason: str = "",
) -> Procedure:
    """Decide form, main field and window; what departs from the rule, and every later change, wants a reason."""
    refuse_ended(procedure)
    day, former = timezone.localdate(at), procedure.division
    _refuse(procedure, form, division, day)
    if not reason.strip():
        _refuse_without_reason(procedure, form, main_field, division, day)
    claim(procedure)
    facts = {"form": form, "main_field": main_field, "division": division}
    changes = changed(procedure, {**facts, "window_reason": reason.strip()})
    record(
        events.WINDOW_DECIDED,
        by,
        procedure,
        municipality=procedure.municipality,
        reason=reason.strip(),
        changes=changes,
        form=form.label,
        window=division,
    )
    if former != division:
        _tell(procedure, division, former, at)
    return procedure


def _refuse(procedure: Procedure, form: Form, division: Division, day: date) -> None:
    if division.municipality_id != procedure.municipality_id or not division.existed_on(day):
        raise ProcedureRefused(_("今日ある課を選んでください。"))
    off = procedure.its_course.switched_off(procedure.kind, form)
    if procedure.stage in STEPS and procedure.stage in off:
        raise ProcedureRefused(
            _("%(form)sの手続は「%(stage)s」の段階を通りません。先にその前の段階へ戻してから変えてください。")
            % {"form": form.label, "stage": Stage(procedure.stage).label}
        )


def _refuse_without_reason(
    procedure: Procedure, form: Form, main_field: str, division: Division, day: date
) -> None:
    """Another window than before, and another than the rule's, are decided with a reason."""
    if procedure.division_id and procedure.division_id != division.pk:
        raise ProcedureRefused(_("担当替えの理由を書いてください。"))
    town = procedure.municipality
    answers = division.is_coordinating and responsible_for(town, main_field, day) == division
    if not departs_from_rule(
        form, main_field, is_coordinating=division.is_coordinating, answers_for_field=answers
    ):
        return
    usual = proposed_window(town, form, main_field, day) or _("仕事の担当課")
    words = _("決まりでは窓口は%(usual)sです。%(division)sにする理由を書いてください。")
    raise ProcedureRefused(words % {"usual": usual, "division": division})


def _tell(procedure: Procedure, division: Division, former: Division | None, at: datetime) -> None:
    key = f"window-{procedure.version}"
    facts = {"division": str(division), "partner": procedure.partner_name}
    words = (
        _("%(partner)sとの手続の窓口は、%(division)sになりました。次にすることを確かめてください。") % facts
    )
    tell_division(procedure, division, key, _("手続の窓口になりました"), [words], at=at)
    if former:
        subject = _("手続の窓口が替わりました")
        words = _("%(partner)sとの手続の窓口は、%(division)sに替わりました。") % facts
        tell_division(procedure, former, f"{key}-former", subject, [words], at=at)
    words = _("これからの窓口は、%(division)sです。質問は、手続のページからお送りください。") % facts
    tell_partner(procedure, f"{key}-partner", _("窓口の課をお知らせします"), [words], at=at)
