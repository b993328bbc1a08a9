"""Events of initiatives."""

from django.utils.translation import gettext_lazy as _

from renkei.audit.events import declare, open_to_staff

open_to_staff("initiatives.result", "initiatives.story", "initiatives.initiative", "initiatives.evaluation")
open_to_staff("initiatives.regularmeeting")

BEGUN = declare("initiatives.begun", _("{actor}が「{subject}」の取組{count}件を始めました"))
INITIATIVE_EDITED = declare("initiatives.edited", _("{actor}が取組「{subject}」を編集しました"))
INITIATIVE_MOVED = declare("initiatives.moved", _("{actor}が取組「{subject}」を「{state}」にしました"))
YEAR_PLANNED = declare("initiatives.year_planned", _("{actor}が取組「{subject}」を{year}に予定しました"))
YEAR_COPIED = declare(
    "initiatives.year_copied", _("{actor}が取組「{subject}」を{from_year}から{to_year}へ写しました")
)
EVALUATED = declare(
    "evaluations.written", _("{actor}が「{agreement}」を{year}の評価で「{verdict}」としました")
)
EVALUATION_FOLLOWED = declare(
    "evaluations.followed", _("{actor}が「{agreement}」の評価から、次の手続({what})を始めました")
)

REPORTED = declare(
    "results.reported", _("{actor}が取組「{initiative}」の{year}の実績「{subject}」を報告しました")
)
CONFIRMED = declare("results.confirmed", _("{actor}が実績「{subject}」を確認しました({how})"))
SENT_BACK = declare("results.sent_back", _("{actor}が実績「{subject}」を差し戻しました({reason})"))
CORRECTED = declare("results.corrected", _("{actor}が実績「{subject}」を訂正しました({reason})"))
TAKEN_BACK = declare("results.taken_back", _("{actor}が実績「{subject}」を取り消しました({reason})"))
PAPER_ADDED = declare("results.paper_added", _("{actor}が実績「{subject}」に資料「{document}」を付けました"))
PAPER_REMOVED = declare(
    "results.paper_removed", _("{actor}が実績「{subject}」から資料「{document}」を外しました")
)
PUBLICATION_PROPOSED = declare(
    "results.publication_proposed", _("{actor}が実績「{subject}」の公開の承認を求めました")
)
PUBLICATION_APPROVED = declare(
    "results.publication_approved", _("{actor}が実績「{subject}」の公開を承認しました")
)
PUBLICATION_WITHDRAWN = declare(
    "results.publication_withdrawn", _("{actor}が実績「{subject}」の公開をやめました({reason})")
)
HIGHLIGHTED = declare(
    "results.highlighted", _("{actor}が{year}の「実績の例」の並びを決めました(「{subject}」)")
)

STORY_WRITTEN = declare("stories.written", _("{actor}が紹介「{subject}」を書きました"))
STORY_EDITED = declare("stories.edited", _("{actor}が紹介「{subject}」を直しました"))
STORY_PICTURE_ADDED = declare(
    "stories.picture_added", _("{actor}が紹介「{subject}」に写真「{description}」を付けました")
)
STORY_PICTURE_REMOVED = declare(
    "stories.picture_removed", _("{actor}が紹介「{subject}」から写真「{description}」を外しました")
)
STORY_PROPOSED = declare("stories.proposed", _("{actor}が紹介「{subject}」の公開の承認を求めました"))
STORY_APPROVED = declare("stories.approved", _("{actor}が紹介「{subject}」の公開を承認しました"))
STORY_WITHDRAWN = declare("stories.withdrawn", _("{actor}が紹介「{subject}」の公開をやめました({reason})"))
STORY_REMOVED = declare("stories.removed", _("{actor}が紹介「{subject}」を消しました"))

open_to_staff("initiatives.campaign")

