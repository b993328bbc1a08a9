"""Events of procedures."""

from django.utils.translation import gettext_lazy as _

from renkei.audit.events import declare, open_to_staff

open_to_staff("procedures.procedure")

RECEIVED = declare("procedure.received", _("{actor}が「{subject}」を{receipt}として受け付けました"))
ADVANCED = declare("procedure.advanced", _("{actor}が「{subject}」を「{to}」に進めました"))
SENT_BACK = declare("procedure.sent_back", _("{actor}が「{subject}」を「{to}」に戻しました({reason})"))
DECLINED = declare("procedure.declined", _("{actor}が「{subject}」を見送りました({reason})"))
WITHDRAWN = declare("procedure.withdrawn", _("{actor}が「{subject}」を取り下げました({reason})"))
WITHDRAWAL_RECORDED = declare(
    "procedure.withdrawal_recorded",
    _("{actor}が、相手方からの申出により「{subject}」の取下げを記録しました({reason})"),
)
WITHOUT_AGREEMENT = declare(
    "procedure.without_agreement", _("{actor}が「{subject}」を協定によらない連携としました({reason})")
)
HELD = declare("procedure.held", _("{actor}が「{subject}」を保留にしました({reason})"))
RESUMED = declare("procedure.resumed", _("{actor}が「{subject}」の保留を解きました"))
REOPENED = declare("procedure.reopened", _("{actor}が「{subject}」を「{to}」に戻して再開しました({reason})"))
APPROVED = declare(
    "procedure.approved", _("{actor}が「{subject}」の決裁を記録しました({reference}・{authority}・{on})")
)
SIGNING_PLANNED = declare("procedure.signing_planned", _("{actor}が「{subject}」の締結の予定を決めました"))
FACTS_CONFIRMED = declare(
    "procedure.facts_confirmed", _("{actor}が「{subject}」の台帳に載せる内容を確かめました")
)
SIGNED_COPY_KEPT = declare(
    "procedure.signed_copy_kept", _("{actor}が「{subject}」の署名済みの写し「{document}」を保存しました")
)
BEGUN = declare("procedure.begun", _("{actor}が「{agreement}」について手続「{subject}」を始めました"))
PUBLISHED_ON_ITS_DAY = declare(
    "procedure.published_on_its_day", _("{actor}が「{subject}」を公開の日に公開しました")
)
INQUIRED = declare("procedure.inquired", _("{actor}が「{subject}」について{divisions}に照会しました"))
INQUIRED_FURTHER = declare(
    "procedure.inquired_further", _("{actor}が「{subject}」の照会先に{divisions}を加えました")
)
INQUIRY_TAKEN_BACK = declare(
    "procedure.inquiry_taken_back", _("{actor}が「{subject}」の{division}への照会を取り消しました({reason})")
)
DIVISIONS_REMINDED = declare(
    "procedure.divisions_reminded", _("{actor}が「{subject}」の照会への回答を{divisions}に催促しました")
)
DIVISION_ANSWERED = declare(
    "procedure.division_answered", _("{actor}が「{subject}」の照会に{division}として回答しました")
)
ANSWER_CHANGED = declare(
    "procedure.answer_changed", _("{actor}が「{subject}」の照会への{division}の回答を改めました")
)
MORE_TIME_ASKED = declare(
    "procedure.more_time_asked",
    _("{actor}が「{subject}」の照会への回答を{until}まで待つように頼みました({division}。{reason})"),
)
ANSWER_DAY_SET = declare(
    "procedure.answer_day_set", _("{actor}が「{subject}」の{division}の回答の期限を{until}としました")
)
INQUIRY_CLOSED = declare(
    "procedure.inquiry_closed", _("{actor}が「{subject}」の照会を締め切り、取りまとめました")
)
INQUIRY_REOPENED = declare(
    "procedure.inquiry_reopened", _("{actor}が「{subject}」の照会を再開しました({reason})")
)
CHECKED = declare("procedure.checked", _("{actor}が「{subject}」の点検の結果を入れました({count}項目)"))
CONCLUDED = declare("procedure.concluded", _("{actor}が「{subject}」の締結を終えました"))

