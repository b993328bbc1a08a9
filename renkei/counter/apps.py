from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CounterConfig(AppConfig):
    name = "renkei.counter"
    verbose_name = _("相手方の窓口")
