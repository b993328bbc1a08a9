"""What a division answers, item by item."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from renkei.procedures.models import CooperationItem, InquiredDivision
from renkei.procedures.services.answering import ItemWords
from renkei.procedures.vocabulary import Verdict


class AnswerForm(forms.Form):
    """For each item a verdict, conditions or a reason, proposed initiatives; then the person and remarks."""

    def __init__(
        self, *args: Any, asked: InquiredDivision, items: Sequence[CooperationItem], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.items = items
        given = {one.item_id: one for one in asked.answers.all()}
        for item in items:
            known = given.get(item.pk)
            self.fields[f"verdict-{item.public_id}"] = forms.ChoiceField(
                label=_("「%(item)s」への回答") % {"item": item.heading},
                choices=Verdict.choices,
                widget=forms.RadioSelect,
                initial=known.verdict if known else None,
                error_messages={"required": _("一つ選んでください。")},
            )
            self.fields[f"conditions-{item.public_id}"] = _text(
                _("条件・理由"), known.conditions if known else "", _("「参加する」のほかは書いてください。")
            )
            self.fields[f"initiatives-{item.public_id}"] = _text(
                _("取組の案"), known.initiatives if known else "", _("一行に一つずつ書きます。")
            )
        self.fields["person"] = forms.CharField(
            label=_("課の担当者"),
            max_length=100,
            initial=asked.person,
            help_text=_("例: 見本 花子(内線 1234)"),
        )
        self.fields["remarks"] = _text(_("全体についての意見"), asked.remarks, "")

    def by_item(self) -> Iterator[tuple[CooperationItem, list[forms.BoundField]]]:
        """The fields of each item, as the page shows them."""
        for item in self.items:
            names = ("verdict", "conditions", "initiatives")
            yield item, [self[f"{name}-{item.public_id}"] for name in names]

    def about_all(self) -> list[forms.BoundField]:
        """The fields about the whole."""
        return [self["person"], self["remarks"]]

    def clean(self) -> dict[str, Any]:
        """Conditions or a reason are wanted for everything but a plain yes."""
        given: dict[str, Any] = super().clean() or {}
        for item in self.items:
            verdict = given.get(f"verdict-{item.public_id}")
            name = f"conditions-{item.public_id}"
            if verdict and verdict != Verdict.TAKES_PART and not given.get(name):
                words = _("「%(item)s」について、条件か理由を書いてください。例: 予算の範囲内で行う。")
                self.add_error(name, words % {"item": item.heading})
        return given

    @property
    def answers(self) -> dict[CooperationItem, ItemWords]:
        """What was said about each item."""
        given = self.cleaned_data
        return {
            item: ItemWords(
                *(given[f"{name}-{item.public_id}"] for name in ("verdict", "conditions", "initiatives"))
            )
            for item in self.items
        }


def _text(label: str, initial: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=4000,
        required=False,
        initial=initial,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
