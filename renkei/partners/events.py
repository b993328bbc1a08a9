"""Events of partners."""

from django.utils.translation import gettext_lazy as _

from renkei.audit.events import declare, open_to_staff

open_to_staff("partners.organisation")

RENAMED = declare("partner.renamed", _("{actor}が「{former}」の名称を「{subject}」に改めました"))
EDITED = declare("partner.edited", _("{actor}が「{subject}」の記録を直しました"))
DISSOLVED = declare("partner.dissolved", _("{actor}が「{subject}」の{on}の解散などを記録しました"))
REVIVED = declare("partner.revived", _("{actor}が「{subject}」の解散などの記録を取り消しました"))
