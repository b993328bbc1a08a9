"""Forms about the term of an agreement: renew, let it renew itself, decline, take back."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.models import Agreement, Party
from renkei.agreements.services import one_party_leaves
from renkei.documents.uploads import can_be_kept
from renkei.ui.forms import DayField


class PaperField(forms.FileField):
    """The signed paper, if there is one; as its name and content."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("validators", [can_be_kept])
        options.setdefault(
            "help_text", gettext_lazy("PDF・Word・Excel・画像。50MBまで。後から添付することもできます。")
        )
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        return (file.name, file.read()) if file else None


def note_field(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:
    """A few lines of text."""
    return forms.CharField(
        label=label, help_text=help_text, required=required, widget=forms.Textarea(attrs={"rows": 3})
    )


class TermForm(forms.Form):
    """A form about the end of one term."""

    term_ends_on = forms.DateField(widget=forms.HiddenInput)


class RenewForm(forms.Form):
    """The term that follows."""

    until = DayField(
        label=gettext_lazy("更新した期間の最後の日"),
        error_messages={"required": gettext_lazy("最後の日を入れてください。例: 令和12年3月31日")},
    )
    starts_on = DayField(
        label=gettext_lazy("更新した期間の最初の日"),
        required=False,
        help_text=gettext_lazy("空ければ、前の期間が終わる日の翌日です。"),
    )
    note = note_field(gettext_lazy("更新の理由・経緯"))
    document = PaperField(label=gettext_lazy("更新の文書"))


class LetRenewForm(TermForm):
    """That it goes on by itself."""

    note = note_field(gettext_lazy("判断の理由"))


class DeclineForm(TermForm):
    """That it does not go on: when the other side was told, or that both agree."""

    notified_on = DayField(
        label=gettext_lazy("相手方に通知した日"),
        required=False,
        help_text=gettext_lazy("通知の期限を過ぎていないかを、この日で確かめます。"),
    )
    by_both = forms.BooleanField(
        label=gettext_lazy("双方が合意している(通知の期限によらない)"), required=False
    )
    note = note_field(gettext_lazy("更新しない理由"))

    def __init__(self, *args: Any, agreement: Agreement, **options: Any) -> None:
        super().__init__(*args, **options)
        self.parties: dict[str, Party] = {}
        if one_party_leaves(agreement):
            self.parties = {str(one.pk): one for one in agreement.parties.all() if one.left_on is None}
            self.fields["party"] = forms.ChoiceField(
                choices=[("", _("選んでください")), *((pk, str(one)) for pk, one in self.parties.items())],
                label=gettext_lazy("抜ける当事者"),
                help_text=gettext_lazy(
                    "一者の通知では、その当事者だけが抜けます。ほかの当事者の協定は続きます。"
                ),
                error_messages={"required": gettext_lazy("抜ける当事者を選んでください。")},
            )
            self.order_fields(["party"])

    def clean_party(self) -> Party:
        return self.parties[self.cleaned_data["party"]]


class UndoDecisionForm(TermForm):
    """Why the decision is taken back."""

    reason = note_field(gettext_lazy("取り消す理由"))


class ReasonForm(forms.Form):
    """Why something recorded is taken back."""

    reason = note_field(
        gettext_lazy("取り消す理由"),
        gettext_lazy("「別の協定と取り違えた」など。記録に残ります。"),
        required=True,
    )
    reason.error_messages["required"] = gettext_lazy("取り消す理由を入れてください。")
