"""The checklists of a procedure."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.desk.procedures.verbs import Asked, ProcedureVerb, the_procedure, verb_page
from renkei.desk.staff import StaffRequest, staff_page
from renkei.procedures.models import CheckLine, Procedure
from renkei.procedures.services.checking import Finding, check
from renkei.procedures.vocabulary import CheckAnswer, Stage


class ChecksForm(forms.Form):
    """A result and a note for each line; a line may wait."""

    def __init__(self, *args: Any, lines: list[CheckLine], **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = lines
        for line in lines:
            self.fields[f"answer-{line.pk}"] = forms.ChoiceField(
                label=line.text,
                required=False,
                choices=[*CheckAnswer.choices, ("", _("まだ確かめていない"))],
                widget=forms.RadioSelect,
                initial=line.answer,
            )
            self.fields[f"note-{line.pk}"] = forms.CharField(
                label=_("備考"),
                max_length=1000,
                required=False,
                initial=line.note,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def by_step(self) -> list[tuple[str, list[tuple[CheckLine, list[forms.BoundField]]]]]:
        """The lines of each step with their fields."""
        steps = dict.fromkeys(line.stage for line in self.lines)
        return [(str(Stage(step).label), list(self._of(step))) for step in steps]

    def _of(self, step: str) -> Iterator[tuple[CheckLine, list[forms.BoundField]]]:
        for line in self.lines:
            if line.stage == step:
                yield line, [self[f"answer-{line.pk}"], self[f"note-{line.pk}"]]

    def clean(self) -> dict[str, Any]:
        """A problem is told in words."""
        given: dict[str, Any] = super().clean() or {}
        for line in self.lines:
            if given.get(f"answer-{line.pk}") == CheckAnswer.PROBLEM and not given.get(f"note-{line.pk}"):
                subject = line.text.partition(":")[0]
                words = _("「%(line)s」は、何が問題かを書いてください。決裁の資料に載ります。")
                self.add_error(f"note-{line.pk}", words % {"line": subject})
        return given

    @property
    def findings(self) -> dict[int, Finding]:
        """What was found, by the lines' keys."""
        given = self.cleaned_data
        return {line.pk: Finding(given[f"answer-{line.pk}"], given[f"note-{line.pk}"]) for line in self.lines}


def lines_of(procedure: Procedure) -> list[CheckLine]:
    """The lines of the steps that the procedure goes through, the present step's first, then in their order."""
    steps = procedure.steps
    lines = procedure.checks.filter(stage__in=steps).select_related("answered_by").order_by("position")
    return sorted(lines, key=lambda line: (line.stage != procedure.stage, steps.index(Stage(line.stage))))


@staff_page
def checks(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    return verb_page(request, procedure, CHECKS, lines=lines_of(procedure))


def _check(asked: Asked) -> None:
    check(asked.procedure, asked.form.findings, by=asked.user, at=timezone.now())


CHECKS = ProcedureVerb(
    title=gettext_lazy("点検"),
    lead=gettext_lazy(
        "公平性などの項目を一つずつ確かめ、結果を入れます。決裁の資料に載ります。途中でも保存できます。"
    ),
    button=gettext_lazy("点検の結果を保存する"),
    done=gettext_lazy("点検の結果を保存しました。"),
    form=ChecksForm,
    act=_check,
    back="checks",
    template="desk/procedures/inquiries/checks.html",
)
