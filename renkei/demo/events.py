"""The event of the demo town."""

from django.utils.translation import gettext_lazy as _

from renkei.audit.events import declare

BUILT = declare("demo.built", _("{actor}が見本の町「{subject}」を作りました(協定{agreements}件)"))
WORKED = declare(
    "demo.worked", _("{actor}が見本の町「{subject}」の取組{initiatives}件とその実績を書きました")
)
PREPARED = declare(
    "demo.prepared",
    _("{actor}が見本の町「{subject}」の支援内容{capabilities}件と緊急連絡先{contacts}件を書きました"),
)
