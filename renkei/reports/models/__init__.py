"""Sums kept for figures of any day, questions that are asked again, and the words of the papers made from them."""

from renkei.reports.models.questions import SavedQuestion, Wording
from renkei.reports.models.sums import NONE, DaySum, Merging, Part, Scope, Stretch, names_of

__all__ = ["NONE", "DaySum", "Merging", "Part", "SavedQuestion", "Scope", "Stretch", "Wording", "names_of"]
