from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "renkei.ledger"
    verbose_name = _("台帳の取込み")
