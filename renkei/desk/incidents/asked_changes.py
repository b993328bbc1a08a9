"""Putting right how much is asked of a partner, when and under which conditions."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from renkei.desk.form_page import Page, shown_or_done
from renkei.desk.incidents.forms import AskedForm
from renkei.desk.incidents.records import the_request, why_not
from renkei.desk.staff import StaffRequest, staff_page
from renkei.desk.versions import version_seen
from renkei.disasters.models import HelpRequest
from renkei.disasters.services.stepping import change_request
from renkei.ui.verbs import VerbWords

CHANGE = VerbWords(
    title=_("要請の内容を直す"),
    lead=_("要請書とメールに載る数量・日時・条件です。もう伝えた後なら、相手方にも電話で伝えてください。"),
    button=_("この内容にする"),
    done=_("要請の内容を直しました。"),
    form=AskedForm,
)


@staff_page
def change(request: StaffRequest, public_id: str) -> HttpResponse:
    """Quantity, wanted time and conditions of one request."""
    asked = the_request(request, public_id)

    def act(form: AskedForm, _once: str) -> HelpRequest:
        asked.version = version_seen(request, asked.version)
        return change_request(asked, form.facts, actor=request.user)

    page = Page(
        verb=CHANGE,
        reason=why_not(request),
        back=reverse("desk:help_request", args=[asked.public_id]),
        act=act,
        beside={"incident": asked.incident, "need": asked.need},
        template="desk/incidents/verb.html",
    )
    names = ("quantity", "unit", "wanted", "conditions")
    initial = {name: getattr(asked, name) for name in names}
    return shown_or_done(request, page, {"initial": initial}, version=asked.version)
