from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "renkei.initiatives"
    verbose_name = _("取組")

    def ready(self) -> None:
        from renkei.initiatives import events  # noqa: F401
