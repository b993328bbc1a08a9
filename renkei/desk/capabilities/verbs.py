"""Writing, editing, confirming and ending what a partner does."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from renkei.agreements.models import Agreement
from renkei.desk.capabilities.forms import CapabilityForm, ConfirmForm, EndForm, initial_of
from renkei.desk.capabilities.views import the_capability
from renkei.desk.form_page import Page, now, shown_or_done
from renkei.desk.staff import StaffRequest, staff_page, today, town
from renkei.desk.versions import version_seen
from renkei.disasters.models import Capability
from renkei.disasters.permissions import why_not_prepare
from renkei.disasters.services import capabilities
from renkei.ui.verbs import VerbWords

NEW = VerbWords(
    title=_("支援内容を書く"),
    lead=_(
        "災害のとき相手方が行うことを一つ書きます。品目ごとに分けて書くと、必要なときに早く見つかります。"
    ),
    button=_("支援内容を書く"),
    done=_("支援内容を書きました。相手方に確かめたら「確かめた」を記録してください。"),
    form=CapabilityForm,
)
EDIT = VerbWords(
    title=_("支援内容の編集"),
    lead=_("直したところは、前と後が記録に残ります。案を直して保存すると、現行の支援内容になります。"),
    button=_("保存する"),
    done=_("支援内容を保存しました。"),
    form=CapabilityForm,
)
CONFIRM = VerbWords(
    title=_("支援内容を確かめた"),
    lead=_(
        "相手方に問い合わせるなどして、いまもこのとおりだと分かったことを記録します。違うときは先に編集してください。"
    ),
    button=_("確かめたと記録する"),
    done=_("確かめたことを記録しました。"),
    form=ConfirmForm,
)
END = VerbWords(
    title=_("支援内容を取りやめる"),
    lead=_("相手方がもう行わないことを記録します。消えずに残りますが、災害のときの候補には出なくなります。"),
    button=_("取りやめを記録する"),
    done=_("取りやめを記録しました。"),
    form=EndForm,
    is_danger=True,
)
TEMPLATE = "desk/capabilities/verb.html"


def page_of(capability: Capability) -> str:
    """The capability's own page."""
    return reverse("desk:capability", args=[capability.public_id])


@staff_page
def new(request: StaffRequest, agreement_id: str) -> HttpResponse:
    mine = Agreement.objects.of(town(request)).select_related("municipality", "division")
    agreement = get_object_or_404(mine, public_id=agreement_id)

    def act(form: Any, once: str) -> object:
        return capabilities.write_capability(
            agreement, form.facts(), actor=request.user, at=now(), public_id=once
        )

    page = Page(
        verb=NEW,
        reason=why_not_prepare(request.user, agreement, day=today()),
        back=reverse("desk:agreement", args=[agreement.public_id]),
        act=act,
        beside={"agreement": agreement},
        template=TEMPLATE,
        onward=page_of,
    )
    return shown_or_done(request, page, {"agreement": agreement})


def _shown(
    request: StaffRequest, capability: Capability, verb: VerbWords, act: Any, /, **form_options: Any
) -> HttpResponse:
    seen = capability.version
    capability.version = version_seen(request, seen)
    page = Page(
        verb=verb,
        reason=why_not_prepare(request.user, capability.agreement, day=today()),
        back=page_of(capability),
        act=act,
        beside={"capability": capability, "agreement": capability.agreement},
        template=TEMPLATE,
    )
    return shown_or_done(request, page, form_options, version=seen)


@staff_page
def edit(request: StaffRequest, public_id: str) -> HttpResponse:
    capability = the_capability(request, public_id)

    def act(form: Any, _once: str) -> object:
        return capabilities.edit_capability(capability, form.facts(), actor=request.user, at=now())

    return _shown(
        request,
        capability,
        EDIT,
        act,
        agreement=capability.agreement,
        places=capability.places.count(),
        initial=initial_of(capability),
    )


@staff_page
def confirm(request: StaffRequest, public_id: str) -> HttpResponse:
    capability = the_capability(request, public_id)

    def act(form: Any, _once: str) -> object:
        return capabilities.confirm_capability(capability, **form.cleaned_data, actor=request.user)

    return _shown(request, capability, CONFIRM, act, day=today(), initial={"on": today()})


@staff_page
def end(request: StaffRequest, public_id: str) -> HttpResponse:
    capability = the_capability(request, public_id)

    def act(form: Any, _once: str) -> object:
        return capabilities.end_capability(capability, **form.cleaned_data, actor=request.user)

    return _shown(request, capability, END, act, initial={"on": today()})
