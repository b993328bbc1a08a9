"""Versions at the desk: all of them, one as it is printed, two compared, one as plain text."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.desk.procedures.verbs import ProcedureVerb, once_of, the_procedure, verb_page
from renkei.desk.staff import StaffRequest, staff_page, today
from renkei.documents.contents import AgreementText
from renkei.documents.sheets import plain_text, sheet_of
from renkei.procedures.comparing import compared
from renkei.procedures.contents import InitiativeList
from renkei.procedures.models import DraftVersion, Procedure, SigningPlan
from renkei.procedures.permissions import why_not_conduct
from renkei.procedures.planned import agreed_items, headings_of, newest, planned_list, says_what_is_planned
from renkei.procedures.reading import list_by_item, plain_list
from renkei.procedures.register_facts import term_disagreements
from renkei.procedures.remarks import Remark, remarks_on
from renkei.procedures.vocabulary import DraftKind


def versions_of(procedure: Procedure, kind: DraftKind) -> list[DraftVersion]:
    """The versions of one kind, the newest first."""
    found = procedure.versions.filter(kind=kind).order_by("-number")
    return list(found.select_related("made_from", "made_by", "made_by_user"))


def the_version(procedure: Procedure, public_id: str, kind: DraftKind | None = None) -> DraftVersion:
    """A version of this procedure, or 404."""
    found = procedure.versions.select_related("made_from", "made_by", "made_by_user")
    return get_object_or_404(found.filter(kind=kind) if kind else found, public_id=public_id)


def remarks_of(procedure: Procedure, text: AgreementText) -> list[Remark]:
    """What is worth a second look in a text."""
    listed = newest(procedure, DraftKind.INITIATIVES)
    return remarks_on(
        text,
        items=headings_of(agreed_items(procedure)),
        listed=InitiativeList.read(listed.content).items if listed else None,
        kind=procedure.kind,
    )


def writing_page(
    request: StaffRequest, procedure: Procedure, verb: ProcedureVerb, **options: Any
) -> HttpResponse:
    """The page of a verb that makes a version, and leads to it."""
    answer = verb_page(request, procedure, verb, **options)
    if answer.status_code != 302:
        return answer
    made = procedure.versions.filter(public_id=once_of(request)).first()
    return redirect("desk:procedure_draft", procedure.public_id, made.public_id) if made else answer


@staff_page
def listing(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    texts, lists = (versions_of(procedure, kind) for kind in (DraftKind.TEXT, DraftKind.INITIATIVES))
    context = {
        "title": gettext_lazy("案の作成"),
        "procedure": procedure,
        "texts": texts,
        "lists": lists,
        "remarks": remarks_of(procedure, AgreementText.read(texts[0].content)) if texts else [],
        "is_written": bool(lists) and says_what_is_planned(lists[0], planned_list(procedure)),
        "agreed": agreed_items(procedure),
        "reason": why_not_conduct(request.user, procedure, day=today()),
    }
    return render(request, "desk/procedures/drafting/drafts.html", context)


@staff_page
def page(request: StaffRequest, public_id: str, one: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    version = the_version(procedure, one)
    context = {
        "title": str(version),
        "procedure": procedure,
        "version": version,
        "is_newest": version == newest(procedure, DraftKind(version.kind)),
        "reason": why_not_conduct(request.user, procedure, day=today()),
    }
    return render(request, "desk/procedures/drafting/draft.html", context | shown_content(procedure, version))


def shown_content(procedure: Procedure, version: DraftVersion) -> dict[str, Any]:
    """The version as it is printed, with the remarks about a text."""
    if version.kind == DraftKind.TEXT:
        text = AgreementText.read(version.content)
        plan = SigningPlan.objects.filter(procedure=procedure).first()
        told = {"sheet": sheet_of(text), "remarks": remarks_of(procedure, text)}
        return told | {"disagreements": term_disagreements(text, plan)}
    return {"groups": list_by_item(InitiativeList.read(version.content))}


@staff_page
def plain(request: StaffRequest, public_id: str, one: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    version = the_version(procedure, one)
    if version.kind == DraftKind.TEXT:
        lines = plain_text(AgreementText.read(version.content))
    else:
        lines = plain_list(InitiativeList.read(version.content))
    # With a byte order mark, so that the town's PCs open it as what it is.
    answer = HttpResponse("\ufeff" + lines.replace("\n", "\r\n"), content_type="text/plain; charset=utf-8")
    name = f"{procedure.title}_{version}.txt"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


@staff_page
def compare(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    old, new = asked_versions(request, procedure)
    versions = versions_of(procedure, DraftKind(new.kind))
    context = {
        "title": _("%(old)sと第%(new)s版を比べる") % {"old": old, "new": new.number},
        "procedure": procedure,
        "old": old,
        "new": new,
        "versions": versions,
        "sides": request.GET.get("view") == "sides",
        "comparison": compared(old, new),
    }
    return render(request, "desk/procedures/drafting/compare.html", context)


def asked_versions(request: StaffRequest, procedure: Procedure) -> tuple[DraftVersion, DraftVersion]:
    """The two versions that are asked for, the earlier first; else the newest text and what it came from."""
    asked = [request.GET.get(name, "") for name in ("old", "new")]
    if all(asked):
        one, other = (the_version(procedure, public_id) for public_id in asked)
        if one.kind != other.kind:
            raise Http404
        return (one, other) if one.number <= other.number else (other, one)
    texts = versions_of(procedure, DraftKind.TEXT)
    if not texts:
        raise Http404
    return texts[0].made_from or texts[-1], texts[0]