CAMPAIGN_OPENED = declare(
    "campaigns.opened",
    _("{actor}が「{subject}」を始めました(期限{due}、{lines}件、{divisions}課、{partners}者)"),
)
CAMPAIGN_DUE_CHANGED = declare(
    "campaigns.due_changed", _("{actor}が「{subject}」の期限を{before}から{after}に変えました")
)
CAMPAIGN_REMINDED = declare("campaigns.reminded", _("{actor}が「{subject}」の回答を催促しました({count}通)"))
CAMPAIGN_NOTHING = declare(
    "campaigns.nothing",
    _("{actor}が「{subject}」で、{count}件を「実績なし」と回答しました({lines})({reason})"),
)
CAMPAIGN_ANSWER_TAKEN_BACK = declare(
    "campaigns.answer_taken_back", _("{actor}が「{subject}」の「{line}」の「実績なし」を取り消しました")
)
CAMPAIGN_FINISHED = declare("campaigns.finished", _("{actor}が「{subject}」で{who}の回答を終えました"))
CAMPAIGN_SHEET_TAKEN = declare(
    "campaigns.sheet_taken", _("{actor}が「{subject}」の調査票「{document}」から{count}件を取り込みました")
)
CAMPAIGN_CLOSED = declare(
    "campaigns.closed", _("{actor}が「{subject}」を締めました(回答{answered}件、未回答{open}件)({note})")
)
CAMPAIGN_REOPENED = declare("campaigns.reopened", _("{actor}が「{subject}」を開き直しました({reason})"))
CAMPAIGN_PUBLICATION_PROPOSED = declare(
    "campaigns.publication_proposed", _("{actor}が「{subject}」の公開の承認を求めました")
)
CAMPAIGN_PUBLICATION_APPROVED = declare(
    "campaigns.publication_approved", _("{actor}が「{subject}」の公開を承認しました")
)
CAMPAIGN_PUBLICATION_WITHDRAWN = declare(
    "campaigns.publication_withdrawn", _("{actor}が「{subject}」の公開をやめました({reason})")
)

MEETING_PLANNED = declare("meetings.planned", _("{actor}が定例協議「{subject}」({day})を予定しました"))
MEETING_RECORDED = declare(
    "meetings.recorded", _("{actor}が開催済みの定例協議「{subject}」({day})を記録しました")
)
MEETING_CHANGED = declare("meetings.changed", _("{actor}が定例協議「{subject}」の内容を直しました"))
MEETING_INVITED = declare("meetings.invited", _("{actor}が定例協議「{subject}」を{count}人に案内しました"))
MEETING_CANCELLED = declare(
    "meetings.cancelled", _("{actor}が定例協議「{subject}」を中止にしました({reason})")
)
MEETING_ACCEPTED = declare("meetings.accepted", _("{actor}が定例協議「{subject}」に出席すると答えました"))
MEETING_DECLINED = declare("meetings.declined", _("{actor}が定例協議「{subject}」に出席しないと答えました"))
MINUTES_WRITTEN = declare("meetings.minutes_written", _("{actor}が定例協議「{subject}」の記録を書きました"))
MINUTES_CORRECTED = declare(
    "meetings.minutes_corrected", _("{actor}が定例協議「{subject}」の記録を直しました")
)
MINUTES_SHARED = declare(
    "meetings.minutes_shared", _("{actor}が定例協議「{subject}」の記録を相手方に見せました")
)
FOLLOW_UP_TAKEN_ON = declare(
    "meetings.follow_up_taken_on", _("{actor}が定例協議「{subject}」で決めたこと「{what}」を書きました")
)
FOLLOW_UP_CHANGED = declare(
    "meetings.follow_up_changed", _("{actor}が定例協議「{subject}」で決めたこと「{what}」を直しました")
)
FOLLOW_UP_SETTLED = declare(
    "meetings.follow_up_settled",
    _("{actor}が定例協議「{subject}」で決めたこと「{what}」を片づいたことにしました"),
)
FOLLOW_UP_REOPENED = declare(
    "meetings.follow_up_reopened",
    _("{actor}が定例協議「{subject}」で決めたこと「{what}」を、まだ片づいていないことに戻しました({reason})"),
)
