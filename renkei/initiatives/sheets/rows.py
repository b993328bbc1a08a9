"""A row of a returned sheet: what it says, what is wrong with it, and how it is kept until it is taken in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from renkei.initiatives.models import CampaignLine
from renkei.initiatives.result_facts import ResultFacts


class RowState(StrEnum):
    """What comes of a row."""

    GOOD = "good"
    PROBLEM = "problem"
    KNOWN = "known"
    EMPTY = "empty"
    TAKEN = "taken"


@dataclass
class Row:
    """A row of the sheet as it was checked; `facts` where it tells a result, `reason` where it tells that none is."""

    number: int
    cells: Mapping[str, str]
    state: RowState = RowState.EMPTY
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    line: CampaignLine | None = None
    title: str = ""
    facts: ResultFacts | None = None
    reason: str = ""

    @property
    def as_json(self) -> dict[str, Any]:
        """As it is kept with the sheet; the line's key stands among the cells."""
        return {
            "number": self.number,
            "cells": dict(self.cells),
            "state": str(self.state),
            "problems": self.problems,
            "remarks": self.remarks,
            "about": self.about,
        }

    @property
    def about(self) -> str:
        """The agreement and the initiative of the row in one line."""
        if self.line is None:
            return " ".join(filter(None, (self.cells.get("agreement", ""), self.cells.get("title", ""))))[
                :200
            ]
        return f"{self.line.agreement} {self.title or self.line.initiative or ''}".strip()[:200]
