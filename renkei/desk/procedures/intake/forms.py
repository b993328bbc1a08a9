"""Forms of the first step: the hearing, the partner, the form and the window, the items."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from renkei.agreements.vocabulary import Form
from renkei.desk.procedures.choices import DivisionField, field_choices
from renkei.municipalities.models import Division, Municipality
from renkei.partners.models import PartnerKind
from renkei.ui.forms import DayField

FORMS = [choice for choice in Form.choices if choice[0] != Form.WITHOUT_AGREEMENT]


def long_text(label: Any, rows: int, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    """A text of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, widget=widget, help_text=help_text)


class HearingForm(forms.Form):
    """What was asked and learned."""

    held_on = DayField(label=_("聴取した日"))
    way = forms.CharField(
        label=_("方法"), required=False, max_length=100, help_text=_("来庁・訪問・電話・オンラインなど。")
    )
    town_people = forms.CharField(label=_("市の出席者"), required=False, max_length=400)
    partner_people = forms.CharField(label=_("相手方の出席者"), required=False, max_length=400)
    asked = long_text(_("尋ねたこと"), 4)
    learned = long_text(_("分かったこと"), 8, required=True)


class ReasonForm(forms.Form):
    """Why it is done."""

    reason = forms.CharField(
        label=_("理由"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("手続の経過に残ります。"),
        error_messages={"required": _("理由を書いてください。手続の経過に残ります。")},
    )


class ItemForm(forms.Form):
    """A matter of cooperation."""

    heading = forms.CharField(
        label=_("連携事項"),
        max_length=300,
        help_text=_("協定書に載る言い方で。例: 健康の維持・増進に関すること"),
    )
    description = long_text(_("内容"), 3, help_text=_("何をするか。照会と協議の画面に出ます。"))
    division = DivisionField()

    def __init__(
        self, *args: Any, town: Municipality, day: date, present: Division | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["division"]
        assert isinstance(offered, DivisionField)
        offered.offer(town, day, present)


class WindowForm(forms.Form):
    """Form, main field, window."""

    form = forms.ChoiceField(label=_("協定形態"), choices=[("", "―"), *FORMS])
    main_field = forms.ChoiceField(
        label=_("主な分野"),
        required=False,
        help_text=_("包括連携協定で、一つの分野が中心のときに選びます。幅広いときは空けてください。"),
    )
    division = DivisionField(label=_("窓口の課"), required=True)
    reason = long_text(
        _("理由"), 3, help_text=_("決まりと違う課を窓口にするときと、窓口の課を替えるときは必ず書きます。")
    )

    def __init__(
        self, *args: Any, town: Municipality, day: date, present: Division | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields, divisions = self.fields["main_field"], self.fields["division"]
        assert isinstance(fields, forms.ChoiceField)
        assert isinstance(divisions, DivisionField)
        fields.choices = field_choices()
        divisions.offer(town, day, present)


class AuthorForm(forms.Form):
    """Whether the person who wrote the proposal is accepted as one of the partner's people; asked where it can be."""

    accepts_author = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, author: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not author:
            del self.fields["accepts_author"]
            return
        self.fields["accepts_author"].label = _("提案した%(author)sを、この相手方の担当者として認める") % {
            "author": author
        }
        self.fields["accepts_author"].help_text = _(
            "認めると、この相手方のほかの手続と協定も、窓口のページで見られるようになります。"
        )


class PartnerForm(AuthorForm):
    """Which partner of the town the proposer is."""

    partner = forms.ChoiceField(label=_("相手方"), widget=forms.RadioSelect)
    field_order = ("partner", "accepts_author")

    def __init__(self, *args: Any, offered: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["partner"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(offered)


class NewPartnerForm(AuthorForm):
    """A partner that the town did not know."""

    name = forms.CharField(label=_("名称"), max_length=300, help_text=_("協定書に載る正式な名称。"))
    kind = forms.ChoiceField(label=_("相手方の区分"), choices=PartnerKind.choices)
    corporate_number = forms.CharField(
        label=_("法人番号"), max_length=40, required=False, help_text=_("13桁。検査数字を確かめます。")
    )
    address = forms.CharField(label=_("所在地"), max_length=200, required=False)
    field_order = ("name", "kind", "corporate_number", "address", "accepts_author")

    @property
    def facts(self) -> Mapping[str, str]:
        """As the service takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "accepts_author"}
