"""Events of disaster preparedness and of incidents."""

from django.utils.translation import gettext_lazy as _

from renkei.audit.events import declare, open_to_staff

open_to_staff("disasters.capability", "disasters.incident", "disasters.drill", "disasters.contactcampaign")

CAPABILITY_WRITTEN = declare(
    "capabilities.written", _("{actor}が「{agreement}」の支援内容「{subject}」を書きました")
)
CAPABILITY_PROPOSED = declare(
    "capabilities.proposed", _("{actor}が「{agreement}」から支援内容の案「{subject}」を読み取りました")
)
CAPABILITY_EDITED = declare(
    "capabilities.edited", _("{actor}が「{agreement}」の支援内容「{subject}」を直しました")
)
CAPABILITY_CONFIRMED = declare(
    "capabilities.confirmed", _("{actor}が支援内容「{subject}」を確かめたと記録しました({on}、{how})")
)
CAPABILITY_ENDED = declare(
    "capabilities.ended", _("{actor}が支援内容「{subject}」を{on}で取りやめにしました({reason})")
)
PROPOSAL_TAKEN = declare(
    "capabilities.proposal_taken", _("{actor}が「{agreement}」の支援内容の案「{subject}」を採りました")
)
PROPOSAL_DROPPED = declare(
    "capabilities.proposal_dropped",
    _("{actor}が「{agreement}」の支援内容の案「{subject}」を採りませんでした"),
)
CAPABILITIES_TAKEN_IN = declare(
    "capabilities.taken_in",
    _("{actor}が「{subject}」の支援内容をExcelから取り込みました(追加{added}件、変更{changed}件)"),
)
DISTRICT_WRITTEN = declare("districts.written", _("{actor}が地区・届け先「{subject}」を書きました"))
DISTRICT_EDITED = declare("districts.edited", _("{actor}が地区・届け先「{subject}」を直しました"))
DISTRICTS_TAKEN_IN = declare(
    "districts.taken_in",
    _("{actor}が「{subject}」の地区・届け先を一覧から取り込みました(追加{added}件、変更{changed}件)"),
)

CHECK_OPENED = declare(
    "contact_campaigns.opened",
    _("{actor}が「{subject}」を始めました(期限{due}、相手方{partners}者、うちメールで{mailed}者)"),
)
CHECK_REMINDED = declare(
    "contact_campaigns.reminded", _("{actor}が「{subject}」の回答を{count}者に催促しました")
)
CHECK_SENT = declare("contact_campaigns.sent", _("{actor}が「{subject}」のリンクを{partner}に送りました"))
CHECK_ANSWERED = declare(
    "contact_campaigns.answered", _("{actor}が「{subject}」の{partner}の回答を受けました({how}、{result})")
)
CHECK_CALLED = declare(
    "contact_campaigns.called", _("{actor}が「{subject}」で{partner}に電話しました({outcome})")
)
CHECK_UNREACHABLE = declare(
    "contact_campaigns.unreachable",
    _("{actor}が「{subject}」の{partner}を「連絡がつかない」としました({reason})"),
)
CHECK_CLOSED = declare(
    "contact_campaigns.closed",
    _("{actor}が「{subject}」を締めました(回答{answered}者、未回答{open}者)。{note}"),
)
CHECK_JOINED = declare(
    "contact_campaigns.joined",
    _("{actor}が「{subject}」で、後から加わった{partners}者にも尋ねました(うちメール{mailed}者)"),
)
CHECK_DUE_CHANGED = declare(
    "contact_campaigns.due_changed", _("{actor}が「{subject}」の期限を{before}から{due}に変えました")
)
CHECK_REOPENED = declare(
    "contact_campaigns.reopened", _("{actor}が「{subject}」を{due}まで開き直しました({reason})")
)

CONTACTS_WRITTEN = declare(
    "disasters.contacts_written",
    _(
        "{actor}が「{subject}」の緊急連絡先を書きました(追加{added}、変更{changed}、外した{ended}、順番{moved})"
    ),
)
CONTACTS_VERIFIED = declare(
    "disasters.contacts_verified",
    _("{actor}が「{subject}」の緊急連絡先{count}件を確かめたと記録しました({on}、{how})"),
)
CONTACT_FAILED = declare(
    "disasters.contact_failed", _("{actor}が「{subject}」の緊急連絡先につながらなかったと記録しました({on})")
)
CONTACT_FAILURE_TAKEN_BACK = declare(
    "disasters.contact_failure_taken_back",
    _("{actor}が「{subject}」の緊急連絡先につながらなかったという記録を取り消しました"),
)
CONTACTS_FORGOTTEN = declare(
    "disasters.contacts_forgotten",
    _("{actor}が、{until}までに外した「{subject}」の緊急連絡先{count}件と、調査の回答にある番号を消しました"),
)
CHECK_PAPERS_FORGOTTEN = declare(
    "disasters.check_papers_forgotten",
    _("{actor}が、{until}までに回答のあった「{subject}」の調査票のスキャン{count}件を消しました"),
)
CONTACTS_DOWNLOADED = declare(
    "disasters.contacts_downloaded", _("{actor}が「{subject}」の緊急連絡先{count}件を持ち出しました({what})")
)
CONTACTS_TESTED = declare(
    "disasters.contacts_tested", _("{actor}が「{subject}」の緊急連絡先{count}件に試験連絡を送りました")
)
CONTACT_ANSWERED = declare(
    "disasters.contact_answered", _("{actor}が「{subject}」の試験連絡に答えました({minutes}分後)")
)

