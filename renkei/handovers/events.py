"""Events of handovers."""

from django.utils.translation import gettext_lazy as _

from renkei.audit.events import declare

PREPARED = declare("handover.prepared", _("{actor}が引継ぎ「{subject}」({on}から)を準備しました"))
NOTED = declare("handover.noted", _("{actor}が引継ぎ「{subject}」のメモを書きました"))
HANDED_OVER = declare(
    "handover.handed_over", _("{actor}が引継ぎ「{subject}」(協定{agreements}件)を渡しました")
)
ACCEPTED = declare("handover.accepted", _("{actor}が引継ぎ「{subject}」を受け取りました"))
SENT_BACK = declare("handover.sent_back", _("{actor}が引継ぎ「{subject}」を差し戻しました({reason})"))
WITHDRAWN = declare("handover.withdrawn", _("{actor}が引継ぎ「{subject}」を取りやめました"))
