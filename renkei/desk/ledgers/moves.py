"""What moves a whole batch: commit, stop, undo. The page shows how far it is, from wherever one comes back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from renkei.agreements.permissions import why_not_register
from renkei.desk.ledgers.lines import counts
from renkei.desk.ledgers.views import the_batch
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today
from renkei.ledger import services
from renkei.ledger.models import Batch, BatchState
from renkei.ledger.tasks import commit_in_background

AT_ONCE = 2000
"""Rows up to which a commit is done while the person waits (a few seconds)."""


@staff_page
@require_POST
def commit(request: StaffRequest, public_id: str) -> HttpResponse:
    batch = the_batch(request, public_id)
    stop_if(why_not_register(request.user, day=today()))
    try:
        _commit(request, batch, publishes="publishes" in request.POST)
    except services.CommitRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:ledger", batch.public_id)


def _commit(request: StaffRequest, batch: Batch, *, publishes: bool) -> None:
    new = counts(batch)["new"]
    if not new and batch.state == BatchState.READY:
        messages.error(
            request,
            _(
                "取り込める協定がありません。保留の行を直すか、列の読み方を変えてから、もう一度押してください。"
            ),
        )
    elif new > AT_ONCE:
        services.start_commit(batch, publishes=publishes)
        commit_in_background.enqueue(batch.pk, request.user.pk, publishes)
    else:
        services.commit(batch, actor=request.user, publishes=publishes)
        messages.success(request, _("%(count)s件の協定を取り込みました。") % {"count": new})


@staff_page
@require_POST
def stop(request: StaffRequest, public_id: str) -> HttpResponse:
    batch = the_batch(request, public_id)
    stop_if(why_not_register(request.user, day=today()))
    try:
        services.stop_commit(batch)
        messages.success(request, _("取込みを取りやめました。協定は一件も登録されていません。"))
    except services.CommitRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:ledger", batch.public_id)


@staff_page
@require_POST
def undo(request: StaffRequest, public_id: str) -> HttpResponse:
    batch = the_batch(request, public_id)
    stop_if(why_not_register(request.user, day=today()))
    try:
        services.undo(batch, actor=request.user)
        messages.success(request, _("取込みを取り消しました。取り込む前の登録簿に戻りました。"))
    except services.CommitRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:ledger", batch.public_id)
