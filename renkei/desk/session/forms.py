"""The sign-in form."""

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """Says in one sentence what to do; never which of the two was wrong."""

    error_messages = {
        "invalid_login": _(
            "サインイン名かパスワードが違います。大文字と小文字を確かめて、もう一度入れてください。"
        ),
        "inactive": _("この名前は使えなくなっています。総括課に問い合わせてください。"),
    }
