"""The form of a regular meeting: about what, when, where, and with whom."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Side
from renkei.correspondents.models import Correspondent
from renkei.desk.meetings.forms import DivisionChoice, TimeOfDayField, long_text
from renkei.desk.rows import RowSet, taken_apart
from renkei.initiatives.meeting_facts import Invitee, RegularMeetingFacts
from renkei.municipalities.models import Division, Municipality
from renkei.partners.models import Organisation
from renkei.ui.forms import DayField

PREFIX = "person"
MOST_PEOPLE = 100


class PersonForm(forms.Form):
    """Somebody who is not among those proposed."""

    side = forms.ChoiceField(label=gettext_lazy("どちらの人か"), required=False)
    name = forms.CharField(label=gettext_lazy("氏名"), max_length=100, required=False)
    email = forms.EmailField(label=gettext_lazy("メールアドレス"), required=False)

    def __init__(self, *args: Any, sides: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        side = self.fields["side"]
        assert isinstance(side, forms.ChoiceField)
        side.choices = sides

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("email") and not told.get("name"):
            self.add_error("name", _("氏名を入れてください。この人が要らなければ「外す」を押してください。"))
        return told


class PersonRows(RowSet):
    """All others."""

    label = gettext_lazy("ほかの出席者")


PersonSet = formset_factory(
    PersonForm,
    formset=PersonRows,
    extra=0,
    max_num=MOST_PEOPLE,
    absolute_max=MOST_PEOPLE,
    validate_max=True,
)


class RegularMeetingForm(forms.Form):
    """A meeting, planned or held; who is proposed for it can be ticked, others are written below."""

    template_name = "desk/meetings/meeting_form.html"
    agreement = forms.MultipleChoiceField(
        label=gettext_lazy("協定"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("どの協定についての会議かを、一つ以上選んでください。")},
    )
    title = forms.CharField(
        label=gettext_lazy("会議の名称"),
        max_length=200,
        error_messages={"required": gettext_lazy("会議の名称を入れてください。例: 令和6年度 連携協議会")},
    )
    held_on = DayField(label=gettext_lazy("開く日"))
    begins_at = TimeOfDayField(
        label=gettext_lazy("始まる時刻"),
        required=False,
        help_text=gettext_lazy("14:30、午後2時半、など。空けると、カレンダーには終日の予定として入ります。"),
    )
    ends_at = TimeOfDayField(
        label=gettext_lazy("終わる時刻"),
        required=False,
        help_text=gettext_lazy("空けると、カレンダーには1時間の予定として入ります。"),
    )
    place = forms.CharField(
        label=gettext_lazy("場所・方法"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("市役所3階会議室、オンラインなど。"),
    )
    agenda = long_text(gettext_lazy("議題"), 5, max_length=10_000)
    division = DivisionChoice(help_text=gettext_lazy("会議を開く課です。記録がまだのときに知らせます。"))
    clerks = forms.MultipleChoiceField(
        label=gettext_lazy("市の出席者"), required=False, widget=forms.CheckboxSelectMultiple
    )
    partners = forms.MultipleChoiceField(
        label=gettext_lazy("相手方の出席者"), required=False, widget=forms.CheckboxSelectMultiple
    )
    was_held = forms.BooleanField(
        label=gettext_lazy("開催済みとして記録する"),
        required=False,
        help_text=gettext_lazy("もう開いた会議を、あとから書くときに印を付けます。案内は送りません。"),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        town: Municipality,
        day: date,
        agreements: Sequence[Agreement],
        clerks: Sequence[User],
        partners: Sequence[Correspondent],
        organisations: Sequence[Organisation],
        others: list[dict[str, Any]],
        present: Division | None = None,
        is_new: bool = True,
        **options: Any,
    ) -> None:
        super().__init__(data, files, **options)
        self.town = town
        self.agreements = {one.public_id: one for one in agreements}
        self.known_clerks = {one.public_id: one for one in clerks}
        self.known_partners = {one.public_id: one for one in partners}
        self.organisations = {one.public_id: one for one in organisations}
        self._offer("agreement", [(key, str(one)) for key, one in self.agreements.items()])
        self._offer("clerks", [(key, one.name) for key, one in self.known_clerks.items()])
        self._offer("partners", [(key, f"{one}({one.company})") for key, one in self.known_partners.items()])
        division = self.fields["division"]
        assert isinstance(division, DivisionChoice)
        division.offer(town, day, present)
        if not is_new:
            del self.fields["was_held"]
        self.rows = self._rows(data) if self.is_bound else self._rows(None, initial=others)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if not choices:
            del self.fields[name]

    def _rows(self, data: Any, **options: Any) -> Any:
        own = (Side.TOWN.value, str(self.town))
        sides = [*((key, str(one)) for key, one in self.organisations.items()), own]
        return PersonSet(data, prefix=PREFIX, form_kwargs={"sides": sides}, **options)

    def put_rows_back(self, typed: Mapping[str, list[str]]) -> None:
        """Let the rows show what was typed."""
        rows, _rest = taken_apart(typed, PREFIX)
        initial = [{name: texts[-1] for name, texts in row.items() if texts} for row in rows]
        self.rows = self._rows(None, initial=initial)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.rows.is_valid():
            self.add_error(None, _("「ほかの出席者」の欄に直す所があります。"))
        return told

    @property
    def facts(self) -> RegularMeetingFacts:
        """As the service takes them, after is_valid()."""
        given = self.cleaned_data
        names = ("title", "held_on", "begins_at", "ends_at", "place", "agenda", "division")
        return RegularMeetingFacts(
            agreements=[self.agreements[key] for key in given.get("agreement", ())],
            attendees=self._people(),
            **{name: given[name] for name in names},
        )

    def _people(self) -> list[Invitee]:
        given = self.cleaned_data
        return [
            *(Invitee.clerk(self.known_clerks[key]) for key in given.get("clerks", ())),
            *(Invitee.of_partner(self.known_partners[key]) for key in given.get("partners", ())),
            *self._others(),
        ]

    def _others(self) -> list[Invitee]:
        rows = [row.cleaned_data for row in self.rows.forms if row.cleaned_data.get("name")]
        if not rows:
            return []
        known = _by_name(User.objects.of(self.town).filter(is_active=True))
        return [self._other(row, known) for row in rows]

    def _other(self, row: Mapping[str, str], known: Mapping[str, User | None]) -> Invitee:
        """Somebody who is known here by exactly this name or mail address; else as it is written."""
        name, email = row["name"], row["email"]
        organisation = self.organisations.get(row["side"])
        for person in self.known_partners.values():
            if email and person.email.lower() == email.lower() and person.partner == organisation:
                return Invitee.of_partner(person)
        if organisation is not None:
            return Invitee(side=Side.PARTNER, name=name, email=email, organisation=organisation)
        clerk = known.get(folded(name))
        if clerk is not None and email.lower() in ("", clerk.email.lower()):
            return Invitee.clerk(clerk)
        return Invitee(side=Side.TOWN, name=name, email=email)


def _by_name(people: Any) -> dict[str, User | None]:
    """People by name; None for a name that several have."""
    found: dict[str, User | None] = {}
    for one in people:
        key = folded(one.name)
        found[key] = None if key in found else one
    return found


def folded(name: str) -> str:
    """A name without blanks."""
    return "".join(name.split())
