"""試験連絡: one letter to each contact with a mail address, and who has pressed the button."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.desk.form_page import now
from renkei.desk.staff import StaffRequest, staff_page, stop_if, today, town
from renkei.disasters.contacts.lines import PartnerLine, lines_of
from renkei.disasters.models import EmergencyContact, TestMessage
from renkei.disasters.permissions import why_not_lead, why_not_see_contacts
from renkei.disasters.refusals import ContactRefused
from renkei.disasters.services.testing import key_of, mail_of, send_tests
from renkei.municipalities.models import Municipality
from renkei.reminders.models import Letter, LetterState

SHOWN_FOR = timedelta(days=90)
MOST_SHOWN = 500


@dataclass(frozen=True)
class Sent:
    """A test message with what became of it; `is_stuck` says that the letter could not be delivered."""

    test: TestMessage
    is_stuck: bool


class TestForm(forms.Form):
    """To whose contacts the message goes."""

    partners = forms.MultipleChoiceField(
        label=gettext_lazy("試験連絡を送る相手方"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("送る相手方に印を付けてください。")},
    )

    def __init__(self, *args: Any, lines: list[PartnerLine], **options: Any) -> None:
        super().__init__(*args, **options)
        self.by_id = {one.partner.public_id: one for one in lines if any(map(mail_of, one.contacts))}
        partners = self.fields["partners"]
        assert isinstance(partners, forms.MultipleChoiceField)
        partners.choices = [(key, _named(one)) for key, one in self.by_id.items()]

    @property
    def contacts(self) -> list[EmergencyContact]:
        """All contacts of the ticked partners."""
        return [one for key in self.cleaned_data["partners"] for one in self.by_id[key].contacts]


def _named(line: PartnerLine) -> str:
    count = sum(bool(mail_of(one)) for one in line.contacts)
    return _("%(partner)s(メール%(count)s件)") % {"partner": line.partner, "count": count}


@staff_page
def page(request: StaffRequest) -> HttpResponse:
    stop_if(why_not_see_contacts(request.user, day=today()))
    lines, reason = testable(request)
    form = TestForm(request.POST if request.method == "POST" else None, lines=lines)
    if request.method == "POST":
        stop_if(reason)
        if form.is_valid() and _is_sent(request, form):
            return redirect("desk:emergency_contact_tests")
    sent = sent_tests(town(request))
    context = {
        "title": gettext_lazy("試験連絡"),
        "form": form if form.by_id else None,
        "reason": reason,
        "without": sum(not any(map(mail_of, one.contacts)) for one in lines),
        "sent": sent,
        "answered": sum(one.test.answered_at is not None for one in sent),
    }
    return render(request, "desk/emergency_contacts/tests.html", context, status=422 if form.errors else 200)


def testable(request: StaffRequest) -> tuple[list[PartnerLine], str | None]:
    """Partners to whose contacts the person may write: all for who leads, else those of the own divisions."""
    lines, reason = lines_of(town(request), today()), why_not_lead(request.user, day=today())
    if reason is None:
        return lines, None
    every = {one for line in lines for one in line.divisions}
    own = {one for one in every if request.user.works_for(one, day=today())}
    mine = [line for line in lines if own.intersection(line.divisions)]
    return mine, None if mine else reason


def _is_sent(request: StaffRequest, form: TestForm) -> bool:
    site = f"{request.scheme}://{request.get_host()}" if "counter" in settings.DOORS else ""
    try:
        sent = send_tests(form.contacts, actor=request.user, at=now(), site=site)
    except ContactRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("試験連絡を%s件送りました。返事が来ると、下の表に出ます。") % len(sent))
    return True


def sent_tests(municipality: Municipality) -> list[Sent]:
    """What was sent in the last months, newest first; a letter that failed in the outbox is known by its key."""
    recent = TestMessage.objects.filter(municipality=municipality, sent_at__gte=now() - SHOWN_FOR)
    tests = list(recent.select_related("contact__organisation", "contact__municipality")[:MOST_SHOWN])
    failed = Letter.objects.of(municipality).filter(state=LetterState.FAILED)
    stuck = set(failed.filter(key__in=[key_of(one) for one in tests]).values_list("key", flat=True))
    return [Sent(one, key_of(one) in stuck) for one in tests]
