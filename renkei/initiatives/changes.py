"""What changed in the work under agreements, told to the rooms that keep something about it.

`results_changed` is sent inside the transaction of the change with `sender` (the model Result), `agreements` (their
keys) and `fiscal_year`: a receiver writes in the same transaction or not at all.
"""

from collections.abc import Iterable
from copy import copy

from django.dispatch import Signal

from renkei.initiatives.lines import note_result
from renkei.initiatives.models import Initiative, Result

results_changed = Signal()
work_changed = Signal()
"""Sent with `agreements` when initiatives or stories under them changed."""


def tell_work_changed(agreements: Iterable[int]) -> None:
    """Initiatives or stories under these agreements changed; called inside the change."""
    work_changed.send(sender=Initiative, agreements=tuple(agreements))


def tell_result_changed(result: Result, *, before: int | None = None) -> None:
    """The result was written or no longer counts; `before` is the fiscal year it was told for, if that changed."""
    note_result(result)
    tell_results_changed([result.agreement_id], result.fiscal_year)
    if before is not None and before != result.fiscal_year:
        left = copy(result)
        left.fiscal_year = before
        note_result(left)
        tell_results_changed([result.agreement_id], before)


def tell_results_changed(agreements: Iterable[int], fiscal_year: int) -> None:
    """The results of a fiscal year changed under these agreements; called inside the change."""
    results_changed.send(sender=Result, agreements=tuple(agreements), fiscal_year=fiscal_year)
