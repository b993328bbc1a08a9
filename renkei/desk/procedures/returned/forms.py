"""Forms of drafts that came back: the file, what becomes of a change, an answer to a comment."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.vocabulary import Side
from renkei.correspondents.models import Correspondent
from renkei.procedures.models import DraftVersion
from renkei.procedures.services.returning import Brought
from renkei.procedures.vocabulary import Resolution
from renkei.ui.returning import ReturnForm


class ReceiveForm(ReturnForm):
    """A file that came by mail or was changed inside, from whom, and which version it goes back to."""

    version = forms.ChoiceField(
        label=gettext_lazy("直す前の版"),
        required=False,
        help_text=gettext_lazy("ファイルの中の印から分かります。違うときだけ選んでください。"),
    )
    origin = forms.ChoiceField(label=gettext_lazy("直した人"))
    field_order = ("file", "origin", "version", "note")

    def __init__(
        self, *args: Any, versions: Sequence[DraftVersion], people: Sequence[Correspondent], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.versions: Mapping[str, DraftVersion] = {one.public_id: one for one in versions}
        self.people: Mapping[str, Correspondent] = {one.public_id: one for one in people}
        version, origin = self.fields["version"], self.fields["origin"]
        assert isinstance(version, forms.ChoiceField)
        assert isinstance(origin, forms.ChoiceField)
        version.choices = [
            ("", _("ファイルから見分ける")),
            *((key, str(one)) for key, one in self.versions.items()),
        ]
        origin.choices = [
            *((key, _("相手方の%(name)s") % {"name": one}) for key, one in self.people.items()),
            ("partner", _("相手方(ほかの人)")),
            ("town", _("市の中で直した")),
        ]

    def brought(self) -> Brought:
        """What the service takes, after is_valid()."""
        given = self.cleaned_data
        return Brought(
            content=given["file"].read(),
            name=given["file"].name,
            note=given["note"],
            version=self.versions.get(given["version"]),
            side=Side.TOWN if given["origin"] == "town" else Side.PARTNER,
            correspondent=self.people.get(given["origin"]),
        )


class DecisionForm(forms.Form):
    """What becomes of one change, of the changes of a clause, or of all that are left."""

    scope = forms.ChoiceField(choices=[(name, name) for name in ("change", "clause", "left", "following")])
    which = forms.CharField(max_length=400, required=False)
    resolution = forms.ChoiceField(choices=Resolution.choices)
    answer = forms.CharField(
        max_length=4000,
        required=False,
        error_messages={"max_length": gettext_lazy("回答は4,000字までにしてください。")},
    )
    version = forms.IntegerField(min_value=0)


class AnswerForm(forms.Form):
    """An answer to a comment of the file."""

    which = forms.CharField(max_length=12)
    answer = forms.CharField(
        max_length=4000,
        required=False,
        error_messages={"max_length": gettext_lazy("回答は4,000字までにしてください。")},
    )
    version = forms.IntegerField(min_value=0)


class SeenForm(forms.Form):
    """The state of the draft that came back, as the person saw it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class SetAsideForm(SeenForm):
    """Why nothing is taken up."""

    reason = forms.CharField(
        label=gettext_lazy("取り上げない理由"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("相手方から戻ってきたものでは、相手方が読みます。"),
        error_messages={"required": gettext_lazy("取り上げない理由を書いてください。相手方に伝わります。")},
    )
