"""A town's own columns for its list: kept once, used for every download."""

import csv
import datetime
import io

import openpyxl
import pytest
from django.urls import reverse

from renkei.audit.models import Entry
from renkei.ledger import services as ledger
from renkei.search.layouts import KNOWN
from renkei.search.models import Layout
from tests.factories import a_municipality, an_agreement

pytestmark = pytest.mark.django_db


def written(**columns):
    """The form: places and heads by the names of the columns."""
    told = {}
    for name, (place, head) in columns.items():
        number = KNOWN.index(name)
        told |= {f"place_{number}": place, f"head_{number}": head}
    return told


def a_layout(clerk, name="庁内台帳", **columns):
    columns = columns or {"相手方": ("２", "締結先"), "協定名": ("1", "協定の名称"), "締結日": ("3", "")}
    return clerk.post(reverse("desk:layout_new"), {"name": name, **written(**columns)})


def test_a_layout_is_kept_and_told(clerk):
    a_layout(clerk)
    layout = Layout.objects.get()
    assert [(one["name"], one["head"]) for one in layout.columns] == [
        ("協定名", "協定の名称"), ("相手方", "締結先"), ("締結日", "締結日"),
    ]  # fmt: skip
    assert "台帳の様式「庁内台帳」を保存しました" in Entry.objects.get(event="layout.kept").sentence


def test_the_list_is_written_in_the_towns_own_columns(clerk):
    a_layout(clerk)
    an_agreement(title="物資の協定", partners=("株式会社見本",), signed="2020-04-01")
    address = f"?layout={Layout.objects.get().public_id}"
    answer = clerk.get(f"/desk/agreements.csv{address}")
    table = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"), newline="")))
    assert table == [["協定の名称", "締結先", "締結日"], ["物資の協定", "株式会社見本", "2020-04-01"]]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(clerk.get(f"/desk/agreements.xlsx{address}"))))
    assert [cell.value for cell in book.active[2]] == [
        "物資の協定",
        "株式会社見本",
        datetime.datetime(2020, 4, 1),  # noqa: DTZ001
    ]
    assert clerk.get(f"/desk/agreements.pdf{address}").content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("name", "columns", "sentence"),
    [
        ("庁内台帳", {"協定名": ("", "")}, "列が一つも選ばれていません"),
        ("庁内台帳", {"協定名": ("百", "")}, "1から99までの数字"),
        ("庁内台帳", {"協定名": ("0", "")}, "1から99までの数字"),
        (" ", {"協定名": ("1", "")}, "様式の名前を入れてください"),
    ],
)
def test_an_incomplete_layout_is_refused_with_what_to_do(clerk, name, columns, sentence):
    answer = a_layout(clerk, name=name, **columns)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Layout.objects.exists()


def test_two_layouts_of_one_name_are_refused(clerk):
    a_layout(clerk)
    assert "もうあります" in a_layout(clerk).content.decode()


def test_a_layout_begins_with_the_columns_of_an_imported_ledger(clerk):
    text = "締結先,協定の名前,締結年月日\n株式会社見本,物資の供給に関する協定,H17.8.31\n"
    batch = ledger.bring(
        text.encode(), file_name="台帳.csv", municipality=a_municipality(),
        listed_on=datetime.date(2026, 4, 1), actor=None,
    )  # fmt: skip
    page = clerk.get(reverse("desk:layout_new"), {"ledger": batch.public_id})
    form = page.context["form"]
    told = {name: (place.value(), head.value()) for name, place, head in form.lines if place.value()}
    assert told == {
        "相手方": (1, "締結先"), "協定名": (2, "協定の名前"), "締結日(和暦)": (3, "締結年月日"),
    }  # fmt: skip


def test_a_column_that_is_gone_is_said_and_left_out(clerk):
    a_layout(clerk)
    layout = Layout.objects.get()
    Layout.objects.update(columns=[*layout.columns, {"name": "なくなった列", "head": "旧列"}])
    assert "なくなった列" in clerk.get(reverse("desk:layout", args=[layout.public_id])).content.decode()
    answer = clerk.get(f"/desk/agreements.csv?layout={layout.public_id}")
    assert "旧列" not in b"".join(answer).decode()


def test_a_layout_is_forgotten_and_that_is_told(clerk):
    a_layout(clerk)
    clerk.post(reverse("desk:layout_forget", args=[Layout.objects.get().public_id]))
    assert not Layout.objects.exists()
    assert Entry.objects.filter(event="layout.forgotten").exists()


def test_another_towns_layout_is_not_there(clerk):
    theirs = Layout.objects.create(municipality=a_municipality("011002"), name="よその様式", columns=[])
    assert clerk.get(reverse("desk:layout", args=[theirs.public_id])).status_code == 404
    assert clerk.get(f"/desk/agreements.csv?layout={theirs.public_id}").status_code == 404


def test_a_reader_changes_no_layout(reader):
    assert a_layout(reader).status_code == 403
