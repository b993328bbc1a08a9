"""The pages about the term of an agreement: renew, let it renew itself, decline, take back, reopen."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import User
from renkei.agreements import services
from renkei.agreements.models import Agreement
from renkei.agreements.spans import notice_deadline, span_on, span_that_ends, span_to_renew
from renkei.desk.agreements.term_forms import (
    DeclineForm,
    LetRenewForm,
    ReasonForm,
    RenewForm,
    UndoDecisionForm,
)
from renkei.desk.agreements.verbs import Verb, the_agreement, verb_page
from renkei.desk.evaluations.carried import note_carried
from renkei.desk.staff import StaffRequest, staff_page, today
from renkei.documents.services import DocumentRefused
from renkei.rules.japanese_calendar import both_calendars


@contextmanager
def papers_refused() -> Iterator[None]:
    """A paper that cannot be kept is a refusal of the verb."""
    try:
        yield
    except DocumentRefused as refusal:
        raise services.Refused(str(refusal)) from refusal


def renewed(agreement: Agreement, asked: dict[str, Any], actor: User) -> object:
    """Add the term that follows."""
    with papers_refused():
        return services.renew(agreement, on=today(), actor=actor, **asked)


@staff_page
def renew(request: StaffRequest, public_id: str) -> HttpResponse:
    agreement = the_agreement(request, public_id)
    span = span_to_renew(agreement, today())
    last = span.last if span else None
    lead = _("相手方と協議して決めた、次の期間を記録します。前の期間はそのまま残ります。")
    if last:
        lead = _("いまの期間は%(last)sまでです。") % {"last": both_calendars(last)} + lead
    verb = Verb(
        title=gettext_lazy("更新の記録"),
        lead=lead,
        button=gettext_lazy("更新を記録する"),
        done=gettext_lazy("更新を記録しました。"),
        form=RenewForm,
        act=renewed,
    )
    return verb_page(request, agreement, verb)


@staff_page
def let_renew(request: StaffRequest, public_id: str) -> HttpResponse:
    agreement = the_agreement(request, public_id)
    ends_on = asked_term(request, agreement)
    verb = Verb(
        title=gettext_lazy("自動更新に任せる"),
        lead=let_renew_lead(agreement, ends_on),
        button=gettext_lazy("自動更新に任せると決める"),
        done=gettext_lazy("自動更新に任せると記録しました。人が確かめた日が今日になりました。"),
        form=LetRenewForm,
        act=lambda agreement, asked, actor: services.let_renew(agreement, on=today(), actor=actor, **asked),
    )
    return verb_page(
        request, agreement, verb, initial={"term_ends_on": ends_on, **note_carried(request, agreement)}
    )


@staff_page
def decline(request: StaffRequest, public_id: str) -> HttpResponse:
    agreement = the_agreement(request, public_id)
    ends_on = asked_term(request, agreement)
    verb = Verb(
        title=gettext_lazy("更新しない"),
        lead=decline_lead(agreement, ends_on),
        button=gettext_lazy("更新しないと決める"),
        done=gettext_lazy("更新しないと記録しました。協定のページの「この判断を取り消す」で元に戻せます。"),
        form=partial(DeclineForm, agreement=agreement),
        act=lambda agreement, asked, actor: services.decline(agreement, on=today(), actor=actor, **asked),
        is_danger=True,
    )
    return verb_page(
        request, agreement, verb, initial={"term_ends_on": ends_on, **note_carried(request, agreement)}
    )


@staff_page
def undo_decision(request: StaffRequest, public_id: str) -> HttpResponse:
    agreement = the_agreement(request, public_id)
    decisions = {one.term_ends_on: one for one in agreement.renewal_decisions.all()}
    decision = decisions.get(asked_day(request) or today()) or agreement.renewal_decisions.last()
    verb = Verb(
        title=gettext_lazy("更新の判断の取消し"),
        lead=_("%(last)sまでの期間についての判断「%(decision)s」を取り消し、期間を元のとおりに戻します。")
        % {"last": both_calendars(decision.term_ends_on), "decision": decision.get_decision_display()}
        if decision
        else _("取り消す判断はありません。"),
        button=gettext_lazy("判断を取り消す"),
        done=gettext_lazy("判断を取り消しました。期間は元のとおりです。"),
        form=UndoDecisionForm,
        act=undone,
    )
    return verb_page(
        request, agreement, verb, initial={"term_ends_on": decision.term_ends_on if decision else today()}
    )


def undone(agreement: Agreement, asked: dict[str, Any], actor: User) -> object:
    """Take back the decision about the term that the form names."""
    decision = agreement.renewal_decisions.filter(term_ends_on=asked["term_ends_on"]).first()
    if decision is None:
        raise services.Refused(_("取り消す判断はありません。画面を読み直してください。"))
    return services.undo_decision(agreement, decision, on=today(), actor=actor, reason=asked["reason"])


REOPEN = Verb(
    title=gettext_lazy("終了の取消し"),
    lead=gettext_lazy(
        "記録した終了を取り消し、期間を終了の前のとおりに戻します。置き換えた協定との関係も取り消します。"
        "古い版で記録した終了は元の期間が残っていないので、取り消した後に「訂正する」で期間を直してください。"
    ),
    button=gettext_lazy("終了を取り消す"),
    done=gettext_lazy("終了を取り消しました。下の「期間と更新」を確かめてください。"),
    form=ReasonForm,
    act=lambda agreement, asked, actor: services.reopen(agreement, actor=actor, **asked),
)


@staff_page
def reopen(request: StaffRequest, public_id: str) -> HttpResponse:
    return verb_page(request, the_agreement(request, public_id), REOPEN)


def asked_day(request: StaffRequest) -> date | None:
    """The last day of the term that the address names."""
    try:
        return date.fromisoformat(request.GET.get("term", ""))
    except ValueError:
        return None


def asked_term(request: StaffRequest, agreement: Agreement) -> date | None:
    """The last day of the term in question: the one named, else the one that runs today."""
    running = span_on(agreement, today())
    return asked_day(request) or (running.last if running else None)


def let_renew_lead(agreement: Agreement, ends_on: date | None) -> str:
    """What happens if it goes on by itself."""
    if ends_on is None:
        return _("終わりの日が決まった期間がないため、判断することはありません。")
    return _(
        "%(last)sに終わる期間の後も、自動更新で続けると決めたことを記録します。期間の行は変わりません。"
    ) % {"last": both_calendars(ends_on)}


def decline_lead(agreement: Agreement, ends_on: date | None) -> str:
    """With which term it ends, and until when the notice has to be given."""
    if ends_on is None:
        return _("終わりの日が決まった期間がない協定です。終わらせるには「終了を記録する」を使ってください。")
    lead = _("%(last)sに終わる期間で、協定を終わらせます。") % {"last": both_calendars(ends_on)}
    span = span_that_ends(agreement, ends_on)
    if span is None:
        return _("%(last)sに終わる期間はありません。協定のページで、いまの期間を確かめてください。") % {
            "last": both_calendars(ends_on)
        }
    deadline = notice_deadline(getattr(agreement, "renewal_rule", None), ends_on)
    if span.follows and deadline:
        lead += _("相手方への通知の期限は%(deadline)sです。") % {"deadline": both_calendars(deadline)}
    return lead
