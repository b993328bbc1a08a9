"""Who the partner is, in which form the agreement is made, which division is the window."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.models import Field
from renkei.agreements.vocabulary import Form
from renkei.correspondents.permissions import why_not_accept_of
from renkei.desk.procedures.intake.forms import NewPartnerForm, PartnerForm, WindowForm
from renkei.desk.procedures.intake.hearing import SHORT
from renkei.desk.procedures.verbs import Asked, ProcedureVerb, the_procedure, verb_page
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.municipalities.models import Division
from renkei.partners.models import Organisation
from renkei.procedures.models import Procedure
from renkei.procedures.services.deciding import decide_partner, decide_window, write_new_partner
from renkei.procedures.similar import partner_candidates, similar_to
from renkei.procedures.windows import coordinating, responsible_for

MOST_FOUND = 20
MOST_FIELDS = 6


@staff_page
def partner(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure, q = the_procedure(request, public_id), request.GET.get("q", "")
    candidates = partner_candidates(procedure)
    offered = _offered(request, procedure, candidates, q)
    verb = ProcedureVerb(
        title=_("相手方の確認"),
        lead=_(
            "提案者が、登録されているどの相手方かを決めます。決めると、その相手方の担当者がこの手続を見られます。"
        ),
        button=_("この相手方に決める"),
        done=_("相手方を決めました。"),
        form=PartnerForm,
        act=lambda asked: _decide(asked, offered),
        back="partner",
        template="desk/procedures/intake/partner.html",
    )
    chosen = procedure.organisation or (candidates[0] if candidates else None)
    return verb_page(
        request,
        procedure,
        verb,
        more={"q": q, "candidates": candidates, "found": len(offered) - len(candidates)},
        author=_author(request, procedure),
        offered=[(key, _named(one, procedure)) for key, one in offered.items()],
        initial={"partner": chosen.public_id if chosen else None},
    )


def _offered(
    request: StaffRequest, procedure: Procedure, candidates: list[Organisation], q: str
) -> dict[str, Organisation]:
    """Who can be chosen: the present one, the candidates, what was looked for, and what was chosen of that."""
    here = Organisation.objects.of(town(request)).unmerged()
    found = here.with_name_containing(q).in_kana_order()[:MOST_FOUND] if q.strip() else []
    chosen = here.filter(public_id=request.POST.get("partner", "")[:12])
    present = [procedure.organisation] if procedure.organisation else []
    return {one.public_id: one for one in [*present, *candidates, *found, *chosen]}


def _named(one: Organisation, procedure: Procedure) -> str:
    """The partner with what tells it apart, and why it is a candidate."""
    number = procedure.proposal.corporate_number if hasattr(procedure, "proposal") else ""
    same = _("法人番号が同じ") if number and one.corporate_number == number else ""
    words = [one.corporate_number, one.address, same, _("いま決まっている相手方")]
    known = words if one == procedure.organisation else words[:3]
    told = "・".join(word for word in known if word)
    return f"{one.name}({told})" if told else one.name


def _author(request: StaffRequest, procedure: Procedure) -> str:
    """Who wrote the proposal, where the person may accept them and nobody has."""
    author = procedure.proposal.author if hasattr(procedure, "proposal") else None
    if author is None or author.organisation_id or why_not_accept_of(request.user, None, today()):
        return ""
    return f"{author}({author.email})"


def _decide(asked: Asked, offered: dict[str, Organisation]) -> object:
    return decide_partner(
        asked.procedure,
        offered[asked.given["partner"]],
        by=asked.user,
        at=timezone.now(),
        accepts_author=asked.given.get("accepts_author", False),
    )


def _write_new(asked: Asked) -> object:
    accepts_author = asked.given.get("accepts_author", False)
    facts = asked.form.facts
    return write_new_partner(
        asked.procedure, facts, by=asked.user, at=timezone.now(), accepts_author=accepts_author
    )


NEW_PARTNER = ProcedureVerb(
    title=gettext_lazy("新しい相手方として登録する"),
    lead=gettext_lazy("初めての相手方を、提案の内容で登録し、この手続の相手方に決めます。"),
    button=gettext_lazy("登録して相手方に決める"),
    done=gettext_lazy("新しい相手方を登録し、この手続の相手方に決めました。"),
    form=NewPartnerForm,
    act=_write_new,
    back="partner",
)


@staff_page
def partner_new(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    proposal = getattr(procedure, "proposal", None)
    initial = {
        "name": procedure.partner_name,
        "kind": (proposal.partner_kind if proposal else "") or "company",
        "corporate_number": proposal.corporate_number if proposal else "",
        "address": proposal.address if proposal else "",
    }
    author = _author(request, procedure)
    return verb_page(request, procedure, NEW_PARTNER, author=author, initial=initial)


def _decide_window(asked: Asked) -> object:
    given = {**asked.given, "form": Form(asked.given["form"])}
    return decide_window(asked.procedure, **given, by=asked.user, at=timezone.now())


WINDOW = ProcedureVerb(
    title=gettext_lazy("協定の形と窓口の課"),
    lead=gettext_lazy(
        "協定の形と、これから手続を進める課を決めます。替わった課と相手方に、メールで知らせます。"
    ),
    button=gettext_lazy("決める"),
    done=gettext_lazy("協定の形と窓口の課を決めました。"),
    form=WindowForm,
    act=_decide_window,
    template="desk/procedures/intake/window.html",
)


@staff_page
def window(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure, day = the_procedure(request, public_id), today()
    rules = list(_rules(procedure))
    wished = procedure.proposal.wished_form if hasattr(procedure, "proposal") else ""
    form = procedure.form or (wished if wished in Form.values else "")
    (*by_field, (_words, without_field)) = rules
    usual = without_field if form == Form.COMPREHENSIVE else by_field[0][1] if by_field else None
    initial: dict[str, Any] = {
        "form": form,
        "main_field": procedure.main_field,
        "division": procedure.division or usual,
    }
    more = {"rules": rules, "similar": similar_to(procedure, day, SHORT)}
    options = {"town": town(request), "day": day, "present": procedure.division}
    return verb_page(request, procedure, WINDOW, more=more, initial=initial, **options)


def _rules(procedure: Procedure) -> Iterator[tuple[str, Division | None]]:
    """What the rule gives: for each of the proposal's fields, and for a comprehensive agreement without any."""
    day, slugs = today(), dict.fromkeys([procedure.main_field, *procedure.fields])
    fields = {one.slug: one for one in Field.objects.filter(slug__in=slugs)}
    for slug in [slug for slug in slugs if slug in fields][:MOST_FIELDS]:
        words = _("個別、または%(field)sが主な分野の包括") % {"field": fields[slug]}
        yield words, responsible_for(procedure.municipality, slug, day)
    yield _("包括(主な分野なし)"), coordinating(procedure.municipality, day)
