"""The form of the town's settings: days by step, steps left out, further lines to check, what the counter does."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.vocabulary import Form
from renkei.procedures.course import Course
from renkei.procedures.models import ProcedureSettings
from renkei.procedures.services.arrange import LONGEST
from renkei.procedures.vocabulary import CAN_BE_SWITCHED_OFF, STEPS, Kind, Stage
from renkei.ui.forms import NumberField

LEFT_OUT_BY = (Form.INDIVIDUAL, Form.COMPREHENSIVE, Kind.AMENDMENT, Kind.RENEWAL)
LONGEST_TEXT = 6000


class SettingsForm(forms.Form):
    """How procedures that begin from now on go their way."""

    wanted = forms.CharField(
        label=gettext_lazy("市が求めている連携"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("公開の「連携の提案」のページに出ます。"),
    )
    takes_proposals = forms.BooleanField(label=gettext_lazy("窓口のページで提案を受け付ける"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for step in STEPS:
            self.fields[f"days-{step}"] = NumberField(
                label=_("「%(step)s」の目安の日数") % {"step": step.label},
                required=False,
                min_value=1,
                max_value=LONGEST,
            )
        self.fields["answer_days"] = NumberField(
            label=_("庁内照会の回答までの日数"), min_value=1, max_value=LONGEST
        )
        for name in LEFT_OUT_BY:
            self.fields[f"off-{name}"] = forms.MultipleChoiceField(
                label=_("「%(of)s」で省く段階") % {"of": name.label},
                required=False,
                choices=[(stage.value, stage.label) for stage in CAN_BE_SWITCHED_OFF],
                widget=forms.CheckboxSelectMultiple,
            )
        for step in STEPS:
            self.fields[f"lines-{step}"] = forms.CharField(
                label=_("「%(step)s」で確かめること") % {"step": step.label},
                required=False,
                max_length=LONGEST_TEXT,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def parts(self) -> list[tuple[str, str, bool, list[Any]]]:
        """The fields under their headings: a sentence, whether they stand side by side, the fields."""
        days = _("目安を過ぎた手続は「止まっている」と示します。空けた段階には目安がありません。")
        by_name = [
            (_("窓口"), "", False, ("wanted", "takes_proposals")),
            (_("日数"), days, True, ("days-", "answer_days")),
            (_("省く段階"), _("短い手続でよいときに、段階を省きます。"), True, ("off-",)),
            (_("点検の項目"), _("一行に一つ。標準の項目に加わります。"), False, ("lines-",)),
        ]
        return [
            (heading, support, is_narrow, [self[name] for name in self.fields if name.startswith(names)])
            for heading, support, is_narrow, names in by_name
        ]

    def course(self) -> Course:
        """What was set, as procedures keep it."""
        given = self.cleaned_data
        lines = {step.value: given[f"lines-{step}"].splitlines() for step in STEPS}
        checks = {step: tuple(line.strip() for line in told if line.strip()) for step, told in lines.items()}
        off = {name.value: tuple(given[f"off-{name}"]) for name in LEFT_OUT_BY}
        return Course(
            off={name: stages for name, stages in off.items() if stages},
            targets={step.value: given[f"days-{step}"] for step in STEPS if given[f"days-{step}"]},
            checks={step: told for step, told in checks.items() if told},
            answer_days=given["answer_days"],
        )


def typed_of(settings: ProcedureSettings) -> dict[str, Any]:
    """The form's values of what is set."""
    course = Course.read(settings.course)
    return {
        "wanted": settings.wanted,
        "takes_proposals": settings.takes_proposals,
        "answer_days": course.answer_days,
        **{f"days-{step}": course.targets.get(step) for step in STEPS},
        **{f"off-{name}": list(course.off.get(name, ())) for name in LEFT_OUT_BY},
        **{f"lines-{step}": "\n".join(course.checks.get(Stage(step), ())) for step in STEPS},
    }
