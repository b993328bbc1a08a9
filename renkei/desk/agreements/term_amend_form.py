"""The form of an amendment: it opens with what the agreement says, and what is written otherwise is what changes."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.facts import PartyFacts
from renkei.agreements.models import Agreement, Party, RenewalRule
from renkei.agreements.services import Amended
from renkei.agreements.spans import Span
from renkei.agreements.versions import RULE
from renkei.agreements.vocabulary import NoticeEffect, RenewalKind
from renkei.desk.agreements.term_forms import PaperField, note_field
from renkei.ui.forms import DayField, NumberField

LONGEST = 300


class AmendForm(forms.Form):
    """From when, what in words, and each fact as it is from then on."""

    on = DayField(
        label=gettext_lazy("変更が効く最初の日"),
        error_messages={"required": gettext_lazy("変更が効く日を入れてください。例: 令和8年4月1日")},
    )
    summary = note_field(
        gettext_lazy("変更の内容"),
        gettext_lazy("「有効期間を3年延ばす」など、短い文で。協定を公開していれば、公開のページにも出ます。"),
        required=True,
    )
    summary.error_messages["required"] = gettext_lazy("変更の内容を短い文で入れてください。")
    signed_on = DayField(label=gettext_lazy("変更を締結した日"), required=False)
    title = forms.CharField(label=gettext_lazy("協定名"), max_length=400)
    title.error_messages["required"] = gettext_lazy(
        "協定名を入れてください。変わらなければ、元のままにします。"
    )
    purpose = note_field(gettext_lazy("目的"))
    items = note_field(gettext_lazy("連携事項"), gettext_lazy("1行に1つ。"))
    last_day = DayField(
        label=gettext_lazy("期間の最後の日"),
        required=False,
        help_text=gettext_lazy(
            "変更が効く日に進んでいる期間の、新しい最後の日。変わらなければ、元のままにします。"
        ),
    )
    kind = forms.ChoiceField(label=gettext_lazy("更新の種類"), required=False)
    months = NumberField(label=gettext_lazy("更新の月数"), required=False, min_value=1, max_value=1200)
    notice_months = NumberField(
        label=gettext_lazy("通知期限(月前)"), required=False, min_value=0, max_value=120
    )
    notice_days = NumberField(
        label=gettext_lazy("通知期限(日前)"), required=False, min_value=0, max_value=3660
    )
    notice_effect = forms.ChoiceField(
        label=gettext_lazy("一者の通知で終わる範囲"),
        required=False,
        choices=[("", gettext_lazy("定めなし")), *NoticeEffect.choices],
    )
    clause = note_field(gettext_lazy("期間の条文"))
    joining = note_field(
        gettext_lazy("新しく加わる当事者"), gettext_lazy("1行に1者。変更が効く日から参加として記録します。")
    )
    document = PaperField(label=gettext_lazy("変更の文書"))

    def __init__(self, *args: Any, agreement: Agreement, running: Span | None, **options: Any) -> None:
        rule: RenewalRule | None = getattr(agreement, "renewal_rule", None)
        now: dict[str, Any] = {
            "title": agreement.title,
            "purpose": agreement.purpose,
            "items": "\n".join(item.heading for item in agreement.items.all()),
            "last_day": running.last if running else None,
            **{name: getattr(rule, name, None) for name in RULE},
        }
        self.parties: list[Party] = list(agreement.parties.all())
        now |= {duties_name(party): party.duties for party in self.parties}
        super().__init__(*args, **options | {"initial": now})
        choices = [*([] if rule else [("", _("記録されていません"))]), *RenewalKind.choices]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        for party in self.parties:
            self.fields[duties_name(party)] = note_field(
                _("%(party)sの役割・責任") % {"party": party.name_as_signed}
            )
        self.order_fields(
            [
                "on",
                "summary",
                "signed_on",
                "document",
                "title",
                "purpose",
                "items",
                *map(duties_name, self.parties),
            ]
        )

    def clean_items(self) -> tuple[str, ...]:
        return self._lines("items")

    def clean_joining(self) -> tuple[str, ...]:
        return self._lines("joining")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if self.initial["last_day"] and not told.get("last_day") and "last_day" not in self.errors:
            self.add_error(
                "last_day",
                _(
                    "期間の最後の日は空にできません。終わりの日をなくす変更は、この日を元のままにして、"
                    "更新の種類を「通知があるまで有効」にしてください。"
                ),
            )
        if not told.get("kind") and any(told.get(name) for name in RULE):
            self.add_error("kind", _("更新の定めを記録するには、更新の種類を選んでください。"))
        return told if self.errors else told | {"amended": self.amended()}

    def _lines(self, name: str) -> tuple[str, ...]:
        lines = tuple(line.strip() for line in self.cleaned_data[name].splitlines() if line.strip())
        if any(len(line) > LONGEST for line in lines):
            raise forms.ValidationError(_("1行は300文字までにしてください。"))
        return lines

    def amended(self) -> Amended:
        """What was written otherwise than it stands."""
        told = self.cleaned_data
        changed = {name for name in self.changed_data if name in told}
        rule = {name: told[name] for name in RULE} if changed & set(RULE) and told["kind"] else {}
        return Amended(
            title=told["title"] if "title" in changed else None,
            purpose=told["purpose"] if "purpose" in changed else None,
            items=told["items"] if "items" in changed else None,
            duties={
                party.pk: told[duties_name(party)] for party in self.parties if duties_name(party) in changed
            },
            last_day=told["last_day"] if "last_day" in changed else None,
            rule=rule,
            joining=tuple(PartyFacts(name) for name in told["joining"]),
        )


def duties_name(party: Party) -> str:
    """The name of the field with what this party takes on."""
    return f"duties_{party.pk}"
