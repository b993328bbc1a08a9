"""The form of a chain: a row for each contact in the order of calling, and whether it was verified."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.desk.rows import RowSet, put_together, taken_apart
from renkei.desk.typed import Typed
from renkei.disasters.contacts.checks import MOST_CONTACTS, tidied
from renkei.disasters.contacts.facts import ChannelFacts, ContactFacts
from renkei.disasters.contacts.typed import USUAL, channel_fault, kinds, whens
from renkei.disasters.refusals import ContactRefused
from renkei.disasters.vocabulary import ChannelKind, HowVerified, ReachedWhen
from renkei.municipalities.models import Division
from renkei.ui.contact_form import MOST_CHANNELS, ContactFields, Words
from renkei.ui.forms import DayField

PREFIX = "contact"
TAKE = "take-"
HOW = [(one.value, one.label) for one in (HowVerified.TELEPHONE, HowVerified.PAPER, HowVerified.CLERK)]


def words() -> Words:
    """What a row offers and refuses, as at the counter; here a row is taken out by a button."""
    return Words(kinds(), whens(), USUAL, channel_fault, _fault_of)


def _fault_of(row: Mapping[str, Any]) -> str:
    try:
        tidied(facts_in(row))
    except ContactRefused as refusal:
        return _("%s この連絡先が要らなければ「外す」を押してください。") % refusal
    return ""


class ContactForm(ContactFields):
    """A row of the chain in its place; of the town's own contacts with the division."""

    row = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)

    def __init__(self, *args: Any, divisions: Sequence[Division] = (), **options: Any) -> None:
        super().__init__(*args, words=words(), **options)
        if divisions:
            choices = [("", "―"), *((str(one.pk), str(one)) for one in divisions)]
            self.fields["division"] = forms.ChoiceField(label=_("市の課"), choices=choices, required=False)

    def has_changed(self) -> bool:
        """A row in which nothing is written is no row, whatever stands in its choices."""
        texts = ("row", "unit", "name", "note", *(f"value{place}" for place in range(MOST_CHANNELS)))
        return any(str(self[name].value() or "").strip() for name in texts)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        told["channels"] = self.channels_in(told)
        self.check_row(told, told)
        return told


def facts_in(told: Mapping[str, Any]) -> ContactFacts:
    """A row as the service takes it."""
    return ContactFacts(
        public_id=told.get("row", ""),
        unit=told.get("unit", ""),
        name=told.get("name", ""),
        reached_when=ReachedWhen(told.get("reached_when") or ReachedWhen.ALWAYS),
        note=told.get("note", ""),
        division_id=int(told["division"]) if told.get("division") else None,
        channels=tuple(ChannelFacts(ChannelKind(kind), value) for kind, value in told["channels"]),
    )


def row_of(facts: ContactFacts) -> dict[str, str]:
    """What a row shows of a contact."""
    row = {
        "row": facts.public_id,
        "unit": facts.unit,
        "name": facts.name,
        "reached_when": facts.reached_when.value,
        "note": facts.note,
        "division": str(facts.division_id or ""),
    }
    for place, channel in enumerate(facts.channels[:MOST_CHANNELS]):
        row |= {f"kind{place}": channel.kind.value, f"value{place}": channel.value}
    return row


class ContactRows(RowSet):
    """All contacts of the chain."""

    label = gettext_lazy("連絡先")


ContactSet = formset_factory(
    ContactForm,
    formset=ContactRows,
    extra=0,
    max_num=MOST_CONTACTS,
    absolute_max=MOST_CONTACTS,
    validate_max=True,
)


