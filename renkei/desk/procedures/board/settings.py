"""How the town runs its procedures."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from renkei.desk.procedures.board.settings_form import SettingsForm, typed_of
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.desk.versions import version_seen
from renkei.procedures.permissions import why_not_arrange_of
from renkei.procedures.services.arrange import arrange
from renkei.procedures.services.claiming import ProcedureRefused
from renkei.procedures.settings import settings_of


@staff_page
def page(request: StaffRequest) -> HttpResponse:
    """Show the settings, or set them; who may not is told why before and after pressing."""
    held = settings_of(town(request))
    version = held.version if held.pk else 0
    reason = why_not_arrange_of(request.user, None, today())
    form = SettingsForm(request.POST or None, initial=typed_of(held))
    if request.method == "POST":
        stop_if(reason)
    if form.is_valid():
        try:
            arrange(
                town(request),
                course=form.course(),
                wanted=form.cleaned_data["wanted"],
                takes_proposals=form.cleaned_data["takes_proposals"],
                seen=version_seen(request, version),
                by=request.user,
            )
            messages.success(request, _("締結手続の設定を変えました。これから始まる手続から使われます。"))
            return redirect("desk:procedure_settings")
        except ProcedureRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"title": _("締結手続の設定"), "form": form, "version": version, "reason": reason}
    status = 422 if form.errors else 200
    return render(request, "desk/procedures/board/settings.html", context, status=status)
