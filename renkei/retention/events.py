"""Events of keeping and disposal."""

from django.utils.translation import gettext_lazy as _

from renkei.audit.events import declare

RULE_SET = declare("retention.rule_set", _("{actor}が保存期間を「{subject}」と定めました({reason})"))
HELD = declare("retention.held", _("{actor}が「{subject}」の保存を{until}延長しました({reason})"))
LIFTED = declare("retention.lifted", _("{actor}が「{subject}」の保存の延長をやめました"))
PROPOSED = declare("retention.proposed", _("{actor}が{items}件の「{subject}」の廃棄を提案しました({reason})"))
WITHDRAWN = declare("retention.withdrawn", _("{actor}が「{subject}」の廃棄の提案を取り下げました"))
REFUSED = declare("retention.refused", _("{actor}が「{subject}」の廃棄の提案を差し戻しました({reason})"))
CARRIED_OUT = declare(
    "retention.carried_out", _("{actor}が{proposer}の提案を承認し、{items}件の「{subject}」を廃棄しました")
)
DISPOSED = declare(
    "retention.disposed", _("{actor}の承認により「{subject}」が文書とともに廃棄されました(証明第{number}号)")
)
NAMES_REMOVED = declare(
    "retention.names_removed",
    _(
        "{actor}の承認により「{subject}」から署名した人と個人の名前{names}件が消去されました(証明第{number}号)"
    ),
)
