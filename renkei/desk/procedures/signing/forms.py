"""Forms of the signing."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.vocabulary import DocumentKind, RenewalKind
from renkei.documents.uploads import can_be_kept
from renkei.procedures.register_facts import RegisterFacts
from renkei.procedures.vocabulary import Kind, SigningMethod
from renkei.ui.forms import DayField, NumberField

RULE_DETAILS = ("months", "notice_months", "notice_days", "until")


def lines_field(label: Any, help_text: Any = "", rows: int = 4) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(
        label=label, help_text=help_text, required=False, widget=forms.Textarea(attrs={"rows": rows})
    )


class ApprovalForm(forms.Form):
    """The town's decision."""

    reference = forms.CharField(
        label=gettext_lazy("文書番号"),
        max_length=100,
        help_text=gettext_lazy("決裁のシステムや起案簿の番号。例: 旭地活第123号"),
        error_messages={"required": gettext_lazy("決裁の文書番号を入れてください。例: 旭地活第123号")},
    )
    authority = forms.CharField(
        label=gettext_lazy("決裁者"),
        max_length=100,
        help_text=gettext_lazy("例: 市長、副市長、市民生活部長"),
        error_messages={"required": gettext_lazy("誰の決裁かを入れてください。例: 市長")},
    )
    decided_on = DayField(label=gettext_lazy("決裁日"))
    note = lines_field(gettext_lazy("備考"), rows=2)


