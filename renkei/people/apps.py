from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "renkei.people"
    verbose_name = _("職員と組織")

    def ready(self) -> None:
        from renkei.municipalities.daily import daily_work
        from renkei.people.daily import close_left

        daily_work.connect(close_left, dispatch_uid="people.close_left")
