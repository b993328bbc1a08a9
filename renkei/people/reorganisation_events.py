"""Events of reorganisations: of the plan, of each division that it changes, and of the people who follow."""

from django.utils.translation import gettext_lazy as _

from renkei.audit.events import declare

PLANNED = declare("reorganisation.planned", _("{actor}が機構改革「{subject}」を{on}からとして計画しました"))
STEP_ADDED = declare("reorganisation.step_added", _("{actor}が機構改革「{subject}」に「{step}」を加えました"))
STEP_REMOVED = declare(
    "reorganisation.step_removed", _("{actor}が機構改革「{subject}」から「{step}」を除きました")
)
CHOSEN = declare("reorganisation.chosen", _("{actor}が機構改革「{subject}」で{count}件の行き先を選びました"))
DECIDED = declare("reorganisation.decided", _("{actor}が機構改革「{subject}」({on}から)を決定しました"))
WITHDRAWN = declare("reorganisation.withdrawn", _("{actor}が機構改革「{subject}」を取りやめました({reason})"))
FOUNDED = declare("division.founded", _("{actor}が「{subject}」を{on}に設置すると決めました"))
FOLLOWED = declare(
    "division.followed", _("{actor}が「{subject}」を{last}で終え、{into}に引き継ぐと決めました")
)
CLOSED = declare("division.closed", _("{actor}が「{subject}」を{last}で廃止すると決めました"))
PARTED = declare("division.parted", _("{actor}が「{subject}」の一部を{on}から{into}に移すと決めました"))
RESTORED = declare("division.restored", _("{actor}が「{subject}」についての決定を取り消しました"))
PERSON_FOLLOWED = declare(
    "person.followed", _("{actor}が「{subject}」の担当を{on}から「{division}」に移しました")
)
PERSON_RETURNED = declare("person.returned", _("{actor}が「{subject}」の担当を「{division}」に戻しました"))
