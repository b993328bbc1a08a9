"""Events of layouts."""

from django.utils.translation import gettext_lazy as _

from renkei.audit.events import declare

LAYOUT_KEPT = declare("layout.kept", _("{actor}が台帳の様式「{subject}」を保存しました"))
LAYOUT_FORGOTTEN = declare("layout.forgotten", _("{actor}が台帳の様式「{subject}」を削除しました"))
