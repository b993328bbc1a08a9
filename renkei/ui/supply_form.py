"""What a partner could supply now, at both doors: of each thing that is known, and a few new ones; plain rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renkei.ui.amounts import AmountField
from renkei.ui.more_rows import KeptForm, new_rows

NEW_ROWS = 3
NEW = "new-"
NO_QUANTITY, A_GUESS = "none", "estimated"
"""Of the kinds of quantities (`Offered.certainties`): the one that has no number, and the one for something new."""
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Known:
    """One thing that the town knows: its key, how it stands there, and what may be changed."""

    key: str
    words: str
    quantity: Any
    unit: str
    certainty: str


@dataclass(frozen=True)
class Offered:
    """The words to choose from: what a partner may say, kinds of quantities, agreements for something new."""

    says: Choices
    certainties: Choices
    agreements: Choices


class KnownForm(KeptForm):
    """Whether one thing still holds, and with which quantity."""

    says = forms.ChoiceField(
        label=_("いまもできますか"),
        widget=forms.RadioSelect,
        error_messages={"required": _("いまもできるか、変わったか、もうできないかを選んでください。")},
    )
    quantity = AmountField(label=_("いまの数量"), required=False)
    unit = forms.CharField(label=_("単位"), max_length=20, required=False)
    certainty = forms.ChoiceField(label=_("数量の確かさ"), required=False)
    note = forms.CharField(label=_("補足"), max_length=150, required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, known: Known, offered: Offered) -> None:
        initial = {"quantity": known.quantity, "unit": known.unit, "certainty": known.certainty}
        super().__init__(data, prefix=f"supply-{known.key}", initial=initial)
        self.known, self.called = known, known.words
        _choose(self, "says", offered.says)
        _choose(self, "certainty", offered.certainties)
        self.fields["says"].label = gettext("%s は、いまもできますか") % known.words

    def clean(self) -> dict[str, Any]:
        """A quantity written anew beside 「いまもできる」 would be lost: it is asked which of the two is meant."""
        cleaned: dict[str, Any] = super().clean() or {}
        was = (self.known.quantity, self.known.unit, self.known.certainty)
        now = tuple(cleaned.get(name) for name in ("quantity", "unit", "certainty"))
        if cleaned.get("says") == "same" and not self.errors and now != was:
            self.add_error(
                "says", gettext("数量などが書き直されています。「数量などが変わった」を選んでください。")
            )
        return cleaned

    @property
    def answer(self) -> dict[str, Any]:
        """What was said, with the key of the thing."""
        return {"capability": self.known.key, **self.cleaned_data}


class NewForm(KeptForm):
    """Something new; a row without goods is none."""

    goods = forms.CharField(label=_("品目・内容"), max_length=200, required=False)
    quantity = AmountField(label=_("数量"), required=False)
    unit = forms.CharField(label=_("単位"), max_length=20, required=False)
    certainty = forms.ChoiceField(label=_("数量の確かさ"), required=False)
    agreement = forms.ChoiceField(label=_("どの協定で"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, place: int, offered: Offered) -> None:
        super().__init__(data, prefix=f"{NEW}{place}", initial={"certainty": A_GUESS})
        self.called = gettext("新しく供給できるもの")
        _choose(self, "certainty", offered.certainties)
        if len(offered.agreements) > 1:
            _choose(self, "agreement", offered.agreements)
        else:
            del self.fields["agreement"]

    @property
    def is_said(self) -> bool:
        """Whether something is written in the row."""
        return any(self[name].value() for name in ("goods", "quantity"))

    def clean(self) -> dict[str, Any]:
        """A quantity needs goods."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("quantity") and not cleaned.get("goods"):
            self.add_error("goods", gettext("品目を入れてください。例: 毛布"))
        return cleaned


def _choose(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def _fault(said: Mapping[str, Any]) -> tuple[str, str]:
    """The field in which a quantity is not whole, and what is wrong with it; two times "" for nothing."""
    if said.get("says", "changed") != "changed" or not said.get("quantity"):
        return "", ""
    if not said.get("unit"):
        return "unit", gettext("数量の単位を入れてください。例: 本、枚、台、人")
    if said.get("certainty") == NO_QUANTITY:
        return "certainty", gettext(
            "数量を入れたときは、「見込みの数量」か「確保されている数量」を選んでください。数量が決まっていなければ、数量を消してください。"
        )
    return "", ""


class SupplyRows:
    """All rows of one partner; `answers` are those that say something."""

    def __init__(self, data: Mapping[str, Any] | None, known: Sequence[Known], offered: Offered) -> None:
        self.known = [KnownForm(data, known=one, offered=offered) for one in known]
        count, asked = new_rows(data, NEW, "goods", NEW_ROWS)
        self.new = [NewForm(data, place=place, offered=offered) for place in range(1, count + 1)]
        if asked:
            self.new[-1].ask("goods")

    def __iter__(self) -> Iterator[forms.Form]:
        yield from (*self.known, *self.new)

    def is_valid(self) -> bool:
        """Whether each row is; all are looked at, so that all errors are shown at once."""
        for one in self:
            name, sentence = _fault(one.cleaned_data) if one.is_valid() else ("", "")
            if name:
                one.add_error(name, sentence)
        return not any(one.errors for one in self)

    @property
    def answers(self) -> list[dict[str, Any]]:
        """What was said of each known thing, then the new ones."""
        added = [one.cleaned_data for one in self.new if one.cleaned_data.get("goods")]
        return [*(one.answer for one in self.known), *added]
