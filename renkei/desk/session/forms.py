"""The forms of signing in."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import Role

CODE = {"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}


def password_field(label: Any, autocomplete: str, **options: Any) -> forms.CharField:
    """A password; blanks belong to it."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=200, widget=widget, **options)


class SignInForm(forms.Form):
    """Name and password; what is wrong with them is said in one sentence for both."""

    username = forms.CharField(
        label=gettext_lazy("サインイン名"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = password_field(gettext_lazy("パスワード"), "current-password")


class CodeForm(forms.Form):
    """A code of the authenticator app, or one of the recovery codes."""

    code = forms.CharField(
        label=gettext_lazy("確認コード"),
        max_length=40,
        help_text=gettext_lazy("認証アプリに出ている6桁の数字。アプリが手元にないときは、予備コードの一つ。"),
        widget=forms.TextInput(attrs={**CODE, "autofocus": True}),
    )


class AppForm(forms.Form):
    """The first code of an authenticator app that is being set up."""

    code = forms.CharField(
        label=gettext_lazy("アプリに出た6桁の数字"), max_length=10, widget=forms.TextInput(attrs=CODE)
    )


class ConfirmForm(forms.Form):
    """Who is signed in proves it once more."""

    password = password_field(gettext_lazy("いまのパスワード"), "current-password")


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    new_password = password_field(
        gettext_lazy("新しいパスワード"),
        "new-password",
        help_text=gettext_lazy(
            "12文字以上。長い文のほうが、記号を混ぜた短い言葉より覚えやすく、破られにくくなります。"
        ),
    )
    password_again = password_field(gettext_lazy("新しいパスワード(もう一度)"), "new-password")

    def clean_password_again(self) -> str:
        again: str = self.cleaned_data["password_again"]
        if self.cleaned_data.get("new_password") != again:
            raise forms.ValidationError(_("二つのパスワードが違います。同じものを入れてください。"))
        return again


class PasswordForm(NewPasswordForm):
    """The present password, and a new one."""

    field_order = ("old_password", "new_password", "password_again")
    old_password = password_field(gettext_lazy("いまのパスワード"), "current-password")


class ForgottenForm(forms.Form):
    """Who has forgotten the password."""

    username = forms.CharField(
        label=gettext_lazy("サインイン名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )


class PolicyForm(forms.Form):
    """Which roles must have a second factor."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("二要素を求める役割"),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_roles(self) -> list[Role]:
        return [Role(role) for role in self.cleaned_data["roles"]]
