"""Forms about people, their roles and their transfers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import Assignment, Role, User
from renkei.ledger.sheets import LARGEST
from renkei.municipalities.models import Division
from renkei.people.sheet import folded
from renkei.ui.forms import DayField

FIRST = gettext_lazy("この日から。令和8年4月1日、R8.4.1、2026/4/1 のどれでも。")
LAST = gettext_lazy("この日まで(この日も含みます)。")


class ReasonForm(forms.Form):
    """A form that ends with the reason, which is kept in the log."""

    reason = forms.CharField(
        label=gettext_lazy("理由"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("「人事異動」「育児休業」など。できごとの記録に残ります。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "reason"])


class DivisionField(forms.ChoiceField):
    """One of the town's divisions, or none; the answer is the division itself."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.known: dict[str, Division] = {}

    def among(self, divisions: Iterable[Division], *, nothing: str) -> None:
        """Offer these divisions."""
        self.known = {one.public_id: one for one in divisions}
        self.choices = [("", nothing), *((key, str(one)) for key, one in self.known.items())]

    def clean(self, value: Any) -> Any:
        return self.known.get(super().clean(value))


class RoleFields(forms.Form):
    """A role in a division from a first day on."""

    role = forms.ChoiceField(label=gettext_lazy("役割"), choices=Role.choices, initial=Role.RESPONSIBLE)
    division = DivisionField(label=gettext_lazy("課"))
    starts_on = DayField(label=gettext_lazy("最初の日"), help_text=FIRST)

    def __init__(self, *args: Any, divisions: Iterable[Division], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        division = self.fields["division"]
        assert isinstance(division, DivisionField)
        division.among(divisions, nothing=_("(課によらない役割)"))

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class RoleForm(RoleFields, ReasonForm):
    """A role, perhaps to a last day."""

    ends_on = DayField(label=gettext_lazy("最後の日"), required=False, help_text=LAST)


class ChangeRoleForm(RoleFields, ReasonForm):
    """Another role from a day on; it ends when the former would have."""


class EndRoleForm(ReasonForm):
    """The last day of a role."""

    on = DayField(label=gettext_lazy("最後の日"), help_text=LAST)


class LeaveForm(ReasonForm):
    """The last day in the town."""

    on = DayField(label=gettext_lazy("在籍の最後の日"), help_text=LAST)


class DropRoleForm(ReasonForm):
    """Nothing but the reason."""


class NamesForm(forms.Form):
    """What a person is called."""

    name = forms.CharField(
        label=gettext_lazy("氏名"),
        max_length=60,
        error_messages={"required": gettext_lazy("氏名を入れてください。例: 旭川 花子")},
    )
    sign_in_name = forms.CharField(
        label=gettext_lazy("サインイン名"),
        max_length=60,
        help_text=gettext_lazy("サインインするときに入れる名前です。職員番号などにすると、重なりません。"),
        error_messages={"required": gettext_lazy("サインイン名を入れてください。例: 12345")},
    )
    email = forms.EmailField(label=gettext_lazy("メールアドレス"), required=False, max_length=254)

    def clean_sign_in_name(self) -> str:
        name: str = self.cleaned_data["sign_in_name"]
        if len(name.split()) != 1:
            raise forms.ValidationError(_("サインイン名には空白を入れられません。例: 12345"))
        return name


class EditForm(NamesForm):
    """What a person is called, and what it was when the form was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def see_again(self) -> None:
        """The refusal has said what stands now: whoever presses again has seen it."""
        assert isinstance(self.data, QueryDict)
        sent = self.data.copy()
        sent["seen"] = self.initial["seen"]
        self.data = sent


class NewForm(NamesForm, RoleFields):
    """A new person with a first role."""

    field_order = ("name", "sign_in_name", "email", "role", "division", "starts_on")


class DeputyForm(ReasonForm):
    """Who stands in for whom, where and how long."""

    deputy = forms.CharField(
        label=gettext_lazy("代理をする職員"),
        max_length=60,
        help_text=gettext_lazy("サインイン名か氏名を入れてください。"),
        widget=forms.TextInput(attrs={"list": "colleagues", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("代理をする職員のサインイン名か氏名を入れてください。")},
    )
    division = DivisionField(label=gettext_lazy("どの課の役割を"))
    starts_on = DayField(label=gettext_lazy("最初の日"), help_text=FIRST)
    ends_on = DayField(
        label=gettext_lazy("最後の日"), help_text=gettext_lazy("この日まで(この日も含みます)。1年まで。")
    )

    def __init__(self, *args: Any, held: Iterable[Assignment], colleagues: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = colleagues
        roles = list(held)
        field = self.fields["division"]
        assert isinstance(field, DivisionField)
        is_bound_to_none = any(one.division is None for one in roles)
        nothing = _("(課によらない役割)") if is_bound_to_none else _("(課を選んでください)")
        field.among([one.division for one in roles if one.division], nothing=nothing)
        if len(field.known) == 1 and not is_bound_to_none:
            field.initial = next(iter(field.known))

    def clean_deputy(self) -> User:
        words = folded(self.cleaned_data["deputy"])
        found = [one for one in self.colleagues if folded(one.sign_in_name) == words]
        found = found or [one for one in self.colleagues if folded(one.name) == words]
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(
                _("同じ氏名の職員が%(count)s人います。サインイン名を入れてください。") % {"count": len(found)}
            )
        raise forms.ValidationError(_("この名前の職員は見つかりません。職員の一覧で確かめてください。"))


class TransferForm(forms.Form):
    """A sheet of transfers: a file, or a table that was pasted."""

    starts_on = DayField(label=gettext_lazy("異動の初日"), help_text=FIRST)
    file = forms.FileField(
        label=gettext_lazy("異動の表のファイル"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "Excel(.xlsx・.xls)、OpenDocument(.ods)、CSV。「氏名」「異動前の課」「異動後の課」などの見出しで列を読みます。"
        ),
        error_messages={
            "empty": gettext_lazy("中身のないファイルです。異動の表の入ったファイルを選んでください。")
        },
    )
    text = forms.CharField(
        label=gettext_lazy("表を貼り付ける"),
        required=False,
        max_length=300_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "wrap": "off"}),
        help_text=gettext_lazy("Excelで見出しから選んでコピーし、ここに貼り付けても読めます。"),
    )

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        file, text = asked.get("file"), asked.get("text", "").strip()
        if file and file.size > LARGEST:
            self.add_error("file", _("50MBを超えるファイルは読めません。部ごとに分けてください。"))
        if not file and not text and "file" not in self.errors:
            self.add_error("file", _("ファイルを選ぶか、下の欄に表を貼り付けてください。"))
        return asked


class MendForm(forms.Form):
    """The sheet as text, to be put right by hand."""

    starts_on = DayField(label=gettext_lazy("異動の初日"), help_text=FIRST)
    text = forms.CharField(
        label=gettext_lazy("異動の表"),
        max_length=300_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "wrap": "off"}),
        help_text=gettext_lazy("1行が1人です。欄はタブで区切られています。要らない行は消してください。"),
        error_messages={"required": gettext_lazy("表が空です。見出しと、異動する職員の行を入れてください。")},
    )
