"""The matters of cooperation of a procedure: the list with a form to add one, and what is done to each."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from renkei.desk.procedures.intake.forms import ItemForm, ReasonForm
from renkei.desk.procedures.presses import pressed
from renkei.desk.procedures.verbs import Asked, ProcedureVerb, the_procedure, verb_page
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.procedures.models import CooperationItem, Procedure
from renkei.procedures.services import items as services
from renkei.procedures.services.items import ItemFacts


def the_item(procedure: Procedure, item_id: str) -> CooperationItem:
    """An item of the procedure, or 404."""
    return get_object_or_404(procedure.items.select_related("division"), public_id=item_id)


def _add(asked: Asked) -> object:
    facts = ItemFacts(**asked.given)
    return services.add_item(asked.procedure, facts, by=asked.user, at=timezone.now(), public_id=asked.once)


ADD = ProcedureVerb(
    title=gettext_lazy("連携事項"),
    lead=gettext_lazy("協定に載せる事項を、載せる順に並べます。庁内照会と協議は、この事項ごとに進みます。"),
    button=gettext_lazy("加える"),
    done=gettext_lazy("連携事項を加えました。"),
    form=ItemForm,
    act=_add,
    back="items",
    template="desk/procedures/intake/items.html",
)


@staff_page
def items(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    listed = list(procedure.items.select_related("division"))
    more = {
        "standing": [one for one in listed if not one.dropped_reason],
        "dropped": [one for one in listed if one.dropped_reason],
    }
    return verb_page(request, procedure, ADD, more=more, town=town(request), day=today())


@staff_page
def change(request: StaffRequest, public_id: str, item_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    item = the_item(procedure, item_id)
    verb = ProcedureVerb(
        title=_("連携事項を直す"),
        lead=_(
            "合意した事項の言い方を変えると、合意はいったん取り消されます。直す前の内容は記録に残ります。"
        ),
        button=_("直す"),
        done=_("連携事項を直しました。"),
        form=ItemForm,
        act=lambda asked: services.change_item(
            item, ItemFacts(**asked.given), by=asked.user, at=timezone.now()
        ),
        back="items",
    )
    initial = {name: getattr(item, name) for name in ItemForm.base_fields}
    options: dict[str, Any] = {"town": town(request), "day": today(), "present": item.division}
    return verb_page(request, procedure, verb, initial=initial, **options)


@staff_page
def drop(request: StaffRequest, public_id: str, item_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    item = the_item(procedure, item_id)
    verb = ProcedureVerb(
        title=_("「%(item)s」を取りやめる") % {"item": item},
        lead=_("協定に載せないことにします。書いたものは残り、あとで戻せます。"),
        button=_("取りやめる"),
        done=_("連携事項を取りやめました。"),
        form=ReasonForm,
        act=lambda asked: services.drop_item(item, **asked.given, by=asked.user, at=timezone.now()),
        back="items",
        is_danger=True,
    )
    return verb_page(request, procedure, verb)


@staff_page
@require_POST
def order(request: StaffRequest, public_id: str, item_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    item, way = the_item(procedure, item_id), request.POST.get("way", "")
    way = way if way in (services.UP, services.DOWN) else services.UP
    return pressed(
        request,
        procedure,
        lambda: services.order_item(item, way, by=request.user, at=timezone.now()),
        _("「%(item)s」を動かしました。") % {"item": item},
        "items",
    )


@staff_page
@require_POST
def bring_back(request: StaffRequest, public_id: str, item_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    item = the_item(procedure, item_id)
    return pressed(
        request,
        procedure,
        lambda: services.bring_back_item(item, by=request.user, at=timezone.now()),
        _("「%(item)s」を戻しました。") % {"item": item},
        "items",
    )


@staff_page
@require_POST
def agree(request: StaffRequest, public_id: str, item_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    item, is_agreed = the_item(procedure, item_id), request.POST.get("agreed") == "yes"
    done = _("「%(item)s」を合意としました。") if is_agreed else _("「%(item)s」の合意を取り消しました。")
    return pressed(
        request,
        procedure,
        lambda: services.agree_on_item(item, is_agreed, by=request.user, at=timezone.now()),
        done % {"item": item},
        "meetings",
    )
