"""Events of partners."""

from django.utils.translation import gettext_lazy as _

from renkei.audit.events import declare

RENAMED = declare("partner.renamed", _("{actor}が「{former}」の名称を「{subject}」に改めました"))
