"""Forms of an old agreement that comes in as a file: the file, and what a person confirms of it."""

from django import forms
from django.utils.translation import gettext_lazy

from renkei.desk.agreements.forms import AttachForm
from renkei.desk.agreements.kept_form import NewForm


class BringForm(forms.Form):
    """The file of the agreement."""

    file = AttachForm.base_fields["file"]


class BroughtForm(NewForm):
    """A new agreement as its file proposes it; the file is attached when it is registered."""

    publishes_document = forms.BooleanField(
        label=gettext_lazy("協定を公開するとき、この文書も公開する"),
        required=False,
        help_text=gettext_lazy("署名した人の名前など、個人の情報がないことを確かめてください。"),
    )

    after_parties = (
        *NewForm.after_parties,
        (gettext_lazy("添付する文書"), ("publishes_document",)),
    )
