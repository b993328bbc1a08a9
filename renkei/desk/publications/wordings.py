"""The town's own words of its papers: the places with what stands there, and writing at one of them."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.models import Agreement
from renkei.agreements.services.claiming import Refused
from renkei.desk.publications.forms import AgreementForm, WordingForm
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.desk.versions import version_seen
from renkei.documents.filling import UnknownFields
from renkei.reports.models import Wording
from renkei.reports.permissions import why_not_change_wordings
from renkei.reports.wording_checks import disagreements
from renkei.reports.wording_fields import MEANINGS
from renkei.reports.wording_places import PLACES, Place
from renkei.reports.wording_services import WordingFacts, back_to_ours, write_wording
from renkei.reports.wordings import Words, Written
from renkei.ui.days import asked_day


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    day, refusal = asked_day(request.GET.get("on", ""), today())
    words = Words(town(request), day)
    rows = [shown_words(words, words.written(key)) for key in PLACES]
    context = {
        "title": gettext_lazy("資料の文"),
        "rows": rows,
        "day": day,
        "on": request.GET.get("on", ""),
        "refusal": refusal,
        "reason": why_not_change_wordings(request.user, day=today()),
        "days": own_days(request, PLACES["remarks"]),
    }
    return render(request, "desk/publications/wordings.html", context, status=422 if refusal else 200)


def shown_words(words: Words, written: Written) -> dict[str, Any]:
    """A place with its words as the paper will say them, and what is wrong with them."""
    try:
        filled, wrong = words.filled(written.text), ""
    except UnknownFields as unknown:
        filled, wrong = written.text, str(unknown)
    if written.place.is_agreement:
        chosen = Agreement.objects.of(words.town).filter(public_id=filled).first()
        filled = str(chosen or _("最も新しい、取組のある包括連携協定"))
    return {
        "written": written,
        "filled": filled,
        "wrong": wrong,
        "disagreements": disagreements(written, words),
    }


def own_days(request: StaffRequest, place: Place) -> list[date]:
    """The days for which the town wrote words at a place, the latest first."""
    mine = Wording.objects.filter(municipality=town(request), place=place.key, on__isnull=False)
    return [one for one in mine.order_by("-on").values_list("on", flat=True) if one]


@staff_page
def edit(request: StaffRequest, place: str) -> HttpResponse:
    if place not in PLACES:
        raise Http404
    the_place = PLACES[place]
    reason = why_not_change_wordings(request.user, day=today())
    day, refusal = asked_day(request.POST.get("on") or request.GET.get("on", ""), today())
    words = Words(town(request), day)
    written = words.written(place)
    version = version_seen(request, written.own.version if written.own else 0)
    form = form_of(request, the_place, written, words)
    if request.method == "POST":
        stop_if(reason)
        done = acted(request, the_place, form, written, version, words)
        if done is not None:
            return done
    context = {
        "title": the_place.title,
        "place": the_place,
        "form": form,
        "version": version,
        "reason": reason,
        "refusal": refusal,
        "day": day,
        "shown": shown_words(words, previewed(the_place, form, written)),
        "fields": MEANINGS.items(),
        "is_own": written.is_own,
        "days": own_days(request, the_place) if the_place.of_a_day else [],
    }
    return render(request, "desk/publications/wording.html", context, status=422 if form.errors else 200)


def form_of(
    request: StaffRequest, place: Place, written: Written, words: Words
) -> WordingForm | AgreementForm:
    """The form with what stands there, or with what was sent."""
    sent = request.POST if request.method == "POST" and request.POST.get("do") != "back" else None
    begun: dict[str, Any] = {
        "text": (request.GET.get("begin") == "ours" and words.seen_in_the_register()) or written.text,
        "source": written.own.source if written.own else "",
        "on": words.on,
    }
    if place.is_agreement:
        return AgreementForm(sent, initial=begun, town=words.town, day=words.on)
    return WordingForm(sent, initial=begun, of_a_day=place.of_a_day)


def previewed(place: Place, form: WordingForm | AgreementForm, written: Written) -> Written:
    """What was typed, to be looked at before it is kept; else what stands there."""
    typed = form.cleaned_data.get("text", "") if form.is_bound and form.is_valid() else ""
    return Written(place, typed, written.own or Wording(place=place.key)) if typed else written


def acted(
    request: StaffRequest,
    place: Place,
    form: WordingForm | AgreementForm,
    written: Written,
    version: int,
    words: Words,
) -> HttpResponse | None:
    """Keep the words, or put back ours; None where the page is shown again."""
    do = request.POST.get("do")
    try:
        if do == "back" and written.own:
            back_to_ours(written.own, version=version, actor=request.user)
            messages.success(request, _("標準の文に戻しました。"))
        elif do == "back" or do == "look" or not form.is_valid():
            return None
        else:
            told = form.cleaned_data
            facts = WordingFacts(told["text"], told.get("on"), told.get("source", ""))
            write_wording(words.town, place, facts, day=words.on, version=version, actor=request.user)
            messages.success(request, _("町の文にしました。次に作る資料から載ります。"))
    except (Refused, UnknownFields) as refusal:
        if form.is_bound:
            form.add_error(None, str(refusal))
            return None
        messages.error(request, str(refusal))
    return redirect(f"{reverse('desk:wordings')}?on={words.on.isoformat()}#{place.key}")
