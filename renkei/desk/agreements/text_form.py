"""What the signed text says, as a form: title, signing day, items, term, renewal, parties."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.facts import RenewalFacts, TermFacts, TextFacts
from renkei.agreements.proposing import Proposal, disagreements, proposal
from renkei.agreements.vocabulary import DocumentKind, Form, RenewalKind
from renkei.desk.agreements.party_rows import WithParties, initial_row
from renkei.desk.typed import Typed, said
from renkei.rules.japanese_calendar import PartialDay, UnreadableDay, japanese_date, read_day
from renkei.ui.forms import DayField, NumberField, PartialDayField

READ_CLAUSE = "read-clause"
RULE_DETAILS = ("months", "notice_months", "notice_days", "until", "clause")
MOST_MONTHS = 1200
MOST_DAYS = 3650


class TextForm(WithParties):
    """The text's own facts; `remarks` are sentences to think about before it is saved."""

    template_name = "desk/agreements/facts_form.html"

    title = forms.CharField(
        label=gettext_lazy("協定名"),
        max_length=400,
        error_messages={"required": gettext_lazy("協定名を入れてください。協定書の表題のとおりに書きます。")},
    )
    form = forms.ChoiceField(label=gettext_lazy("協定形態"), choices=Form.choices)
    document_kind = forms.ChoiceField(label=gettext_lazy("文書の種別"), choices=DocumentKind.choices)
    signed = PartialDayField(label=gettext_lazy("締結日"), required=False)
    items = forms.CharField(
        label=gettext_lazy("連携事項"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("1行に1つずつ、協定書の順に書きます。番号は要りません。"),
    )
    clause = forms.CharField(
        label=gettext_lazy("期間の条文"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("協定書の条文をそのまま写すと、期間と更新の定めを読み取れます。"),
    )
    first_day = DayField(label=gettext_lazy("はじめの期間の始期"), required=False)
    last_day = DayField(
        label=gettext_lazy("はじめの期間の終期"),
        required=False,
        help_text=gettext_lazy("この日まで有効として数えます。終わりの定めがなければ空けてください。"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("更新の種類"),
        choices=[("", gettext_lazy("記録しない")), *RenewalKind.choices],
        required=False,
    )
    months = NumberField(
        label=gettext_lazy("更新の月数"),
        required=False,
        min_value=1,
        max_value=MOST_MONTHS,
        help_text=gettext_lazy("1回の更新で延びる長さ。1年なら12。"),
    )
    notice_months = NumberField(
        label=gettext_lazy("通知期限(月前)"), required=False, min_value=0, max_value=MOST_MONTHS
    )
    notice_days = NumberField(
        label=gettext_lazy("通知期限(日前)"), required=False, min_value=0, max_value=MOST_DAYS
    )
    until = DayField(
        label=gettext_lazy("自動更新の限り"),
        required=False,
        help_text=gettext_lazy("何度更新してもこの日より後には続かないと定めたときだけ入れます。"),
    )

    groups: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (gettext_lazy("協定書"), ("title", "form", "document_kind", "signed", "items")),
        (
            gettext_lazy("期間と更新"),
            ("clause", "first_day", "last_day", "kind", "months", "notice_months", "notice_days", "until"),
        ),
    )
    after_parties: tuple[tuple[Any, tuple[str, ...]], ...] = ()

    def shown_groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """What stands before the parties."""
        return [(heading, [self[name] for name in names]) for heading, names in self.groups]

    def shown_after_parties(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """What stands after them."""
        return [(heading, [self[name] for name in names]) for heading, names in self.after_parties]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        first, last = told.get("first_day"), told.get("last_day")
        if last and not first and "first_day" not in self.errors:
            self.add_error("first_day", _("終期だけが入っています。始期も入れるか、終期を空けてください。"))
        if first and last and last < first:
            self.add_error(
                "last_day", _("終期が始期より前です。始期と同じ日か、それより後の日にしてください。")
            )
        if not told.get("kind") and any(told.get(name) for name in RULE_DETAILS):
            self.add_error(
                "kind",
                _(
                    "更新の定めを記録するには、更新の種類を選んでください。条文からは「条文を読み取る」で選べます。"
                ),
            )
        return told

    def text_facts(self) -> TextFacts:
        """The facts, after is_valid()."""
        told = self.cleaned_data
        return TextFacts(
            title=told["title"],
            form=told["form"],
            document_kind=told["document_kind"],
            signed=told["signed"],
            items=tuple(line.strip()[:300] for line in told["items"].splitlines() if line.strip()),
            parties=self.party_facts(),
            term=self.term(),
            renewal=self.renewal(),
        )

    def term(self) -> TermFacts | None:
        told = self.cleaned_data
        return TermFacts(told["first_day"], told["last_day"]) if told.get("first_day") else None

    def renewal(self) -> RenewalFacts | None:
        told = self.cleaned_data
        if not told.get("kind"):
            return None
        return RenewalFacts(
            kind=RenewalKind(told["kind"]),
            months=told["months"],
            notice_months=told["notice_months"],
            notice_days=told["notice_days"],
            in_force_until=told["until"],
            clause=told["clause"].replace("\r\n", "\n"),
        )

    @property
    def reading(self) -> Proposal | None:
        """How the clause in the form is read."""
        return proposal(str(self["clause"].value() or ""), signed_of(str(self["signed"].value() or "")))

    @property
    def remarks(self) -> list[str]:
        """What the clause says otherwise than what was given; after is_valid()."""
        if not self.is_bound or self.errors:
            return []
        return [*disagreements(self.reading, self.term(), self.renewal())]

    def pressed(self, typed: Typed, do: str) -> Typed:
        """The clause read: what is still empty is filled in, what is there stays."""
        if do != READ_CLAUSE:
            return typed
        signed = "".join(said(typed, "signed"))
        read = proposal("\n".join(typed.get("clause", [])), signed_of(signed))
        return typed | {
            name: [text] for name, text in proposed(read).items() if text and not said(typed, name)
        }


def signed_of(text: str) -> PartialDay | None:
    """The signing day as far as it can be read."""
    try:
        return read_day(text).day if text.strip() else None
    except UnreadableDay:
        return None


def proposed(read: Proposal | None) -> dict[str, str]:
    """What a reading fills into the form."""
    found: dict[str, str] = {}
    if read and read.term:
        found["first_day"] = japanese_date(read.term.first_day)
        found["last_day"] = japanese_date(read.term.last_day) if read.term.last_day else ""
    if read and read.renewal:
        rule = read.renewal
        found["kind"] = str(rule.kind.value)
        numbers = {
            "months": rule.months,
            "notice_months": rule.notice_months,
            "notice_days": rule.notice_days,
        }
        found |= {name: str(number) for name, number in numbers.items() if number}
        found["until"] = japanese_date(rule.in_force_until) if rule.in_force_until else ""
    return found


class CorrectForm(TextForm):
    """A correction, with its reason."""

    reason = forms.CharField(
        label=gettext_lazy("訂正の理由"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("何を見て、なぜ直すのか。記録に残ります。例: 協定書の写しと照合した。"),
        error_messages={"required": gettext_lazy("訂正の理由を書いてください。例: 協定書の写しと照合した。")},
    )
    after_parties = ((gettext_lazy("理由"), ("reason",)),)

    def __init__(self, *sent: Any, facts: TextFacts, **options: Any) -> None:
        super().__init__(*sent, initial=initial_text(facts), parties=initial_parties(facts), **options)
        self.facts = facts

    @property
    def remarks(self) -> list[str]:
        """What the clause says otherwise, without what was so before the correction."""
        rule = self.facts.renewal
        read = proposal(rule.clause if rule else "", self.facts.signed)
        known = {*disagreements(read, self.facts.term, rule)}
        return [remark for remark in super().remarks if remark not in known]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if not self.errors:
            told["facts"] = self.text_facts()
        return told


def initial_text(facts: TextFacts) -> dict[str, Any]:
    """What the form shows of an agreement as it stands."""
    rule = facts.renewal
    return {
        "title": facts.title,
        "form": facts.form,
        "document_kind": facts.document_kind,
        "signed": facts.signed,
        "items": "\n".join(facts.items),
        "first_day": facts.term.first_day if facts.term else None,
        "last_day": facts.term.last_day if facts.term else None,
        "clause": rule.clause if rule else "",
        "kind": rule.kind.value if rule else "",
        "months": rule.months if rule else None,
        "notice_months": rule.notice_months if rule else None,
        "notice_days": rule.notice_days if rule else None,
        "until": rule.in_force_until if rule else None,
    }


def initial_parties(facts: TextFacts) -> list[dict[str, Any]]:
    """The rows that the form shows of an agreement as it stands."""
    return [initial_row(party) for party in facts.parties]
