"""Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods) as plain rows of text. Values only: nothing in the file is run."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from string import ascii_uppercase
from typing import Any

import python_calamine
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from renkei.documents.cell_texts import cell_text
from renkei.ledger import xlsx_parts
from renkei.ledger.file_kinds import BROKEN, LOCKED, NotALedger
from renkei.ledger.ods_parts import check_ods, parts_of_ods
from renkei.ledger.xls_parts import check_xls, months_of_xls
from renkei.ledger.xlsx_parts import SheetParts

MOST_SHEETS = 100
HAS_MACROS = "マクロの入ったブックです。マクロは実行せず、値だけを読みました。"
BINARY_DAYS = "バイナリブック(.xlsb)では、年月だけを表示している日付を見分けられません。日が1日の締結日は、もとのファイルと見比べてください。"


def opened(path: Path) -> CalamineWorkbook:
    """The workbook; raises NotALedger with a sentence if it is locked or broken."""
    try:
        return CalamineWorkbook.from_path(str(path))
    except python_calamine.PasswordError as error:
        raise NotALedger(LOCKED) from error
    except Exception as error:
        raise NotALedger(LOCKED if "assword" in str(error) else BROKEN) from error


def all_parts(path: Path, kind: str, names: list[str]) -> tuple[dict[str, SheetParts], list[str]]:
    """Beside the values: formats, hidden rows, merged cells, macros."""
    if kind == "xls":
        months = months_of_xls(path)
        return {name: SheetParts(months=months.get(name, {})) for name in names}, []
    with zipfile.ZipFile(path) as archive:
        if kind == "ods":
            return parts_of_ods(archive), []
        macros = [HAS_MACROS] if xlsx_parts.has_macros(archive) else []
        if kind == "xlsb":
            return {}, [*macros, BINARY_DAYS]
        styles = xlsx_parts.month_styles(archive)
        paths = xlsx_parts.sheet_paths(archive)
        return {
            name: xlsx_parts.parts_of_sheet(archive, part, styles)
            for name, part in zip(names, paths, strict=False)
        }, macros


def check_before_opening(path: Path, kind: str) -> None:
    """Refuse what is locked or swollen before anything unpacks it."""
    if kind == "xls":
        check_xls(path)
        return
    with zipfile.ZipFile(path) as archive:
        xlsx_parts.check_archive(archive)
        if kind == "ods":
            check_ods(archive)


def sheets_of(path: Path, kind: str) -> Iterator[dict[str, Any]]:
    """Each sheet with its rows, its merged ranges and what is hidden in it; the first entry holds the remarks."""
    check_before_opening(path, kind)
    book = opened(path)
    if len(book.sheet_names) > MOST_SHEETS:
        raise NotALedger(
            "シートが100枚を超えています。台帳のシートだけを新しいブックに写して、もう一度選んでください。"
        )
    parts, remarks = all_parts(path, kind, book.sheet_names)
    yield {"remarks": remarks}
    hidden = {one.name for one in book.sheets_metadata if one.visible != SheetVisibleEnum.Visible}
    for name in book.sheet_names:
        yield _sheet(book, name, parts.get(name, SheetParts()), name in hidden)


def _sheet(book: CalamineWorkbook, name: str, parts: SheetParts, is_hidden: bool) -> dict[str, Any]:
    try:
        sheet = book.get_sheet_by_name(name)
    except python_calamine.WorksheetNotFound:
        return {
            "name": name,
            "rows": [],
            "remarks": [f"「{name}」は表のシートではないので、読みませんでした。"],
        }
    except Exception as error:
        raise NotALedger(BROKEN) from error
    if sheet.total_height > xlsx_parts.MOST_ROWS:
        raise NotALedger(xlsx_parts.TOO_MANY_ROWS)
    if sheet.total_width > xlsx_parts.MOST_COLUMNS * 32:
        raise NotALedger(xlsx_parts.TOO_MANY_COLUMNS)
    rows = _rows(sheet.to_python(skip_empty_area=False), parts.months)
    return {
        "name": name,
        "rows": rows,
        "merged": sheet.merged_cell_ranges or parts.merged,
        "hidden_rows": parts.hidden_rows,
        "remarks": _remarks(parts, is_hidden),
    }


def _rows(values: list[list[Any]], months: dict[tuple[int, int], str]) -> list[list[str]]:
    rows = [[cell if type(cell) is str else cell_text(cell) for cell in row] for row in values]
    for (row, column), precision in months.items():
        if row < len(values) and column < len(values[row]) and not isinstance(values[row][column], str):
            rows[row][column] = cell_text(values[row][column], precision)
    return rows


def _remarks(parts: SheetParts, is_hidden: bool) -> list[str]:
    said = [
        (is_hidden, "表示されていないシートです。中の行も読みました。"),
        (bool(parts.hidden_rows), f"隠れている行が{len(parts.hidden_rows)}行あります。その行も読みました。"),
        (parts.has_hidden_columns, "隠れている列があります。その列も読みました。"),
        (parts.has_formulas, "数式のある欄は、保存されている計算結果を読みました。"),
        (
            bool(parts.uncached),
            f"計算結果の保存されていない数式の欄があります({_places(parts.uncached)})。空の欄として読みました。Excelで開いて保存し直すと読めます。",
        ),
        (
            bool(parts.errors),
            f"計算がエラーになっている欄があります({_places(parts.errors)})。空の欄として読みました。",
        ),
    ]
    return [sentence for true, sentence in said if true]


def _places(places: set[str]) -> str:
    """The first few places, by row; how many more there are."""
    ordered = sorted(places, key=lambda place: (int(place.lstrip(ascii_uppercase)), place))
    more = f"ほか{len(ordered) - 5}か所" if len(ordered) > 5 else ""
    return "、".join([*ordered[:5], *([more] if more else [])])
