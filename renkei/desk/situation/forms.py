"""Forms of a running incident and of what follows it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from renkei.disasters.services.lessons import LessonFacts
from renkei.municipalities.models import Division, Municipality
from renkei.ui.amounts import YenField
from renkei.ui.forms import DayField

LONG = {"rows": 6}


class SendForm(forms.Form):
    """To which address the request goes; those of the chain can be chosen."""

    to = forms.CharField(
        label=gettext_lazy("送り先のメールアドレス"),
        max_length=254,
        error_messages={
            "required": gettext_lazy(
                "送り先のメールアドレスを入れてください。なければ、電話かFAXで要請します。"
            )
        },
        widget=forms.TextInput(
            attrs={"inputmode": "email", "autocomplete": "off", "list": "known-addresses"}
        ),
        help_text=gettext_lazy("緊急連絡先のアドレスか、電話で聞いたアドレス。例: kinkyu@example.co.jp"),
    )


class CallBackForm(forms.Form):
    """With whom somebody spoke."""

    spoke_with = forms.CharField(
        label=gettext_lazy("電話で話した相手"),
        max_length=100,
        error_messages={"required": gettext_lazy("電話で話した相手の氏名を入れてください。")},
        help_text=gettext_lazy("リンクに書かれた番号でなく、緊急連絡先の番号にかけて確かめます。"),
    )


class HandoverForm(forms.Form):
    """What the next shift must know."""

    text = forms.CharField(
        label=gettext_lazy("引き継ぐこと"),
        widget=forms.Textarea(attrs=LONG),
        help_text=gettext_lazy(
            "手配中のものは下の一覧が一緒に残ります。ここには、気をつけることを書きます。"
        ),
    )
    to_name = forms.CharField(
        label=gettext_lazy("引き継ぐ相手"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("例: 2班 山田"),
    )


class CloseForm(forms.Form):
    """Closing, in the knowledge of what is open."""

    knows_open = forms.BooleanField(
        label=gettext_lazy("片づいていないことを確かめた。このまま終える"), required=False
    )

    def __init__(self, *args: Any, open_count: int, **options: Any) -> None:
        super().__init__(*args, **options)
        if not open_count:
            del self.fields["knows_open"]


class WhyForm(forms.Form):
    """A reason."""

    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=200,
        error_messages={"required": gettext_lazy("開き直す理由を書いてください。")},
        help_text=gettext_lazy("例: 余震で新しい避難所が開いた"),
    )


class ReviewForm(forms.Form):
    """The report after the incident."""

    review = forms.CharField(
        label=gettext_lazy("振り返り"),
        widget=forms.Textarea(attrs={"rows": 22}),
        help_text=gettext_lazy("数字は状況表から入れてあります。足りないところを書き加えてください。"),
    )


class LessonForm(forms.Form):
    """What was learned, and who does what about it."""

    text = forms.CharField(
        label=gettext_lazy("分かったこと"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("分かったことを書いてください。")},
    )
    task = forms.CharField(
        label=gettext_lazy("すること"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("例: 燃料の協定をもう1社と結ぶ。書くと、担当課の「今日」に出ます。"),
    )
    division = forms.ChoiceField(label=gettext_lazy("担当課"), required=False)
    due_on = DayField(label=gettext_lazy("いつまでに"), required=False)

    def __init__(self, *args: Any, town: Municipality, day: date, **options: Any) -> None:
        super().__init__(*args, **options)
        here = Division.objects.of(town, with_portions=True).existing_on(day)
        self.divisions = {one.public_id: one for one in here}
        field = self.fields["division"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "―"), *((key, str(one)) for key, one in self.divisions.items())]

    @property
    def facts(self) -> LessonFacts:
        """As the service takes it."""
        told = self.cleaned_data
        return LessonFacts(told["text"], told["task"], self.divisions.get(told["division"]), told["due_on"])


class OutcomeForm(forms.Form):
    """How something was settled."""

    outcome = forms.CharField(
        label=gettext_lazy("どう片づいたか"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("どう片づいたかを書いてください。")},
    )


class CostForm(forms.Form):
    """What was paid."""

    amount = YenField(
        label=gettext_lazy("精算した費用(円)"),
        required=False,
        help_text=gettext_lazy("無償なら 0。空けると、連絡のあった費用のまま精算済みにします。"),
    )
    note = forms.CharField(
        label=gettext_lazy("精算の記録"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("例: 請求書 令和6年9月20日、財政課で支払い"),
    )
