"""The forms of coming in and of one's own settings."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.correspondents.models import Correspondent
from renkei.ui.public_forms import LineField, MailAddressField, PublicForm


def password_field(label: Any, autocomplete: str, **options: Any) -> forms.CharField:
    """A password; blanks belong to it."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=200, widget=widget, **options)


class EnterForm(PublicForm):
    """Where the link goes."""

    email = MailAddressField(
        help_text=gettext_lazy(
            "会社・団体のアドレスを入れてください。このアドレスに、窓口に入るリンクを送ります。"
        )
    )


class PasswordSignInForm(forms.Form):
    """Address and password; what is wrong with them is said in one sentence for both."""

    email = MailAddressField()
    password = password_field(gettext_lazy("パスワード"), "current-password")


class AboutForm(forms.Form):
    """What a person says of themselves; of an accepted partner the name is known."""

    name = LineField(
        label=gettext_lazy("氏名"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    organisation_name = LineField(
        label=gettext_lazy("会社・団体の名称"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    unit = LineField(
        label=gettext_lazy("部署・役職"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    phone = LineField(
        label=gettext_lazy("電話番号"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("市から電話するときの番号。例: 0166-00-0000"),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def __init__(self, *args: Any, visitor: Correspondent, **options: Any) -> None:
        super().__init__(*args, **options)
        if visitor.organisation_id:
            del self.fields["organisation_name"]


class PasswordForm(forms.Form):
    """A new password, twice; the present one unless the person has just come by a link."""

    old_password = password_field(gettext_lazy("いまのパスワード"), "current-password")
    new_password = password_field(
        gettext_lazy("新しいパスワード"),
        "new-password",
        help_text=gettext_lazy(
            "12文字以上。長い文のほうが、記号を混ぜた短い言葉より覚えやすく、破られにくくなります。"
        ),
    )
    password_again = password_field(gettext_lazy("新しいパスワード(もう一度)"), "new-password")

    def __init__(self, *args: Any, asks_old: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks_old:
            del self.fields["old_password"]

    def clean_password_again(self) -> str:
        again: str = self.cleaned_data["password_again"]
        if self.cleaned_data.get("new_password") != again:
            raise forms.ValidationError(_("二つのパスワードが違います。同じものを入れてください。"))
        return again


class InviteForm(forms.Form):
    """A colleague to invite."""

    email = MailAddressField(label=gettext_lazy("同僚のメールアドレス"))
    name = LineField(label=gettext_lazy("同僚の氏名"), max_length=60, required=False)
