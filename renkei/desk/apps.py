from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "renkei.desk"
    verbose_name = _("職員の窓口")
