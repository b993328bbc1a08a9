"""How the town is reminded."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from renkei.desk.reminders.forms import SettingsForm
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.reminders.models import ReminderSettings
from renkei.reminders.permissions import why_not_set
from renkei.reminders.services import SettingsRefused, arrange


@staff_page
def reminder_settings(request: StaffRequest) -> HttpResponse:
    """Show the settings, or set them; who may not is told why before and after pressing."""
    held = ReminderSettings.objects.of(town(request)).first() or ReminderSettings(version=0)
    reason = why_not_set(request.user, None, today())
    form = SettingsForm.showing(held, request.POST or None)
    if request.method == "POST":
        stop_if(reason)
    if form.is_valid():
        try:
            arrange(town(request), **form.cleaned_data, seen=_seen(request, held), actor=request.user)
            messages.success(request, _("督促の設定を変えました。次の日ごとの仕事から使われます。"))
            return redirect("desk:reminder_settings")
        except SettingsRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"title": _("督促の設定"), "form": form, "settings": held, "reason": reason}
    status = 422 if form.errors else 200
    return render(request, "desk/reminders/settings.html", context, status=status)


def _seen(request: StaffRequest, held: ReminderSettings) -> int:
    """The version that the person had before their eyes."""
    written = request.POST.get("version", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else held.version
