"""The form with which a partner's check of contacts is answered: at the counter or at the desk."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renkei.ui.contact_form import ContactRows, Words
from renkei.ui.more_rows import KeptForm, asks_for_more
from renkei.ui.supply_form import Choices, Known, Offered, SupplyRows


class Facts(Protocol):
    """What the form shows of a partner, and the words to choose from."""

    contacts: list[dict[str, Any]]
    supplies: list[dict[str, Any]]
    kinds: list[tuple[str, str]]
    whens: list[tuple[str, str]]
    says: list[tuple[str, str]]
    certainties: list[tuple[str, str]]
    agreements: list[tuple[str, str]]
    usual: tuple[str, ...]

    @property
    def fault_of(self) -> Callable[[Mapping[str, Any]], str]: ...

    @property
    def channel_fault(self) -> Callable[[str, str], str]: ...


class AnsweredByForm(KeptForm):
    """Who answers; all that is needed where nothing has changed."""

    by_name = forms.CharField(
        label=_("答える方のお名前"),
        max_length=100,
        error_messages={"required": _("答える方のお名前を入れてください。例: 総務課 佐藤")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, data: Any = None, *, file_check: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        if file_check:
            self.fields["file"] = _file_field(file_check)


class CheckForm(AnsweredByForm):
    """Contacts and what can be supplied, as rows below each other."""

    note = forms.CharField(
        label=_("市への連絡"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, facts: Facts, **options: Any) -> None:
        super().__init__(data, **options)
        self.contacts = ContactRows(
            data,
            facts.contacts,
            words=Words(facts.kinds, facts.whens, facts.usual, facts.channel_fault, facts.fault_of),
        )
        self.supplies = SupplyRows(data, _known(facts.supplies), _offered(facts))

    @property
    def asks_for_more(self) -> bool:
        """Whether it was sent for another row only."""
        return self.is_bound and asks_for_more(self.data)

    @property
    def rows(self) -> list[forms.Form]:
        """All rows, for the summary of what has to be put right."""
        return [*self.contacts, *self.supplies]

    def clean(self) -> dict[str, Any]:
        """The rows are looked at with the rest; where something is wrong in one, the summary says so."""
        cleaned: dict[str, Any] = super().clean() or {}
        are_right = [self.contacts.is_valid(), self.supplies.is_valid()]
        for sentence in self.contacts.errors:
            self.add_error(None, sentence)
        if not all(are_right) and not self.contacts.errors:
            self.add_error(None, gettext("下の欄に直す所があります。赤い印の欄を直してください。"))
        return cleaned


def _file_field(check: Any) -> forms.FileField:
    return forms.FileField(
        label=_("戻ってきた紙のスキャン"),
        required=False,
        validators=[check],
        max_length=200,
        help_text=_("PDFか写真(JPEG・PNG)。紙の回答のときに付けます。"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )


def _known(supplies: Sequence[Mapping[str, Any]]) -> list[Known]:
    return [Known(**one) for one in supplies]


def _offered(facts: Facts) -> Offered:
    agreements: Choices = facts.agreements
    return Offered(says=facts.says, certainties=facts.certainties, agreements=agreements)
