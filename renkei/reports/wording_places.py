"""The places of a town's papers where it may put words of its own, with the words that stand there otherwise.

A line is a paragraph; how a line begins says what it is: (1) a numbered head, ① a step of it, ● ■ ・ a bullet, ※ a note.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """A place: its name, where it stands, the words of any town; `of_a_day` where they speak of one day's figures."""

    key: str
    title: str | Promise
    where: str | Promise
    default: str = ""
    of_a_day: bool = False
    is_agreement: bool = False
    """Whether no sentence stands here but an agreement, named by its public id."""


SLIDES = _("連携協定の説明スライド")
ALSO_COUNCIL = _("説明スライド・議会資料")
PLACES: dict[str, Place] = {
    one.key: one
    for one in (
        Place("title", _("表紙の題名"), SLIDES, "{{ 自治体名 }}と民間企業等との連携協定について"),
        Place(
            "purpose",
            _("連携の目的"),
            SLIDES,
            "　地域の課題を解決し，住民と行政の双方にとってより良いまちづくりを進めるため，企業，大学，団体等と"
            "それぞれの強みを持ち寄り，協力して取り組む。\n"
            "　人，物，情報，場所，技術などの資源を分野をまたいで生かし，住民サービスの向上と地域の活性化を図る。",
        ),
        Place(
            "image",
            _("連携のイメージ"),
            SLIDES,
            "企業・大学・団体等　実行力，人，企画力，場所，技術\n"
            "連携協定　互いの役割と責任を決め，取組をともに進める\n"
            "{{ 自治体名 }}　施策，情報，地域とのつながり\n"
            "市民　暮らしやすさとして受け取り，ともに担う",
        ),
        Place(
            "forms",
            _("連携協定の形態"),
            SLIDES,
            "(1)個別連携協定\n"
            "　決まった分野で，具体的な事業を行うための協定\n"
            "　窓口：その分野の担当課\n"
            "(2)包括連携協定\n"
            "　幅広い分野にわたり，さまざまな事業を行うための協定\n"
            "　窓口：{{ 総括課 }}\n"
            "　※主な分野があるときは，その分野の担当課",
        ),
        Place(
            "flow",
            _("包括連携協定締結の流れ"),
            SLIDES,
            "(1)提案・確認\n"
            "　①企業等から提案の申出\n"
            "　②提案の聴取・確認\n"
            "(2)連携する事項の庁内調整\n"
            "(3)担当課と企業等の協議\n"
            "(4)協定書と取組の案の作成\n"
            "(5)案の確認・修正\n"
            "(6)連携協定の締結",
        ),
        Place("example", _("例に挙げる協定"), SLIDES, is_agreement=True),
        Place(
            "totals",
            _("協定の数"),
            ALSO_COUNCIL,
            "{{ 基準日 }}現在 有効な協定数　{{ 協定数 }}件\n（{{ 新規の始まり }}以降に締結{{ 新規の協定数 }}件）",
        ),
        Place("remarks", _("分野ごとの特徴"), ALSO_COUNCIL, of_a_day=True),
        Place("results_heading", _("実績の例の見出し"), SLIDES, "【{{ 年度 }}取組実績の例】"),
        Place(
            "principles",
            _("連携・協働の考え方"),
            SLIDES,
            "【連携・協働の考え方】\n"
            "　行政だけで担えない課題が増える中，住民，企業，教育機関など多様な主体が公共をともに担うことが求められる。"
            "情報を公開して共有し，互いの役割と責任を確かめながら，連携・協働を進める。",
        ),
        Place(
            "closing",
            _("結びの文"),
            SLIDES,
            "連携協定は，連携・協働を進める手法の一つであり，結んだ後の取組を大切にする。",
        ),
    )
}
