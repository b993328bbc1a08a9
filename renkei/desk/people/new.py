"""A new person of the town: the form, and the link with which the person comes in first."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.desk.people.forms import NewForm
from renkei.desk.people.verbs import acting, divisions_of
from renkei.desk.session.letters import hand_over
from renkei.desk.session.person import show_once
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.people.permissions import why_not_manage
from renkei.people.services import staff
from renkei.people.services.invitations import InvitationRefused
from renkei.people.services.staffing import PeopleRefused


@staff_page
def page(request: StaffRequest) -> HttpResponse:
    reason = why_not_manage(request.user, day=today())
    sent = request.POST if request.method == "POST" else None
    form = NewForm(sent, divisions=divisions_of(request, today()), initial={"starts_on": today()})
    if request.method == "POST":
        stop_if(reason)
    if form.is_valid():
        try:
            link = staff.add(town(request), at=timezone.now(), **form.cleaned_data, **acting(request))
        except (PeopleRefused, InvitationRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            address = request.build_absolute_uri(reverse("desk:sign_in_link", args=[link.token]))
            if hand_over(link, address):
                messages.success(
                    request, _("登録し、%(mail)s に招待を送りました。") % {"mail": link.user.email}
                )
                return redirect("desk:person", link.user.public_id)
            show_once(request, link.user, address)
            messages.success(
                request, _("登録しました。招待のリンクを、本人に確かに届く方法で渡してください。")
            )
            return redirect("desk:person_sign_in", link.user.public_id)
    context = {"title": gettext_lazy("職員を登録する"), "form": form, "reason": reason}
    return render(request, "desk/people/new.html", context, status=422 if form.errors else 200)
