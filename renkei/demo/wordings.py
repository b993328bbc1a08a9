"""Asahikawa's own sentences of its published slides, word for word, each with its source; figures are fields."""

from datetime import date

from renkei.demo.published import EXAMPLE_ID
from renkei.demo.town import SEED
from renkei.municipalities.models import Municipality
from renkei.reports.models import Wording

ON = date(2024, 6, 1)
PURPOSE = """\
　本市が抱える課題の解決や，市民・市の双方にとって良い方向性のまちづくりを目指すにあたり，実行力，人員配置，企画力等を有する\
貴重なパートナーと協働し，共にまちを築いていく。
　協働による取組を推進し，市と民間企業等が，それぞれの特性や保有する資源を複数の施策において活用することで，\
地域課題・公共的課題の解決、地域活性化，市民サービスの向上を図る。"""
FORMS = """\
(1)個別連携協定
　特定の分野を対象とし,具体的な事業を行うための協定
　市の窓口：担当課
(2)包括連携協定
　幅広い分野を対象とし、包括的に事業を行うための協定
　市の窓口：{{ 総括課 }}
　※主な連携分野がある場合は、その担当課になる。"""
FLOW = """\
(1)提案・確認
　①企業等から市に対し，連携協定提案の申出。
　②市は，提案内容の聴取・確認
(2)連携事項の庁内調整
(3)担当課と企業等による協議
(4)協議結果から協定書（案）及び具体的取組事項（案）作成
(5)協定書（案）及び取組事項（案）の内容確認・修正
(6)連携協定の締結"""
REMARKS = """\
●　災害対策に関するものが突出して多く，協定の相手方は，医療・建設・運輸・通信・小売業等や他自治体など，多岐にわたっている。
●　環境に関するものは，同様の内容の協定を複数の相手方と結んでいることから総数が多くなっており，自然保全や公害防止に関する\
協定，マイバッグ推進・レジ袋削減等に関する協定，廃棄物の処理に関する協定が多い。
●　旭山動物園が締結している協定数は{{ 旭山動物園の協定数 }}件あり，各種研究機関との研究・調査に関する協定，国内外の動物園との\
連携に関する協定を結んでおり，積極的に民間との協働を図っている。"""
PRINCIPLES = """\
【旭川市行政改革推進プログラム2024】
　多様な主体との連携・協働
　多様化，複雑化する行政需要に対応するには，市民をはじめ企業や教育機関など，多様な主体がより広い視点で公共を担う必要があります。\
そのためにも，市政情報の公開と共有に努め，市政への積極的な参加を促すとともに，互いの役割と責任を認識しながら連携・協働を進める。"""
CLOSING = "連携協定の締結は，相手方となる民間企業等が行政と連携・協働を進めるための１つの手法である。"
OWN: dict[str, str] = {
    "purpose": PURPOSE,
    "forms": FORMS,
    "flow": FLOW,
    "remarks": REMARKS,
    "principles": PRINCIPLES,
    "closing": CLOSING,
}


def wordings(town: Municipality) -> None:
    """Put the town's own words at the places of its papers."""
    own = [
        Wording(municipality=town, place=place, text=text, source=SEED, on=ON if place == "remarks" else None)
        for place, text in OWN.items()
    ]
    # Which agreement the town itself gives as its example; that it is made up is said on its page.
    own.append(Wording(municipality=town, place="example", text=EXAMPLE_ID))
    Wording.objects.bulk_create(own)
