"""Where to report: the agreement, then one of its initiatives, or one that is not in the list yet."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from renkei.agreements.models import Agreement, Party
from renkei.desk.form_page import Page, now, shown_or_done
from renkei.desk.results.verbs import NEW, asked_of
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.initiatives.models import Initiative
from renkei.initiatives.permissions import why_not_work
from renkei.initiatives.result_given import facts_given, papers_given
from renkei.initiatives.services.unlisted import report_unlisted
from renkei.initiatives.vocabulary import InitiativeState
from renkei.ui.result_form import AskedResult, ResultForm
from renkei.ui.verbs import VerbWords

ON_A_PAGE = 50
LONGEST = 100


def the_agreement(request: StaffRequest, public_id: str) -> Agreement:
    """The person's own town's agreement, or 404."""
    mine = Agreement.objects.of(town(request)).select_related("municipality", "division")
    return get_object_or_404(mine, public_id=public_id)


@staff_page
def agreements(request: StaffRequest) -> HttpResponse:
    """Agreements in force today, by words of the title or of a partner's name."""
    words = request.GET.get("q", "").replace("\0", "")[:LONGEST]
    found = Agreement.objects.of(town(request)).in_force_on(today())
    for word in words.split():
        named = Party.objects.filter(name_as_signed__icontains=word).values("agreement")
        found = found.filter(Q(title__icontains=word) | Q(pk__in=named))
    work = (
        Initiative.objects.of(town(request)).filter(agreement=OuterRef("pk")).order_by().values("agreement")
    )
    counted = found.annotate(work=Subquery(work.annotate(count=Count("pk")).values("count")))
    shown = counted.select_related("division").prefetch_related("parties").order_by("title", "pk")
    context = {
        "title": _("実績を書く協定を選ぶ"),
        "q": words,
        "page": Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "desk/results/choose.html", context)


@staff_page
def initiatives(request: StaffRequest, public_id: str) -> HttpResponse:
    agreement = the_agreement(request, public_id)
    found = Initiative.objects.of(town(request)).about(agreement).select_related("item", "division")
    context = {
        "title": _("実績を書く取組を選ぶ"),
        "agreement": agreement,
        "initiatives": found.exclude(state=InitiativeState.IDEA),
        "reason": why_not_work(request.user, agreement, day=today()),
    }
    return render(request, "desk/results/choose_initiative.html", context)


class UnlistedForm(ResultForm):
    """What was done under an initiative that is not in the list: its title first."""

    def __init__(self, *args: Any, asked: AskedResult, items: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, asked=asked, **options)
        self.fields["title"] = forms.CharField(
            label=_("取組の名前"),
            max_length=400,
            help_text=_("協定の取組の一覧に加えます。例: 熱中症を防ぐ講座の開催"),
            error_messages={"required": _("取組の名前を入れてください。")},
        )
        self.fields["item"] = forms.TypedChoiceField(
            label=_("連携事項"),
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", _("なし")), *items],
        )
        self.order_fields(["title", "item"])


UNLISTED = VerbWords(
    title=_("一覧にない取組の実績を書く"), lead=NEW.lead, button=NEW.button, done=NEW.done, form=UnlistedForm
)


@staff_page
def unlisted(request: StaffRequest, public_id: str) -> HttpResponse:
    agreement = the_agreement(request, public_id)

    def act(form: Any, once: str) -> object:
        given = form.cleaned_data
        return report_unlisted(
            agreement,
            (given["title"], given["item"]),
            facts_given(given, None),
            by=request.user,
            at=now(),
            public_id=once,
            papers=papers_given(given),
        )

    page = Page(
        verb=UNLISTED,
        reason=why_not_work(request.user, agreement, day=today()),
        back=f"{reverse('desk:results')}?agreement={agreement.public_id}",
        act=act,
        beside={"agreement": agreement},
        template="desk/results/new.html",
    )
    items = [(item.position, f"{item.position} {item.heading}") for item in agreement.items.all()]
    return shown_or_done(request, page, {"asked": asked_of(request, None), "items": items})