class PlanForm(forms.Form):
    """Day, place and way of the signing, and its ceremony."""

    signs_on = DayField(label=gettext_lazy("締結日"))
    time = forms.CharField(
        label=gettext_lazy("時刻"), max_length=40, required=False, help_text=gettext_lazy("例: 午前10時から")
    )
    place = forms.CharField(label=gettext_lazy("締結の場所"), max_length=200, required=False)
    method = forms.ChoiceField(
        label=gettext_lazy("締結の方法"),
        choices=SigningMethod.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("締結の方法を選んでください。")},
    )
    copies = NumberField(
        label=gettext_lazy("作る通数"),
        min_value=1,
        max_value=99,
        help_text=gettext_lazy("電子署名のときは1。"),
    )
    has_ceremony = forms.BooleanField(label=gettext_lazy("締結式をする"), required=False)
    attendees = lines_field(gettext_lazy("出席者"), gettext_lazy("1行に1人。役職と氏名。"))
    programme = lines_field(gettext_lazy("式次第"), rows=8)
    press_release = lines_field(gettext_lazy("報道発表の文"), rows=12)
    publishes_on = DayField(
        label=gettext_lazy("公開する日"),
        required=False,
        help_text=gettext_lazy(
            "この日から公開のページに出ます。空けておくと公開しません(後からでも公開できます)。"
        ),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        signs, publishes = told.get("signs_on"), told.get("publishes_on")
        if signs and publishes and publishes < signs:
            self.add_error(
                "publishes_on", _("公開する日が締結日より前です。締結日か、それより後の日にしてください。")
            )
        return told


class FactsForm(forms.Form):
    """What the register will say of a new agreement; opens with what the text says."""

    document_kind = forms.ChoiceField(label=gettext_lazy("文書の種別"), choices=DocumentKind.choices)
    purpose = lines_field(gettext_lazy("目的"), rows=3)
    first_day = DayField(label=gettext_lazy("効力が始まる日"))
    last_day = DayField(
        label=gettext_lazy("はじめの期間の最後の日"),
        required=False,
        help_text=gettext_lazy("この日まで有効として数えます。期間の定めがなければ空けてください。"),
    )
    clause = lines_field(gettext_lazy("期間の条文"), gettext_lazy("同意した本文から写しています。"))
    kind = forms.ChoiceField(
        label=gettext_lazy("更新の種類"),
        choices=[("", gettext_lazy("記録しない")), *RenewalKind.choices],
        required=False,
    )
    months = NumberField(
        label=gettext_lazy("更新の月数"), required=False, min_value=1, max_value=1200,
        help_text=gettext_lazy("1回の更新で延びる長さ。1年なら12。"),
    )  # fmt: skip
    notice_months = NumberField(
        label=gettext_lazy("通知期限(月前)"), required=False, min_value=0, max_value=120
    )
    notice_days = NumberField(
        label=gettext_lazy("通知期限(日前)"), required=False, min_value=0, max_value=3650
    )
    until = DayField(label=gettext_lazy("自動更新の限り"), required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, last = told.get("first_day"), told.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("最後の日が始まる日より前です。期間を確かめてください。"))
        if not told.get("kind") and any(told.get(name) for name in RULE_DETAILS):
            self.add_error("kind", _("更新の定めを記録するには、更新の種類を選んでください。"))
        return told

    def facts(self) -> RegisterFacts:
        """The facts, after is_valid()."""
        told = {name: self.cleaned_data[name] for name in self.cleaned_data}
        return RegisterFacts(
            **told | {name: told[name].replace("\r\n", "\n") for name in ("purpose", "clause")}
        )


class AmendmentFactsForm(forms.Form):
    """What changes in the register by an amendment; an empty answer leaves a thing as it is."""

    effective_on = DayField(label=gettext_lazy("変更が効く最初の日"))
    summary = lines_field(
        gettext_lazy("変更の内容"), gettext_lazy("短い文で。公開のページにも出ます。"), rows=2
    )
    title = forms.CharField(
        label=gettext_lazy("新しい協定名"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("変わらなければ空けてください。"),
    )
    last_day = DayField(
        label=gettext_lazy("期間の新しい最後の日"),
        required=False,
        help_text=gettext_lazy("変わらなければ空けてください。"),
    )

    def clean_summary(self) -> str:
        summary: str = self.cleaned_data["summary"].strip()
        if not summary:
            raise forms.ValidationError(_("変更の内容を短い文で入れてください。例: 有効期間を3年延ばす"))
        return summary

    def facts(self) -> RegisterFacts:
        """The facts, after is_valid()."""
        return RegisterFacts(**self.cleaned_data)


class RenewalFactsForm(forms.Form):
    """Until when the agreement was renewed."""

    renewed_until = DayField(label=gettext_lazy("更新した期間の最後の日"))
    summary = lines_field(gettext_lazy("備考"), rows=2)

    def facts(self) -> RegisterFacts:
        """The facts, after is_valid()."""
        return RegisterFacts(**self.cleaned_data)


FACTS_FORMS = {Kind.NEW: FactsForm, Kind.AMENDMENT: AmendmentFactsForm, Kind.RENEWAL: RenewalFactsForm}


class SignedCopyForm(forms.Form):
    """The signed paper as a file."""

    file = forms.FileField(
        label=gettext_lazy("署名済みの写し"),
        validators=[can_be_kept],
        help_text=gettext_lazy("PDF・画像・Word。50MBまで。受け取ったまま、ダイジェストとともに保存します。"),
        error_messages={
            "required": gettext_lazy("ファイルを選んでください。"),
            "empty": gettext_lazy("中身のないファイルです。署名済みの写しを選んでください。"),
        },
    )


class ConcludeForm(forms.Form):
    """That a person has looked at everything."""

    is_checked = forms.BooleanField(
        label=gettext_lazy("署名済みの写しの本文が、両者が同意した版と同じであることを確かめた"),
        error_messages={
            "required": gettext_lazy("署名済みの写しと同意した版を見比べ、同じなら印を付けてください。")
        },
    )


class BeginForm(forms.Form):
    """A procedure about an agreement that is there."""

    kind = forms.ChoiceField(
        label=gettext_lazy("手続の種類"),
        choices=[(kind.value, kind.label) for kind in (Kind.AMENDMENT, Kind.RENEWAL)],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("変更か更新かを選んでください。")},
    )
    title = forms.CharField(
        label=gettext_lazy("手続の件名"),
        max_length=200,
        error_messages={"required": gettext_lazy("件名を入れてください。例: 〇〇協定の更新(令和9年度)")},
    )
    purpose = forms.CharField(
        label=gettext_lazy("何を変えるか・なぜ更新するか"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("何のための手続かを短い文で書いてください。")},
    )
