"""The visitor's own proposal of an address, and where each part of it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from renkei.counter.visitor import VisitorRequest, visitor_page
from renkei.municipalities.public_id import carried_or_new
from renkei.procedures.models import Proposal
from renkei.procedures.proposal_form import FILES, PARTS, Part, Row, answers
from renkei.procedures.services.proposing import ProposalRefused

P = ParamSpec("P")
BACK = "?back=check"
"""Carried by the links of the check page: after saving, the person comes back to it."""


def the_proposal(request: VisitorRequest, public_id: str) -> Proposal:
    """The visitor's own, or 404."""
    mine = Proposal.objects.of(request.town).seen_by(request.visitor)
    return get_object_or_404(mine.select_related("municipality", "author", "procedure"), public_id=public_id)


def draft_page(
    view: Callable[Concatenate[VisitorRequest, Proposal, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """A page of the visitor's draft; once it was sent, every such page leads to the receipt."""

    @wraps(view)
    def guarded(request: VisitorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        proposal = the_proposal(request, str(kwargs.pop("public_id")))
        if proposal.sent_at:
            return redirect("counter:proposal_sent", request.town.code, proposal.public_id)
        try:
            return view(request, proposal, *args, **kwargs)
        except ProposalRefused as refusal:  # sent or dropped in another window, a moment earlier
            messages.error(request, str(refusal))
            return redirect("counter:proposals", request.town.code)

    return visitor_page(guarded)


def page_of(proposal: Proposal, part: Part) -> str:
    """The address of a part's page."""
    code = proposal.municipality.code
    if part is FILES:
        return reverse("counter:proposal_files", args=[code, proposal.public_id])
    return reverse("counter:proposal_part", args=[code, proposal.public_id, part.name])


def page_after(request: VisitorRequest, proposal: Proposal, part: Part) -> str:
    """Where to go once the part is saved: back to the check, or on to the next part, at last to the check."""
    place = PARTS.index(part) + 1
    if request.GET.get("back") == "check" or place == len(PARTS):
        return reverse("counter:proposal_check", args=[request.town.code, proposal.public_id])
    return page_of(proposal, PARTS[place])


@dataclass(frozen=True)
class Section:
    """A part with its answers; `change` leads to where they are written."""

    part: Part
    rows: list[Row]
    lacking: int
    change: str = ""

    @property
    def is_begun(self) -> bool:
        """Whether anything was answered."""
        return any(row.text for row in self.rows)


def sections_of(proposal: Proposal, back: str = "") -> list[Section]:
    """All parts with their answers; with `back` each leads to its page."""
    return [
        Section(
            part, answers(part, proposal), len(part.lacking(proposal)), f"{page_of(proposal, part)}{back}"
        )
        for part in PARTS
    ]


def context_of(request: VisitorRequest, **more: Any) -> dict[str, Any]:
    """What every page of proposals shows."""
    return {"town": request.town, "visitor": request.visitor, **more}


def once(request: HttpRequest) -> str:
    """The id of what the form makes: the one that it carries, or a new one."""
    return carried_or_new(request.POST.get("once", ""))
