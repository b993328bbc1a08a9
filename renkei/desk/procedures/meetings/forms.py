"""Forms of the talks: a meeting, a point, how it was settled, a question."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from renkei.agreements.vocabulary import Side
from renkei.desk.procedures.choices import NONE, DivisionField, item_choices
from renkei.desk.procedures.intake.forms import long_text
from renkei.municipalities.models import Division, Municipality
from renkei.procedures.models import CooperationItem, Meeting
from renkei.procedures.services.points import PointFacts
from renkei.ui.forms import DayField

AGREED, OPEN = "agreed", "open"
SIDES = [("", "―"), *Side.choices]


class MeetingForm(forms.Form):
    """A meeting, planned or held."""

    held_on = DayField(label=_("開く日"))
    time = forms.CharField(
        label=_("時刻"), required=False, max_length=40, help_text=_("14時から15時、など。")
    )
    place = forms.CharField(
        label=_("場所・方法"),
        required=False,
        max_length=200,
        help_text=_("市役所3階会議室、オンラインなど。"),
    )
    agenda = long_text(_("議題"), 3)
    town_people = long_text(_("市の出席者"), 2)
    partner_people = long_text(_("相手方の出席者"), 2)
    minutes = long_text(
        _("協議の記録"), 10, help_text=_("「相手方に記録を見せる」を押すまで、相手方には見えません。")
    )
    internal_notes = long_text(
        _("庁内だけの記録"), 4, help_text=_("相手方には決して見えません。印刷にも出ません。")
    )


class PointForm(forms.Form):
    """What was agreed, or is open with who settles it and by when."""

    kind = forms.ChoiceField(
        label=_("合意したか、残ったか"),
        choices=[(AGREED, _("合意した")), (OPEN, _("残った(だれかが片づける)"))],
        widget=forms.RadioSelect,
        initial=AGREED,
    )
    text = long_text(_("内容"), 3, required=True)
    item = forms.ChoiceField(label=_("連携事項"), required=False)
    meeting = forms.ChoiceField(label=_("協議の場"), required=False)
    owner_side = forms.ChoiceField(
        label=_("どちらが"), choices=SIDES, required=False, help_text=_("残った論点では必ず選びます。")
    )
    owner_division = DivisionField(help_text=_("市が片づけるとき。空けると窓口の課です。"))
    owner = forms.CharField(label=_("誰が"), required=False, max_length=100)
    due_on = DayField(label=_("いつまでに"), required=False)
    is_internal = forms.BooleanField(
        label=_("庁内だけ"),
        required=False,
        help_text=_("印を付けないと、相手方の「協議の記録」のページに出ます。"),
    )

    def __init__(
        self,
        *args: Any,
        town: Municipality,
        day: date,
        items: Iterable[CooperationItem],
        meetings: Iterable[Meeting],
        present: Division | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = {one.public_id: one for one in items}
        self.meetings = {one.public_id: one for one in meetings}
        self._offer("item", item_choices(self.items.values()))
        named = [(key, f"{one.held_on:%Y/%m/%d} {one}") for key, one in self.meetings.items()]
        self._offer("meeting", [NONE, *named])
        divisions = self.fields["owner_division"]
        assert isinstance(divisions, DivisionField)
        divisions.offer(town, day, present)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def facts(self) -> PointFacts:
        """As the service takes them."""
        given = {**self.cleaned_data}
        given["is_agreed"] = given.pop("kind") == AGREED
        given["item"] = self.items.get(given["item"])
        given["meeting"] = self.meetings.get(given["meeting"])
        return PointFacts(**given)


class SettleForm(forms.Form):
    """How an open point was settled."""

    outcome = long_text(_("どう片づいたか"), 3, required=True)
    is_agreed = forms.BooleanField(
        label=_("この結果を、両者の合意とする"),
        required=False,
        initial=True,
        help_text=_("合意は、取組事項の案に加えられます。"),
    )


class ReopenForm(forms.Form):
    """Why a point is open again, and who settles it."""

    owner_side = forms.ChoiceField(label=_("どちらが片づけるか"), choices=SIDES)
    due_on = DayField(label=_("いつまでに"), required=False)
    reason = long_text(_("理由"), 3, required=True, help_text=_("手続の経過に残ります。"))


class QuestionForm(forms.Form):
    """A question to the other side."""

    text = long_text(_("質問"), 4, required=True)
    due_on = DayField(label=_("回答の期限"), required=False)


class AnswerForm(forms.Form):
    """The answer."""

    text = long_text(_("回答"), 6, required=True)
