from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisastersConfig(AppConfig):
    name = "renkei.disasters"
    verbose_name = _("防災")

    def ready(self) -> None:
        from renkei.disasters import events  # noqa: F401
        from renkei.disasters.book.daily import make_the_nights_book
        from renkei.disasters.checks.daily import remind_of_checks
        from renkei.disasters.readiness.daily import keep_readiness
        from renkei.municipalities.daily import daily_work

        daily_work.connect(make_the_nights_book, dispatch_uid="disasters.make_the_nights_book")
        daily_work.connect(keep_readiness, dispatch_uid="disasters.keep_readiness")
        daily_work.connect(remind_of_checks, dispatch_uid="disasters.remind_of_checks")