class ChainForm(forms.Form):
    """The chain; ticking says that somebody of the partner has just confirmed all of it."""

    template_name = "desk/emergency_contacts/chain_form.html"
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    is_verified = forms.BooleanField(
        label=gettext_lazy("この内容で正しいと、相手に確かめた"),
        required=False,
        help_text=gettext_lazy("印を付けると、すべての連絡先が、きょう確かめたものになります。"),
    )
    how = forms.ChoiceField(label=gettext_lazy("確かめ方"), choices=HOW, required=False)
    by = forms.CharField(label=gettext_lazy("だれに確かめたか"), max_length=100, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        chain: Sequence[ContactFacts],
        known: Sequence[ContactFacts] = (),
        divisions: Sequence[Division] = (),
        day: date,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.known, self.divisions, self.day = known, divisions, day
        rows = [row_of(one) for one in chain] or [{}]
        self.rows = self._rows(data) if self.is_bound else self._rows(None, initial=rows)

    def _rows(self, data: Any, **options: Any) -> Any:
        return ContactSet(data, prefix=PREFIX, form_kwargs={"divisions": self.divisions}, **options)

    def put_rows_back(self, typed: Mapping[str, list[str]]) -> None:
        """Let the rows show what was typed."""
        rows, _rest = taken_apart(typed, PREFIX)
        self.rows = self._rows(
            None, initial=[{name: texts[-1] for name, texts in row.items() if texts} for row in rows]
        )

    def focus(self) -> None:
        """Let the row with which the person goes on after a button take the focus."""
        for row in self.rows.forms:
            if row.prefix == getattr(self, "focus_on", ""):
                row.fields["unit"].widget.attrs["autofocus"] = True

    def pressed(self, typed: Typed, do: str) -> Typed:
        """After "take-2": with a row for somebody who is known already, in place of an empty first one."""
        place = do.removeprefix(TAKE)
        if not do.startswith(TAKE) or not place.isdecimal() or int(place) >= len(self.known):
            return typed
        rows, rest = taken_apart(typed, PREFIX)
        filled = [row for row in rows if any(_said(row, name) for name in ("row", "unit", "name", "value0"))]
        taken = {name: [text] for name, text in row_of(self.known[int(place)]).items()}
        return rest | put_together([*filled, taken][:MOST_CONTACTS], PREFIX)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.rows.is_valid():
            self.add_error(None, _("連絡先の欄に直す所があります。"))
        return told

    @property
    def facts(self) -> list[ContactFacts]:
        """The chain as the service takes it, after is_valid()."""
        told = self.cleaned_data
        chain = [facts_in(row.cleaned_data) for row in self.rows.forms if row.cleaned_data]
        if not told["is_verified"]:
            return chain
        how = HowVerified(told["how"] or HowVerified.CLERK)
        return [replace(one, verified_on=self.day, verified_how=how, verified_by=told["by"]) for one in chain]

    @property
    def offered(self) -> Iterator[tuple[str, ContactFacts]]:
        """Who is known already, each with the name of the button that takes them over."""
        return ((f"{TAKE}{place}", one) for place, one in enumerate(self.known))


def _said(row: Typed, name: str) -> bool:
    return any(text.strip() for text in row.get(name, []))


class VerifyForm(forms.Form):
    """Which contacts were verified, when, how and by whom."""

    contacts = forms.MultipleChoiceField(
        label=gettext_lazy("確かめた連絡先"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("確かめた連絡先に印を付けてください。")},
    )
    on = DayField(label=gettext_lazy("確かめた日"))
    how = forms.ChoiceField(label=gettext_lazy("確かめ方"), choices=HOW)
    by = forms.CharField(
        label=gettext_lazy("だれに確かめたか"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("例: 総務課 佐藤さん"),
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], day: date, **options: Any) -> None:
        options["initial"] = {"on": day, "contacts": [key for key, _label in choices]}
        super().__init__(*args, **options)
        self.day = day
        contacts = self.fields["contacts"]
        assert isinstance(contacts, forms.MultipleChoiceField)
        contacts.choices = choices

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.day:
            raise forms.ValidationError(_("まだ来ていない日です。きょうまでの日を入れてください。"))
        return on
