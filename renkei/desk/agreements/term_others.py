"""The pages that tie two agreements together: replaced by a newer one, and how one stands to another."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.accounts.models import User
from renkei.agreements import services
from renkei.agreements.audience import Audience
from renkei.agreements.models import Agreement
from renkei.agreements.permissions import why_not_change
from renkei.agreements.vocabulary import RelationKind
from renkei.desk.agreements.term_forms import note_field
from renkei.desk.agreements.verbs import Verb, the_agreement, verb_page
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.search.asking import asked
from renkei.search.finding import QueryRefused
from renkei.search.listing import listing
from renkei.search.rows import Row

MOST_FOUND = 10


class OtherForm(forms.Form):
    """The other agreement, by its id as its page shows it."""

    other = forms.CharField(
        label=gettext_lazy("相手の協定の協定ID"),
        max_length=60,
        help_text=gettext_lazy("上で探して選ぶと入ります。協定のページの「協定ID」を写してもかまいません。"),
        error_messages={"required": gettext_lazy("協定を探して選ぶか、協定IDを入れてください。")},
    )


class SupersedeForm(OtherForm):
    """The newer agreement, and what is to be said about it."""

    note = note_field(gettext_lazy("置き換えの事情"))


class RelateForm(OtherForm):
    """How this agreement stands to the other."""

    kind = forms.ChoiceField(label=gettext_lazy("この協定は、相手の協定を…"), choices=RelationKind.choices)
    field_order = ("kind", "other")


def the_other(agreement: Agreement, public_id: str) -> Agreement:
    """The other agreement of the same town, or a refusal that says what to do."""
    found = Agreement.objects.of(agreement.municipality).filter(public_id=public_id.strip()).first()
    if found is None:
        raise services.Refused(
            _("協定ID「%(id)s」の協定は見つかりません。名前で探して選んでください。") % {"id": public_id[:60]}
        )
    return found


def found_for(request: StaffRequest, agreement: Agreement) -> tuple[list[Row], str]:
    """What the words asked for bring, without the agreement itself, and why nothing could be asked."""
    words = request.GET.get("q", "").strip()
    if not words:
        return [], ""
    question = asked({"q": [words]}, audience=Audience.staff(town(request)), day=today())
    try:
        rows = listing(question).rows
    except QueryRefused as refusal:
        return [], str(refusal)
    return [row for row in rows if row.public_id != agreement.public_id][:MOST_FOUND], ""


def other_page(request: StaffRequest, agreement: Agreement, verb: Verb) -> HttpResponse:
    """A verb's page with a search for the other agreement before its form."""
    found, refusal = found_for(request, agreement)
    chosen = Agreement.objects.of(town(request)).filter(public_id=request.GET.get("other", "")).first()
    context: dict[str, Any] = {
        "found": found,
        "q": request.GET.get("q", ""),
        "refusal": refusal,
        "chosen": chosen,
    }
    context["relations"] = agreement.relations.select_related("other")
    shown = replace(verb, template="desk/agreements/term_other.html", more=context)
    return verb_page(request, agreement, shown, initial={"other": chosen.public_id if chosen else ""})


def superseded(agreement: Agreement, asked: dict[str, Any], actor: User) -> object:
    """End the agreement in favour of the newer one."""
    return services.supersede(
        agreement, the_other(agreement, asked["other"]), actor=actor, note=asked["note"]
    )


def related(agreement: Agreement, asked: dict[str, Any], actor: User) -> object:
    """Say how the agreement stands to the other."""
    other = the_other(agreement, asked["other"])
    return services.relate(agreement, other, kind=RelationKind(asked["kind"]), actor=actor)


SUPERSEDE = Verb(
    title=gettext_lazy("後継の協定への置き換え"),
    lead=gettext_lazy(
        "新しい協定が始まる日の前の日で、この協定を終了とします。二つの協定は互いのページから開けます。"
    ),
    button=gettext_lazy("置き換えを記録する"),
    done=gettext_lazy("置き換えを記録しました。「終了を取り消す」で元に戻せます。"),
    form=SupersedeForm,
    act=superseded,
    is_danger=True,
)
RELATE = Verb(
    title=gettext_lazy("ほかの協定との関係"),
    lead=gettext_lazy("この協定が、ほかの協定の変更・細目・参加などであることを記録します。"),
    button=gettext_lazy("関係を記録する"),
    done=gettext_lazy("関係を記録しました。"),
    form=RelateForm,
    act=related,
)


@staff_page
def supersede(request: StaffRequest, public_id: str) -> HttpResponse:
    return other_page(request, the_agreement(request, public_id), SUPERSEDE)


@staff_page
def relate(request: StaffRequest, public_id: str) -> HttpResponse:
    return other_page(request, the_agreement(request, public_id), RELATE)


@staff_page
@require_POST
def unrelate(request: StaffRequest, public_id: str) -> HttpResponse:
    agreement = the_agreement(request, public_id)
    stop_if(why_not_change(request.user, agreement, day=today()))
    number = request.POST.get("relation", "")
    key = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0
    relation = agreement.relations.filter(pk=key).select_related("other").first()
    try:
        if relation is None:
            raise services.Refused(_("この関係はもうありません。画面を読み直してください。"))
        services.unrelate(agreement, relation, actor=request.user)
        messages.success(request, _("関係の記録を取り消しました。"))
    except services.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:agreement_relate", agreement.public_id)
