"""The answer to a test message: one button, pressed by whoever got the letter, without an account."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from renkei.counter.visitor import CounterRequest, now, town_page
from renkei.disasters.contacts.message_links import message_of
from renkei.disasters.services.testing import answer_test


@town_page
def page(request: CounterRequest, token: str) -> HttpResponse:
    """Opening the page says nothing, since mail scanners open links; pressing the button does."""
    test = message_of(token, town=request.town, at=now())
    context = {"title": _("災害時の緊急連絡先の試験連絡"), "town": request.town, "test": test}
    if test is None:
        return render(request, "counter/disasters/test.html", context, status=410)
    if request.method == "POST":
        answer_test(test, at=now())
    return render(request, "counter/disasters/test.html", context)
