"""Step 6, 締結: the town's decision, the signing, the signed copy, what the register will say."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.vocabulary import Side
from renkei.procedures.agreed import agreed_of
from renkei.procedures.models import Procedure, SigningPlan
from renkei.procedures.steps import Awaited, Need, Task, TaskState
from renkei.procedures.vocabulary import Stage
from renkei.rules.japanese_calendar import both_calendars


def _plan(procedure: Procedure) -> SigningPlan | None:
    if procedure.was_read_together:
        return getattr(procedure, "signing_plan", None)
    return SigningPlan.objects.filter(procedure=procedure).first()


def _no_approval(procedure: Procedure, day: date) -> str | None:
    agreed = agreed_of(procedure)
    if agreed is None:
        return _("同意がそろった後に新しい版ができています。前の段階に戻し、同じ版に同意をそろえてください。")
    if any(one.digest == agreed.digest for one in procedure.approvals.all()):
        return None
    return _("両者が同意した版について、決裁の文書番号と決裁日を記録してください。")


def _no_plan(procedure: Procedure, day: date) -> str | None:
    plan = _plan(procedure)
    if plan and plan.signs_on and plan.method:
        return None
    return _("締結の日と方法を決めてください。")


def _no_signed_copy(procedure: Procedure, day: date) -> str | None:
    plan = _plan(procedure)
    if plan is None or not plan.signed_copy_id:
        return _("署名が済んだら、署名済みの写しを保存してください。")
    if _is_of_agreed(procedure, plan.copy_digest):
        return None
    return _("署名済みの写しは、前に同意した版のものです。いまの版に署名した写しを保存してください。")


def _no_facts(procedure: Procedure, day: date) -> str | None:
    plan = _plan(procedure)
    if plan and plan.facts and _is_of_agreed(procedure, plan.facts_digest):
        return None
    return _("台帳に載せる内容(期間・更新など)を、本文と照らして確かめてください。")


def _is_of_agreed(procedure: Procedure, digest: str) -> bool:
    """Whether it was about the text that both sides agree on now, not about one before the procedure was sent back."""
    agreed = agreed_of(procedure)
    return agreed is not None and agreed.digest == digest


def _unchecked(procedure: Procedure, day: date) -> str | None:
    if all(one.answer for one in procedure.checks.all() if one.stage == Stage.SIGNING):
        return None
    return _("締結の準備の点検の項目に、すべて結果を入れてください。")


NEEDS = (
    Need("approval", gettext_lazy("決裁"), _no_approval, "signing"),
    Need("plan", gettext_lazy("締結の日と方法"), _no_plan, "signing"),
    Need("ceremony", gettext_lazy("締結の準備の点検"), _unchecked, "checks"),
    Need("facts", gettext_lazy("台帳に載せる内容"), _no_facts, "signing"),
    Need("signed_copy", gettext_lazy("署名済みの写し"), _no_signed_copy, "signing"),
)


def tasks(procedure: Procedure, day: date) -> Iterable[Task]:
    """The lines of this step on the procedure's page."""
    plan = _plan(procedure)
    notes = {
        "plan": both_calendars(plan.signs_on) if plan and plan.signs_on else "",
        "signed_copy": plan.signed_copy.name if plan and plan.signed_copy else "",
        "approval": ", ".join(procedure.approvals.values_list("reference", flat=True)),
    }
    for need in NEEDS:
        lacking = need.lacking(procedure, day)
        yield Task(
            need.words, TaskState.TO_DO if lacking else TaskState.DONE, notes.get(need.name, ""), need.page
        )


def awaits(procedure: Procedure, day: date) -> Iterable[Awaited]:
    """The signing itself, on its day, from both sides."""
    plan = _plan(procedure)
    if plan and plan.signs_on and _no_signed_copy(procedure, day):
        words = _("%(day)sに締結します。") % {"day": both_calendars(plan.signs_on)}
        yield Awaited(words, Side.PARTNER, "signing", by=plan.signs_on, key="signing")