HEARD = declare("procedure.heard", _("{actor}が「{subject}」の聴取({day})を記録しました"))
HEARING_CORRECTED = declare(
    "procedure.hearing_corrected", _("{actor}が「{subject}」の聴取({day})の記録を直しました")
)
PARTNER_DECIDED = declare(
    "procedure.partner_decided", _("{actor}が「{subject}」の相手方を「{partner}」と確かめました")
)
WINDOW_DECIDED = declare(
    "procedure.window_decided", _("{actor}が「{subject}」を{form}とし、窓口を{window}としました")
)
ITEM_ADDED = declare("procedure.item_added", _("{actor}が「{subject}」に連携事項「{item}」を加えました"))
ITEM_CHANGED = declare("procedure.item_changed", _("{actor}が「{subject}」の連携事項「{item}」を直しました"))
ITEMS_ORDERED = declare("procedure.items_ordered", _("{actor}が「{subject}」の連携事項の順を変えました"))
ITEM_DROPPED = declare(
    "procedure.item_dropped", _("{actor}が「{subject}」の連携事項「{item}」を取りやめました({reason})")
)
ITEM_BROUGHT_BACK = declare(
    "procedure.item_brought_back", _("{actor}が「{subject}」の連携事項「{item}」を戻しました")
)
ITEM_AGREED = declare(
    "procedure.item_agreed", _("{actor}が「{subject}」の連携事項「{item}」を合意としました")
)
ITEM_NOT_AGREED = declare(
    "procedure.item_not_agreed", _("{actor}が「{subject}」の連携事項「{item}」の合意を取り消しました")
)
MEETING_WRITTEN = declare("procedure.meeting_written", _("{actor}が「{subject}」の協議({day})を書きました"))
MEETING_CHANGED = declare(
    "procedure.meeting_changed", _("{actor}が「{subject}」の協議({day})の記録を直しました")
)
MEETING_INVITED = declare(
    "procedure.meeting_invited", _("{actor}が「{subject}」の協議({day})の予定を相手方に知らせました")
)
MEETING_SHARED = declare(
    "procedure.meeting_shared", _("{actor}が「{subject}」の協議({day})の記録を相手方に見せました")
)
MEETING_CANCELLED = declare(
    "procedure.meeting_cancelled", _("{actor}が「{subject}」の協議({day})を取りやめました({reason})")
)
POINT_WRITTEN = declare("procedure.point_written", _("{actor}が「{subject}」の論点「{point}」を書きました"))
POINT_CHANGED = declare("procedure.point_changed", _("{actor}が「{subject}」の論点「{point}」を直しました"))
POINT_SETTLED = declare("procedure.point_settled", _("{actor}が「{subject}」の論点「{point}」を片づけました"))
POINT_REOPENED = declare(
    "procedure.point_reopened", _("{actor}が「{subject}」の論点「{point}」を残った論点に戻しました({reason})")
)
POINT_PLANNED = declare(
    "procedure.point_planned", _("{actor}が「{subject}」の合意「{point}」を取組事項の案に加えました")
)
ASKED = declare("procedure.asked", _("{actor}が「{subject}」について質問しました: {question}"))
ANSWERED = declare("procedure.answered", _("{actor}が「{subject}」についての質問に答えました: {question}"))
QUESTION_WITHDRAWN = declare(
    "procedure.question_withdrawn", _("{actor}が「{subject}」についての質問を取り消しました: {question}")
)
REVIEW_OPENED = declare(
    "procedure.review_opened",
    _("{actor}が「{subject}」の{round}を始め、{versions}を相手方に見せました"),
)
REVIEW_ENDED = declare(
    "procedure.review_ended", _("{actor}が「{subject}」の{round}を終えました: {outcome}({reason})")
)
REVIEW_AGREED = declare(
    "procedure.review_agreed",
    _("「{subject}」の{round}は、{actor}の操作で全員の同意がそろって終わりました: {versions}"),
)
REVIEW_ACCEPTED = declare(
    "procedure.review_accepted",
    _("{actor}が「{subject}」の{round}で{reviewer}の同意を入れました{heard}: {versions}"),
)
REVIEW_TAKEN_BACK = declare(
    "procedure.review_taken_back",
    _("{actor}が「{subject}」の{round}で{reviewer}の同意を取り消しました: {versions}"),
)
REVIEWER_REPLACED = declare(
    "procedure.reviewer_replaced",
    _("{actor}が「{subject}」の{round}の確認する人を{before}から{after}に替えました({reason})"),
)
COMMENTED = declare("procedure.commented", _("{actor}が「{subject}」の{round}で意見を書きました: {clause}"))
COMMENT_WITHDRAWN = declare(
    "procedure.comment_withdrawn", _("{actor}が「{subject}」の{round}の意見を取り下げました: {clause}")
)
COMMENT_RESOLVED = declare(
    "procedure.comment_resolved",
    _("{actor}が「{subject}」の{round}の意見の扱いを決めました: {clause} {resolution}"),
)
ARRANGED = declare(
    "procedure_settings.arranged",
    _("{actor}が「{subject}」の締結手続の設定を変えました(これから始まる手続から)"),
)
INITIATIVE_PLANNED = declare(
    "procedure.initiative_planned", _("{actor}が「{subject}」に取組「{initiative}」を加えました")
)
INITIATIVE_REWORDED = declare(
    "procedure.initiative_reworded", _("{actor}が「{subject}」の取組「{initiative}」を直しました")
)
INITIATIVE_MOVED = declare(
    "procedure.initiative_moved", _("{actor}が「{subject}」の取組「{initiative}」を一つ前に動かしました")
)
INITIATIVE_DROPPED = declare(
    "procedure.initiative_dropped", _("{actor}が「{subject}」の取組「{initiative}」を外しました")
)
INITIATIVE_BROUGHT_BACK = declare(
    "procedure.initiative_brought_back", _("{actor}が「{subject}」の取組「{initiative}」を戻しました")
)
VERSION_WRITTEN = declare(
    "procedure.version_written", _("{actor}が「{subject}」の{version}を作りました({digest})")
)
VERSION_SHOWN = declare(
    "procedure.version_shown", _("{actor}が「{subject}」の{version}を相手方に見せました({digest})")
)
PARTICIPANT_ADDED = declare(
    "procedure.participant_added", _("{actor}が「{subject}」の担当者に{person}さんを加えました")
)
PARTICIPANT_LEFT = declare(
    "procedure.participant_left", _("{actor}が「{subject}」の担当者から{person}さんを外しました")
)
LEAD_HANDED = declare(
    "procedure.lead_handed", _("{actor}が「{subject}」の主な担当者を{person}さんにしました")
)
DRAFT_RETURNED = declare(
    "procedure.draft_returned",
    _("{actor}が「{subject}」の{version}を直したWordを入れました(修正{count}件、{digest})"),
)
RETURN_DECIDED = declare(
    "procedure.return_decided",
    _("{actor}が「{subject}」の{version}に戻ってきた修正{count}件の扱いを決めました: {clause} {resolution}"),
)
RETURN_ANSWERED = declare(
    "procedure.return_answered",
    _("{actor}が「{subject}」の{version}に戻ってきたコメントに回答しました: {clause}"),
)
RETURN_TAKEN_UP = declare(
    "procedure.return_taken_up",
    _("{actor}が「{subject}」の{version}に戻ってきた修正{count}件のうち{adopted}件を反映しました: {result}"),
)
RETURN_SET_ASIDE = declare(
    "procedure.return_set_aside",
    _("{actor}が「{subject}」の{version}に戻ってきた案を取り上げないことにしました({reason})"),
)
