from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "renkei.ui"
    verbose_name = _("画面の部品")

    def ready(self) -> None:
        from renkei.ui import checks  # noqa: F401
