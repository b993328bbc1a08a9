"""What a careful clerk reads in a list: facts of public and of invented ones, and how an answer is judged by them.

Each file holds a list (header, rows) and what is expected of each row. Where two answers can be defended, both stand
there as a list. Names of persons are replaced by 見本.
"""

import csv
import io
import json
import unicodedata
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
Truth = dict[str, Any]
Report = dict[str, Any]


def truth(name: str) -> Truth:
    """One list by the name of its file."""
    told: Truth = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return told | {"name": name}


def names(kind: str) -> list[str]:
    """The names of all lists of a kind: ledger, invented, not a ledger."""
    return sorted(path.stem for path in FOLDER.glob("*.json") if truth(path.stem)["kind"] == kind)


def as_csv(told: Truth) -> bytes:
    """The list as a plain file, UTF-8 without mark, as it would come out of an open data site."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([told["header"], *told["rows"]])
    return written.getvalue().encode()


def folded(text: str | None) -> str:
    """Width, blanks and the spelling of 株式会社 do not matter to the judge."""
    return "".join(unicodedata.normalize("NFKC", text or "").split()).replace("株式会社", "(株)")


def misses(told: Truth, report: Report) -> dict[int, str]:
    """What the report has wrong, by the row of the list; empty if all is as the clerk reads it."""
    items = {row: item for item in report["items"] for row in item.get("rows") or [item["row"]]}
    found = {one["row"]: miss(one, items) for one in told["expected"]}
    return {row: said for row, said in found.items() if said}


def miss(expected: dict[str, Any], items: dict[int, dict[str, Any]]) -> str:
    """What is wrong with one row, or nothing."""
    item = items.get(expected["row"])
    if item is None:
        return "no item holds this row"
    if any(items.get(row) is item for row in expected.get("with_row", ())):
        return (
            ""
            if _partners_fit(expected, item)
            else f"partners: {item['partners']!r} lack {_wanted(expected, 'partners')}"
        )
    wrong = [name for name in ("outcome", "title", "division") if not _says(expected, item, name)]
    wrong += ["partners"] if not _partners_fit(expected, item) else []
    if "signed_on" in expected and item["signed_on"] not in _answers(expected["signed_on"]):
        wrong.append("signed_on")
    return "; ".join(f"{name}: {item[name]!r}, not {_wanted(expected, name)}" for name in wrong)


def _wanted(expected: dict[str, Any], name: str) -> str:
    return repr(expected.get(name, expected.get("partners_include")))


def _answers(expected: Any) -> list[Any]:
    return expected if isinstance(expected, list) else [expected]


def _says(expected: dict[str, Any], item: dict[str, Any], name: str) -> bool:
    if name not in expected:
        return True
    return folded(item[name]) in {folded(answer) for answer in _answers(expected[name])}


def _partners_fit(expected: dict[str, Any], item: dict[str, Any]) -> bool:
    said = [folded(partner) for partner in item["partners"]]
    if "partners_include" in expected:
        return all(any(folded(one) in partner for partner in said) for one in expected["partners_include"])
    wanted = expected.get("partners")
    if wanted is None:
        return True
    answers = wanted if wanted and isinstance(wanted[0], list) else [wanted]
    return sorted(said) in [sorted(map(folded, answer)) for answer in answers]
