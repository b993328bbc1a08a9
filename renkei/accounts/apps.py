from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "renkei.accounts"
    verbose_name = _("職員")

    def ready(self) -> None:
        from renkei.accounts import checks  # noqa: F401
        from renkei.accounts.forgetting import forget_what_is_over
        from renkei.municipalities.daily import daily_work

        daily_work.connect(forget_what_is_over, dispatch_uid="accounts.forgetting")
