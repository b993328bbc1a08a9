"""Transfers of many people: the sheet comes in, is looked at row by row, mended, decided, taken back."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.accounts.models import User
from renkei.agreements.audience import Audience
from renkei.agreements.seen import in_force_by_division
from renkei.desk.people.forms import MendForm, TransferForm
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.ledger.sheets import LedgerRefused, read_sheets
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division
from renkei.people.models import Transfer, TransferState
from renkei.people.permissions import why_not_manage
from renkei.people.services import transfers
from renkei.people.services.staffing import PeopleRefused
from renkei.people.sheet import Line, SheetRefused, read_lines, rows_of_text, text_of
from renkei.people.transfers import Kind, Move, digest, plan, rights_change
from renkei.rules.japanese_calendar import japanese_date

ROWS_ON_A_PAGE = 100


def the_transfer(request: StaffRequest, public_id: str) -> Transfer:
    """A transfer of the own town, or 404."""
    transfers_here = Transfer.objects.of(town(request)).select_related("municipality")
    return get_object_or_404(transfers_here, public_id=public_id)


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    reason = why_not_manage(request.user, day=today())
    form = TransferForm(request.POST, request.FILES) if request.method == "POST" else TransferForm()
    if request.method == "POST":
        stop_if(reason)
    if form.is_valid():
        try:
            transfer = brought(request, form.cleaned_data)
            return redirect("desk:transfer", transfer.public_id)
        except (LedgerRefused, SheetRefused) as refusal:
            form.add_error("file" if form.cleaned_data["file"] else "text", str(refusal))
    context = {
        "title": gettext_lazy("異動"),
        "form": form,
        "reason": reason,
        "transfers": Transfer.objects.of(town(request)).select_related("brought_by")[:50],
    }
    return render(request, "desk/people/transfers.html", context, status=422 if form.errors else 200)


def brought(request: StaffRequest, asked: dict[str, Any]) -> Transfer:
    """Read the file, or what was pasted, and keep its rows."""
    file = asked["file"]
    rows = rows_of_file(file.read(), file.name) if file else rows_of_text(asked["text"])
    title = file.name if file else _("%(day)sからの異動") % {"day": japanese_date(asked["starts_on"])}
    return transfers.bring(town(request), rows, title=title, starts_on=asked["starts_on"], actor=request.user)


def rows_of_file(content: bytes, name: str) -> list[list[str]]:
    """The rows of the first sheet that is one of transfers; raises LedgerRefused, SheetRefused."""
    refused: SheetRefused | None = None
    sheets = read_sheets(content, name).sheets
    for sheet in sheets:
        try:
            read_lines(sheet.rows)
            return sheet.rows
        except SheetRefused as refusal:
            refused = refused or refusal
    raise refused or SheetRefused(_("表のないファイルです。異動の表の入ったファイルを選んでください。"))


@staff_page
def page(request: StaffRequest, public_id: str) -> HttpResponse:
    transfer = the_transfer(request, public_id)
    is_open = transfer.state == TransferState.READ
    moves = plan(transfer) if is_open else []
    counts = Counter(str(move.kind) for move in moves)
    show = request.GET.get("show", "")
    shown = [move for move in moves if show in ("", move.kind)] if show in Kind else moves
    found = Paginator(shown, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": transfer.title,
        "transfer": transfer,
        "kinds": [(kind, counts[kind]) for kind in Kind if counts[kind]],
        "ready": len({move.key for move in moves if move.is_ready}),
        "problems": counts[Kind.PROBLEM],
        "shown": show,
        "page": found,
        "rows": [(move, rights_change(move) if move.is_ready else None) for move in found],
        "seen": digest(moves),
        "left_behind": left_behind(request, moves),
        "people": moved_people(request, transfer),
        "reason": why_not_manage(request.user, day=today()),
    }
    return render(request, "desk/people/transfer.html", context)


def left_behind(request: StaffRequest, moves: Iterable[Move]) -> list[tuple[Division, int]]:
    """The divisions that people leave, with how many agreements in force stay with each."""
    former = {
        end.division.pk: end.division for move in moves if move.is_ready for end in move.ends if end.division
    }
    if not former:
        return []
    counts = in_force_by_division(Lineage(town(request)), Audience.staff(town(request)), today())
    return [(division, counts[pk]) for pk, division in former.items()]


def moved_people(request: StaffRequest, transfer: Transfer) -> list[User]:
    """Whom a decided act moved, with what they hold on its first day."""
    people = User.objects.of(town(request)).filter(pk__in=transfer.done.get("people", []))
    return list(people)


@staff_page
def mend(request: StaffRequest, public_id: str) -> HttpResponse:
    transfer = the_transfer(request, public_id)
    reason = why_not_manage(request.user, day=today())
    lines = [Line.from_json(told) for told in transfer.lines]
    initial = {"starts_on": transfer.starts_on, "text": text_of(lines)}
    form = MendForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        stop_if(reason)
    if form.is_valid():
        try:
            asked = form.cleaned_data
            transfers.mend(transfer, rows_of_text(asked["text"]), starts_on=asked["starts_on"])
            messages.success(request, _("表を読み直しました。"))
            return redirect("desk:transfer", transfer.public_id)
        except (SheetRefused, PeopleRefused) as refusal:
            form.add_error("text", str(refusal))
    context = {"title": gettext_lazy("異動の表を直す"), "transfer": transfer, "form": form, "reason": reason}
    return render(request, "desk/people/transfer_mend.html", context, status=422 if form.errors else 200)


@staff_page
@require_POST
def decide(request: StaffRequest, public_id: str) -> HttpResponse:
    transfer = the_transfer(request, public_id)
    stop_if(why_not_manage(request.user, day=today()))
    try:
        count = transfers.decide(
            transfer, seen=request.POST.get("seen", ""), actor=request.user, at=timezone.now(), day=today()
        )
        messages.success(request, _("%(count)s人の異動を決めました。") % {"count": count})
    except PeopleRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:transfer", transfer.public_id)


@staff_page
@require_POST
def undo(request: StaffRequest, public_id: str) -> HttpResponse:
    transfer = the_transfer(request, public_id)
    stop_if(why_not_manage(request.user, day=today()))
    try:
        count = transfers.undo(transfer, actor=request.user, at=timezone.now(), day=today())
        messages.success(
            request, _("%(count)s人の異動を取り消しました。役割は決める前に戻りました。") % {"count": count}
        )
    except PeopleRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:transfer", transfer.public_id)
