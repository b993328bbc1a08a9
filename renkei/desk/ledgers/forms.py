"""Forms of the ledger import."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from renkei.ledger.columns import MEANINGS
from renkei.ledger.sheets import LARGEST
from renkei.rules.japanese_calendar import UnreadableDay, read_day


class UploadForm(forms.Form):
    """The file of a ledger."""

    file = forms.FileField(
        label=_("台帳のファイル"),
        max_length=200,
        help_text=_("Excel(.xlsx・.xls)、OpenDocument(.ods)、CSV、TSV。50MBまで。"),
        error_messages={
            "required": _("ファイルを選んでください。"),
            "empty": _("中身のないファイルです。台帳の入ったファイルを選んでください。"),
            "max_length": _("ファイルの名前が長すぎます。短い名前に変えて、もう一度選んでください。"),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                _("50MBを超えるファイルは読めません。年度や部署で分けて、別々に取り込んでください。")
            )
        return file


class ColumnsForm(forms.Form):
    """What each column means; one choice for each column of the file."""

    def __init__(self, *args: Any, columns: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        for column in columns:
            self.fields[f"column_{column['index']}"] = forms.ChoiceField(
                label=column["header"] or _("%(number)s列目") % {"number": column["index"] + 1},
                choices=list(MEANINGS.items()),
                initial=column["meaning"],
            )

    def lines(self) -> list[dict[str, Any]]:
        """Each column with its field, for a table; its sheet is named only where there are several."""
        several = len({column.get("sheet", "") for column in self.columns}) > 1
        return [
            {**column, "sheet": several and column["sheet"], "field": self[f"column_{column['index']}"]}
            for column in self.columns
        ]

    def chosen(self) -> dict[str, str]:
        """Meaning by column index, as the ledger services want it."""
        return {name.removeprefix("column_"): value for name, value in self.cleaned_data.items()}


class RowForm(forms.Form):
    """A row put right by hand."""

    title = forms.CharField(label=_("協定名"), max_length=400, required=False)
    partners = forms.CharField(
        label=_("相手方"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("1行に1つずつ書きます。"),
    )
    signed = forms.CharField(
        label=_("締結日"),
        max_length=60,
        required=False,
        help_text=_(
            "令和6年6月1日、R6.6.1、2024/6/1 のどれでも。月や年だけでもかまいません。分からなければ空けてください。"
        ),
    )

    def clean_signed(self) -> str:
        text = self.cleaned_data["signed"].strip()
        if not text:
            return ""
        try:
            return read_day(text).day.iso
        except UnreadableDay as error:
            raise forms.ValidationError(str(error)) from error

    def partner_names(self) -> list[str]:
        """The names, one from each line."""
        return [line.strip() for line in self.cleaned_data["partners"].splitlines() if line.strip()]


class TitleForm(forms.Form):
    """One title for all rows that wait for theirs."""

    title = forms.CharField(
        label=_("保留の行に付ける協定名"),
        max_length=400,
        help_text=_("相手方が読めていて、協定名だけが足りない行のすべてに付けます。"),
        error_messages={"required": _("協定名を入れてください。例: 高齢者等の見守り活動に関する協定")},
    )


class CommitForm(forms.Form):
    """Whether the agreements of the ledger are shown to everyone."""

    publishes = forms.BooleanField(
        label=_("取り込んだ協定を公開する"),
        required=False,
        help_text=_("庁内メモと台帳の備考は公開されません。後から協定ごとに変えられます。"),
    )
