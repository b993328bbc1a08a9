"""The result that a page is about."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from renkei.desk.staff import StaffRequest, town
from renkei.initiatives.models import Result


def the_result(request: StaffRequest, public_id: str) -> Result:
    """The person's own town's result, or 404."""
    mine = Result.objects.of(town(request)).select_related(
        "municipality",
        "agreement__division",
        "agreement__municipality",
        "initiative__item",
        "initiative__division",
        "division",
        "organisation__merged_into",
    )
    return get_object_or_404(mine, public_id=public_id)


def page_of(result: Result) -> str:
    """The result's own page."""
    return reverse("desk:result", args=[result.public_id])