open_to_staff("disasters.scenario")
SCENARIO_WRITTEN = declare("drills.scenario_written", _("{actor}が訓練のシナリオ「{subject}」を書きました"))
SCENARIO_EDITED = declare("drills.scenario_edited", _("{actor}が訓練のシナリオ「{subject}」を直しました"))
DRILL_PLANNED = declare("drills.planned", _("{actor}が訓練「{subject}」を{day}に予定しました"))
DRILL_CHANGED = declare("drills.changed", _("{actor}が訓練「{subject}」の計画を直しました"))
DRILL_CANCELLED = declare("drills.cancelled", _("{actor}が訓練「{subject}」を中止にしました({reason})"))
DRILL_BEGUN = declare("drills.begun", _("{actor}が訓練「{subject}」を始めました"))
DRILL_ENDED = declare("drills.ended", _("{actor}が訓練「{subject}」を終えました(得点 {score})"))
BOOK_TAKEN = declare("disaster_book.taken", _("{actor}が「{subject}」を取り出しました"))

INCIDENT_OPENED = declare("incidents.opened", _("{actor}が「{subject}」({kind})を始めました"))
INCIDENT_NOTED = declare("incidents.noted", _("{actor}が「{subject}」に記録を書きました"))
NEED_WRITTEN = declare(
    "incidents.need_written", _("{actor}が「{subject}」に必要なもの「{what}」を書きました")
)
NEED_CHANGED = declare(
    "incidents.need_changed", _("{actor}が「{subject}」の必要なもの「{what}」を直しました")
)
NEED_MET = declare("incidents.need_met", _("{actor}が「{subject}」の「{what}」を充足としました"))
NEED_DROPPED = declare(
    "incidents.need_dropped", _("{actor}が「{subject}」の「{what}」を取り下げました({reason})")
)
NEED_OPENED_AGAIN = declare(
    "incidents.need_opened_again", _("{actor}が「{subject}」の「{what}」を手配中に戻しました")
)
REQUEST_MADE = declare(
    "incidents.request_made", _("{actor}が「{subject}」で{partner}への要請「{what}」を作りました")
)
REQUEST_CHANGED = declare(
    "incidents.request_changed",
    _("{actor}が「{subject}」の{partner}への要請「{what}」の数量・条件を直しました"),
)
CALLED = declare("incidents.called", _("{actor}が「{subject}」で{partner}に電話しました({outcome})"))
CALL_AMENDED = declare(
    "incidents.call_amended", _("{actor}が「{subject}」の{partner}への通話の記録({outcome})に書き足しました")
)
CALL_VOIDED = declare(
    "incidents.call_voided", _("{actor}が「{subject}」の{partner}への通話の記録({outcome})を取り消しました")
)
STEPPED = declare(
    "incidents.stepped", _("{actor}が「{subject}」の{partner}への要請に「{what}」を記録しました")
)
STEP_VOIDED = declare(
    "incidents.step_voided", _("{actor}が「{subject}」の{partner}への要請の「{what}」を取り消しました")
)
CONFLICT_SETTLED = declare(
    "incidents.conflict_settled",
    _("{actor}が「{subject}」の{partner}への要請の食い違いを「{what}」で片づけました"),
)
CALLED_BACK = declare(
    "incidents.called_back", _("{actor}が「{subject}」の{partner}の回答を、折り返して確かめました")
)

REQUEST_SENT = declare(
    "incidents.request_sent", _("{actor}が「{subject}」の{partner}への要請「{what}」をメールで送りました")
)
LINK_ANSWERED = declare(
    "incidents.link_answered",
    _("{actor}が「{subject}」の{partner}への要請に、リンクで「{answer}」と答えました"),
)
HANDED_OVER = declare("incidents.handed_over", _("{actor}が「{subject}」を{to}に引き継ぎました"))
HANDOVER_ACCEPTED = declare(
    "incidents.handover_accepted", _("{actor}が「{subject}」の引継ぎを受け取りました")
)
CLOSED = declare("incidents.closed", _("{actor}が「{subject}」を終えました(片づいていないこと{open}件)"))
REOPENED = declare("incidents.reopened", _("{actor}が「{subject}」を開き直しました({reason})"))
REVIEWED = declare("incidents.reviewed", _("{actor}が「{subject}」の振り返りを書きました"))
LESSON_WRITTEN = declare("incidents.lesson_written", _("{actor}が「{subject}」の教訓「{what}」を書きました"))
LESSON_SETTLED = declare(
    "incidents.lesson_settled", _("{actor}が「{subject}」の教訓「{what}」を片づけました")
)
UNPLACED_SETTLED = declare(
    "incidents.unplaced_settled", _("{actor}が「{subject}」の取り込めなかった記録を片づけました({note})")
)

RECORD_UNPLACED = declare(
    "incidents.record_unplaced",
    _("{actor}の端末の記録を「{subject}」に取り込めず、そのまま預かりました({why})"),
)
