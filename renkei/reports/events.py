"""Events of the papers that a town owes."""

from django.utils.translation import gettext_lazy as _

from renkei.audit.events import declare, open_to_staff

open_to_staff("reports.wording")
open_to_staff("reports.savedquestion")

WORDED = declare("wording.written", _("{actor}が資料の文「{subject}」を町の文にしました"))
WORDED_AS_OURS = declare("wording.taken_back", _("{actor}が資料の文「{subject}」を標準の文に戻しました"))
PAPER_MADE = declare(
    "publication.made", _("{actor}が「{subject}」の資料「{paper}」({day}現在)を{format}で作りました")
)
QUESTION_SHARED = declare("question.shared", _("{actor}が保存した集計「{subject}」を庁内で共有しました"))
QUESTION_DELETED = declare("question.deleted", _("{actor}が保存した集計「{subject}」を削除しました"))
