"""The papers of an agreement: notices of renewal and ending, requests, cover letters, for each partner."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from renkei.agreements.models import Agreement
from renkei.agreements.papers import papers_of
from renkei.desk.papers.answers import paper_answer
from renkei.desk.staff import StaffRequest, staff_page, today, town


def the_agreement(request: StaffRequest, public_id: str) -> Agreement:
    """The person's own town's agreement with what an outlook needs, or 404."""
    mine = Agreement.objects.of(town(request)).select_related(
        "municipality", "division", "renewal_rule", "ending"
    )
    return get_object_or_404(
        mine.prefetch_related("terms", "renewal_decisions", "field_links__field"), public_id=public_id
    )


@staff_page
def listing(request: StaffRequest, public_id: str) -> HttpResponse:
    agreement = the_agreement(request, public_id)
    context = {
        "title": gettext_lazy("文書を作る"),
        "agreement": agreement,
        "papers": papers_of(agreement, day=today(), clerk=request.user.name),
    }
    return render(request, "desk/papers/of_agreement.html", context)


@staff_page
def paper(request: StaffRequest, public_id: str, kind: str, form: str) -> HttpResponse:
    agreement = the_agreement(request, public_id)
    papers = papers_of(agreement, day=today(), clerk=request.user.name)
    back = reverse("desk:agreement_papers", args=[agreement.public_id])
    return paper_answer(request, papers, kind, request.GET.get("of", ""), form, back=back)
