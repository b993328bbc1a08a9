"""The fifteen examples of 令和5年度 that the town's own text gives, under fitting agreements of the demo town."""

from datetime import date

from renkei.agreements.vocabulary import Side
from renkei.demo.sample_work import Done, Price, Work
from renkei.demo.town import SEED
from renkei.initiatives.vocabulary import ResultKind

R5 = 2023
COMPREHENSIVE = "包括連携協定"
HEALTH = "健康づくりの推進に関する協定"
SQUARE = "駅前広場の冬期維持管理に関する協定"
EVENT, INFORMATION, SERVICE = ResultKind.EVENT, ResultKind.INFORMATION, ResultKind.SERVICE
PRICE: Price = (4, "回", 30_000, "同じ講座を委託したときの1回の見積額(見本)")


def _work(
    place: int,
    division: str,
    field: str,
    title: str,
    public_text: str,
    what: str,
    kind: ResultKind,
    *,
    on: date | None = None,
    indicators: tuple[tuple[str, str], ...] = (),
    figures: tuple[int, ...] = (),
    partner_cost: int | None = None,
    price: Price | None = None,
    side: Side = Side.TOWN,
) -> Work:
    """An initiative with the one result that stands among the year's examples at the place."""
    done = Done(
        R5,
        on,
        what,
        kind,
        figures=figures,
        public_text=public_text,
        highlight=place,
        partner_cost=partner_cost,
        price=price,
        side=side,
        notes=f"{SEED}の「令和5年度取組実績の例」による見本",
    )
    return Work(
        title=title,
        division=division,
        field=field,
        years=(2023, 2024),
        indicators=indicators,
        done=(done,),
    )


# fmt: off
EXAMPLES: tuple[tuple[str, int, Work], ...] = (
    (HEALTH, 1, _work(1, "health", "health.promotion", "健康講座の共催", "市と共催で健康増進を目的とした講座を開催",
        "市と共催で、健康増進の講座を4回開き、96人が受講した。(見本)", EVENT, on=date(2023, 10, 18),
        indicators=(("受講者数", "人"),), figures=(96,), price=PRICE)),
    ("市政情報の発信に関する協定", 1, _work(2, "policy", "public_information", "デジタルサイネージでの行政情報の放映",
        "デジタルサイネージで行政情報や企業広告等を放映", "市役所と公共施設の画面で、1年を通して放映した。(見本)",
        INFORMATION, indicators=(("放映した画面", "台"),), figures=(6,), partner_cost=1_200_000)),
    (COMPREHENSIVE, 1, _work(3, "older", "older_people.digital_help", "高齢者向けのスマホ教室",
        "高齢者向けスマホ教室を開催", "公民館でスマホ教室を12回開き、143人が受講した。(見本)", EVENT,
        on=date(2023, 11, 7), indicators=(("受講者数", "人"), ("回数", "回")), figures=(143, 12),
        price=(12, "回", 25_000, "同じ教室の講師料の見積額(見本)"), side=Side.PARTNER)),
    (COMPREHENSIVE, 2, _work(4, "waste", "food", "食品ロスを減らす啓発", "食品ロスに係る動画の制作",
        "食品ロスを減らす動画を2本作り、市のサイトで公開した。(見本)", INFORMATION, on=date(2024, 1, 30),
        indicators=(("動画", "本"),), figures=(2,), price=(2, "本", 300_000, "同じ動画の制作の見積額(見本)"))),
    (COMPREHENSIVE, 3, _work(5, "coordination", "donation", "電子マネーの利用額に応じた寄附",
        "あさひかわＷＡＯＮの利用に係る寄附", "利用額の一部の寄附を受けた。(見本)", ResultKind.MONEY,
        on=date(2024, 3, 15), partner_cost=850_000, side=Side.PARTNER)),
    (COMPREHENSIVE, 4, _work(6, "tourism", "community", "街なかの庭を使った催し",
        "hareteガーデンを活用したイベントを実施", "街なかの庭で催しを5回行った。(見本)", EVENT,
        on=date(2023, 8, 19), indicators=(("回数", "回"),), figures=(5,))),
    (SQUARE, 1, _work(7, "city", "city.snow", "駅前広場の冬の除雪", "駅前広場の冬季維持管理にかかる費用負担",
        "駅前広場の除雪の費用の一部を負担した。(見本)", ResultKind.MONEY, on=date(2024, 3, 29),
        partner_cost=640_000)),
    (HEALTH, 2, _work(8, "older", "older_people.frailty", "通いの場への専門職の訪問",
        "住民主体の通いの場に，リハビリ専門職や栄養士，歯科衛生士等が訪問し，介護予防活動等の支援を実施",
        "通いの場18か所に専門職が訪問した。(見本)", ResultKind.PEOPLE, indicators=(("訪問した通いの場", "か所"),),
        figures=(18,))),
    ("高齢者等の見守りに関する協定", 1, _work(9, "older", "older_people.watch_over", "配達のときの見守り",
        "高齢者の見守り，異変等の情報提供", "配達のときに異変に気付き、4件を市に知らせた。(見本)", SERVICE,
        indicators=(("知らせた件数", "件"),), figures=(4,), side=Side.PARTNER)),
    ("子育て支援の協力に関する協定", 1, _work(10, "children", "children", "子育てガイドブックの共同発行",
        "子育てガイドブックの発行", "子育てガイドブックを3,000部発行した。(見本)", ResultKind.GOODS,
        on=date(2023, 7, 3), indicators=(("発行部数", "部"),), figures=(3_000,),
        price=(3_000, "部", 180, "同じ冊子の印刷の単価(見本)"))),
    ("マイバッグ推進・レジ袋削減に関する協定", 1, _work(11, "waste", "environment.bags", "レジ袋の削減",
        "レジ袋の有料化，マイバッグの販売", "市内の全店でレジ袋を有料にし、マイバッグを売った。(見本)",
        ResultKind.OTHER, indicators=(("レジ袋の辞退率", "%"),), figures=(82,))),
    ("スポーツによる地域貢献に関する協定", 1, _work(12, "tourism", "sports", "プロチームの地域貢献活動への支援",
        "ヴォレアスによる地域貢献活動に関わる支援", "小学校でのバレーボール教室の会場を用意した。(見本)", SERVICE,
        on=date(2023, 9, 5))),
    ("空家対策の推進に関する協定", 1, _work(13, "housing", "city.vacant_houses", "空家の相談会",
        "空家合同無料相談会", "空家の無料相談会を開き、31組の相談を受けた。(見本)", EVENT, on=date(2023, 11, 25),
        indicators=(("相談", "組"),), figures=(31,), price=(31, "組", 5_500, "30分の相談料(見本)"))),
    (SQUARE, 2, _work(14, "city", "city.snow", "駅前の歩道のロードヒーティング", "ロードヒーティングの稼働",
        "12月から3月まで、駅前の歩道のロードヒーティングを動かした。(見本)", ResultKind.PLACE,
        on=date(2023, 12, 1))),
    ("植栽美化活動に関する協定", 1, _work(15, "city", "city.greening", "花壇の植栽", "植栽美化活動",
        "花壇12か所に花を植え、手入れをした。(見本)", SERVICE, on=date(2023, 6, 10),
        indicators=(("花壇", "か所"),), figures=(12,))),
)
# fmt: on
"""Title of the agreement, which one of those with that title, and its work."""
