"""Deciding about the renewal of many agreements: looked at before, one act, told for each, taken back in one act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.bulk import rights_of
from renkei.agreements.models import Agreement, BulkChange, RenewalDecision
from renkei.agreements.services.claiming import Refused
from renkei.agreements.services.deciding import undo_decision
from renkei.agreements.services.decline import decline, refuse_decline
from renkei.agreements.services.renew import let_renew, refuse_let_renew
from renkei.agreements.vocabulary import Decision
from renkei.audit.services import record

RENEWALS = "renewal_decisions"
"""What stands as `fact` of a bulk change that decided about renewals."""
MOST = 500
UNDO_FOR = timedelta(days=30)
FOR_MANY = (Decision.LET_RENEW, Decision.DECLINE)


@dataclass(frozen=True)
class Choice:
    """A term that a person chose, with the version of the agreement that they saw."""

    agreement: str
    term_ends_on: date
    version: int


@dataclass(frozen=True)
class Wish:
    """What is decided about all of them, and how."""

    decision: Decision
    notified_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Planned:
    """One of the chosen agreements; `refusal` says why it is left out, "" where it is decided."""

    agreement: Agreement
    term_ends_on: date
    refusal: str = ""


def plan(choices: Sequence[Choice], wish: Wish, *, actor: User, day: date) -> list[Planned]:
    """What would become of each, in the order chosen: decided, or left out for a reason. Nothing is written."""
    if len(choices) > MOST:
        raise Refused(
            _("一度に判断できるのは%(most)s件までです。選ぶ件数を減らしてください。") % {"most": MOST}
        )
    if wish.decision not in FOR_MANY:
        raise Refused(
            _("まとめて決められるのは「自動更新に任せる」と「更新しない」です。どちらかを選んでください。")
        )
    found = {
        agreement.public_id: agreement
        for agreement in Agreement.objects.of(actor.municipality)
        .filter(public_id__in=[one.agreement for one in choices])
        .select_related("municipality", "division", "renewal_rule")
        .prefetch_related("terms", "parties__organisation")
    }
    why_not = rights_of(actor, day=day)
    planned = []
    for choice in choices:
        agreement = found.get(choice.agreement)
        if agreement is None:
            continue
        agreement.version = choice.version
        refusal = why_not(agreement) or _refusal(agreement, choice.term_ends_on, wish, day)
        planned.append(Planned(agreement, choice.term_ends_on, refusal))
    return planned


@transaction.atomic
def decide_many(choices: Sequence[Choice], wish: Wish, *, actor: User, day: date) -> BulkChange:
    """Decide about all that may be decided; who was left out and why stands in the rows of the act."""
    planned = [_decided(one, wish, actor, day) for one in plan(choices, wish, actor=actor, day=day)]
    decided = [one for one in planned if not one.refusal]
    if not decided:
        raise Refused(
            _("決められる協定がありません。%(reason)s")
            % {"reason": next((one.refusal for one in planned), _("協定を選んでください。"))}
        )
    act = BulkChange.objects.create(
        municipality=actor.municipality,
        actor=actor,
        fact=RENEWALS,
        rows=[_row(one, wish.decision) for one in planned],
    )
    record(
        events.DECIDED_FOR_MANY,
        actor,
        act,
        municipality=actor.municipality,
        reason=wish.note,
        agreements=len(decided),
        decision=wish.decision.label,
    )
    return act


@transaction.atomic
def undo_many(act: BulkChange, *, actor: User, day: date) -> BulkChange:
    """Take the decisions of the act back; those that cannot be are named in its rows."""
    if act.fact != RENEWALS or timezone.localdate(act.made_at) + UNDO_FOR < day:
        raise Refused(
            _(
                "まとめた判断を取り消せるのは30日のうちです。協定のページで一つずつ取り消すか、訂正してください。"
            )
        )
    if not BulkChange.objects.filter(pk=act.pk, undone_at=None).update(undone_at=timezone.now()):
        raise Refused(_("このまとめた判断はすでに取り消されています。画面を読み直してください。"))
    why_not = rights_of(actor, day=day)
    decisions = {}
    agreements: dict[int, Agreement] = {}
    for one in RenewalDecision.objects.filter(
        agreement__municipality=act.municipality,
        agreement__public_id__in=[row["agreement"] for row in act.rows],
    ).select_related("agreement__municipality"):
        one.agreement = agreements.setdefault(one.agreement_id, one.agreement)
        decisions[(one.agreement.public_id, one.term_ends_on.isoformat())] = one
    rows = list(act.rows)
    # Of two terms of one agreement the later one first, as when one takes them back one by one.
    for place, row in sorted(enumerate(act.rows), key=lambda one: one[1]["term_ends_on"], reverse=True):
        decision = decisions.get((row["agreement"], row["term_ends_on"]))
        rows[place] = _undone(row, decision, why_not, actor, day)
    undone = [row for row in rows if not row["refusal"] and not row["left"]]
    if not undone:
        raise Refused(
            _("取り消せる判断がありません。%(reason)s")
            % {"reason": next((row["left"] for row in rows if row["left"]), "")}
        )
    BulkChange.objects.filter(pk=act.pk).update(rows=rows)
    act.refresh_from_db()
    record(events.DECIDED_FOR_MANY_UNDONE, actor, act, municipality=act.municipality, agreements=len(undone))
    return act


def _refusal(agreement: Agreement, ends_on: date, wish: Wish, day: date) -> str:
    try:
        if wish.decision == Decision.LET_RENEW:
            refuse_let_renew(agreement, term_ends_on=ends_on, on=day)
        else:
            refuse_decline(agreement, term_ends_on=ends_on, on=day, notified_on=wish.notified_on)
    except Refused as refusal:
        return str(refusal)
    return ""


def _decided(one: Planned, wish: Wish, actor: User, day: date) -> Planned:
    """The line as it came out: decided, or with the reason why not."""
    if one.refusal:
        return one
    try:
        with transaction.atomic():
            if wish.decision == Decision.LET_RENEW:
                let_renew(one.agreement, term_ends_on=one.term_ends_on, on=day, actor=actor, note=wish.note)
            else:
                decline(
                    one.agreement, term_ends_on=one.term_ends_on, on=day, actor=actor,
                    notified_on=wish.notified_on, note=wish.note,
                )  # fmt: skip
    except Refused as refusal:
        return replace(one, refusal=str(refusal))
    return one


def _row(one: Planned, decision: Decision) -> dict[str, str]:
    return {
        "agreement": one.agreement.public_id,
        "title": one.agreement.title,
        "term_ends_on": one.term_ends_on.isoformat(),
        "decision": decision.value,
        "refusal": one.refusal,
        "left": "",
    }


def _undone(
    row: dict[str, str],
    decision: RenewalDecision | None,
    why_not: Callable[[Agreement], str | None],
    actor: User,
    day: date,
) -> dict[str, str]:
    """The row as it came out: taken back, or with the reason why it is left."""
    if row["refusal"]:
        return row
    if decision is None or decision.decision != row["decision"]:
        return row | {"left": _("この判断は、もう取り消されています。")}
    try:
        if refusal := why_not(decision.agreement):
            raise Refused(refusal)
        with transaction.atomic():
            undo_decision(decision.agreement, decision, on=day, actor=actor)
    except Refused as refused:
        return row | {"left": str(refused)}
    return row
