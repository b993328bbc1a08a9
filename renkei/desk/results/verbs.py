"""Reporting, confirming, sending back, correcting and taking back a result."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from renkei.agreements.vocabulary import Side
from renkei.desk.form_page import Page, now, shown_or_done
from renkei.desk.results.result_page import page_of, the_result
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.desk.versions import version_seen
from renkei.initiatives.models import Initiative, Result
from renkei.initiatives.narrowing import is_year
from renkei.initiatives.permissions import why_not_work
from renkei.initiatives.result_given import facts_given, offered, papers_given
from renkei.initiatives.services import confirming, correcting, reporting
from renkei.initiatives.valuing import formula_of
from renkei.ui.result_form import AskedResult, ReasonForm, ResultForm
from renkei.ui.verbs import VerbWords

NEW = VerbWords(
    title=_("実績を書く"),
    lead=_("行ったことを一つずつ書きます。相手方が窓口で確かめます。書いた後も訂正できます。"),
    button=_("この実績を報告する"),
    done=_("実績を報告しました。相手の側の確認を待ちます。"),
    form=ResultForm,
)
CORRECT = VerbWords(
    title=_("実績を訂正する"),
    lead=_(
        "直したところは前と後が記録に残り、相手方がもう一度確かめます。庁内メモだけなら確認は変わりません。"
    ),
    button=_("訂正する"),
    done=_("実績を訂正しました。"),
    form=ResultForm,
)
SEND_BACK = VerbWords(
    title=_("実績を差し戻す"),
    lead=_("報告した相手方に、直してほしいところを伝えます。直されるまで、この実績は数えません。"),
    button=_("差し戻す"),
    done=_("差し戻しました。相手方にメールで知らせます。"),
    form=ReasonForm,
)
TAKE_BACK = VerbWords(
    title=_("実績を取り消す"),
    lead=_("実際には行っていなかった、二重に報告した、などのときに使います。記録は残り、数えなくなります。"),
    button=_("取り消す"),
    done=_("実績を取り消しました。"),
    form=ReasonForm,
    is_danger=True,
)


class ConfirmForm(forms.Form):
    """That it was so; for a partner who is not at the counter, how the town heard it."""

    def __init__(self, *args: Any, asks_how: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if asks_how:
            self.fields["how"] = forms.CharField(
                label=_("どのように確かめたか"),
                max_length=200,
                help_text=_("相手方には窓口の利用者がいません。例: 6月3日に電話で確かめた。"),
                error_messages={"required": _("どのように確かめたかを入れてください。例: 電話で確かめた。")},
            )


CONFIRM = VerbWords(
    title=_("実績を確認する"),
    lead=_("内容に間違いがなければ確認します。違うところがあれば、差し戻すか訂正してください。"),
    button=_("間違いがないので確認する"),
    done=_("実績を確認しました。"),
    form=ConfirmForm,
)


@staff_page
def new(request: StaffRequest, public_id: str) -> HttpResponse:
    mine = Initiative.objects.of(town(request)).select_related(
        "agreement__division", "agreement__municipality", "municipality", "division", "item", "organisation"
    )
    initiative = get_object_or_404(mine, public_id=public_id)

    def act(form: Any, once: str) -> object:
        given = form.cleaned_data
        return reporting.report(
            initiative,
            facts_given(given, initiative),
            by=request.user,
            at=now(),
            public_id=once,
            papers=papers_given(given),
        )

    page = Page(
        verb=NEW,
        reason=why_not_work(request.user, initiative.agreement, day=today(), initiative=initiative),
        back=f"{reverse('desk:results')}?agreement={initiative.agreement.public_id}",
        act=act,
        beside={"initiative": initiative, "last_year": before(initiative, request)},
        template="desk/results/new.html",
    )
    return shown_or_done(request, page, {"asked": asked_of(request, initiative)})


def before(initiative: Initiative, request: StaffRequest) -> list[Result]:
    """What was reported about it before, the last first: to write in the same way, and not twice."""
    valid = Result.objects.of(town(request)).valid().filter(initiative=initiative)
    return list(valid.order_by("-fiscal_year", "-done_on", "-pk")[:5])


def asked_of(
    request: StaffRequest, initiative: Initiative | None, result: Result | None = None
) -> AskedResult:
    """What the form offers to the town's own people; the address may name the year."""
    year = request.GET.get("year", "")
    chosen = int(year) if is_year(year) else None
    return AskedResult(**offered(initiative, today(), is_internal=True, year=chosen, result=result))


def why_not(request: StaffRequest, result: Result) -> str | None:
    """None if the person may write about the result."""
    return why_not_work(request.user, result.agreement, day=today(), initiative=result.initiative)


def _shown(
    request: StaffRequest, result: Result, verb: VerbWords, act: Any, **form_options: Any
) -> HttpResponse:
    seen = result.version
    result.version = version_seen(request, seen)
    page = Page(
        verb=verb,
        reason=why_not(request, result),
        back=page_of(result),
        act=act,
        beside={"result": result, "formula": formula_of(result), "partner_side": Side.PARTNER},
        template="desk/results/act.html",
    )
    return shown_or_done(request, page, form_options, version=seen)


@staff_page
def confirm(request: StaffRequest, public_id: str) -> HttpResponse:
    result = the_result(request, public_id)

    def act(form: Any, _once: str) -> object:
        how = form.cleaned_data.get("how", "")
        return confirming.confirm(result, by=request.user, at=now(), how=how)

    return _shown(request, result, CONFIRM, act, asks_how=result.reported_side == Side.TOWN)


@staff_page
def send_back(request: StaffRequest, public_id: str) -> HttpResponse:
    result = the_result(request, public_id)

    def act(form: Any, _once: str) -> object:
        return confirming.send_back(result, form.cleaned_data["reason"], by=request.user, at=now())

    return _shown(request, result, SEND_BACK, act)


@staff_page
def take_back(request: StaffRequest, public_id: str) -> HttpResponse:
    result = the_result(request, public_id)

    def act(form: Any, _once: str) -> object:
        reason = form.cleaned_data["reason"]
        return correcting.take_back(result, by=request.user, at=now(), reason=reason)

    return _shown(request, result, TAKE_BACK, act)


@staff_page
def correct(request: StaffRequest, public_id: str) -> HttpResponse:
    result = the_result(request, public_id)

    def act(form: Any, _once: str) -> object:
        given = form.cleaned_data
        facts = facts_given(given, result.initiative, result)
        return correcting.correct(result, facts, by=request.user, at=now(), reason=given["reason"])

    return _shown(request, result, CORRECT, act, asked=asked_of(request, result.initiative, result))
