"""Does a text look like the whole name of an organisation? For splitting lists of names only where it is certain."""

import re
from functools import lru_cache

from renkei.rules.cells import MASK, plain
from renkei.rules.names import legal_form, name_core, partner_kind

PREFECTURES = (
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 "
    "福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 "
    "山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県"
).split()
PREFECTURE = "|".join(PREFECTURES)

_BODIES = (
    "協会|協議会|連合会|連合|連盟|連絡会|委員会|医師会|組合|組合連合会|企業団|企業庁|事業団|公社|財団|機構|センター|研究所|"
    "大学|短期大学部?|大学校|短大|大学院|高等専門学校|高専|高等学校|高校|中学校|小学校|学校|学園|学院|"
    "病院|医院|クリニック|診療所|銀行|信用金庫|信用組合|労働金庫|金庫|農協|漁協|生協|郵便局|商工会議所|商工会|"
    "警察署|警察本部|警視庁|消防署|消防本部|消防局|消防団|消防組合|保安部|保安庁|整備局|開発局|開発建設部|気象台|駐屯地|"
    "司令部|管理局|運輸局|農政局|振興局|総合局|教育局|環境局|水道局|交通局|事務所|国土交通省|防衛省|環境省|庁|"
    "動物園|水族館|博物館|美術館|植物園|新聞社|放送局|放送|テレビ|エフエム[ァ-ヶー]*|クラブ|倶楽部|ネットワーク|自治体|弁護士会|"
    "書士会|調査士会|建築士会|薬剤師会|歯科医師会|獣医師会|助産師会|柔道整復師会|接骨師会|看護協会|士会|師会|業会|建友会|友会|"
    "町内会|自治会|婦人会|老人クラブ|青年会議所|会議所|福祉会|事業会|同業会|互助会|市長会|町村会|市町村会|知事会|議会|"
    "生命|損保|電力|瓦斯|ガス|交通|自治会連合|社協|無線赤十字奉仕団|奉仕団|防災士会|[一-龥]局|[^ぁ-ん]会"
)
_ENDS_LIKE_A_BODY = re.compile(rf".(?:{_BODIES})$")
UNIT = "支店|支社|支部|支局|支所|分会|地区会|営業所|事業所|出張所|工場|製作所|本店|本社|本部|総局|北海道本部|店|店舗|局|校|キャンパス"
_BODY_WITH_UNIT = re.compile(rf".(?:{_BODIES})[^、・]{{1,20}}(?:{UNIT})$")
_ONLY_UNIT = re.compile(rf"^[^、・]{{1,12}}(?:{UNIT})$")
_AREA = re.compile(rf"^(?:(?:{PREFECTURE})?.{{1,12}}[市町村区]|{PREFECTURE}|特別区(?:23区)?|.{{1,4}}[県府])$")
_GROUP = re.compile(
    r"^(?:[県都道府市町村区郡管]|[^\s、]{1,8}(?:県|都|府|市|町|村|郡|管|地区|圏))?(?:内|下|西|東|南|北)?の?(?:全|各|区)?(?:市町村?|"
    r"市区町村|区市町村|町村|市町|区市)(?:長)?$"
    r"|\d+(?:市町村|市町|市|町村|町|村|区|社|団体|事業者|行|大学|自治体|都県市|郵便局|者)(?:\d+(?:町|村|市町))?(?:\d+村)?$|"
    r"政令(?:指定)?(?:都)?市$|中核市|都府県市$|加盟自治体|構成自治体|周辺自治体|関係機関"
)
NAMELESS = frozenset(
    "大学 病院 銀行 組合 協会 協議会 学校 高校 センター 財団 会社 郵便局 商工会 市 町 村 区 県 自治会 本市 本町 当市 両市 両町 各市 市民 地区".split()
)


def is_area(text: str) -> bool:
    """True for the name of one municipality or prefecture."""
    return bool(_AREA.match(plain(text)))


def is_group(text: str) -> bool:
    """True for many named at once: 県内全市町, 都内市区町村, 特別区23区, 27市町村."""
    return bool(_GROUP.search(plain(text))) or partner_kind(text) == "group"


def is_only_legal_form(text: str) -> bool:
    """True for 株式会社 or (一社) without a name."""
    return legal_form(text) is not None and name_core(text) in ("", "社団", "財団")


def is_only_unit(text: str) -> bool:
    """True for 旭川支店: a branch whose firm is not named."""
    return (
        bool(_ONLY_UNIT.match(plain(text)))
        and legal_form(text) is None
        and not _BODY_WITH_UNIT.search(plain(text))
    )


@lru_cache(maxsize=65536)
def is_whole_name(text: str) -> bool:
    """True if the text is for certain the whole name of an organisation, a municipality or a group."""
    bare = plain(re.sub(r"[(（][^()（）]*[)）]\s*$", "", text.strip())) or plain(text)
    if not bare or bare in NAMELESS or is_only_legal_form(bare):
        return False
    if legal_form(text):
        return len(name_core(text)) >= 2
    if MASK.search(bare) and not is_only_unit(bare):
        return True
    return bool(
        is_area(bare) or is_group(bare) or _ENDS_LIKE_A_BODY.search(bare) or _BODY_WITH_UNIT.search(bare)
    )
