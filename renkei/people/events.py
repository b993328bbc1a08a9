"""Events of people, their roles and their divisions."""

from django.utils.translation import gettext_lazy as _

from renkei.audit.events import declare

ADDED = declare("people.added", _("{actor}が職員「{subject}」を登録しました"))
EDITED = declare("people.edited", _("{actor}が職員「{subject}」の登録内容を変えました"))
ROLE_GIVEN = declare("people.role_given", _("{actor}が「{subject}」に役割「{role}」を与えました({period})"))
ROLE_ENDED = declare("people.role_ended", _("{actor}が「{subject}」の役割「{role}」を{on}までとしました"))
ROLE_DROPPED = declare(
    "people.role_dropped", _("{actor}が「{subject}」の役割「{role}」を取りやめました({period})")
)
ROLE_CHANGED = declare(
    "people.role_changed", _("{actor}が「{subject}」の役割「{role}」を{on}から「{later}」に変えました")
)
DEPUTY_APPOINTED = declare(
    "people.deputy_appointed", _("{actor}が「{subject}」を{name}の代理にしました({role}、{period})")
)
LEFT = declare("people.left", _("{actor}が「{subject}」の在籍を{on}までとしました"))
STAYED = declare("people.stayed", _("{actor}が「{subject}」の在籍の終わりを取り消しました"))
TRANSFER_DECIDED = declare("people.transfer_decided", _("{actor}が異動「{subject}」を決めました({count}人)"))
TRANSFER_UNDONE = declare(
    "people.transfer_undone", _("{actor}が異動「{subject}」を取り消しました({count}人)")
)
TRANSFERRED = declare(
    "people.transferred", _("{actor}が「{subject}」を{on}から「{role}」としました(異動「{transfer}」)")
)
TRANSFERRED_AWAY = declare(
    "people.transferred_away", _("{actor}が「{subject}」の在籍を{on}までとしました(異動「{transfer}」)")
)
TRANSFER_OF_PERSON_UNDONE = declare(
    "people.transfer_of_person_undone", _("{actor}が「{subject}」の異動を取り消しました(異動「{transfer}」)")
)
