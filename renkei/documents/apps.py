from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "renkei.documents"
    verbose_name = _("文書")

    def ready(self) -> None:
        from renkei.documents import checks  # noqa: F401
        from renkei.documents.daily import read_left_over
        from renkei.municipalities.daily import daily_work

        daily_work.connect(read_left_over, dispatch_uid="documents.read_left_over")
