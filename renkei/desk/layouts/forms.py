"""The form of a layout: for each column its place, and the head that stands over it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.rules.cells import plain
from renkei.search.layouts import KNOWN, LONGEST_HEAD, Column

MOST_COLUMNS = 99


class LayoutForm(forms.Form):
    """A name, and a number and a head for each column; a column without a number is left out."""

    name = forms.CharField(
        label=gettext_lazy("様式の名前"),
        max_length=60,
        help_text=gettext_lazy("「庁内台帳」「議会提出用」など。町の職員がみな使えます。"),
        error_messages={"required": gettext_lazy("様式の名前を入れてください。例: 庁内台帳")},
    )

    def __init__(self, *args: Any, columns: Sequence[Column] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        heads = {column.name: column.head for column in columns}
        places = {column.name: place for place, column in enumerate(columns, start=1)}
        for number, name in enumerate(KNOWN):
            self.fields[f"place_{number}"] = forms.CharField(
                label=_("%(column)sの順番") % {"column": name},
                required=False,
                max_length=3,
                initial=places.get(name, ""),
                widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 3}),
            )
            self.fields[f"head_{number}"] = forms.CharField(
                label=_("%(column)sの見出し") % {"column": name},
                required=False,
                max_length=LONGEST_HEAD,
                initial=heads.get(name, name),
            )

    @property
    def lines(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each column's name with its two fields."""
        return [(name, self[f"place_{number}"], self[f"head_{number}"]) for number, name in enumerate(KNOWN)]

    def clean(self) -> dict[str, Any]:
        """Put the columns into the order of their numbers; two of the same number stand as the form lists them."""
        asked = super().clean() or {}
        chosen = []
        for number, name in enumerate(KNOWN):
            place = plain(asked.get(f"place_{number}", ""))
            if not place:
                continue
            if not place.isdecimal() or not 1 <= int(place) <= MOST_COLUMNS:
                self.add_error(
                    f"place_{number}",
                    _("1から99までの数字を入れてください。出さない列は空にしてください。"),
                )
                continue
            chosen.append((int(place), number, Column(name, asked.get(f"head_{number}", "") or name)))
        asked["columns"] = [column for _place, _number, column in sorted(chosen, key=lambda one: one[:2])]
        return asked
