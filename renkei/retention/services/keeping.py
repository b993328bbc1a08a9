"""Saying how long records are kept, and keeping one longer."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.agreements.services import Refused
from renkei.audit.services import record
from renkei.municipalities.models import Municipality
from renkei.retention import events
from renkei.retention.kinds import CLASSES, kinds, years_in_words
from renkei.retention.models import Hold, RetentionRule
from renkei.rules.japanese_calendar import japanese_date


class RetentionRefused(Refused):
    """Nothing changes; str() says why and what to do."""


@transaction.atomic
def set_rule(
    municipality: Municipality, kind: str, years: int, *, reason: str, actor: User | None
) -> RetentionRule:
    """Say how many years the town keeps a kind of record, with the reason; 0 keeps it for ever."""
    if kind not in kinds() or years not in CLASSES:
        raise RetentionRefused(_("保存期間は、永久・30年・10年・5年・3年・1年から選んでください。"))
    reason = required(reason, _("根拠か理由を書いてください。例: 文書管理規程第20条"))
    before = RetentionRule.objects.of(municipality).filter(kind=kind).first()
    if before and (before.years, before.reason) == (years, reason):
        raise RetentionRefused(_("いまの定めと同じです。変えるときは、年数か理由を変えてください。"))
    rule, _made = RetentionRule.objects.update_or_create(
        municipality=municipality, kind=kind, defaults={"years": years, "reason": reason}
    )
    former = years_in_words(before.years if before else None)
    record(
        events.RULE_SET, actor, rule, municipality=municipality, reason=reason,
        changes={"retention.retentionrule.years": (former, years_in_words(years))},
    )  # fmt: skip
    return rule


@transaction.atomic
def hold(agreement: Agreement, *, until: date | None, reason: str, actor: User | None, day: date) -> Hold:
    """Keep the agreement longer, until a last day or until this is lifted."""
    reason = required(reason, _("延長の理由を書いてください。例: 係争中のため"))
    if until and until < day:
        raise RetentionRefused(_("延長する最後の日は、今日か、それより後の日にしてください。"))
    if Hold.objects.holding_on(day).filter(agreement=agreement).exists():
        raise RetentionRefused(_("すでに延長されています。変えるときは、先にいまの延長をやめてください。"))
    placed = Hold.objects.create(
        municipality=agreement.municipality, agreement=agreement, until=until, reason=reason, placed_by=actor
    )
    words = _("%(day)sまで") % {"day": japanese_date(until)} if until else _("期限なく")
    record(
        events.HELD, actor, agreement, municipality=agreement.municipality, reason=reason, until=words,
        changes={"retention.hold.until": (None, until or words)},
    )  # fmt: skip
    return placed


@transaction.atomic
def lift(placed: Hold, *, at: datetime, reason: str, actor: User | None) -> None:
    """Let the usual time of keeping hold again."""
    reason = required(reason, _("延長をやめる理由を書いてください。例: 訴訟が終わったため"))
    if not Hold.objects.filter(pk=placed.pk, lifted_at=None).update(lifted_at=at):
        raise RetentionRefused(_("この延長はすでに終わっています。画面を読み直してください。"))
    record(events.LIFTED, actor, placed.agreement, municipality=placed.municipality, reason=reason)


def required(text: str, refusal: str) -> str:
    """The text without blanks around it, or the refusal."""
    if not text.strip():
        raise RetentionRefused(refusal)
    return text.strip()
