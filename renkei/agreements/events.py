"""Events of agreements."""

from django.utils.translation import gettext_lazy as _

from renkei.audit.events import declare, open_to_staff

open_to_staff("agreements.agreement", "agreements.broughtdocument")

REGISTERED = declare("agreement.registered", _("{actor}が「{subject}」を台帳に登録しました"))
CONCLUDED = declare(
    "agreement.concluded", _("{actor}が{on}に締結した「{subject}」に{number}の番号を付けました")
)
PUBLISHED = declare("agreement.published", _("{actor}が「{subject}」を公開しました"))
WITHDRAWN = declare("agreement.withdrawn", _("{actor}が「{subject}」の公開を取りやめました"))
ENDED = declare("agreement.ended", _("{actor}が「{subject}」を{on}で終了としました({reason})"))
DOCUMENT_BROUGHT = declare(
    "agreement.document_brought", _("{actor}が文書「{subject}」を登録のために預けました")
)
DOCUMENT_DROPPED = declare(
    "agreement.document_dropped", _("{actor}が登録を待っていた文書「{subject}」を、登録せずに消しました")
)
ATTACHED = declare("agreement.attached", _("{actor}が「{subject}」に文書「{document}」を添付しました"))

PARTNERS_MERGED = declare(
    "partner.merged", _("{actor}が「{merged}」の記録を「{subject}」にまとめました(協定{agreements}件)")
)
PARTNERS_PARTED = declare("partner.parted", _("{actor}が「{subject}」から「{merged}」の記録を元に戻しました"))
JOINED = declare("agreement.joined", _("{actor}が「{subject}」への{on}からの加入を記録しました({parties})"))
LEFT = declare("agreement.left", _("{actor}が「{subject}」からの{on}までの離脱を記録しました({parties})"))
STAYED = declare("agreement.stayed", _("{actor}が「{subject}」からの離脱の記録を取り消しました({parties})"))
SERIES_CREATED = declare("series.created", _("{actor}が同文協定「{subject}」を作りました"))
SERIES_EDITED = declare("series.edited", _("{actor}が同文協定「{subject}」を直しました"))
SERIES_GREW = declare("series.grew", _("{actor}が同文協定「{subject}」に{agreements}件の協定を加えました"))
SERIES_SHRANK = declare(
    "series.shrank", _("{actor}が同文協定「{subject}」に加えた{agreements}件の協定を取り消しました")
)
SERIES_PAPERS_ORDERED = declare(
    "series.papers_ordered", _("{actor}が同文協定「{subject}」の文書を{partners}者分、まとめて作り始めました")
)
PUT_INTO_SERIES = declare(
    "agreement.put_into_series", _("{actor}が「{subject}」を同文協定「{series}」に入れました")
)
TAKEN_OUT_OF_SERIES = declare(
    "agreement.taken_out_of_series", _("{actor}が「{subject}」を同文協定「{series}」から外しました")
)
CHANGED_WITH_OTHERS = declare(
    "agreement.changed_with_others", _("{actor}が「{subject}」の{fact}を、ほかの協定とまとめて変更しました")
)
CHANGED_BACK_WITH_OTHERS = declare(
    "agreement.changed_back_with_others", _("{actor}が「{subject}」の{fact}の一括変更を取り消しました")
)
MANY_CHANGED = declare(
    "bulk_change.made", _("{actor}が{agreements}件の協定の{fact}をまとめて変更しました({subject})")
)
MANY_CHANGED_BACK = declare(
    "bulk_change.undone", _("{actor}が{agreements}件の協定の{fact}の一括変更を取り消しました({subject})")
)
DETACHED = declare("agreement.detached", _("{actor}が「{subject}」から文書「{document}」を外しました"))
ATTACHED_AGAIN = declare(
    "agreement.attached_again", _("{actor}が「{subject}」に、外した文書「{document}」を戻しました")
)
EDITED = declare("agreement.edited", _("{actor}が「{subject}」を編集しました"))
CORRECTED = declare("agreement.corrected", _("{actor}が「{subject}」の登録を訂正しました({reason})"))
GOES_ANOTHER_WAY = declare(
    "agreement.goes_another_way",
    _("{actor}が「{subject}」の担当課を{on}から「{division}」とすると決めました"),
)
GOES_BACK = declare("agreement.goes_back", _("{actor}が「{subject}」の担当課を「{division}」に戻しました"))

RENEWED = declare("agreement.renewed", _("{actor}が「{subject}」を{until}まで更新しました"))
LET_RENEW = declare(
    "agreement.let_renew", _("{actor}が「{subject}」を、{last}の後も自動更新に任せると決めました")
)
DECLINED = declare("agreement.declined", _("{actor}が「{subject}」を、{last}の後は更新しないと決めました"))
PARTY_DECLINED = declare(
    "agreement.party_declined", _("{actor}が「{subject}」から{party}が{last}までで抜けることを記録しました")
)
DECISION_UNDONE = declare(
    "agreement.decision_undone",
    _("{actor}が「{subject}」の{last}までの期間についての判断「{decision}」を取り消しました"),
)
AMENDED = declare("agreement.amended", _("{actor}が「{subject}」の{on}からの変更を記録しました"))
AMENDMENT_UNDONE = declare(
    "agreement.amendment_undone", _("{actor}が「{subject}」の{on}からの変更を取り消しました({reason})")
)
REOPENED = declare("agreement.reopened", _("{actor}が「{subject}」の終了を取り消しました({reason})"))
SUPERSEDED = declare(
    "agreement.superseded", _("{actor}が「{subject}」を「{by}」に置き換え、{on}で終了としました")
)
RELATED = declare("agreement.related", _("{actor}が「{subject}」と「{other}」の関係({kind})を記録しました"))
UNRELATED = declare(
    "agreement.unrelated", _("{actor}が「{subject}」と「{other}」の関係({kind})の記録を取り消しました")
)
DECIDED_FOR_MANY = declare(
    "renewals.decided", _("{actor}が{agreements}件の協定の更新をまとめて「{decision}」と決めました")
)
DECIDED_FOR_MANY_UNDONE = declare(
    "renewals.undone", _("{actor}が{agreements}件の協定の更新のまとめた判断を取り消しました")
)
