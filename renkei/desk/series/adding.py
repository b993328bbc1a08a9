"""Adding many partners to a series: a list is checked line by line, added as one act, and taken back as one."""

import hashlib
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from renkei.agreements import services
from renkei.agreements.member_lines import MemberFacts, members_of_rows, members_of_text, text_of
from renkei.agreements.models import Series, SeriesAddition
from renkei.agreements.permissions import why_not_change_series
from renkei.agreements.series import MemberLine, TooLong, previewed
from renkei.desk.series.forms import ListForm
from renkei.desk.series.views import the_series
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.ledger.sheets import LedgerRefused, filled, read_sheets


@staff_page
def add(request: StaffRequest, public_id: str) -> HttpResponse:
    series = the_series(request, public_id)
    reason = why_not_change_series(request.user, series, day=today())
    if request.method != "POST":
        return shown(request, series, ListForm(), [], reason)
    stop_if(reason)
    form = ListForm(request.POST, request.FILES)
    listed = listed_in(form) if form.is_valid() else []
    if form.errors:
        return shown(request, series, form, [], reason)
    # What is added is what was looked at: a list typed over since is shown again first.
    if request.POST.get("do") == "add" and request.POST.get("checked") == digest(listed):
        return added(request, series, form, listed)
    return shown(request, series, form, listed, reason)


def listed_in(form: ListForm) -> list[MemberFacts]:
    """The partners of the file or of the text, with the day of those that have none; refusals become form errors."""
    file, signed = form.cleaned_data["sheet"], form.cleaned_data["signed"]
    try:
        listed = in_sheet(file.read(), file.name) if file else members_of_text(form.cleaned_data["lines"])
    except LedgerRefused as refusal:
        form.add_error("sheet", str(refusal))
        return []
    if not listed:
        form.add_error("lines", _("相手方が一つもありません。一行に一つ入れるか、ファイルを選んでください。"))
    return [replace(one, signed=one.signed or (signed.iso if signed else "")) for one in listed]


def in_sheet(content: bytes, name: str) -> list[MemberFacts]:
    """The partners of the first sheet that holds anything."""
    for sheet in read_sheets(content, name).sheets:
        if any(True for _row in filled(sheet)):
            return members_of_rows(sheet.rows)
    return []


def added(request: StaffRequest, series: Series, form: ListForm, listed: list[MemberFacts]) -> HttpResponse:
    """Add those that are ready, and say how many were left out."""
    try:
        addition = services.add_partners(series, listed, day=today(), actor=request.user)
    except services.Refused as refusal:
        form.add_error(None, str(refusal))
        return shown(request, series, form, listed, None)
    count, left = len(addition.agreements), len(listed) - len(addition.agreements)
    sentence = ngettext("%(count)s件の協定を加えました。", "%(count)s件の協定を加えました。", count) % {
        "count": count
    }
    if left:
        sentence += _("%(left)s行は加えていません。") % {"left": left}
    messages.success(request, sentence + _("間違えたときは、下の「最近の追加」で取り消せます。"))
    return redirect("desk:series", series.public_id)


def shown(
    request: StaffRequest, series: Series, form: ListForm, listed: list[MemberFacts], reason: str | None
) -> HttpResponse:
    """The page; with a list, what adding it would do."""
    lines: list[MemberLine] = []
    if listed:
        try:
            lines = previewed(series, listed, day=today())
        except TooLong as refusal:
            form.add_error("lines", str(refusal))
    if lines:
        form = ListForm(initial={"lines": text_of(listed)}) if not form.errors else form
    context = {
        "title": gettext_lazy("相手方を加える"),
        "series": series,
        "form": form,
        "lines": lines,
        "ready": sum(line.is_ready for line in lines),
        "checked": digest(listed),
        "reason": reason,
    }
    return render(request, "desk/series/add.html", context, status=422 if form.errors else 200)


def digest(listed: list[MemberFacts]) -> str:
    """Tells whether a list is the one that was looked at."""
    return hashlib.sha256(text_of(listed).encode()).hexdigest()


@staff_page
@require_POST
def take_back(request: StaffRequest, public_id: str, addition_id: str) -> HttpResponse:
    series = the_series(request, public_id)
    own = SeriesAddition.objects.of(town(request)).filter(series=series).select_related("series")
    addition = get_object_or_404(own, public_id=addition_id)
    stop_if(why_not_change_series(request.user, series, day=today()))
    try:
        services.take_back_addition(addition, actor=request.user)
        messages.success(
            request, _("%(count)s件の追加を取り消しました。") % {"count": len(addition.agreements)}
        )
    except services.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:series", series.public_id)
