"""Taking an attached document off its agreement, and putting it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from renkei.agreements import services
from renkei.agreements.permissions import why_not_change
from renkei.desk.agreements.verbs import the_agreement
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today


@staff_page
@require_POST
def detach(request: StaffRequest, public_id: str, document_id: str) -> HttpResponse:
    agreement = the_agreement(request, public_id)
    stop_if(why_not_change(request.user, agreement, day=today()))
    attachments = agreement.attachments.select_related("document", "agreement__municipality")
    attachment = get_object_or_404(attachments, document__public_id=document_id)
    names = {"name": attachment.document.name}
    try:
        if request.POST.get("attached") == "yes":
            services.attach_again(attachment, actor=request.user)
            messages.success(request, _("文書「%(name)s」を戻しました。") % names)
        else:
            services.detach(attachment, at=timezone.now(), actor=request.user)
            messages.success(
                request, _("文書「%(name)s」を外しました。「外した文書」からいつでも戻せます。") % names
            )
    except services.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:agreement", agreement.public_id)
