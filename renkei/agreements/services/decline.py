"""Declining a renewal: by notice in time, or because both agree."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.models import Agreement, Party, RenewalDecision, RenewalRule
from renkei.agreements.services.deciding import (
    DecisionRefused,
    deciding,
    new_decision,
    term_to_decide,
    told_changes,
)
from renkei.agreements.spans import Span, notice_deadline, spans
from renkei.agreements.vocabulary import Decision, NoticeEffect
from renkei.audit.services import record
from renkei.rules.japanese_calendar import both_calendars, japanese_date

FEWEST_PARTIES = 2


@transaction.atomic
def decline(
    agreement: Agreement,
    *,
    term_ends_on: date,
    on: date,
    actor: User | None,
    notified_on: date | None = None,
    by_both: bool = False,
    party: Party | None = None,
    note: str = "",
) -> RenewalDecision:
    """Let the agreement end with the term; with several parties and a notice of one, only that one leaves.

    `notified_on` is the day of the notice to the other side; `by_both` says that both agree, whatever the deadline.
    """
    refuse_decline(
        agreement, term_ends_on=term_ends_on, on=on, notified_on=notified_on, by_both=by_both, party=party
    )
    decision = new_decision(agreement, Decision.DECLINE, ends_on=term_ends_on, on=on, actor=actor, note=note)
    decision.notified_on = notified_on
    leaver = party if leaves_alone(agreement, party) else None
    with deciding(decision):
        if leaver:
            agreement.parties.filter(pk=leaver.pk).update(left_on=term_ends_on)
        else:
            agreement.terms.filter(starts_on__gt=term_ends_on).delete()
            goes_on = Q(in_force_until=None) | Q(in_force_until__gt=term_ends_on)
            agreement.terms.filter(goes_on).update(in_force_until=term_ends_on)
    record(
        events.PARTY_DECLINED if leaver else events.DECLINED,
        actor,
        agreement,
        municipality=agreement.municipality,
        reason=note,
        changes=told_changes(decision),
        last=japanese_date(term_ends_on),
        party=leaver or "",
    )
    return decision


def refuse_decline(
    agreement: Agreement,
    *,
    term_ends_on: date,
    on: date,
    notified_on: date | None = None,
    by_both: bool = False,
    party: Party | None = None,
) -> None:
    """Refuse what `decline` would refuse, and change nothing."""
    span = term_to_decide(agreement, term_ends_on)
    if term_ends_on < on:
        raise DecisionRefused(
            _("%(last)sまでの期間はもう終わりました。いまの期間について判断してください。")
            % {"last": both_calendars(term_ends_on)}
        )
    if span.follows == "stored":
        raise DecisionRefused(
            _("%(last)sの次の期間がすでに登録されています。先に、その期間を加えた変更を取り消してください。")
            % {"last": both_calendars(term_ends_on)}
        )
    if one_party_leaves(agreement) and party is None:
        raise DecisionRefused(
            _("一者の通知ではその当事者だけが抜ける協定です。抜ける当事者を選んでください。")
        )
    if party and leaves_alone(agreement, party):
        _refuse_leaver(agreement, party, term_ends_on)
    if span.follows and not by_both:
        _refuse_notice(agreement, span, term_ends_on, on, notified_on)


def _refuse_leaver(agreement: Agreement, party: Party, ends_on: date) -> None:
    if party.agreement_id != agreement.pk or party.left_on or (party.joined_on and party.joined_on > ends_on):
        raise DecisionRefused(
            _("「%(party)s」は%(last)sまでの期間の当事者ではありません。抜ける当事者を選び直してください。")
            % {"party": party, "last": both_calendars(ends_on)}
        )


def one_party_leaves(agreement: Agreement) -> bool:
    """Whether a party's notice ends the agreement for that party alone."""
    rule: RenewalRule | None = getattr(agreement, "renewal_rule", None)
    is_for_party = rule is not None and rule.notice_effect == NoticeEffect.PARTY
    return is_for_party and _remaining(agreement) > FEWEST_PARTIES


def leaves_alone(agreement: Agreement, party: Party | None) -> bool:
    """Whether the others go on without this party; without the town the agreement ends for the town."""
    return party is not None and party.organisation_id is not None and one_party_leaves(agreement)


def _remaining(agreement: Agreement) -> int:
    return sum(party.left_on is None for party in agreement.parties.all())


def _refuse_notice(
    agreement: Agreement, span: Span, ends_on: date, on: date, notified_on: date | None
) -> None:
    if notified_on is None:
        raise DecisionRefused(
            _("相手方に通知した日を入れてください。双方が合意しているときは、そう選べば日は要りません。")
        )
    if notified_on > on:
        raise DecisionRefused(
            _(
                "通知した日は、今日までの日にしてください。これから通知するなら、通知してから記録してください。"
            )
        )
    rule: RenewalRule | None = getattr(agreement, "renewal_rule", None)
    deadline = notice_deadline(rule, ends_on)
    if deadline and notified_on > deadline:
        raise DecisionRefused(_too_late(agreement, rule, span, deadline))


def _too_late(agreement: Agreement, rule: RenewalRule | None, span: Span, deadline: date) -> str:
    sentence = _("通知の期限(%(deadline)s)を過ぎた通知では、この期間で終わりません。") % {
        "deadline": both_calendars(deadline)
    }
    following = next((one for one in spans(agreement) if one.first > span.first), None)
    next_deadline = notice_deadline(rule, following.last) if following and following.last else None
    if following and following.last and next_deadline:
        sentence += _("次に終わるのは%(last)sで、%(deadline)sまでの通知が要ります。") % {
            "last": both_calendars(following.last),
            "deadline": both_calendars(next_deadline),
        }
    return sentence + _("双方が合意しているときは「双方が合意している」を選んでください。")
