from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackupsConfig(AppConfig):
    name = "renkei.backups"
    verbose_name = _("控え")

    def ready(self) -> None:
        from renkei.backups import versions  # noqa: F401
