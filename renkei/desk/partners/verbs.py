"""What can be done with a partner's record: edited, renamed, gone, and that taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.agreements import services as agreements
from renkei.agreements.models import Agreement
from renkei.agreements.permissions import why_not_change as why_not_change_agreement
from renkei.desk.partners.forms import EditForm, GoneForm, ReasonForm, RenameForm
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.partners import services
from renkei.partners.models import Organisation
from renkei.partners.permissions import why_not_change
from renkei.ui.verbs import VerbWords


@dataclass(frozen=True, kw_only=True)
class PartnerVerb(VerbWords):
    """What one page says, asks and does; `act` calls one service and may raise a refusal."""

    act: Callable[[Organisation, Any, User], object]


def edited(partner: Organisation, form: Any, actor: User) -> object:
    facts = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "reason"}
    return services.edit(partner, facts=facts, actor=actor, reason=form.cleaned_data["reason"])


def gone(partner: Organisation, form: Any, actor: User) -> object:
    asked = form.cleaned_data
    return agreements.partner_gone(partner, form.fates(), on=asked["on"], actor=actor, reason=asked["reason"])


EDIT = PartnerVerb(
    title=_("相手方の編集"),
    lead=_("この相手方について分かったことを書き加え、間違いを直します。署名したときの名称は変わりません。"),
    button=_("保存する"),
    done=_("相手方の記録を直しました。"),
    form=EditForm,
    act=edited,
)
RENAME = PartnerVerb(
    title=_("相手方の改称"),
    lead=_("相手方が名称を改めたことを記録します。前の名称でも見つかり、署名したときの名称も残ります。"),
    button=_("名称を改める"),
    done=_("名称を改めました。"),
    form=RenameForm,
    act=lambda partner, form, actor: services.rename(partner, actor=actor, **form.cleaned_data),
)
GONE = PartnerVerb(
    title=_("相手方の解散・閉店など"),
    lead=_("相手方がなくなったことを記録し、続いている協定をどうするかを一つずつ選びます。"),
    button=_("記録する"),
    done=_("解散などを記録しました。"),
    form=GoneForm,
    act=gone,
    is_danger=True,
)
REVIVE = PartnerVerb(
    title=_("解散などの記録の取消し"),
    lead=_(
        "解散などの記録を取り消します。そのとき終了とした協定は終了のままです。協定ごとに戻してください。"
    ),
    button=_("取り消す"),
    done=_("解散などの記録を取り消しました。"),
    form=ReasonForm,
    act=lambda partner, form, actor: services.revive(partner, actor=actor, **form.cleaned_data),
)


def the_partner(request: StaffRequest, public_id: str) -> Organisation:
    """The person's own town's partner, or 404."""
    partners = Organisation.objects.of(town(request)).select_related("merged_into", "municipality")
    return get_object_or_404(partners, public_id=public_id)


def verb_page(
    request: StaffRequest, partner: Organisation, verb: PartnerVerb, **form_options: Any
) -> HttpResponse:
    """Show the form, or do what it says; who may not is told why before and after pressing."""
    reason, same = why_not_change(request.user, partner, day=today()), None
    form: Any = verb.form(request.POST if request.method == "POST" else None, **form_options)
    if request.method == "POST":
        stop_if(reason)
        written = request.POST.get("version", "")
        partner.version = int(written) if written.isdecimal() and len(written) < 10 else partner.version
    if form.is_valid():
        try:
            verb.act(partner, form, request.user)
            messages.success(request, str(verb.done))
            return redirect("desk:partner", partner.public_id)
        except services.SameNumber as refusal:
            same = refusal.other
            form.add_error("corporate_number", str(refusal))
        except (services.PartnerRefused, agreements.Refused) as refusal:
            form.add_error(None, str(refusal))
    context = {"title": verb.title, "verb": verb, "partner": partner, "form": form, "reason": reason}
    context |= {"same": same, "version": partner.version, "others": form_options.get("others", ())}
    return render(request, "desk/partners/verb.html", context, status=422 if form.errors else 200)


@staff_page
def edit(request: StaffRequest, public_id: str) -> HttpResponse:
    partner = the_partner(request, public_id)
    return verb_page(
        request, partner, EDIT, initial={name: getattr(partner, name) for name in services.COLUMNS}
    )


@staff_page
def rename(request: StaffRequest, public_id: str) -> HttpResponse:
    return verb_page(request, the_partner(request, public_id), RENAME)


@staff_page
def partner_gone(request: StaffRequest, public_id: str) -> HttpResponse:
    partner = the_partner(request, public_id)
    going_on = Agreement.objects.of(town(request)).with_partner(partner).filter(ending__isnull=True)
    mine = [
        one
        for one in going_on.with_everything()
        if why_not_change_agreement(request.user, one, day=today()) is None
    ]
    return verb_page(request, partner, GONE, agreements=mine)


@staff_page
def revive(request: StaffRequest, public_id: str) -> HttpResponse:
    return verb_page(request, the_partner(request, public_id), REVIVE)
