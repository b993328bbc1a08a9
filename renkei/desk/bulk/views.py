"""Changing many agreements at once: choose over pages, look at before and after, change, take back."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements import services
from renkei.agreements.audience import Audience
from renkei.agreements.bulk import MOST, UnknownValue, lines, selected, wanted, why_not_at_all
from renkei.agreements.models import Agreement, BulkChange
from renkei.agreements.vocabulary import BulkFact
from renkei.desk.bulk.forms import ValueForm
from renkei.desk.bulk.selection import Selection, versions_sent
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.search.asking import Asked, asked
from renkei.search.finding import QueryRefused, find_all
from renkei.search.listing import listing as listed
from renkei.ui.days import asked_days

CHANGES_SHOWN = 100


def question_of(request: StaffRequest) -> Asked:
    """What the address asks of the list; a day that cannot be read is today, as the list has said before."""
    days = asked_days(request.GET, today())
    params = dict(request.GET.lists())
    question = asked(params, audience=Audience.staff(town(request)), day=days.on, since=days.since)
    go = request.POST.get("go", "")
    return replace(question, page=int(go)) if go.isascii() and go.isdigit() and 0 < len(go) < 6 else question


def all_found(request: StaffRequest, question: Asked) -> Selection:
    """Everything that was found, up to one more than an act takes."""
    pks = find_all(question)[: MOST + 1]
    named = dict(Agreement.objects.of(town(request)).filter(pk__in=pks).values_list("pk", "public_id"))
    return Selection.of(named[pk] for pk in pks if pk in named)


@staff_page
def select(request: StaffRequest) -> HttpResponse:
    question, refusal = question_of(request), ""
    selection = Selection.sent(request)
    try:
        shown = listed(question, whole=[])
        if "all" in request.POST:
            selection = all_found(request, question)
    except QueryRefused as refused:
        question, refusal = replace(question, text=""), str(refused)
        shown = listed(question, whole=[])
    if "none" in request.POST:
        selection = Selection()
    if selection.is_too_large:
        refusal = too_many()
    context = {
        "title": gettext_lazy("協定を選んでまとめて変更する"),
        "listing": shown,
        "question": question,
        "chosen": set(selection.ids),
        "count": len(selection.ids),
        "beside": selection.beside(row.public_id for row in shown.rows),
        "refusal": refusal,
        "facts": BulkFact.choices,
        "day": question.day,
    }
    return render(request, "desk/bulk/select.html", context, status=422 if refusal else 200)


def too_many() -> str:
    """What to do where more were chosen than one act takes."""
    return _("一度に変更できるのは%(most)s件までです。条件を足して、分けて変更してください。") % {
        "most": f"{MOST:,}"
    }


@staff_page
def change(request: StaffRequest, fact: str) -> HttpResponse:
    if fact not in BulkFact:
        raise Http404
    asked_fact, selection = BulkFact(fact), Selection.sent(request)
    is_asked = "value" in request.POST
    form = ValueForm(request.POST if is_asked else None, fact=asked_fact, town=town(request), day=today())
    context = {
        "title": _("%(fact)sをまとめて変更する") % {"fact": asked_fact.label},
        "fact": fact,
        "form": form,
        "count": len(selection.ids),
        "chosen": " ".join(selection.ids),
    }
    made = None
    if selection.is_too_large:
        context["refusal"] = too_many()
    elif selection.ids and is_asked and form.is_valid():
        made = changed_or_planned(request, asked_fact, form, selection, context)
    if made:
        return redirect("desk:bulk_undo", made.public_id)
    return render(request, "desk/bulk/change.html", context, status=422 if form.errors else 200)


def changed_or_planned(
    request: StaffRequest, fact: BulkFact, form: ValueForm, selection: Selection, context: dict[str, object]
) -> BulkChange | None:
    """Change what was looked at, or put before and after of each into the page."""
    try:
        asked_value = wanted(fact, form.cleaned_data["value"], town(request))
        if request.POST.get("do") == "change":
            return services.change_many(
                asked_value,
                seen=versions_sent(request),
                actor=request.user,
                day=today(),
                reason=form.cleaned_data["reason"],
            )
        if reason := why_not_at_all(asked_value, request.user, day=today()):
            form.add_error(None, reason)
            return None
    except (UnknownValue, services.Refused) as refusal:
        form.add_error(None, refusal.args[0])
        return None
    agreements = selected(town(request), selection.ids)
    planned = list(lines(agreements, asked_value, {}, request.user, day=today()))
    ready = [line for line in planned if not line.refusal]
    context["planned"], context["ready"] = planned, len(ready)
    context["seen"] = " ".join(f"{line.agreement.public_id}:{line.agreement.version}" for line in ready)
    return None


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    own = BulkChange.objects.of(town(request)).filter(fact__in=BulkFact.values)
    made = own.select_related("actor")[:CHANGES_SHOWN]
    context = {"title": gettext_lazy("一括変更の記録"), "changes": made}
    return render(request, "desk/bulk/listing.html", context)


@staff_page
def undo(request: StaffRequest, public_id: str) -> HttpResponse:
    own = BulkChange.objects.of(town(request)).filter(fact__in=BulkFact.values)
    own = own.select_related("actor", "municipality")
    made = get_object_or_404(own, public_id=public_id)
    if request.method == "POST":
        try:
            made = services.change_back(made, actor=request.user, day=today())
            left = sum(bool(row.get("left")) for row in made.rows)
            messages.success(request, _("一括変更を取り消しました。"))
            if left:
                messages.warning(
                    request, _("%(left)s件は取り消していません。下の表に理由があります。") % {"left": left}
                )
        except services.BulkRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("desk:bulk_undo", made.public_id)
    changed = [row for row in made.rows if not row.get("refusal")]
    context = {
        "title": str(made),
        "change": made,
        "changed": changed,
        "left_out": [row for row in made.rows if row.get("refusal")],
        "fact": BulkFact(made.fact).label,
    }
    return render(request, "desk/bulk/undo.html", context)
