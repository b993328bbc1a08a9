"""Which fields each paper has."""

from django.utils.translation import gettext_lazy as _

from renkei.documents.papers.fields import BLANK_DAY, PaperField
from renkei.documents.vocabulary import PaperKind

SENT_ON = PaperField("発信日", _("文書を出す日"), "令和6年10月15日", blank=BLANK_DAY)
NUMBER = PaperField("文書番号", _("文書管理の番号"), "総連第123号", blank="第　　　　　号")
TOWN = PaperField("自治体名", _("市区町村の名前"), "みどり市", is_needed=True)
SENDER = PaperField("発信者", _("市長などの職と氏名"), "みどり市長　青木 花子", is_needed=True)
DIVISION = PaperField("担当課", _("問合せを受ける課"), "総合政策部 政策調整課")
CLERK = PaperField("担当者", _("問合せを受ける職員"), "山田 太郎")
PARTNER = PaperField("相手方の名称", _("会社・団体の名前"), "株式会社さくら", is_needed=True)
PARTNER_HEAD = PaperField("相手方の代表者", _("代表者の職と氏名"), "代表取締役　佐藤 一郎")
PARTNER_ADDRESS = PaperField(
    "相手方の所在地", _("会社・団体の住所"), "みどり市中央1丁目2番3号", is_extra=True
)
TITLE = PaperField("件名", _("手続の件名"), "見守り活動に関する協定", is_needed=True)
AGREEMENT = PaperField("協定名", _("協定の名前"), "災害時における物資の供給に関する協定", is_needed=True)
SIGNED_ON = PaperField("締結日", _("締結した日"), "令和3年4月1日", blank=BLANK_DAY)
PLACE_NUMBER = PaperField("番号", _("1からの番号"))
HEADING = PaperField("事項", _("連携事項の見出し"))

RECEIVED = (
    PaperField("受付番号", _("受付の年度と番号"), "令和6年度 受付第12号", is_needed=True),
    PaperField("受付日", _("提案を受け付けた日"), "令和6年10月10日", blank=BLANK_DAY),
)
ITEMS = PaperField(
    "連携事項",
    _("一緒に取り組む事柄"),
    cells=(PLACE_NUMBER, HEADING, PaperField("内容", _("事項の説明"))),
    rows=(
        ("1", "高齢者の見守りに関すること", "配達のときに異変に気付いたら知らせる"),
        ("2", "市政の情報の発信に関すること", "店内に広報紙と掲示板を置く"),
    ),
)
ANSWERS = PaperField(
    "回答",
    _("連携事項ごとの回答"),
    is_needed=True,
    cells=(
        PLACE_NUMBER,
        HEADING,
        PaperField("結果", _("参加する・条件付きなど")),
        PaperField("条件", _("条件や理由")),
        PaperField("取組の案", _("考えられる取組")),
    ),
    rows=(
        ("1", "高齢者の見守りに関すること", "参加する", "", "配達員への研修を年1回行う"),
        ("2", "市政の情報の発信に関すること", "条件付きで参加する", "掲示は市の様式による", ""),
    ),
)
INITIATIVES = PaperField(
    "取組事項",
    _("連携事項ごとの具体的な取組"),
    is_needed=True,
    cells=(
        PLACE_NUMBER,
        HEADING,
        PaperField("取組", _("取組の名前")),
        PaperField("市の役割", _("市がすること")),
        PaperField("相手方の役割", _("相手方がすること")),
        PaperField("時期", _("いつ行うか")),
        PaperField("取組の担当課", _("取組を受け持つ課")),
    ),
    rows=(
        (
            "1",
            "高齢者の見守りに関すること",
            "見守り研修",
            "講師を派遣する",
            "従業員が参加する",
            "毎年6月",
            "長寿課",
        ),
        (
            "2",
            "市政の情報の発信に関すること",
            "広報紙の設置",
            "広報紙を届ける",
            "店内に置く",
            "毎月",
            "広報課",
        ),
    ),
)
AGREED = PaperField(
    "合意したこと",
    _("協議で合意した論点"),
    is_extra=True,
    cells=(PLACE_NUMBER, PaperField("内容", _("合意の内容"))),
    rows=(("1", "研修は市の会場で行う。"),),
)
LEFT = PaperField(
    "残ったこと",
    _("次に持ち越した論点"),
    is_extra=True,
    cells=(
        PLACE_NUMBER,
        PaperField("内容", _("論点の内容")),
        PaperField("担当", _("片づける側と人")),
        PaperField("期限", _("いつまでに")),
    ),
    rows=(("1", "個人情報の扱いを確かめる。", "市 長寿課", "令和6年11月8日"),),
)
ENCLOSED = PaperField(
    "送付するもの",
    _("同封する文書"),
    is_needed=True,
    cells=(PLACE_NUMBER, PaperField("名前", _("文書の名前")), PaperField("部数", _("何部送るか"))),
    rows=(("1", "協定書", "2部"), ("2", "返信用封筒", "1枚")),
)
CEREMONY_DAY = PaperField("締結の日時", _("締結式の日と時刻"), "令和6年11月20日 午前10時", blank=BLANK_DAY)
CEREMONY_PLACE = PaperField("締結の場所", _("締結式の場所"), "市役所4階 応接室")
ATTENDEES = PaperField(
    "出席者", _("双方の出席者(1行に一人)"), "みどり市長　青木 花子\n株式会社さくら 代表取締役　佐藤 一郎"
)
LAST_DAY = PaperField("期間の満了日", _("いまの期間の最後の日"), "令和7年3月31日", blank=BLANK_DAY)

