"""Forms of a reorganisation: the plan, one step of each kind, and why it is withdrawn."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.people.steps import StepKind, Steps
from renkei.ui.forms import DayField

EARLIEST = date(2000, 1, 1)
NAME_HELP = gettext_lazy("部と課の間に空白を入れます。例: 福祉部 介護課")
LEADS = {
    StepKind.FOUND: gettext_lazy("新しい課を置きます。"),
    StepKind.RENAME: gettext_lazy("課の名前か、属する部を変えます。前の名前の書類はそのまま残ります。"),
    StepKind.SPLIT: gettext_lazy(
        "一つの課を分けます。後の課に元の課の名前を入れると、元の課は続き、一部だけが移ります。"
    ),
    StepKind.MERGE: gettext_lazy(
        "二つ以上の課を一つにします。その一つの名前を入れると、ほかの課を吸収します。"
    ),
    StepKind.CLOSE: gettext_lazy("課を廃止します。協定や担当の人があれば、引き継ぐ課が要ります。"),
}


class PlanForm(forms.Form):
    """What the plan is called, and the day on which it begins."""

    name = forms.CharField(
        label=gettext_lazy("名称"), max_length=100, help_text=gettext_lazy("例: 令和9年度機構改革")
    )
    on = DayField(
        label=gettext_lazy("始まる日"),
        help_text=gettext_lazy("この日から新しい組織で数えます。例: 令和9年4月1日"),
    )

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < EARLIEST:
            raise forms.ValidationError(_("2000年より前の機構改革は計画できません。日を確かめてください。"))
        return on


class StepForm(forms.Form):
    """One step: the divisions it happens to, and those there are after it."""

    def __init__(self, *args: object, kind: StepKind, steps: Steps) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.kind = kind
        named = {change.division.public_id for change in steps.changes}
        choices = [
            (public_id, str(division))
            for public_id, division in sorted(steps.existing.items(), key=lambda pair: str(pair[1]))
            if public_id not in named and division.closed_on is None
        ]
        if kind == StepKind.MERGE:
            self.fields["divisions"] = forms.MultipleChoiceField(
                label=_("一つになる課"), choices=choices, widget=forms.CheckboxSelectMultiple
            )
        elif kind != StepKind.FOUND:
            self.fields["divisions"] = forms.ChoiceField(
                label=_("課"), choices=[("", _("選んでください")), *choices]
            )
        self.fields["into"] = self._into(steps)

    def _into(self, steps: Steps) -> forms.Field:
        if self.kind == StepKind.CLOSE:
            choices = [("", _("引き継ぐ課はない")), *((words, words) for words in steps.after)]
            return forms.ChoiceField(label=_("引き継ぐ課"), choices=choices, required=False)
        if self.kind == StepKind.SPLIT:
            return forms.CharField(
                label=_("分かれた後の課"),
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=_(
                    "一行に一つ、部と課の間に空白を入れます。一行目が主な課で、選ばなかった協定はここへ行きます。"
                ),
            )
        label = _("新しい課") if self.kind == StepKind.FOUND else _("後の課")
        return forms.CharField(label=label, max_length=160, help_text=NAME_HELP)

    @property
    def named(self) -> list[str]:
        """The public ids of the divisions."""
        chosen = self.cleaned_data.get("divisions", [])
        return [chosen] if isinstance(chosen, str) else list(chosen)

    @property
    def words(self) -> list[str]:
        """The divisions after it, one for each line."""
        return [line.strip() for line in self.cleaned_data["into"].splitlines() if line.strip()]


class WithdrawForm(forms.Form):
    """Why a plan is given up."""

    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=200, help_text=gettext_lazy("例: 議会で修正されたため")
    )
