"""Forms of inquiries: what is asked of whom until when, what a division answers, how the window sums it up."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.municipalities.models import Division
from renkei.procedures.matrix import Matrix, Proposed
from renkei.procedures.models import CooperationItem, InquiredDivision
from renkei.rules.japanese_calendar import japanese_date
from renkei.ui.forms import DayField

NO_DIVISION = gettext_lazy("まだ決めない")


def lines(rows: int = 3) -> forms.Textarea:
    """A field of several lines."""
    return forms.Textarea(attrs={"rows": rows})


class DivisionsField(forms.MultipleChoiceField):
    """Many divisions at once: the proposed ones first with the reason, then all others by department."""

    def __init__(self, divisions: Iterable[Division], reasons: Mapping[Division, str]) -> None:
        self.known = {one.public_id: one for one in divisions}
        proposed = [
            (one.public_id, f"{one}({reason})")
            for one, reason in reasons.items()
            if one.public_id in self.known
        ]
        groups: dict[str, list[tuple[str, str]]] = {_("関係がありそうな課"): proposed} if proposed else {}
        for one in self.known.values():
            if one not in reasons:
                groups.setdefault(one.department or _("部のない課"), []).append((one.public_id, one.name))
        super().__init__(
            label=_("照会する課"),
            choices=list(groups.items()),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("照会する課を一つ以上選んでください。")},
        )

    def clean(self, value: Any) -> list[Division]:
        """The chosen divisions."""
        return [self.known[one] for one in super().clean(value)]


class DivisionsForm(forms.Form):
    """Further divisions, and until when they answer."""

    due_on = DayField(label=gettext_lazy("回答の期限"))

    def __init__(
        self,
        *args: Any,
        divisions: Iterable[Division],
        reasons: Mapping[Division, str],
        due_on: date,
        chosen: Collection[Division] = (),
        **options: Any,
    ) -> None:
        proposed = {"due_on": due_on, "divisions": [one.public_id for one in chosen]}
        options["initial"] = proposed | options.get("initial", {})
        super().__init__(*args, **options)
        self.fields["divisions"] = DivisionsField(divisions, reasons)
        self.order_fields(["text", "items", "divisions", "due_on"])


class InquiryForm(DivisionsForm):
    """An inquiry about items of the procedure."""

    text = forms.CharField(
        label=gettext_lazy("照会の文"),
        max_length=4000,
        widget=lines(6),
        help_text=gettext_lazy("照会する課への文です。このままでも、書き換えてもかまいません。"),
    )

    def __init__(self, *args: Any, items: Sequence[CooperationItem], text: str, **options: Any) -> None:
        self.known = {one.public_id: one for one in items}
        options["initial"] = {"text": text, "items": list(self.known)}
        super().__init__(*args, **options)
        self.fields["items"] = forms.MultipleChoiceField(
            label=_("照会する連携事項"),
            choices=[(key, one.heading) for key, one in self.known.items()],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("照会する連携事項を一つ以上選んでください。")},
        )
        self.order_fields(["text", "items", "divisions", "due_on"])

    def clean_items(self) -> list[CooperationItem]:
        """The chosen items."""
        return [self.known[one] for one in self.cleaned_data["items"]]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("理由"), max_length=1000, widget=lines())


class ReopenForm(ReasonForm):
    """Why an inquiry is opened again, and until when."""

    due_on = DayField(label=gettext_lazy("新しい回答の期限"))

    def __init__(self, *args: Any, due_on: date, **options: Any) -> None:
        options["initial"] = {"due_on": due_on}
        super().__init__(*args, **options)


class MoreTimeForm(ReasonForm):
    """Until when a division would like to have time, and why."""

    until = DayField(label=gettext_lazy("いつまで待ってほしいか"))
    field_order = ["until", "reason"]


KEEP, GRANT, OTHER = "keep", "grant", "other"


class DeadlineForm(forms.Form):
    """What becomes of a division's deadline; where it asked for more time, its wish is answered with one press."""

    def __init__(self, *args: Any, asked: InquiredDivision, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = asked
        if asked.extension_asked:
            wish, now = japanese_date(asked.extension_asked), japanese_date(asked.due_on)
            choices = [
                (GRANT, _("希望どおり%(day)sまで延ばす") % {"day": wish}),
                (KEEP, _("いまの期限(%(day)s)のままにする") % {"day": now}),
                (OTHER, _("別の日にする")),
            ]
            self.fields["decision"] = forms.ChoiceField(
                label=_("延長の希望への答え"), choices=choices, widget=forms.RadioSelect
            )
        label = _("別の日にするときの期限") if asked.extension_asked else _("新しい回答の期限")
        self.fields["due_on"] = DayField(label=label, required=not asked.extension_asked)
        self.fields["words"] = forms.CharField(
            label=_("課に伝えること"), max_length=1000, required=False, widget=lines()
        )

    def clean(self) -> dict[str, Any]:
        """The day is wanted where another one was chosen."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("decision") == OTHER and not given.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("別の日にするときは、その日を書いてください。例: 令和8年6月26日"))
        return given

    @property
    def day(self) -> date:
        """The day that was decided."""
        decision = self.cleaned_data.get("decision", OTHER)
        by_decision = {GRANT: self.asked.extension_asked, KEEP: self.asked.due_on}
        day: date = by_decision.get(decision) or self.cleaned_data["due_on"]
        return day


class CloseForm(forms.Form):
    """The summary, the proposed initiatives that are taken into the plan, and the division of each item."""

    summary = forms.CharField(
        label=gettext_lazy("取りまとめ"),
        max_length=20000,
        widget=lines(14),
        help_text=gettext_lazy("回答から作った下書きです。決裁の資料に載ります。自由に書き換えてください。"),
    )

    def __init__(
        self, *args: Any, matrix: Matrix, summary: str, proposed: Sequence[Proposed], **options: Any
    ) -> None:
        options["initial"] = {"summary": summary}
        super().__init__(*args, **options)
        self.matrix = matrix
        if proposed:
            self.fields["chosen"] = forms.MultipleChoiceField(
                label=_("取組事項の案に入れるもの"),
                required=False,
                choices=[(one.key, f"{one.title}({one.division}・{one.item.heading})") for one in proposed],
                widget=forms.CheckboxSelectMultiple,
                initial=[one.key for one in proposed],
            )
        for row in matrix.rows:
            taking_part = row.taking_part
            self.fields[f"division-{row.item.public_id}"] = forms.ChoiceField(
                label=_("「%(item)s」の担当課") % {"item": row.item.heading},
                required=False,
                choices=[("", NO_DIVISION), *((one.public_id, str(one)) for one in taking_part)],
                initial=_first_of(row.item, taking_part),
            )

    @property
    def responsible(self) -> dict[CooperationItem, Division]:
        """The division of each item for which one was chosen."""
        found = {}
        for row in self.matrix.rows:
            by_id = {one.public_id: one for one in row.taking_part}
            chosen = by_id.get(self.cleaned_data[f"division-{row.item.public_id}"])
            if chosen:
                found[row.item] = chosen
        return found


def _first_of(item: CooperationItem, taking_part: Sequence[Division]) -> str:
    """The item's division where it takes part, else the first that does."""
    known = [one for one in taking_part if one.pk == item.division_id]
    return next((one.public_id for one in [*known, *taking_part]), "")
