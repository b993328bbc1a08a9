from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemindersConfig(AppConfig):
    name = "renkei.reminders"
    verbose_name = _("督促・通知")

    def ready(self) -> None:
        from renkei.reminders import checks, events, permissions, receivers  # noqa: F401

        receivers.connect()