FIELDS: dict[PaperKind, tuple[PaperField, ...]] = {
    PaperKind.RECEIPT: (
        *(NUMBER, SENT_ON, PARTNER, PARTNER_HEAD, PARTNER_ADDRESS, TOWN, SENDER, TITLE, *RECEIVED),
        *(DIVISION, CLERK),
    ),
    PaperKind.INQUIRY: (
        *(NUMBER, SENT_ON, PaperField("照会先の課", _("照会を受ける課"), "福祉部 長寿課", is_needed=True)),
        *(TOWN, DIVISION, CLERK, TITLE, PARTNER),
        PaperField("照会の文", _("尋ねたいこと"), "次の連携事項に課として参加できるか、お知らせください。"),
        PaperField("提案の目的", _("提案者が書いた目的"), "店舗網を生かし、地域の安心に役立ちたい。"),
        PaperField("回答の期限", _("いつまでに答えるか"), "令和6年10月31日", is_needed=True, blank=BLANK_DAY),
        ITEMS,
    ),
    PaperKind.ANSWER: (
        *(NUMBER, PaperField("回答日", _("課が答えた日"), "令和6年10月28日", blank=BLANK_DAY)),
        PaperField("回答した課", _("照会に答えた課"), "福祉部 長寿課", is_needed=True),
        PaperField("回答した人", _("答えた課の担当者"), "鈴木 次郎"),
        *(TOWN, DIVISION, TITLE, PARTNER, ANSWERS),
        PaperField("全体の意見", _("全体についての意見"), "研修の日程は早めに決めたい。", is_extra=True),
    ),
    PaperKind.MINUTES: (
        *(TITLE, PARTNER, TOWN, DIVISION),
        PaperField("開いた日", _("協議をした日"), "令和6年10月22日", is_needed=True, blank=BLANK_DAY),
        PaperField("時刻", _("始めと終わりの時刻"), "午後2時から3時30分"),
        PaperField("場所", _("場所や方法"), "市役所3階 会議室"),
        PaperField("市の出席者", _("1行に一人"), "政策調整課 山田\n長寿課 鈴木"),
        PaperField("相手方の出席者", _("1行に一人"), "総務部 高橋"),
        PaperField("議題", _("話し合うこと"), "1 見守りの方法\n2 研修"),
        PaperField("記録", _("協議の内容"), "配達のときの声かけについて、手順を確かめた。", is_needed=True),
        *(AGREED, LEFT),
    ),
    PaperKind.INITIATIVES: (
        *(TITLE, PARTNER, TOWN, DIVISION),
        PaperField("現在の日", _("いつの内容か"), "令和6年10月30日", blank=BLANK_DAY),
        INITIATIVES,
    ),
    PaperKind.RENEWAL: (
        *(NUMBER, SENT_ON, PARTNER, PARTNER_HEAD, PARTNER_ADDRESS, TOWN, SENDER, AGREEMENT, SIGNED_ON),
        LAST_DAY,
        PaperField(
            "更新後の期間", _("更新した後の期間"), "令和7年4月1日から令和8年3月31日まで", is_needed=True
        ),
        PaperField("申出の期限", _("更新しないときに申し出る期限"), "令和7年2月28日", blank=BLANK_DAY),
        *(DIVISION, CLERK),
    ),
    PaperKind.ENDING: (
        *(NUMBER, SENT_ON, PARTNER, PARTNER_HEAD, PARTNER_ADDRESS, TOWN, SENDER, AGREEMENT, SIGNED_ON),
        PaperField("終了日", _("協定の最後の日"), "令和7年3月31日", is_needed=True, blank=BLANK_DAY),
        PaperField("終了の理由", _("なぜ終わるか"), "期間満了"),
        *(DIVISION, CLERK),
    ),
    PaperKind.CEREMONY: (
        *(AGREEMENT, TOWN, PARTNER, CEREMONY_DAY, CEREMONY_PLACE, ATTENDEES),
        PaperField("式次第", _("式の順(1行に一つ)"), "1 開会\n2 署名\n3 記念撮影\n4 閉会", is_needed=True),
        DIVISION,
    ),
    PaperKind.PRESS: (
        *(SENT_ON, AGREEMENT, TOWN, PARTNER, CEREMONY_DAY, CEREMONY_PLACE, ATTENDEES),
        PaperField("発表の文", _("書いてある報道発表の文"), "", is_extra=True),
        PaperField("目的", _("協定の目的"), "地域で安心して暮らせるまちづくりを進めるため。"),
        *(ITEMS, INITIATIVES, DIVISION, CLERK),
    ),
    PaperKind.REQUEST: (
        *(NUMBER, PaperField("要請日", _("要請する日"), "令和6年8月30日", blank=BLANK_DAY)),
        *(PARTNER, PARTNER_HEAD, PARTNER_ADDRESS, TOWN, SENDER, AGREEMENT, SIGNED_ON),
        PaperField(
            "要請の理由",
            _("災害の様子と、要請する理由"),
            "台風による浸水で、避難者が約200人いるため。",
            blank="\n",
        ),
        PaperField("要請の内容", _("何を、どれだけ、してほしいか"), "飲料水2,000リットル、毛布200枚"),
        PaperField("引渡しの場所", _("届け先や作業の場所"), "市民体育館", blank="\n"),
        PaperField(
            "希望する日時",
            _("いつまでに要るか"),
            "令和6年8月30日 午後6時まで",
            blank="　　月　　日　　　時まで",
        ),
        *(DIVISION, PaperField("連絡先", _("受け取る人と電話番号"), "山田 太郎 電話 0123-45-6789")),
    ),
    PaperKind.COVER: (
        *(NUMBER, SENT_ON, PARTNER, PARTNER_HEAD, PARTNER_ADDRESS, TOWN, SENDER, TITLE, ENCLOSED),
        PaperField(
            "用件",
            _("お願いすること"),
            "御署名の上、1部を御返送くださるようお願いいたします。",
            is_extra=True,
        ),
        *(DIVISION, CLERK),
    ),
}
PRINTED_AS_TEXT = (PaperKind.AGREEMENT, PaperKind.MEMORANDUM, PaperKind.AMENDMENT)
"""Papers that are the agreement's text itself: they are printed from the draft, not from a template here."""
