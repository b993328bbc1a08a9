from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorrespondentsConfig(AppConfig):
    name = "renkei.correspondents"
    verbose_name = _("相手方の担当者")

    def ready(self) -> None:
        from renkei.correspondents import events, permissions  # noqa: F401
        from renkei.correspondents.daily import forget_what_is_over
        from renkei.municipalities.daily import daily_work

        daily_work.connect(forget_what_is_over, dispatch_uid="correspondents.forgetting")
