"""Events of signing in: who came in and how, who was kept out, and who changed what lets people in."""

from django.utils.translation import gettext_lazy as _

from renkei.audit.events import declare

SIGNED_IN = declare("person.signed_in", _("{actor}がサインインしました({how})"))
SIGN_IN_FAILED = declare("person.sign_in_failed", _("{subject}の名前でサインインに失敗しました({how})"))
LOCKED_OUT = declare(
    "person.locked_out", _("失敗が{tries}回続いたため、{subject}のサインインを{minutes}分止めました")
)
UNLOCKED = declare("person.unlocked", _("{actor}が{subject}のサインインの停止を解きました"))
SESSIONS_ENDED = declare(
    "person.sessions_ended", _("{actor}が{subject}のサインイン中の端末{count}台を終わらせました")
)
DEACTIVATED = declare("person.deactivated", _("{actor}が{subject}を使えなくしました({reason})"))
REACTIVATED = declare("person.reactivated", _("{actor}が{subject}をまた使えるようにしました"))
INVITED = declare("person.invited", _("{actor}が{subject}を招待しました({role})"))
LINK_MADE = declare("person.link_made", _("{actor}が{subject}に{purpose}のリンクを作りました"))
JOINED = declare("person.joined", _("{subject}が招待を受けました({how})"))
PASSWORD_CHANGED = declare("person.password_changed", _("{actor}が{subject}のパスワードを変えました"))
FACTOR_ADDED = declare("person.factor_added", _("{actor}が{subject}に{factor}を加えました"))
FACTOR_REMOVED = declare("person.factor_removed", _("{actor}が{subject}の{factor}を外しました"))
CODES_RENEWED = declare("person.codes_renewed", _("{actor}が{subject}の予備コードを作り直しました"))
FACTORS_REQUIRED = declare(
    "town.factors_required", _("{actor}が「{subject}」で二要素のサインインを求める役割を変えました")
)
