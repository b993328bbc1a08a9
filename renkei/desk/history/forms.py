"""What is asked of the history, and the heads that were kept outside."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.audit.events import DECLARED
from renkei.audit.kept import HeadsRefused, KeptHead, read_heads
from renkei.audit.models import EntryQuerySet
from renkei.audit.questions import BY_NOBODY, Question, people_in
from renkei.audit.services import BY_THE_SYSTEM
from renkei.audit.words import outline
from renkei.ui.forms import DayField

LARGEST = 1024 * 1024


class HistoryForm(forms.Form):
    """Words, kind of event, person, record and days."""

    q = forms.CharField(
        label=gettext_lazy("言葉"),
        required=False,
        max_length=100,
        help_text=gettext_lazy(
            "対象の名前、理由、した人、変わった内容から探します。空白で区切ると、すべてを含むもの。"
        ),
    )
    event = forms.ChoiceField(label=gettext_lazy("できごと"), required=False)
    person = forms.ChoiceField(label=gettext_lazy("した人"), required=False)
    since = DayField(label=gettext_lazy("この日から"), required=False)
    until = DayField(label=gettext_lazy("この日まで"), required=False)
    subject = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)

    def __init__(self, *args: Any, entries: EntryQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        events = sorted((outline(name), name) for name in DECLARED)
        people = [(str(one.pk), one.name) for one in people_in(entries)]
        kinds = ((name, words) for words, name in events)
        self.fields["event"].choices = [("", _("すべて")), *kinds]  # type: ignore[attr-defined]
        people.append((BY_NOBODY, BY_THE_SYSTEM))
        self.fields["person"].choices = [("", _("すべて")), *people]  # type: ignore[attr-defined]

    def chosen(self) -> list[tuple[str, str]]:
        """What was asked for, each with its label, in words."""
        found = []
        for name, value in self.data.items():
            if value and name in self.fields and name != "subject":
                choices = dict(getattr(self.fields[name], "choices", ()))
                found.append((str(self.fields[name].label), str(choices.get(value, value))))
        return found

    def question(self) -> Question:
        """What was asked, as far as it could be read."""
        asked = getattr(self, "cleaned_data", {})
        return Question(
            words=asked.get("q", ""),
            event=asked.get("event", ""),
            person=asked.get("person", ""),
            subject=asked.get("subject", ""),
            first=asked.get("since"),
            last=asked.get("until"),
        )


class VerifyForm(forms.Form):
    """The heads that left the machine, as text or as the saved mail."""

    heads = forms.CharField(
        label=gettext_lazy("外に控えた末尾"),
        required=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "毎日届くメールの「renkei-head」で始まる行を貼り付けると、その日までの記録が残っているかも調べます。"
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("控えのファイル"),
        required=False,
        help_text=gettext_lazy("保存したメールか、audit_headの出力。1MBまで。"),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST:
            raise forms.ValidationError(_("1MBを超えるファイルです。控えのメールだけを選んでください。"))
        return file

    def kept(self) -> list[KeptHead]:
        """The heads that were given; a form error where something was given and holds none."""
        given = {"heads": self.cleaned_data["heads"].encode(), "file": b""}
        if self.cleaned_data["file"]:
            given["file"] = self.cleaned_data["file"].read()
        found: list[KeptHead] = []
        for name, content in given.items():
            try:
                found += read_heads(content) if content.strip() else []
            except HeadsRefused as refusal:
                self.add_error(name, str(refusal))
        return found
