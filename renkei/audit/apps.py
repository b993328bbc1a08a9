from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "renkei.audit"
    verbose_name = _("できごとの記録")

    def ready(self) -> None:
        from renkei.audit import checks  # noqa: F401
