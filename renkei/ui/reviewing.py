"""Forms of a review that both doors show: a comment on a clause, and the acceptance of what was seen."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 8000


class CommentForm(forms.Form):
    """What is said about one clause of one version; hidden fields name them."""

    version = forms.CharField(max_length=12)
    clause = forms.CharField(max_length=400, required=False)
    once = forms.CharField(min_length=12, max_length=12)
    text = forms.CharField(
        label=_("意見"),
        max_length=LONGEST,
        required=False,
        error_messages={"max_length": _("意見は8,000字までにしてください。")},
    )
    proposed = forms.CharField(
        label=_("直した文"),
        max_length=LONGEST,
        required=False,
        error_messages={"max_length": _("直した文は8,000字までにしてください。")},
    )
    is_open = forms.BooleanField(label=_("相手方にも見せる"), required=False)


class AcceptanceForm(forms.Form):
    """A tick, and the digests of what the person had before their eyes."""

    reviewer = forms.CharField(max_length=12)
    digests = forms.CharField(max_length=200)
    agrees = forms.BooleanField(
        label=_("この版に同意します"),
        error_messages={"required": _("同意するときは「この版に同意します」に印を付けてください。")},
    )

    def clean_digests(self) -> list[str]:
        """One digest for each version."""
        told: str = self.cleaned_data["digests"]
        return told.split()
