"""The work under the example agreement: the twenty initiatives that the town's own text gives under its six items."""

from dataclasses import replace
from datetime import date

from renkei.demo.sample_work import Done, Work
from renkei.initiatives.vocabulary import InitiativeState, Publicity, ResultKind, ResultState

SIGNED = date(2024, 3, 27)
R6, R7 = 2024, 2025
EVENT, GOODS, PEOPLE, PLACE = ResultKind.EVENT, ResultKind.GOODS, ResultKind.PEOPLE, ResultKind.PLACE
HEARERS = (("受講者数", "人"), ("回数", "回"))


def _work(item: int, division: str, field: str, title: str, partner_part: str, town_part: str = "") -> Work:
    return Work(
        title=title,
        division=division,
        field=field,
        item=item,
        partner_part=partner_part,
        town_part=town_part,
        begins_on=SIGNED,
        years=(R6, R7),
    )


_TALK = "講師を派遣し、教材を用意する。"
_HAND_OUT = "資材を用意し、市に渡す。"
# fmt: off
HEALTH = (
    replace(_work(1, "education", "health.prevention",
        "教職員に対する熱中症対策アンバサダー養成講座の開催及び小中学校児童・生徒への熱中症対策の啓発",
        _TALK, "日程と会場を調え、各学校に案内する。"),
        timing="6月から7月まで", audience="市立小中学校の教職員", indicators=HEARERS, aims=((R6, 100), (R7, 120)),
        done=(
            Done(R6, date(2024, 6, 18), "養成講座を2回開き、教職員112人が受講した。受講した教職員が各学校で啓発した。",
                 EVENT, figures=(112, 2), price=(2, "回", 50_000, "同じ講座を委託したときの1回の見積額(見本)")),
            Done(R7, date(2025, 6, 12), "養成講座を2回開き、教職員126人が受講した。", EVENT, figures=(126, 2),
                 price=(2, "回", 50_000, "同じ講座を委託したときの1回の見積額(見本)")),
        )),
    replace(_work(1, "education", "health.prevention",
        "教育機関への熱中症対策に係る啓発資材・音源の提供", _HAND_OUT, "各学校に配り、校内放送で流す。"),
        indicators=(("配布した学校数", "校"),), aims=((R6, 70),),
        done=(Done(R6, date(2024, 5, 27), "市立小中学校72校に、校内放送用の音源とポスターを配った。", GOODS,
                   figures=(72,), price=(72, "組", 1_500, "同じ資材の購入単価(見本)")),)),
    replace(_work(1, "health", "health.prevention",
        "熱中症を普及啓発するためのポスターの作成及び関係機関への配布", "ポスターを作成する。",
        "関係機関に配布し、掲示を依頼する。"),
        indicators=(("配布枚数", "枚"),), aims=((R6, 500),),
        done=(Done(R6, date(2024, 6, 3), "ポスター540枚を作り、公民館や薬局などに配った。", GOODS, figures=(540,),
                   price=(540, "枚", 200, "同じポスターの印刷の単価(見本)")),)),
    replace(_work(1, "health", "health.prevention",
        "保健師や管理栄養士に対する熱中症対策アンバサダー養成講座の開催及び市民への熱中症対策の啓発",
        _TALK, "保健師等が受講し、健康教室で市民に伝える。"),
        audience="市の保健師・管理栄養士", indicators=HEARERS, aims=((R6, 30),),
        done=(Done(R6, date(2024, 6, 25), "養成講座を1回開き、保健師と管理栄養士28人が受講した。", EVENT,
                   figures=(28, 1)),)),
    replace(_work(1, "health", "digital", "健幸アプリへの支援", "アプリの特典に商品を提供する。",
        "アプリで参加者を募る。"),
        indicators=(("特典を受けた人数", "人"),), aims=((R6, 300),),
        done=(Done(R6, date(2025, 2, 28), "歩数の目標を達した市民315人に、経口補水液を贈った。", GOODS,
                   figures=(315,), partner_cost=94_500, price=(315, "人", 300, "商品の希望小売価格(見本)")),)),
    replace(_work(1, "health", "health.promotion", "健康イベント開催に係る支援", "測定の機器と係員を出す。",
        "会場を用意し、参加者を募る。"),
        place="市民ホール", indicators=(("参加者数", "人"),), aims=((R6, 200),),
        done=(Done(R6, date(2024, 9, 28), "健康まつりで骨密度の測定を行い、186人が参加した。", EVENT, figures=(186,),
                   town_cost=40_000, partner_cost=120_000),)),
    replace(_work(1, "health", "health.prevention",
        "クーリングシェルターの協力店舗・事業所拡大に向けた支援", "取引先の店舗や事業所に協力を呼び掛ける。",
        "協力店舗を指定し、公表する。"),
        indicators=(("新たに協力した店舗・事業所", "か所"),), aims=((R6, 20),),
        done=(Done(R6, date(2024, 7, 31), "薬局など23か所が、新たにクーリングシェルターになった。", PLACE,
                   figures=(23,)),)),
    _work(1, "health", "health.prevention", "クーリングシェルターの普及啓発に係る資材の提供",
          "のぼりとステッカーを用意する。", "協力店舗に配る。"),
)
OLDER = (
    replace(_work(2, "older", "older_people.frailty",
        "高齢者のフレイル予防及び熱中症対策に係る啓発資材の提供", _HAND_OUT, "通いの場で配り、説明する。"),
        indicators=(("配布部数", "部"),), aims=((R6, 1_000),),
        done=(Done(R6, date(2024, 7, 10), "冊子1,000部を、通いの場と地域包括支援センターで配った。", GOODS,
                   figures=(1_000,), price=(1_000, "部", 80, "同じ冊子の印刷の単価(見本)")),)),
    replace(_work(2, "older", "older_people.frailty", "高齢者の健康の保持増進に係る企業ブースの出展",
        "催しにブースを出し、相談を受ける。", "催しの会場に場所を用意する。"), state=InitiativeState.PLANNED),
    replace(_work(2, "older", "health.prevention",
        "地域包括支援センター職員に対する熱中症対策アンバサダー養成講座の開催及び高齢者への熱中症対策の啓発",
        _TALK, "センターの職員に受講を案内する。"),
        audience="地域包括支援センターの職員", indicators=HEARERS, aims=((R6, 40),),
        done=(Done(R6, date(2024, 6, 20), "養成講座を1回開き、職員44人が受講した。", EVENT, figures=(44, 1)),)),
    replace(_work(2, "older", "older_people.frailty", "認知症サポーター養成講座の受講",
        "社員が講座を受講する。", "講師を派遣する。"),
        indicators=(("受講した社員", "人"),), aims=((R6, 20),),
        done=(Done(R6, date(2024, 10, 9), "社員24人が認知症サポーター養成講座を受講した。", PEOPLE, figures=(24,)),)),
    _work(2, "older", "older_people.frailty", "認知症啓発に係る機材の貸与", "認知症を体験できる機材を貸す。",
          "市民向けの講座で使う。"),
)
CHILDREN = (
    replace(_work(3, "education", "education", "地域資源リスト（子どもたちの学びの機会を提供）への登録",
        "出前授業の内容を登録し、申込みがあれば行う。", "リストを学校に案内する。"),
        done=(Done(R6, date(2024, 11, 14), "出前授業をリストに登録し、小学校2校で行った。", EVENT),)),
)
FOOD = (
    _work(4, "health", "food", "食育推進に係る啓発資材の提供", _HAND_OUT, "食育の催しで配る。"),
)
DISASTER = (
    replace(_work(5, "disaster", "disaster.support", "災害時における必要な物資等の提供",
        "市の求めに応じて物資を提供する。", "必要な物資を伝え、受け取る。"), timing="災害のとき"),
    replace(_work(5, "disaster", "disaster.preparedness", "災害対応型自動販売機設置に係る支援",
        "自動販売機を設置する。", "設置する場所を用意する。"),
        indicators=(("設置台数", "台"),), aims=((R6, 2),),
        done=(Done(R6, date(2024, 12, 5), "災害のときに無料で飲料を出せる自動販売機を、公共施設に2台置いた。", PLACE,
                   figures=(2,)),)),
    replace(_work(5, "disaster", "disaster.preparedness", "防災に係る啓発資材の提供", _HAND_OUT,
        "防災訓練で配る。"),
        done=(Done(R6, date(2024, 8, 31), "総合防災訓練で、備蓄の一覧を配った。", GOODS, state=ResultState.REPORTED,
                   publicity=Publicity.INTERNAL),)),
    replace(_work(5, "disaster", "disaster.preparedness", "薬剤師に対する災害医療セミナーの開催",
        "講師を招き、セミナーを開く。", "薬剤師会に案内する。"), state=InitiativeState.PLANNED),
)
OTHER = (
    replace(_work(6, "coordination", "consultation",
        "継続的に有効な取組を検討・実施するための協議の実施", "担当者が出席する。", "年1回の協議を開く。"),
        timing="毎年2月",
        done=(Done(R6, date(2025, 2, 13), "協議を1回行い、翌年度の取組を決めた。", ResultKind.OTHER),)),
)
# fmt: on
EXAMPLE_WORK = (*HEALTH, *OLDER, *CHILDREN, *FOOD, *DISASTER, *OTHER)
