"""Forms of regular meetings: what came of them, what was taken on, and why something does not take place."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.vocabulary import Side
from renkei.initiatives.meeting_facts import FollowUpFacts, MinutesFacts
from renkei.initiatives.models import Attendee, Initiative
from renkei.municipalities.models import Division, Municipality
from renkei.partners.models import Organisation
from renkei.rules.written_times import UnreadableTime, read_time
from renkei.ui.forms import DayField

NONE = ("", "―")
LONGEST = 100_000


def long_text(label: Any, rows: int, **options: Any) -> forms.CharField:
    """A field for several lines."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(**{"label": label, "required": False, "widget": area, **options})


class TimeOfDayField(forms.CharField):
    """A time in any spelling, or None; what cannot be read is answered with an example."""

    def to_python(self, value: Any) -> time | None:  # type: ignore[override]
        if isinstance(value, time):
            return value
        text = super().to_python(value) or ""
        if not text:
            return None
        try:
            return read_time(text)
        except UnreadableTime:
            raise forms.ValidationError(
                _("「%(text)s」を時刻として読めません。例: 14:30、14時30分、午後2時半") % {"text": text}
            ) from None

    def run_validators(self, value: Any) -> None:
        """A time has no letters to count."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value


class DivisionChoice(forms.ChoiceField):
    """A division that exists on the day, or None; one that a record names already stays among the choices."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"label": gettext_lazy("担当課"), "required": False, **options})
        self.by_id: dict[str, Division] = {}

    def offer(self, town: Municipality, day: date, present: Division | None) -> None:
        """Fill in what can be chosen."""
        found = list(Division.objects.of(town).existing_on(day))
        found += [present] if present and present not in found else []
        self.by_id = {one.public_id: one for one in found}
        self.choices = [NONE, *((one.public_id, str(one)) for one in found)]

    def clean(self, value: Any) -> Division | None:
        return self.by_id.get(super().clean(value))

    def prepare_value(self, value: object) -> object:
        return value.public_id if isinstance(value, Division) else value


class MinutesForm(forms.Form):
    """Who was there, and what was talked about."""

    came = forms.MultipleChoiceField(
        label=gettext_lazy("出席した人"), required=False, widget=forms.CheckboxSelectMultiple
    )
    minutes = long_text(
        gettext_lazy("会議の記録"),
        16,
        required=True,
        max_length=LONGEST,
        help_text=gettext_lazy(
            "Wordから貼り付けられます。「相手方に記録を見せる」を押すまで、相手方には見えません。"
        ),
        error_messages={"required": gettext_lazy("会議の記録を書いてください。例: 今年度の取組を確かめた。")},
    )
    internal_notes = long_text(
        gettext_lazy("庁内だけの記録"),
        4,
        max_length=LONGEST,
        help_text=gettext_lazy("相手方には決して見えません。WordとPDFにも出ません。"),
    )

    def __init__(self, *args: Any, people: Iterable[Attendee], **options: Any) -> None:
        super().__init__(*args, **options)
        came = self.fields["came"]
        assert isinstance(came, forms.MultipleChoiceField)
        came.choices = [(str(one.pk), named(one)) for one in people]

    @property
    def facts(self) -> MinutesFacts:
        """As the service takes them."""
        given = self.cleaned_data
        return MinutesFacts(
            minutes=given["minutes"],
            internal_notes=given["internal_notes"],
            came=frozenset(int(key) for key in given["came"]),
        )


def named(one: Attendee) -> str:
    """A person with where they come from, and what they answered."""
    where = one.organisation or Side(one.side).label
    answers = {True: _("出席の返事あり"), False: _("欠席の返事あり"), None: ""}
    told = f"{one.name}({where})"
    return f"{told} {answers[one.comes]}".strip()


class FollowUpForm(forms.Form):
    """Who does what until when."""

    text = long_text(
        gettext_lazy("すること"),
        3,
        required=True,
        max_length=2000,
        error_messages={"required": gettext_lazy("することを書いてください。例: 講座の日程案を送る。")},
    )
    who = forms.ChoiceField(
        label=gettext_lazy("どちらがするか"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("どちらがするかを選んでください。")},
    )
    division = DivisionChoice(help_text=gettext_lazy("市がするとき。空けると、会議の担当課です。"))
    initiative = forms.ChoiceField(label=gettext_lazy("取組"), required=False)
    due_on = DayField(
        label=gettext_lazy("いつまでに"),
        required=False,
        help_text=gettext_lazy("近づいたときと、過ぎたときに、メールで知らせます。"),
    )

    def __init__(
        self,
        *args: Any,
        town: Municipality,
        day: date,
        partners: Iterable[Organisation],
        initiatives: Iterable[Initiative],
        present: Division | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.partners = {one.public_id: one for one in partners}
        self.initiatives = {one.public_id: one for one in initiatives}
        own = (Side.TOWN.value, _("%(town)sがする") % {"town": town})
        theirs = [(key, _("%(partner)sがする") % {"partner": one}) for key, one in self.partners.items()]
        self._offer("who", [own, *theirs])
        self._offer("initiative", [NONE, *((key, one.title) for key, one in self.initiatives.items())])
        division = self.fields["division"]
        assert isinstance(division, DivisionChoice)
        division.offer(town, day, present)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def facts(self) -> FollowUpFacts:
        """As the service takes them."""
        given = self.cleaned_data
        is_town = given["who"] == Side.TOWN
        return FollowUpFacts(
            text=given["text"],
            side=Side.TOWN if is_town else Side.PARTNER,
            division=given["division"],
            organisation=self.partners.get(given["who"]),
            initiative=self.initiatives.get(given["initiative"]),
            due_on=given["due_on"],
        )


class OutcomeForm(forms.Form):
    """How something that was taken on was settled."""

    outcome = long_text(
        gettext_lazy("どう片づいたか"),
        3,
        required=True,
        max_length=2000,
        error_messages={
            "required": gettext_lazy("どう片づいたかを、ひとこと書いてください。例: 6月3日に送った。")
        },
    )
    done_on = DayField(
        label=gettext_lazy("片づいた日"), required=False, help_text=gettext_lazy("空けると今日です。")
    )


class WhyForm(forms.Form):
    """Why a meeting is called off, or something is open again."""

    reason = long_text(
        gettext_lazy("理由"),
        3,
        required=True,
        max_length=1000,
        error_messages={
            "required": gettext_lazy("理由を書いてください。例: 相手方の都合がつかなくなったため")
        },
    )
