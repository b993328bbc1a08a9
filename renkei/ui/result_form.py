"""The form of a result, at both doors: what was done, figures by indicator, costs, value, pictures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.ui.amounts import AmountField, YenField
from renkei.ui.forms import DayField

FileCheck = Callable[[Any], None]
LONGEST = 4000
PAPERS_AT_ONCE = 3


VALUE = ("town_cost", "partner_cost", "value_quantity", "value_unit", "value_price", "value_basis")
OF_PAPERS = ("file-", "description-")


@dataclass(frozen=True)
class FormPart:
    """Some fields of the form; with a title they are folded unless `is_open`."""

    title: str
    fields: Sequence[forms.BoundField]
    is_open: bool


@dataclass(frozen=True)
class AskedResult:
    """What the form offers: years, kinds of results, the figures (name and label), and what stands in it at first."""

    years: Sequence[tuple[int, str]]
    kinds: Sequence[tuple[str, str]]
    figures: Sequence[tuple[str, str]]
    initial: Mapping[str, Any]
    is_internal: bool
    is_correction: bool
    file_check: FileCheck


def file_field(
    check: FileCheck, mark: str = "", *, required: bool = True, is_helped: bool = True
) -> forms.FileField:
    """A picture or paper that can be kept."""
    return forms.FileField(
        label=_("写真・資料") + mark,
        required=required,
        validators=[check],
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.pdf,.docx,.xlsx,.pptx"}),
        help_text=_("JPEG・PNGの写真か、PDF・Word・Excel・PowerPoint。50MBまで。") if is_helped else "",
        error_messages={"required": _("写真か資料を選んでください。")},
    )


def description_field(mark: str = "", *, required: bool = True, is_helped: bool = True) -> forms.CharField:
    """What a picture or paper shows."""
    help_text = _("画面を見られない人にも伝わるように。例: 講座で体操をする参加者")
    return forms.CharField(
        label=_("何が写っているか・何の資料か") + mark,
        required=required,
        max_length=200,
        help_text=help_text if is_helped else "",
        error_messages={"required": _("写真・資料の説明を入れてください。")},
    )


class PaperForm(forms.Form):
    """One picture or paper and what it shows."""

    def __init__(self, *args: Any, file_check: FileCheck, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"] = file_field(file_check)
        self.fields["description"] = description_field()


class ResultForm(forms.Form):
    """What was done; the town's own people also write notes, which nobody outside reads."""

    fiscal_year = forms.TypedChoiceField(label=gettext_lazy("年度"), coerce=int)
    done_on = DayField(
        label=gettext_lazy("行った日"),
        required=False,
        help_text=gettext_lazy(
            "令和6年6月1日、R6.6.1、2024/6/1 のどれでも。年間を通した取組なら空けてください。"
        ),
    )
    done_until = DayField(
        label=gettext_lazy("行った日(終わり)"),
        required=False,
        help_text=gettext_lazy("何日か続いたときだけ。"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("実績の種類"),
    )
    what = forms.CharField(
        label=gettext_lazy("行ったこと"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("だれに何をして、どうなったか。例: 講座を3回開き、120人が受講した。"),
        error_messages={
            "required": gettext_lazy("行ったことを入れてください。例: 講座を3回開き、120人が受講した。")
        },
    )
    place = forms.CharField(label=gettext_lazy("場所"), max_length=200, required=False)
    town_cost = YenField(
        label=gettext_lazy("市が負担した費用(円)"),
        required=False,
        help_text=gettext_lazy("分かるときだけ。かからなかったときは 0。"),
    )
    partner_cost = YenField(
        label=gettext_lazy("相手方が負担した費用(円)"),
        required=False,
        help_text=gettext_lazy("分かるときだけ。"),
    )
    value_quantity = AmountField(
        label=gettext_lazy("効果額の数量"),
        required=False,
        help_text=gettext_lazy("市が自分で行えばかかった額を「数量 × 1単位の額」で出せるときだけ。例: 30"),
    )
    value_unit = forms.CharField(
        label=gettext_lazy("数量の単位"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("例: 人、回、個"),
    )
    value_price = YenField(
        label=gettext_lazy("1単位の額(円)"), required=False, help_text=gettext_lazy("例: 5,000")
    )
    value_basis = forms.CharField(
        label=gettext_lazy("額の根拠"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("例: 同じ講座を業者に頼むときの単価(令和5年度の見積り)"),
    )
    notes = forms.CharField(
        label=gettext_lazy("庁内メモ"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("相手方にも市民にも見えません。"),
    )

    def __init__(self, *args: Any, asked: AskedResult, **options: Any) -> None:
        options["initial"] = {**asked.initial, **options.get("initial", {})}
        super().__init__(*args, **options)
        field, kind = self.fields["fiscal_year"], self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        assert isinstance(kind, forms.ChoiceField)
        field.choices, kind.choices = list(asked.years), list(asked.kinds)
        self._put_figures(asked.figures)
        if not asked.is_internal:
            del self.fields["notes"]
        if asked.is_correction:
            self._put_reason()
        else:
            self._put_papers(asked.file_check)

    def _put_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """Each indicator of the initiative is a field, after the place."""
        names = list(self.fields)
        for name, label in figures:
            self.fields[name] = AmountField(label=label, required=False)
        after = names.index("place") + 1
        self.order_fields([*names[:after], *(name for name, _label in figures), *names[after:]])

    def _put_reason(self) -> None:
        self.fields["reason"] = forms.CharField(
            label=_("訂正する理由"),
            max_length=400,
            help_text=_("前と後の内容とともに記録に残り、相手の側がもう一度確認します。"),
            error_messages={"required": _("訂正する理由を入れてください。")},
        )

    def _put_papers(self, check: FileCheck) -> None:
        for number in range(1, PAPERS_AT_ONCE + 1):
            is_first = number == 1
            self.fields[f"file-{number}"] = file_field(
                check, f" {number}", required=False, is_helped=is_first
            )
            self.fields[f"description-{number}"] = description_field(
                f" {number}", required=False, is_helped=is_first
            )

    @property
    def parts(self) -> list[FormPart]:
        """What is always asked, then what is told only where it is known: costs and value, pictures; open if wrong."""
        rest = [name for name in self.fields if name not in VALUE and not name.startswith(OF_PAPERS)]
        papers = [name for name in self.fields if name.startswith(OF_PAPERS)]
        last = [name for name in ("notes", "reason") if name in rest]
        return [
            self._part("", [name for name in rest if name not in last]),
            self._part(_("費用と効果額を書く(分かるときだけ)"), list(VALUE)),
            self._part(_("写真・資料を付ける"), papers),
            self._part("", last),
        ]

    def _part(self, title: str, names: Sequence[str]) -> FormPart:
        is_told = any(name in self.errors or self[name].value() for name in names)
        return FormPart(title, [self[name] for name in names], is_open=bool(is_told))

    def clean(self) -> dict[str, Any]:
        """A formula has all its parts or none; a picture is described."""
        cleaned = super().clean() or {}
        parts = ("value_quantity", "value_price")
        if any(cleaned.get(name) is not None for name in parts) or cleaned.get("value_basis"):
            for name in (*parts, "value_basis"):
                if cleaned.get(name) in (None, "") and name not in self.errors:
                    self.add_error(
                        name, _("効果額を出すときは、数量・1単位の額・根拠の三つとも入れてください。")
                    )
        for number in range(1, PAPERS_AT_ONCE + 1):
            if cleaned.get(f"file-{number}") and not cleaned.get(f"description-{number}"):
                self.add_error(f"description-{number}", _("写真・資料の説明を入れてください。"))
        return cleaned


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("理由を入れてください。")},
    )
