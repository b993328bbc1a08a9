"""What every decision about the end of a term has in common: which term, once, kept so that it can be taken back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.changes import changed
from renkei.agreements.models import Agreement, Ending, RenewalDecision
from renkei.agreements.services.claiming import Refused, claim
from renkei.agreements.services.standing import (
    Standing,
    forget_read,
    is_standing,
    stand_again,
    standing_of,
    told_terms,
)
from renkei.agreements.spans import Span, span_that_ends
from renkei.agreements.vocabulary import Decision
from renkei.audit.services import record
from renkei.rules.japanese_calendar import both_calendars, japanese_date


class DecisionRefused(Refused):
    """The renewal cannot be decided so; str() says why and what to do."""


def term_to_decide(agreement: Agreement, ends_on: date) -> Span:
    """The term that ends on the day, if its renewal is still to be decided."""
    refuse_decided(agreement, ends_on)
    span = span_that_ends(agreement, ends_on)
    if span is None or (span.in_force_until is not None and span.in_force_until < ends_on):
        raise DecisionRefused(
            _("%(last)sに終わる期間はありません。画面を読み直して、いまの期間を確かめてください。")
            % {"last": both_calendars(ends_on)}
        )
    return span


def refuse_decided(agreement: Agreement, ends_on: date) -> None:
    """Each term is decided once, and none of an agreement whose end is recorded."""
    if Ending.objects.filter(agreement=agreement).exists():
        raise DecisionRefused(
            _("この協定は終了が記録されています。続けるなら、先に終了を取り消してください。")
        )
    decided = RenewalDecision.objects.filter(agreement=agreement, term_ends_on=ends_on).first()
    if decided:
        raise DecisionRefused(
            _("%(last)sまでの期間は「%(decision)s」と判断されています。先にその判断を取り消してください。")
            % {"last": both_calendars(ends_on), "decision": decided.get_decision_display()}
        )


@contextmanager
def deciding(decision: RenewalDecision) -> Iterator[None]:
    """Take the agreement, let the caller change its terms, and keep the decision with what stood before and after."""
    agreement = decision.agreement
    claim(agreement)
    former = standing_of(agreement)
    yield
    forget_read(agreement)
    decision.former_terms = {"former": former, "later": standing_of(agreement)}
    decision.save(force_insert=True)
    changed.send(sender=Agreement, ids=[agreement.pk])


def told_changes(decision: RenewalDecision) -> dict[str, tuple[object, object]]:
    """What the decision changed, before and after, as the log tells it."""
    former, later = decision.former_terms["former"], decision.former_terms["later"]
    names: dict[str, Callable[[Standing], object]] = {
        "agreements.term": lambda standing: told_terms(standing["terms"]),
        "agreements.renewalrule.last_confirmed_on": lambda standing: standing["last_confirmed_on"],
        "agreements.party.left_on": lambda standing: sorted(standing["left"].values()),
    }
    pairs = {name: (told(former), told(later)) for name, told in names.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def why_not_undo(decision: RenewalDecision, *, on: date, reason: str = "") -> str | None:
    """None if the decision may be taken back on the day; otherwise the sentence to show.

    Once its term is over it was a decision: only a record that was wrong is taken back then, and the reason says why.
    """
    if decision.term_ends_on < on and not reason.strip():
        return _(
            "%(last)sまでの期間はもう終わりました。判断の記録が間違っていたときだけ取り消せます。"
            "「取り消す理由」に、何が間違っていたかを書いてください。"
        ) % {"last": both_calendars(decision.term_ends_on)}
    later = decision.agreement.renewal_decisions.filter(term_ends_on__gt=decision.term_ends_on).last()
    if later:
        return _("先に、後の期間(%(last)sまで)の判断を取り消してください。") % {
            "last": both_calendars(later.term_ends_on)
        }
    kept = decision.former_terms
    if not kept or not is_standing(decision.agreement, kept):
        return _(
            "この判断の後に期間が変わったため、元に戻せません。先に、後の変更や終了を取り消してください。"
        )
    return None


@transaction.atomic
def undo_decision(
    agreement: Agreement, decision: RenewalDecision, *, on: date, actor: User | None, reason: str = ""
) -> Agreement:
    """Take a decision back, after its term with a reason; the terms stand again just as they were."""
    decision.agreement = agreement
    why_not = why_not_undo(decision, on=on, reason=reason)
    if why_not:
        raise DecisionRefused(why_not)
    claim(agreement)
    stand_again(agreement, decision.former_terms)
    forget_read(agreement)
    record(
        events.DECISION_UNDONE,
        actor,
        agreement,
        municipality=agreement.municipality,
        reason=reason,
        changes={name: (after, before) for name, (before, after) in told_changes(decision).items()},
        last=japanese_date(decision.term_ends_on),
        decision=decision.get_decision_display(),
    )
    decision.delete()
    changed.send(sender=Agreement, ids=[agreement.pk])
    return agreement


def new_decision(
    agreement: Agreement, what: Decision, *, ends_on: date, on: date, actor: User | None, note: str = ""
) -> RenewalDecision:
    """A decision that is not yet kept."""
    return RenewalDecision(
        agreement=agreement, term_ends_on=ends_on, decision=what, decided_on=on, decided_by=actor, note=note
    )
