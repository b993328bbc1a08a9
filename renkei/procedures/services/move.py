"""Moving a procedure from step to step, holding it, and opening one again that had ended."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.audit.services import record
from renkei.procedures import events
from renkei.procedures.letters import tell_division, tell_partner
from renkei.procedures.models import Passage, Procedure
from renkei.procedures.people import Person, actor_of, side_of
from renkei.procedures.services.claiming import ProcedureRefused, claim, refuse_ended
from renkei.procedures.stages import Move, move_to
from renkei.procedures.vocabulary import STEPS, Stage


@transaction.atomic
def move(
    procedure: Procedure, name: str, to: str, *, by: Person, at: datetime, reason: str = "", letter: str = ""
) -> Procedure:
    """Make a move of the table; `letter` is what the partner is told in the town's own words (見送り・保留).

    The town's reason stays inside the town; the partner's own reason is told to both sides.
    A signature is concluded by `conclude`, which calls this inside its transaction.
    """
    made = move_to(procedure, name, to)
    day = timezone.localdate(at)
    if made is None:
        raise ProcedureRefused(_("いまの段階からは、そこに進めません。画面を読み直してください。"))
    _refuse(procedure, made, by, day, reason)
    claim(procedure)
    _go(procedure, made, day, reason)
    facts: dict[str, Any] = {"to": str(made.to.label)} if "to" in made.event.placeholders else {}
    record(
        made.event,
        actor_of(by),
        procedure,
        municipality=procedure.municipality,
        reason=reason.strip(),
        **facts,
    )
    _tell(procedure, made, by, at, reason if side_of(by) == Side.PARTNER else letter)
    return procedure


def _refuse(procedure: Procedure, made: Move, by: Person, day: date, reason: str) -> None:
    if made.side != side_of(by):
        raise ProcedureRefused(_("この操作は、もう一方の側だけができます。"))
    if made.wants_reason and not reason.strip():
        raise ProcedureRefused(_("理由を書いてください。手続の経過に残ります。"))
    if procedure.is_held and made.name in ("advance", "conclude", "send_back"):
        raise ProcedureRefused(_("保留にしている手続です。先に保留を解いてください。"))
    lacking = [sentence for need in made.needs if (sentence := need.lacking(procedure, day))]
    if lacking:
        raise ProcedureRefused(_("まだ進められません。") + "".join(lacking))


def _go(procedure: Procedure, made: Move, day: date, reason: str) -> None:
    _unhold(procedure, day)
    here = Passage.objects.filter(procedure=procedure, left_on=None)
    here.update(left_on=day, move=made.name, reason=reason.strip())
    procedure.stage, procedure.stage_since, procedure.held_days = made.to, day, 0
    procedure.closed_on = None if made.to in STEPS else day
    if made.to in STEPS:
        Passage.objects.create(procedure=procedure, stage=made.to, entered_on=day)
    procedure.save(update_fields=["stage", "stage_since", "held_days", "closed_on"])


def _tell(procedure: Procedure, made: Move, by: Person, at: datetime, words: str) -> None:
    key = f"moved-{procedure.version}"
    facts = {"to": Stage(made.to).label, "partner": procedure.partner_name}
    subject = _("手続が「%(to)s」に進みました") % facts
    if made.name == "send_back":
        subject = _("手続が「%(to)s」に戻りました") % facts
    elif made.to not in STEPS:
        subject = _("手続が終わりました(%(to)s)") % facts
    paragraphs = [words] if words.strip() else []
    if made.tells_partner:
        tell_partner(procedure, key, subject, [f"{subject}。", *paragraphs], at=at)
    if side_of(by) == Side.PARTNER:
        tell_division(procedure, procedure.division, key, subject, [f"{subject}。", *paragraphs], at=at)


@transaction.atomic
def hold(
    procedure: Procedure, *, until: date | None, by: User, at: datetime, reason: str, letter: str = ""
) -> Procedure:
    """Put a running procedure on hold, with the reason and the day on which to look at it again."""
    refuse_ended(procedure)
    day = timezone.localdate(at)
    if procedure.is_held:
        raise ProcedureRefused(_("すでに保留にしています。"))
    if not reason.strip():
        raise ProcedureRefused(_("理由を書いてください。手続の経過に残ります。"))
    if until and until < day:
        raise ProcedureRefused(_("保留の期限は、今日か、それより後の日にしてください。"))
    claim(procedure)
    procedure.held_since, procedure.held_until, procedure.held_reason = day, until, reason.strip()
    procedure.save(update_fields=["held_since", "held_until", "held_reason"])
    record(events.HELD, by, procedure, municipality=procedure.municipality, reason=reason.strip())
    words = letter or _("手続をいったん保留にします。続けるときに、あらためて連絡します。")
    tell_partner(procedure, f"held-{procedure.version}", _("手続を保留にします"), [words], at=at)
    return procedure


@transaction.atomic
def resume(procedure: Procedure, *, by: User, at: datetime) -> Procedure:
    """Go on with a procedure that was on hold."""
    if not procedure.is_held:
        raise ProcedureRefused(_("保留にしていない手続です。画面を読み直してください。"))
    claim(procedure)
    _unhold(procedure, timezone.localdate(at))
    record(events.RESUMED, by, procedure, municipality=procedure.municipality)
    tell_partner(
        procedure,
        f"resumed-{procedure.version}",
        _("手続を再開します"),
        [_("保留にしていた手続を再開します。")],
        at=at,
    )
    return procedure


def _unhold(procedure: Procedure, day: date) -> None:
    if procedure.held_since is None:
        return
    days = max((day - procedure.held_since).days, 0)
    Passage.objects.filter(procedure=procedure, left_on=None).update(held_days=F("held_days") + days)
    procedure.held_since = procedure.held_until = None
    procedure.held_reason = ""
    procedure.held_days += days
    procedure.save(update_fields=["held_since", "held_until", "held_reason", "held_days"])


@transaction.atomic
def reopen(procedure: Procedure, *, by: User, at: datetime, reason: str) -> Procedure:
    """Open a procedure again that ended without a signature, in the step in which it stood."""
    if procedure.is_running or procedure.stage == Stage.CONCLUDED:
        raise ProcedureRefused(_("見送り・取下げ・協定によらない連携で終わった手続だけを再開できます。"))
    if not reason.strip():
        raise ProcedureRefused(_("理由を書いてください。手続の経過に残ります。"))
    claim(procedure)
    last = procedure.passages.order_by("-pk").first()
    day = timezone.localdate(at)
    procedure.stage = last.stage if last else Stage.PROPOSAL
    procedure.stage_since, procedure.held_days, procedure.closed_on = day, 0, None
    procedure.save(update_fields=["stage", "stage_since", "held_days", "closed_on"])
    Passage.objects.create(procedure=procedure, stage=procedure.stage, entered_on=day)
    label = str(Stage(procedure.stage).label)
    record(
        events.REOPENED, by, procedure, municipality=procedure.municipality, reason=reason.strip(), to=label
    )
    words = _("手続を「%(to)s」の段階から再開します。") % {"to": label}
    tell_partner(procedure, f"reopened-{procedure.version}", _("手続を再開します"), [words], at=at)
    return procedure
