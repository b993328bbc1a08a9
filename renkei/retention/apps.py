from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetentionConfig(AppConfig):
    name = "renkei.retention"
    verbose_name = _("保存と廃棄")

    def ready(self) -> None:
        from renkei.municipalities.daily import daily_work
        from renkei.retention import permissions  # noqa: F401
        from renkei.retention.services.erasing import erase_daily
        from renkei.retention.services.forgetting import forget_contacts_daily

        daily_work.connect(erase_daily, dispatch_uid="retention.erase")
        daily_work.connect(forget_contacts_daily, dispatch_uid="retention.forget_contacts")
