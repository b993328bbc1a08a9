"""Events of partners' people."""

from django.utils.translation import gettext_lazy as _

from renkei.audit.events import declare, open_to_staff

open_to_staff("correspondents.correspondent")

CONFIRMED = declare("correspondent.confirmed", _("{actor}がメールアドレスを確かめ、窓口に入りました"))
ENTERED = declare("correspondent.entered", _("{actor}が窓口に入りました({how})"))
SIGN_IN_FAILED = declare(
    "correspondent.sign_in_failed", _("「{subject}」の名で窓口に入ろうとして断られました({how})")
)
DESCRIBED = declare("correspondent.described", _("{actor}が自分についての記録を直しました"))
PASSWORD_CHOSEN = declare("correspondent.password_chosen", _("{actor}が窓口のパスワードを決めました"))
PASSKEY_ADDED = declare("correspondent.passkey_added", _("{actor}が窓口のパスキーを加えました"))
PASSKEY_REMOVED = declare("correspondent.passkey_removed", _("{actor}が窓口のパスキーを外しました"))
INVITED = declare("correspondent.invited", _("{actor}が同僚({email})を{partner}の担当者として招きました"))
JOINED = declare("correspondent.joined", _("{actor}が招きに応じ、{partner}の担当者になりました"))
ACCEPTED = declare("correspondent.accepted", _("{actor}が「{subject}」を{partner}の担当者と認めました"))
MADE_RESPONSIBLE = declare(
    "correspondent.made_responsible", _("{actor}が「{subject}」を{partner}の責任者にしました")
)
CLOSED = declare("correspondent.closed", _("{actor}が「{subject}」の窓口の利用を止めました"))
RESTORED = declare("correspondent.restored", _("{actor}が「{subject}」の窓口の利用を元に戻しました"))
