"""A text as a form: title, preamble, articles as rows, closing words, parties; and the rows of an amendment."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.desk.parts import MOST_ROWS
from renkei.desk.procedures.drafting.forms import long_text, note_field
from renkei.desk.procedures.drafting.from_library import (
    PUT,
    SHOW,
    LibraryBeside,
    kinds_to_choose,
    last_of,
    places_to_choose,
)
from renkei.desk.procedures.drafting.table_fields import (
    MOST_TABLES,
    table_fields,
    tables_typed,
    typed_of_tables,
)
from renkei.desk.rows import RowSet, put_together, taken_apart
from renkei.desk.typed import Typed
from renkei.documents.clauses import Variant
from renkei.documents.contents import AgreementText, Article, SigningParty
from renkei.municipalities.public_id import new_public_id
from renkei.procedures.wording import LETTERS
from renkei.rules.written_numbers import article_number
from renkei.ui.forms import NumberField

MOST_PARTIES = len(LETTERS)
LETTERS_IN_A_LINE = 45
BELOW = re.compile(r"below-([a-z]+)-([0-9]{1,3})")


class ArticleForm(forms.Form):
    """An article; `row` is its key, which it keeps from version to version."""

    row = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    heading = forms.CharField(label=gettext_lazy("見出し"), max_length=100, required=False)
    text = long_text(gettext_lazy("本文"), rows=5)


class ChangeForm(forms.Form):
    """What an amendment says: which article, and its words from now on."""

    heading = forms.CharField(
        label=gettext_lazy("変える所"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("「第３条」「第５条第２項」のように書きます。"),
    )
    text = long_text(gettext_lazy("改めた後の文"), rows=5)


class ArticleRows(RowSet):
    """All articles."""

    label = gettext_lazy("条")


class ChangeRows(RowSet):
    """All changes."""

    label = gettext_lazy("変える条")


BOUNDS = {"extra": 0, "max_num": MOST_ROWS, "absolute_max": MOST_ROWS, "validate_max": True}
ArticleSet = formset_factory(ArticleForm, formset=ArticleRows, **BOUNDS)  # type: ignore[arg-type]
ChangeSet = formset_factory(ChangeForm, formset=ChangeRows, **BOUNDS)  # type: ignore[arg-type]


class RowsForm(forms.Form):
    """A form with rows of heading and text."""

    template_name = "desk/procedures/drafting/text_form.html"
    prefix_of_rows = "article"
    rows_of: Any = ArticleSet
    put_at = ""
    """The row that a button of the form's own has just put in."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        rows: list[dict[str, Any]],
        **options: Any,
    ) -> None:
        super().__init__(data, files, **options)
        own = {"prefix": self.prefix_of_rows}
        self.rows = self.rows_of(data, **own) if self.is_bound else self.rows_of(initial=rows, **own)

    def put_rows_back(self, typed: Mapping[str, list[str]]) -> None:
        """Let the rows show what was typed."""
        rows, _rest = taken_apart(typed, self.prefix_of_rows)
        initial = [{name: texts[-1] for name, texts in row.items() if texts} for row in rows]
        self.rows = self.rows_of(prefix=self.prefix_of_rows, initial=initial)

    def pressed(self, typed: Typed, do: str) -> Typed:
        """What is typed after its own button: another row below one, told as below-article-3."""
        below = BELOW.fullmatch(do)
        if below is None or below[1] != self.prefix_of_rows:
            return typed
        rows, rest = taken_apart(typed, self.prefix_of_rows)
        rows.insert(int(below[2]) + 1, {})
        return rest | put_together(rows[:MOST_ROWS], self.prefix_of_rows)

    def shown_rows(self) -> list[tuple[str, forms.Form]]:
        """Each row with its number; the one to go on with takes the focus."""
        focus_on = self.put_at or getattr(self, "focus_on", "")
        if below := BELOW.fullmatch(focus_on):
            focus_on = f"{below[1]}-{int(below[2]) + 1}"
        for row in self.rows.forms:
            row.fields["text"].widget.attrs["rows"] = lines_shown(str(row["text"].value() or ""))
            if row.prefix == focus_on:
                row.fields["heading"].widget.attrs["autofocus"] = True
        return [(self.name_of_row(place), row) for place, row in enumerate(self.rows.forms, start=1)]

    def name_of_row(self, place: int) -> str:
        """What the row is called: an article by its number, which is its place."""
        return article_number(place)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.rows.is_valid():
            self.add_error(None, _("条の欄に直す所があります。"))
        elif not self.filled():
            self.add_error(None, _("条が一つもありません。「条を加える」を押して書いてください。"))
        return told

    def filled(self) -> list[dict[str, str]]:
        """The rows that say anything, after is_valid()."""
        told = (row.cleaned_data for row in self.rows.forms)
        return [row for row in told if row.get("heading") or row.get("text")]


class AmendmentForm(RowsForm):
    """The changes from which an amending text is written."""

    prefix_of_rows = "change"
    rows_of = ChangeSet

    copies = NumberField(
        label=gettext_lazy("作る通数"),
        min_value=0,
        max_value=20,
        initial=2,
        help_text=gettext_lazy("当事者ごとに一通。電子署名のときは0。"),
    )
    note = note_field()

    def name_of_row(self, place: int) -> str:
        """A change by its place."""
        return _("変更%(place)s") % {"place": place}

    def changes(self) -> list[tuple[str, str]]:
        """Which article, and its new words, after is_valid()."""
        return [(row["heading"], row["text"]) for row in self.filled()]


