"""The sheet of capabilities out and back in, and the list that a town publishes."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.services import Refused
from renkei.desk.capabilities.views import asked_of
from renkei.desk.form_page import now
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.disasters.capabilities.column_list import lines_in
from renkei.disasters.capabilities.finding import capabilities_found
from renkei.disasters.capabilities.published_list import published_file
from renkei.disasters.capabilities.sheet import MOST_ROWS, SheetRow, capability_workbook, checked, rows_of
from renkei.disasters.permissions import why_not_prepare_of
from renkei.disasters.services.capability_lists import propose_from_list
from renkei.disasters.services.capability_sheets import differs, take_sheet
from renkei.documents.hostile import DocumentRefused
from renkei.documents.uploads import can_be_kept
from renkei.ui.downloads import made_answer

KINDS = ("csv", "xlsx")
SHOWN = 5


class SheetForm(forms.Form):
    """A filled sheet."""

    file = forms.FileField(
        label=gettext_lazy("Excelファイル(.xlsx)"),
        validators=[can_be_kept],
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=gettext_lazy(
            "「Excelで取り出す」のファイルに書き込んだもの。公表用の一覧(支援の種類の列に○)なら、○が支援内容の案になります。"
        ),
        error_messages={"required": gettext_lazy("Excelファイルを選んでください。")},
    )


@staff_page
def workbook(request: StaffRequest) -> HttpResponse:
    found = capabilities_found(town(request), asked_of(request), day=today())
    shown = found.select_related("agreement", "organisation__merged_into").prefetch_related("places")
    return made_answer(capability_workbook(shown), f"支援内容_{today().isoformat()}.xlsx")


@staff_page
def published(request: StaffRequest, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    content = published_file(town(request), today(), kind)
    return made_answer(content, f"災害協定の一覧_{today().isoformat()}.{kind}")


@staff_page
def bring(request: StaffRequest) -> HttpResponse:
    """First the rows are shown with their problems; what is pressed then is checked again and taken in."""
    reason = why_not_prepare_of(request.user, None, today())
    form, rows, told = SheetForm(), list[SheetRow](), ""
    if request.method == "POST":
        stop_if(reason)
        if "take" in request.POST:
            rows, told = _carried(request)
            if _taken(request, rows):
                return redirect("desk:capabilities")
        else:
            form = SheetForm(request.POST, request.FILES)
            if form.is_valid() and _listed(request, form):
                return redirect("desk:capability_proposals")
            rows, told = _brought(request, form)
    is_good = bool(rows) and not any(one.problems for one in rows)
    context: dict[str, Any] = {
        "title": _("支援内容をExcelから取り込む"),
        "form": form,
        "rows": [(one, what(one)) for one in rows],
        "told": told,
        "can_take": is_good,
        "reason": reason,
    }
    status = 200 if request.method != "POST" or is_good else 422
    return render(request, "desk/capabilities/sheet.html", context, status=status)


def what(row: SheetRow) -> str:
    """What taking the row in would do."""
    if row.problems:
        return ""
    if row.capability is None:
        return _("追加")
    return _("変更") if differs(row) else _("変わらない")


def _content(form: SheetForm) -> bytes:
    file = form.cleaned_data["file"]
    file.seek(0)
    content: bytes = file.read()
    return content


def _listed(request: StaffRequest, form: SheetForm) -> bool:
    """Whether the file was the list that towns publish: then what it marks became proposals."""
    try:
        lines = lines_in(_content(form))
        if not lines:
            return False
        taken = propose_from_list(town(request), lines, actor=request.user, at=now())
    except (Refused, DocumentRefused):
        return False  # what is wrong with the file is said where it is read as a sheet
    told = {"found": taken.found, "proposals": taken.proposals}
    said = _("公表用の一覧として読みました。%(found)s件の協定が見つかり、%(proposals)s件の案を作りました。")
    messages.success(request, said % told)
    if taken.missing:
        first = "、".join(f"{one.number}行「{one.title[:30]}」" for one in taken.missing[:SHOWN])
        words = _(
            "%(count)s行は、協定名と相手方の合う協定が一つに決まらないため、読み飛ばしました(%(first)sなど)。登録のない協定は、先に台帳の取込みで登録してください。"
        )
        messages.warning(request, words % {"count": len(taken.missing), "first": first})
    return True


def _brought(request: StaffRequest, form: SheetForm) -> tuple[list[SheetRow], str]:
    if not form.is_valid():
        return [], ""
    try:
        read = rows_of(_content(form))
    except (Refused, DocumentRefused) as refusal:
        form.add_error("file", str(refusal))
        return [], ""
    if not read:
        form.add_error("file", _("見出しの下に行がありません。書き込んだファイルを選んでください。"))
    return checked(town(request), read), json.dumps(read, ensure_ascii=False)


def _carried(request: StaffRequest) -> tuple[list[SheetRow], str]:
    """The rows as they were shown; they are checked again, as anybody can write anything into a form."""
    told = request.POST.get("rows", "")
    try:
        read = [
            (int(number), {str(key): str(cell) for key, cell in cells.items()})
            for number, cells in json.loads(told)
        ]
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return [], ""
    if len(read) > MOST_ROWS or any(
        not is_writable(cell) for _number, cells in read for cell in cells.values()
    ):
        return [], ""
    return checked(town(request), read), told


def is_writable(cell: str) -> bool:
    """Whether a database can hold the words: NUL and halves of letters come in no cell of a sheet."""
    return "\0" not in cell and not any("\ud800" <= letter <= "\udfff" for letter in cell)


def _taken(request: StaffRequest, rows: list[SheetRow]) -> bool:
    try:
        added, changed = take_sheet(town(request), rows, actor=request.user, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    told = {"added": added, "changed": changed}
    messages.success(request, _("取り込みました(追加%(added)s件、変更%(changed)s件)。") % told)
    return True
