from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HandoversConfig(AppConfig):
    name = "renkei.handovers"
    verbose_name = _("引継ぎ")

    def ready(self) -> None:
        from renkei.handovers.daily import remind_waiting
        from renkei.municipalities.daily import daily_work

        daily_work.connect(remind_waiting, dispatch_uid="handovers.remind_waiting")
