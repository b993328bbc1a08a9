from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "renkei.reports"
    verbose_name = _("集計")

    def ready(self) -> None:
        from renkei.reports import receivers

        receivers.connect()
