"""Where what is done seldom, and for the whole town, begins."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from renkei.desk.staff import StaffRequest, staff_page


@staff_page
def page(request: StaffRequest) -> HttpResponse:
    return render(request, "desk/administration/page.html", {"title": _("管理")})
