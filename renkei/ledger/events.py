"""Events of ledger imports."""

from django.utils.translation import gettext_lazy as _

from renkei.audit.events import declare, open_to_staff

open_to_staff("ledger.batch")

COMMITTED = declare(
    "ledger.committed", _("{actor}が台帳「{subject}」から協定{agreements}件を取り込みました(保留{waiting}件)")
)
UNDONE = declare("ledger.undone", _("{actor}が台帳「{subject}」の取込み(協定{agreements}件)を取り消しました"))
