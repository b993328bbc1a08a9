from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "renkei.search"
    verbose_name = _("検索")

    def ready(self) -> None:
        from renkei.search import receivers

        receivers.connect()
