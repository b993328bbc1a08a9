from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "renkei.initiatives"
    verbose_name = _("取組")

    def ready(self) -> None:
        from renkei.initiatives import events  # noqa: F401
        from renkei.initiatives.daily import remind_of_campaigns
        from renkei.initiatives.meetings_daily import remind_of_meetings
        from renkei.municipalities.daily import daily_work

        daily_work.connect(remind_of_campaigns, dispatch_uid="initiatives.remind_of_campaigns")
        daily_work.connect(remind_of_meetings, dispatch_uid="initiatives.remind_of_meetings")