class TextForm(RowsForm):
    """The text of one version, to be made the next."""

    title = forms.CharField(label=gettext_lazy("協定書の表題"), max_length=400)
    preamble = long_text(gettext_lazy("前文"), rows=4)
    closing = long_text(
        gettext_lazy("結び"), rows=3, help_text=gettext_lazy("作る通数と、各自が持つことを書く文。")
    )
    clause_kind = forms.CharField(label=gettext_lazy("条項の種類"), required=False, max_length=20)
    clause_place = forms.CharField(label=gettext_lazy("入れる所"), required=False, max_length=20)
    note = note_field()

    def __init__(self, *args: Any, library: LibraryBeside | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.library = library or LibraryBeside()
        self.clauses: list[Variant] = []
        for place in range(MOST_PARTIES):
            self.fields |= party_fields(place)
        for place in range(MOST_TABLES):
            self.fields |= table_fields(place)

    def pressed(self, typed: Typed, do: str) -> Typed:
        """What is typed after its own button: another row, or a clause of the library put in."""
        if do == SHOW:
            self.clauses = self.library.shown(last_of(typed, "clause_kind"), typed)
        if do.startswith(PUT):
            typed, self.put_at = self.library.put(do.removeprefix(PUT), typed)
            return typed
        return super().pressed(typed, do)

    def library_fields(self) -> list[forms.BoundField]:
        """Which kind of clause, and where it goes."""
        self.fields["clause_kind"].widget = forms.Select(choices=kinds_to_choose())
        self.fields["clause_place"].widget = forms.Select(choices=places_to_choose(self.headings()))
        return [self["clause_kind"], self["clause_place"]]

    def headings(self) -> list[str]:
        """What the articles are headed at this moment."""
        return [str(row["heading"].value() or "").strip() for row in self.rows.forms]

    def table_groups(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """The fields of each table that there is, and of one more."""
        there = [
            place
            for place in range(MOST_TABLES)
            if self[f"table{place}_title"].value() or self[f"table{place}_rows"].value()
        ]
        more = [place for place in range(MOST_TABLES) if place not in there][:1]
        return [
            (
                _("表%(place)s") % {"place": place + 1},
                [self[name] for name in table_fields(place)],
                place in there,
            )
            for place in sorted([*there, *more])
        ]

    def party_groups(self) -> list[tuple[str, list[forms.BoundField], bool]]:
        """The fields of each party, and whether there is one."""
        return [
            (
                _("当事者%(place)s") % {"place": place + 1},
                [self[name] for name in party_fields(place)],
                place < 2 or bool(self[f"party{place}_name"].value()),
            )
            for place in range(MOST_PARTIES)
        ]

    def text(self) -> AgreementText:
        """The text that was typed, after is_valid()."""
        told = self.cleaned_data
        return AgreementText(
            title=told["title"],
            preamble=plain(told["preamble"]),
            articles=tuple(
                Article(row["row"] or new_public_id(), row["heading"], plain(row["text"]))
                for row in self.filled()
            ),
            closing=plain(told["closing"]),
            parties=tuple(
                SigningParty(**{name: told[f"party{place}_{name}"] for name in PARTY})
                for place in range(MOST_PARTIES)
                if told[f"party{place}_letter"] or told[f"party{place}_name"]
            ),
            tables=tables_typed({name: plain(told[name]) for name in told if name.startswith("table")}),
        )


PARTY = ("letter", "name", "address", "signatory", "is_town")


def party_fields(place: int) -> dict[str, forms.Field]:
    """What is asked of one party."""
    fields: dict[str, forms.Field] = {
        "letter": forms.CharField(label=gettext_lazy("呼び方"), max_length=20, required=False),
        "name": forms.CharField(label=gettext_lazy("名称"), max_length=300, required=False),
        "address": forms.CharField(label=gettext_lazy("所在地"), max_length=200, required=False),
        "signatory": forms.CharField(label=gettext_lazy("署名者の職と氏名"), max_length=200, required=False),
        "is_town": forms.BooleanField(label=gettext_lazy("自分の自治体である"), required=False),
    }
    return {f"party{place}_{name}": field for name, field in fields.items()}


def typed_of(text: AgreementText) -> dict[str, Any]:
    """The form's values of a text; its articles come apart as rows."""
    found: dict[str, Any] = {"title": text.title, "preamble": text.preamble, "closing": text.closing}
    for place, party in enumerate(text.parties[:MOST_PARTIES]):
        found |= {f"party{place}_{name}": getattr(party, name) for name in PARTY}
    return found | typed_of_tables(text)


def rows_of(text: AgreementText) -> list[dict[str, str]]:
    """The articles as rows."""
    return [{"row": one.key, "heading": one.heading, "text": one.text} for one in text.articles]


def lines_shown(text: str) -> int:
    """So many lines that a clerk reads the article without scrolling in it, within bounds."""
    lines = sum(1 + len(line) // LETTERS_IN_A_LINE for line in text.split("\n"))
    return max(3, min(lines + 1, 20))


def plain(text: str) -> str:
    """A typed text with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
