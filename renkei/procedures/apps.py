from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceduresConfig(AppConfig):
    name = "renkei.procedures"
    verbose_name = _("締結手続")

    def ready(self) -> None:
        from renkei.municipalities.daily import daily_work
        from renkei.procedures import events, permissions  # noqa: F401
        from renkei.procedures.daily import remind
        from renkei.procedures.forgetting import forget_drafts
        from renkei.procedures.publication import publish_on_their_day

        daily_work.connect(forget_drafts, dispatch_uid="procedures.forget_drafts")
        daily_work.connect(remind, dispatch_uid="procedures.remind")
        daily_work.connect(publish_on_their_day, dispatch_uid="procedures.publish")
