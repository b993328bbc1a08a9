"""Publishing results: proposing with the wording for everyone, approving many at once, withdrawing."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from renkei.agreements.services import Refused
from renkei.desk.form_page import Page, now, shown_or_done
from renkei.desk.results.result_page import page_of, the_result
from renkei.desk.results.verbs import why_not
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.desk.versions import version_seen
from renkei.initiatives.models import Result, ResultPaper
from renkei.initiatives.models.result import ResultQuerySet
from renkei.initiatives.permissions import why_not_conduct
from renkei.initiatives.services import publishing
from renkei.initiatives.valuing import formula_of
from renkei.initiatives.vocabulary import Publicity
from renkei.rules.personal_data import personal_data_in
from renkei.ui.result_form import ReasonForm
from renkei.ui.verbs import VerbWords

ON_A_PAGE = 50


class ProposalForm(forms.Form):
    """The wording for everyone, and which pictures and papers they may see."""

    public_text = forms.CharField(
        label=_("公開する文"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("市民が読む文です。人の名前や電話番号が入っていないか確かめてください。"),
        error_messages={"required": _("公開する文を入れてください。報告された文のままでもかまいません。")},
    )
    papers = forms.MultipleChoiceField(
        label=_("公開する写真・資料"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, result: Result, papers: list[ResultPaper], **options: Any) -> None:
        public = [str(one.pk) for one in papers if one.is_public]
        options["initial"] = {"public_text": result.public_text or result.what, "papers": public}
        super().__init__(*args, **options)
        field = self.fields["papers"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(one.pk), one.description) for one in papers]
        if not papers:
            del self.fields["papers"]


PROPOSE = VerbWords(
    title=_("公開の承認を求める"),
    lead=_("総括課の担当者が承認すると、公開している協定のページに載ります。庁内メモは公開されません。"),
    button=_("公開の承認を求める"),
    done=_("公開の承認を求めました。"),
    form=ProposalForm,
)
WITHDRAW = VerbWords(
    title=_("公開をやめる"),
    lead=_("市民のページから外します。承認待ちのものは、承認せずに庁内に戻します。"),
    button=_("公開をやめる"),
    done=_("庁内だけに戻しました。"),
    form=ReasonForm,
)


@staff_page
def propose(request: StaffRequest, public_id: str) -> HttpResponse:
    result = the_result(request, public_id)
    papers = list(result.papers.filter(removed_at=None).select_related("document"))

    def act(form: Any, _once: str) -> object:
        given = form.cleaned_data
        chosen = [int(pk) for pk in given.get("papers", ())]
        text = given["public_text"]
        return publishing.propose_publication(
            result, public_text=text, public_papers=chosen, actor=request.user
        )

    options = {"result": result, "papers": papers}
    return _shown(request, result, PROPOSE, act, why_not(request, result), options)


@staff_page
def withdraw(request: StaffRequest, public_id: str) -> HttpResponse:
    result = the_result(request, public_id)

    def act(form: Any, _once: str) -> object:
        return publishing.withdraw_publication(result, actor=request.user, reason=form.cleaned_data["reason"])

    return _shown(request, result, WITHDRAW, act, why_not(request, result), {})


def _shown(
    request: StaffRequest,
    result: Result,
    verb: VerbWords,
    act: Any,
    reason: str | None,
    options: dict[str, Any],
) -> HttpResponse:
    seen = result.version
    result.version = version_seen(request, seen)
    beside = {
        "result": result,
        "formula": formula_of(result),
        "remarks": personal_data_in(f"{result.what}\n{result.public_text}"),
    }
    page = Page(
        verb=verb,
        reason=reason,
        back=page_of(result),
        act=act,
        beside=beside,
        template="desk/results/act.html",
    )
    return shown_or_done(request, page, options, version=seen)


def proposed(request: StaffRequest) -> ResultQuerySet:
    """What waits for approval, by agreement."""
    waiting = Result.objects.of(town(request)).filter(publicity=Publicity.PROPOSED)
    return (
        waiting.select_related("agreement", "initiative", "municipality")
        .prefetch_related("papers")
        .order_by("agreement__title", "agreement", "pk")
    )


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    reason = why_not_conduct(request.user, day=today())
    if request.method == "POST":
        stop_if(reason)
        return _approved(request)
    page = Paginator(proposed(request), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("公開の承認"),
        "page": page,
        "rows": [
            (one, publishing.why_not_approve(one), personal_data_in(one.public_words), shown_of(one))
            for one in page
        ],
        "reason": reason,
    }
    return render(request, "desk/results/publication.html", context)


def shown_of(result: Result) -> list[ResultPaper]:
    """The pictures and papers that everyone will see with it."""
    return [one for one in result.papers.all() if one.is_public and not one.removed_at]


def _approved(request: StaffRequest) -> HttpResponse:
    chosen = list(proposed(request).filter(public_id__in=request.POST.getlist("chosen")[:ON_A_PAGE]))
    if not chosen:
        messages.error(request, str(_("公開する実績に印を付けてください。")))
        return redirect("desk:results_publication")
    try:
        done = publishing.approve(chosen, actor=request.user, at=now())
        messages.success(
            request, ngettext("%d件の公開を承認しました。", "%d件の公開を承認しました。", done) % done
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:results_publication")
