from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "renkei.demo"
    verbose_name = _("見本の町")
