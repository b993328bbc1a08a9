"""Which roles must have a second factor in the town."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.factors import RequiredFactor
from renkei.desk.session.forms import PolicyForm
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.people.services.factors import require_second_factor
from renkei.people.sign_in_permissions import why_not_look_after


@staff_page
def page(request: StaffRequest) -> HttpResponse:
    """Show the rule; an administrator changes it."""
    reason = why_not_look_after(request.user, day=today())
    required = RequiredFactor.objects.of(town(request)).values_list("role", flat=True)
    form = PolicyForm(request.POST if request.method == "POST" else None, initial={"roles": list(required)})
    if request.method == "POST":
        stop_if(reason)
        if form.is_valid():
            require_second_factor(town(request), form.cleaned_data["roles"], actor=request.user)
            messages.success(request, _("二要素を求める役割を保存しました。"))
            return redirect("desk:sign_in_policy")
    context = {"title": gettext_lazy("サインインの決まり"), "form": form, "reason": reason}
    return render(request, "desk/session/policy.html", context, status=422 if form.errors else 200)
