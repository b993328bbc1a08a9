from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "renkei.audit"
    verbose_name = _("できごとの記録")

    def ready(self) -> None:
        from renkei.audit import checks, permissions  # noqa: F401
        from renkei.audit.daily import verify_chain
        from renkei.municipalities.daily import daily_work

        autodiscover_modules("events")
        daily_work.connect(verify_chain, dispatch_uid="audit.verify")
