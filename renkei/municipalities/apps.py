from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MunicipalitiesConfig(AppConfig):
    name = "renkei.municipalities"
    verbose_name = _("自治体")
