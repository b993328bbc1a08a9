"""The places of the town that help goes to: districts, shelters, depots."""

import csv
import io
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.services import Refused
from renkei.desk.capabilities.forms import CoordinatesField, text, written
from renkei.desk.form_page import Page, shown_or_done
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.disasters.capabilities.district_facts import (
    DistrictFacts,
    DistrictRow,
    districts_in,
    rows_of_text,
)
from renkei.disasters.models import District
from renkei.disasters.permissions import why_not_prepare_of
from renkei.disasters.services import districts
from renkei.disasters.vocabulary import DistrictKind
from renkei.documents.hostile import DocumentRefused
from renkei.documents.tables import tables_of
from renkei.documents.uploads import can_be_kept
from renkei.ui.verbs import VerbWords

TEMPLATE = "desk/capabilities/verb.html"
LONGEST = 1_000_000


class DistrictForm(forms.Form):
    """One place."""

    name = forms.CharField(
        label=gettext_lazy("名称"), max_length=100, help_text=gettext_lazy("例: 東光地区、東光小学校")
    )
    kind = forms.ChoiceField(label=gettext_lazy("種類"), choices=DistrictKind.choices)
    address = text(gettext_lazy("所在地"), 200)
    at = CoordinatesField(label=gettext_lazy("座標"))

    def facts(self) -> DistrictFacts:
        """What was typed."""
        said = self.cleaned_data
        latitude, longitude = said["at"] or (None, None)
        return DistrictFacts(said["name"], said["kind"], said["address"], latitude, longitude)


class ListForm(forms.Form):
    """A list of places: pasted from a spreadsheet, or as a file."""

    told = forms.CharField(
        label=gettext_lazy("表を貼り付ける"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "名称、種類、所在地、緯度、経度の順。Excelの表をそのまま貼るか、CSVの中身を貼ります。"
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("またはExcelファイル(.xlsx)"), required=False, validators=[can_be_kept],
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )  # fmt: skip


NEW = VerbWords(
    title=gettext_lazy("地区・届け先を書く"),
    lead=gettext_lazy("災害のとき物資や人を届ける場所です。座標があると、近い相手方から候補が並びます。"),
    button=gettext_lazy("地区・届け先を書く"),
    done=gettext_lazy("地区・届け先を書きました。"),
    form=DistrictForm,
)
EDIT = VerbWords(
    title=gettext_lazy("地区・届け先の編集"),
    lead=gettext_lazy("直したところは、前と後が記録に残ります。"),
    button=gettext_lazy("保存する"),
    done=gettext_lazy("保存しました。"),
    form=DistrictForm,
)


@staff_page
def listing(request: StaffRequest) -> HttpResponse:
    context = {
        "title": _("地区・届け先"),
        "districts": District.objects.of(town(request)),
        "reason": why_not(request),
    }
    return render(request, "desk/capabilities/districts.html", context)


def why_not(request: StaffRequest) -> str | None:
    """The places are the whole town's: only those who prepare all of it write them."""
    return why_not_prepare_of(request.user, None, today())


@staff_page
def new(request: StaffRequest) -> HttpResponse:
    def act(form: Any, once: str) -> object:
        return districts.write_district(town(request), form.facts(), actor=request.user, public_id=once)

    return shown_or_done(request, _page(request, NEW, act), {})


def _page(request: StaffRequest, verb: VerbWords, act: Any) -> Page:
    return Page(
        verb=verb,
        reason=why_not(request),
        back=reverse("desk:districts"),
        act=act,
        beside={},
        template=TEMPLATE,
    )


@staff_page
def edit(request: StaffRequest, public_id: str) -> HttpResponse:
    mine = District.objects.of(town(request)).select_related("municipality")
    district = get_object_or_404(mine, public_id=public_id)

    def act(form: Any, _once: str) -> object:
        return districts.edit_district(district, form.facts(), actor=request.user)

    initial = {name: getattr(district, name) for name in ("name", "kind", "address")}
    return shown_or_done(request, _page(request, EDIT, act), {"initial": initial | {"at": written(district)}})


@staff_page
def bring(request: StaffRequest) -> HttpResponse:
    """First the rows are shown with their problems; what is pressed then is taken in as it was shown."""
    reason, status = why_not(request), 200
    form, rows = ListForm(), list[DistrictRow]()
    if request.method == "POST":
        stop_if(reason)
        form = ListForm(request.POST, request.FILES)
        rows = _rows(form) if form.is_valid() else []
        if rows and "take" in request.POST:
            try:
                added, changed = districts.take_districts(town(request), rows, actor=request.user)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                told = {"added": added, "changed": changed}
                messages.success(request, _("取り込みました(追加%(added)s件、変更%(changed)s件)。") % told)
                return redirect("desk:districts")
        status = 422 if form.errors or any(one.problems for one in rows) else 200
    context = {
        "title": _("地区・届け先の取込み"),
        "form": form,
        "rows": rows,
        "told": _told(rows),
        "can_take": bool(rows) and not any(one.problems for one in rows),
        "reason": reason,
    }
    return render(request, "desk/capabilities/district_list.html", context, status=status)


def _rows(form: ListForm) -> list[DistrictRow]:
    file, told = form.cleaned_data["file"], form.cleaned_data["told"]
    try:
        tables = tables_of(file.read()) if file else []
    except DocumentRefused as refusal:
        form.add_error("file", str(refusal))
        return []
    rows = districts_in(tables[0].rows if tables else rows_of_text(told))
    if not rows:
        form.add_error(None, _("行がありません。表を貼り付けるか、Excelファイルを選んでください。"))
    return rows


def _told(rows: list[DistrictRow]) -> str:
    """The rows as text again, so that what was shown is what is taken in."""
    written = io.StringIO()
    csv.writer(written, delimiter="\t", lineterminator="\n").writerows(
        (one.facts.name, one.facts.kind_label, one.facts.address, one.facts.latitude, one.facts.longitude)
        for one in rows
        if one.facts
    )
    return written.getvalue()
