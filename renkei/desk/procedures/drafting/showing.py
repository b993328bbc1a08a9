"""Showing a version to the partner at the desk."""

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.desk.procedures.drafting.forms import long_text
from renkei.desk.procedures.drafting.versions import the_version
from renkei.desk.procedures.verbs import ProcedureVerb, the_procedure, verb_page
from renkei.desk.staff import StaffRequest, staff_page
from renkei.procedures.models import Procedure
from renkei.procedures.people import addresses_of
from renkei.procedures.services.showing import show

WHAT_FOLLOWS = gettext_lazy(
    "相手方は窓口でこの版を読み、Wordで受け取って直し、返せるようになります。見せた版は、見せる前に戻せません。"
)


class ShowForm(forms.Form):
    """The words that go with the version."""

    words = long_text(
        gettext_lazy("相手方への言葉"),
        rows=4,
        max_length=2000,
        help_text=gettext_lazy("お知らせのメールの初めに入ります。書かなくてもかまいません。"),
    )


def whom(procedure: Procedure) -> str:
    """Who gets the letter."""
    names = [name or email for email, name in addresses_of(procedure)]
    if not names:
        return _("相手方の宛先が分からないので、知らせは送られません。Wordで受け取って渡してください。")
    return _("%(names)sさんに知らせます。") % {"names": "さん、".join(names)}


@staff_page
def page(request: StaffRequest, public_id: str, one: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    version = the_version(procedure, one)
    verb = ProcedureVerb(
        title=_("%(version)sを相手方に見せる") % {"version": version},
        lead=f"{whom(procedure)} {WHAT_FOLLOWS}",
        button=gettext_lazy("見せて、メールで知らせる"),
        done=gettext_lazy("相手方に見せました。知らせの手紙は送信箱で確かめられます。"),
        form=ShowForm,
        act=lambda asked: show(version, words=asked.given["words"], by=asked.user, at=timezone.now()),
        back="drafts",
    )
    return verb_page(request, procedure, verb)
