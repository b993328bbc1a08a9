"""Events of agreements."""

from django.utils.translation import gettext_lazy as _

from renkei.audit.events import declare

REGISTERED = declare("agreement.registered", _("{actor}が「{subject}」を台帳に登録しました"))
PUBLISHED = declare("agreement.published", _("{actor}が「{subject}」を公開しました"))
WITHDRAWN = declare("agreement.withdrawn", _("{actor}が「{subject}」の公開を取りやめました"))
ENDED = declare("agreement.ended", _("{actor}が「{subject}」を{on}で終了としました({reason})"))
ATTACHED = declare("agreement.attached", _("{actor}が「{subject}」に文書「{document}」を添付しました"))
