"""Events of initiatives."""

from django.utils.translation import gettext_lazy as _

from renkei.audit.events import declare

BEGUN = declare("initiatives.begun", _("{actor}が「{subject}」の取組{count}件を始めました"))
