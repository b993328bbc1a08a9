from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "renkei.agreements"
    verbose_name = _("協定")

    def ready(self) -> None:
        from renkei.agreements.daily import forget_papers, go_on_with_papers
        from renkei.municipalities.daily import daily_work

        daily_work.connect(forget_papers, dispatch_uid="agreements.forget_papers")
        daily_work.connect(go_on_with_papers, dispatch_uid="agreements.go_on_with_papers")
