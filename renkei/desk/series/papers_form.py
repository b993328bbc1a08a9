"""The form in which papers for the partners of a series are ordered."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.models import Agreement, Series
from renkei.agreements.series_papers import AGREEMENT, COVER, PapersFacts, partner_of, unsigned
from renkei.documents.models import Document
from renkei.documents.vocabulary import Subject
from renkei.ui.forms import DayField

ALL, UNSIGNED, CHOSEN = "all", "unsigned", "chosen"
OWN, FILE = "own", "file"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXTS = ("number", "signatory", "address", "clerk", "request")
Template = tuple[str, bytes] | Document | None


class PapersForm(forms.Form):
    """What is made, from which text, for whom, and what is the same on all papers."""

    makes = forms.MultipleChoiceField(
        label=gettext_lazy("作る文書"),
        choices=[(AGREEMENT, gettext_lazy("協定書")), (COVER, gettext_lazy("送付状"))],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("協定書か送付状、または両方を選んでください。")},
    )
    text = forms.ChoiceField(
        label=gettext_lazy("協定書の文"),
        required=False,
        help_text=gettext_lazy("標準のひな形(市のものがあればそれ)か、差し込み項目のあるWord文書。"),
    )
    template = forms.FileField(
        label=gettext_lazy("Wordのひな形"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("上で「ここで選ぶWord」にしたときだけ。差し込む項目が書かれた.docx。"),
    )
    whom = forms.ChoiceField(label=gettext_lazy("相手方"), widget=forms.RadioSelect, initial=UNSIGNED)
    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("選んだ相手方"), required=False, widget=forms.CheckboxSelectMultiple
    )
    day = DayField(
        label=gettext_lazy("協定書に書く締結日"),
        required=False,
        help_text=gettext_lazy("空けると、手で書けるように空欄にします。"),
    )
    signatory = forms.CharField(
        label=gettext_lazy("自治体の署名者"),
        max_length=100,
        help_text=gettext_lazy("職と氏名。例: 見本市長　見本 太郎"),
    )
    address = forms.CharField(label=gettext_lazy("自治体の所在地"), max_length=200, required=False)
    sent_on = DayField(label=gettext_lazy("送付状の日付"), required=False)
    number = forms.CharField(
        label=gettext_lazy("送付状の文書番号"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("{番号} と書いた所に、次の番号から一つずつ入ります。例: 福第{番号}号"),
    )
    first_number = forms.IntegerField(
        label=gettext_lazy("初めの番号"), min_value=1, max_value=99999, initial=1
    )
    clerk = forms.CharField(label=gettext_lazy("担当者・連絡先"), max_length=200, required=False)
    request = forms.CharField(
        label=gettext_lazy("送付状でお願いすること"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("空けると、記名押印と1部の返送をお願いする文にします。"),
    )
    more = forms.CharField(
        label=gettext_lazy("ほかの差し込み"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("どの相手方にも同じ項目を、一行に一つ「項目: 値」と書きます。"),
    )

    def __init__(self, *args: Any, series: Series, agreements: Sequence[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.series, self.agreements = series, agreements
        self.without = unsigned(agreements)
        self.offer("text", [("", "―"), *self.own_words(), *Subject.choices, (FILE, _("ここで選ぶWord"))])
        self.offer("whom", self.groups())
        self.offer("chosen", [(one.public_id, str(partner_of(one))) for one in agreements])

    def offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """What can be chosen in the field."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def own_words(self) -> list[tuple[str, str]]:
        """The common document of the series, if it is a Word file."""
        own = self.series.document
        return [(OWN, _("共通の文書「%(name)s」") % {"name": own})] if own and own.media_type == WORD else []

    def groups(self) -> list[tuple[str, str]]:
        """All partners, those who have no signed copy yet, or those who are ticked."""
        return [
            (UNSIGNED, _("文書がまだ添付されていない相手方(%(count)s者)") % {"count": len(self.without)}),
            (ALL, _("すべての相手方(%(count)s者)") % {"count": len(self.agreements)}),
            (CHOSEN, _("下で選んだ相手方")),
        ]

    def clean_more(self) -> dict[str, str]:
        lines = [line for line in self.cleaned_data["more"].splitlines() if line.strip()]
        pairs = [line.replace("：", ":", 1).partition(":") for line in lines]
        for line, (name, colon, _value) in zip(lines, pairs, strict=True):
            if not colon or not name.strip():
                raise forms.ValidationError(
                    _("「%(line)s」には項目と値の区切りがありません。「項目: 値」と書いてください。")
                    % {"line": line[:40]}
                )
        return {name.strip(): value.strip() for name, _colon, value in pairs}

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        text = asked.get("text") if AGREEMENT in asked.get("makes", ()) else None
        if text == "":
            self.add_error("text", _("協定書をどの文から作るか、選んでください。"))
        if text == FILE and not asked.get("template"):
            self.add_error("template", _("Wordのひな形を選んでください。"))
        if "whom" in asked and not self.partners(asked):
            self.add_error("whom", self.nobody(asked["whom"]))
        return asked

    def nobody(self, whom: str) -> str:
        """Why there is nobody to make papers for."""
        if whom == CHOSEN:
            return _("相手方を一者以上選んでください。")
        return _("当てはまる相手方がいません。ほかの相手方を選んでください。")

    def partners(self, asked: Mapping[str, Any] | None = None) -> list[Agreement]:
        """The agreements with the partners who are chosen."""
        asked = self.cleaned_data if asked is None else asked
        if asked["whom"] == UNSIGNED:
            return self.without
        ticked = set(asked.get("chosen", ()))
        return [one for one in self.agreements if asked["whom"] == ALL or one.public_id in ticked]

    def facts(self) -> PapersFacts:
        """What is ordered."""
        asked = self.cleaned_data
        subject = asked["text"] if asked["text"] in Subject.values else ""
        return PapersFacts(
            makes=tuple(asked["makes"]),
            subject=subject,
            day=_iso(asked["day"]),
            sent_on=_iso(asked["sent_on"]),
            first_number=asked["first_number"],
            more=asked["more"],
            **{name: asked[name] for name in TEXTS},
        )

    def word(self) -> Template:
        """The Word file that the agreements are made from; None where it is one of the usual texts."""
        asked = self.cleaned_data
        if AGREEMENT not in asked["makes"] or asked["text"] not in (OWN, FILE):
            return None
        return (
            self.series.document
            if asked["text"] == OWN
            else (asked["template"].name, asked["template"].read())
        )


def typed_before(facts: PapersFacts) -> dict[str, Any]:
    """The form's values as they were ordered the last time: who signs and whom to ask stay the same."""
    return {
        **{name: getattr(facts, name) for name in TEXTS},
        "makes": facts.makes,
        "text": facts.subject or FILE,
        "day": _day(facts.day),
        "sent_on": _day(facts.sent_on),
        "first_number": facts.first_number,
        "more": "\n".join(f"{name}: {value}" for name, value in facts.more.items()),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None
