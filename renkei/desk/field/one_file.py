"""The register as one file: opened from disk it needs no network, no server and no script."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy

from renkei.disasters.vocabulary import DisasterFunction

Facts = dict[str, Any]
BLANK = (
    gettext_lazy("要請日時"), gettext_lazy("要請先・話した相手"), gettext_lazy("根拠の協定"),
    gettext_lazy("災害の状況"), gettext_lazy("必要なもの・数量"), gettext_lazy("届け先・受取人"),
    gettext_lazy("希望する日時"), gettext_lazy("要請した職員・電話番号"), gettext_lazy("回答(数量・到着予定)"),
)  # fmt: skip
"""What an asking paper says, to be written by hand."""


def as_one_file(facts: Facts) -> str:
    """The page with its style inside."""
    context = {
        "facts": facts,
        "at": timezone.localtime(datetime.fromisoformat(facts["as_of"])),
        "functions": list(_by_function(facts["partners"])),
        "blank": BLANK,
    }
    style = Path(str(finders.find("desk/field/one_file.css"))).read_text()
    return render_to_string("desk/field/one_file.html", context).replace(
        "</head>", f"<style>\n{style}</style>\n</head>", 1
    )


def _by_function(partners: Iterable[Facts]) -> Iterator[Facts]:
    """Each function that somebody serves, with who serves it: what is surest first."""
    partners = list(partners)
    for function, label in DisasterFunction.choices:
        lines = [
            {"partner": partner, "capability": one}
            for partner in partners
            for one in partner["capabilities"]
            if one["function"] == function
        ]
        if lines:
            yield {"id": function, "label": label, "lines": sorted(lines, key=_unsureness)}


def _unsureness(line: Facts) -> tuple[int, float]:
    one = line["capability"]
    return ["guaranteed", "estimated", "none"].index(one["certainty"]), -(one["quantity"] or 0)
