"""Forms of the library: a clause, and an agreement's template that was changed in Word."""

from django import forms
from django.utils.translation import gettext_lazy

from renkei.documents.clauses.services import ClauseWords
from renkei.documents.uploads import can_be_kept
from renkei.documents.vocabulary import ClauseKind

LARGEST = 1024 * 1024 * 3 // 2


class ClauseForm(forms.Form):
    """A clause of the town's own."""

    kind = forms.ChoiceField(label=gettext_lazy("条項の種類"), choices=ClauseKind.choices)
    name = forms.CharField(
        label=gettext_lazy("書き方の名前"),
        max_length=60,
        help_text=gettext_lazy("ほかの書き方との違いが分かる名前。例: 二年間、自動で更新"),
        error_messages={"required": gettext_lazy("名前を入れてください。例: 二年間、自動で更新")},
    )
    heading = forms.CharField(label=gettext_lazy("見出し"), max_length=100)
    text = forms.CharField(
        label=gettext_lazy("条文"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "第一項から書きます。第二項からは行を改めて「２　」と始めます。当事者は下の差し込み項目で書きます。"
        ),
        error_messages={"required": gettext_lazy("条文を入れてください。")},
    )
    note = forms.CharField(
        label=gettext_lazy("どんなときに使うか"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("選ぶ人のための一文か二文。"),
        error_messages={"required": gettext_lazy("選ぶ人が迷わないよう、使うときを一文で書いてください。")},
    )

    def words(self) -> ClauseWords:
        """What the service asks for, after is_valid()."""
        told = self.cleaned_data
        return ClauseWords(**told | {"kind": ClauseKind(told["kind"])})


class AgreementTemplateForm(forms.Form):
    """A Word file that begins the texts about a subject from now on."""

    file = forms.FileField(
        label=gettext_lazy("直したWord文書(.docx)"),
        validators=[can_be_kept],
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        error_messages={"required": gettext_lazy("直したWord文書を選んでください。")},
    )
    note = forms.CharField(
        label=gettext_lazy("変えたこと"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("例: 費用の条を市の負担にした"),
    )
