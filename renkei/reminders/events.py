"""Events of reminders."""

from django.utils.translation import gettext_lazy as _

from renkei.audit.events import declare

REMINDED = declare("reminders.reminded", _("{actor}が{subject}の{people}人に期限{count}件を知らせました"))
SETTINGS_CHANGED = declare("reminders.settings_changed", _("{actor}が{subject}を変えました"))
DIGEST_CHOSEN = declare("reminders.digest_chosen", _("{actor}が週のまとめを{choice}ことにしました"))
LETTER_RESENT = declare(
    "reminders.letter_resent", _("{actor}が手紙「{subject}」をもう一度送ることにしました")
)
LETTER_CANCELLED = declare("reminders.letter_cancelled", _("{actor}が手紙「{subject}」を取りやめました"))
FEED_MADE = declare("reminders.feed_made", _("{actor}が「{subject}」のカレンダーのアドレスを作りました"))
FEED_RENEWED = declare(
    "reminders.feed_renewed", _("{actor}が「{subject}」のカレンダーのアドレスを新しくしました")
)
