"""Names of partners: folding for matching, legal forms, and the kind that a name tells; never for showing."""

import re
import unicodedata
from functools import lru_cache

from renkei.rules.kanji_variants import usual_kanji

LEGAL_FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("株式会社", ("(株)", "(株", "株)")),
    ("有限会社", ("(有)",)),
    ("合同会社", ("(同)",)),
    ("合資会社", ("(資)",)),
    ("合名会社", ("(名)",)),
    ("一般社団法人", ("(一社)",)),
    ("公益社団法人", ("(公社)",)),
    ("一般財団法人", ("(一財)",)),
    ("公益財団法人", ("(公財)",)),
    ("社団法人", ("(社)",)),
    ("財団法人", ("(財)",)),
    ("社会福祉法人", ("(社福)", "(福)")),
    ("社会医療法人", ()),
    ("医療法人", ("(医)",)),
    ("学校法人", ("(学)",)),
    ("特定非営利活動法人", ("npo法人", "(npo)", "(特非)")),
    ("独立行政法人", ("(独)",)),
    ("国立大学法人", ("(大)",)),
    ("協同組合", ("(協)",)),
    ("宗教法人", ("(宗)",)),
)  # fmt: skip
_SHORT = {short: form for form, shorts in LEGAL_FORMS for short in shorts}
_SHORT_PATTERN = re.compile("|".join(re.escape(short) for short in sorted(_SHORT, key=len, reverse=True)))
_FORM_PATTERN = re.compile("|".join(form for form, _shorts in LEGAL_FORMS if form != "協同組合"))
_MARKS = re.compile(r"[\s\-－−ー―‐–—─~〜・･.,、，。'’`\"“”「」『』()\[\]{}*＊※&＆+/:;!?]")
_SMALL = str.maketrans("ヶヵケ", "ヶヶヶ")


def _plain(text: str) -> str:
    """Half width, small letters, usual kanji, no blanks; ㈱ becomes (株), ㈳ becomes (社)."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"\s+", "", usual_kanji(folded))


def _spelled_out(text: str) -> str:
    return _SHORT_PATTERN.sub(lambda match: _SHORT[match.group()], _plain(text))


@lru_cache(maxsize=65536)
def folded_name(text: str) -> str:
    """A key for matching names: legal forms spelled out and put first, widths, old kanji, blanks and marks folded.

    ㈱ローソン, (株)ローソン, 株式会社ローソン and ローソン株式会社 give one key; another legal form gives another.
    """
    spelled = _spelled_out(text)
    forms = _FORM_PATTERN.findall(spelled)
    core = _MARKS.sub("", _FORM_PATTERN.sub("", spelled)).translate(_SMALL)
    return ("".join(sorted(forms)) + core)[:300] or spelled[:300]


def name_core(text: str) -> str:
    """The name without its legal form, for finding candidates: 社団法人 and 一般社団法人 give one key."""
    return _MARKS.sub("", _FORM_PATTERN.sub("", _spelled_out(text))).translate(_SMALL)


def legal_form(text: str) -> str | None:
    """The legal form in the name, spelled out; None where there is none."""
    found = _FORM_PATTERN.search(_spelled_out(text))
    return found.group() if found else None


KINDS: tuple[tuple[str, str], ...] = (
    ("group", r"^(県|都|道|府|市|町|村|区|郡|管)?内の?(全|各)|全市町村|加盟|構成(市|町|団体)|特別区(23区)?$|中核市|^[0-9]+(事業者|団体|社|市|町)|市町村長$|"
     r"政令指定都市|都府県市|^\d+都県市|各(社|店|市|町)|(事業者|団体|販売会社)[0-9]+社?"),
    ("individual", r"個人$|様$"),
    ("foreign", r"台湾|台北|米国|アメリカ|中国[^0-9]*(省|市)|韓国|マレーシア|ドイツ|イギリス|英国|カナダ|オーストラリア|ロシア|フランス|インドネシア|タイ王国|ベトナム|州野生|米海軍|米陸軍|"
     r"米空軍|在日米"),
    ("post", r"郵便局|日本郵便|日本郵政|郵便事業"),
    ("national", r"警察|自衛隊|駐屯地|整備局|開発局|開発建設部|気象台|海上保安|法務局|財務(局|事務所)|税務署|労働局|運輸局|河川事務所|国道事務所|刑務所|国土交通省|環境省|農政局|森林管理|"
     r"経済産業局|総合通信局|防衛省"),
    ("medical", r"医師会|歯科医師|薬剤師会|看護協会|助産師|獣医師会|柔道整復|接骨師|鍼灸|病院|医院|クリニック|診療所|医療法人|保健医療公社|医療センター|がんセンター"),
    ("welfare", r"社会福祉|福祉会|老人|介護|ケアハウス|特別養護|グループホーム|児童養護|保育園|保育所|障害者|障がい者|荘$"),
    ("university", r"大学|短期大学|高等専門学校|高専$|研究所|研究機構|大学院|学術"),
    ("school", r"高等学校|高校|中学校|小学校|専門学校|幼稚園|特別支援学校|学校法人|学園"),
    ("chamber", r"商工会|商店街|商店会|観光協会|コンベンション"),
    ("finance", r"銀行|信用金庫|信用組合|労働金庫|信金|生命保険|損害保険|火災|海上|生命$|生命[^a-z]*支社|生保|損保|ニッセイ同和|証券|農林中金|共済|保険$|クレジット|日本生命|明治安田|"
     r"第一生命|住友生命"),
    ("cooperative", r"農業協同組合|農協|^ja|生活協同組合|コープ|漁業協同組合|漁協|森林組合|事業協同組合|協同組合|生協|全農"),
    ("professional", r"弁護士|司法書士|行政書士|土地家屋調査士|税理士|社会保険労務士|公認会計士|建築士|宅地建物|宅建|不動産鑑定|技術士|測量設計|不動産協会|中小企業診断士|社労士"),
    ("media", r"放送|新聞|テレビ|ラジオ|エフエム|fm|ケーブル|ジェイコム|j:com|通信社|nhk|タウン誌|出版"),
    ("utility", r"電力|電気(?!通信|工事|商)|ガス$|ガス株式会社|瓦斯|東京ガス|都市ガス|ntt|東日本電信電話|西日本電信電話|kddi|ソフトバンク|ドコモ|楽天モバイル|電信電話|水道(企業団|"
     r"事業団)|電源開発"),
    ("association", r"協会|組合|連合会|協議会|工業会|同業会|建設業|業会|連盟|互助会|クラブ連合|連合$|建友会|部会|同友会|分会$|団体連合"),
    ("npo", r"特定非営利活動法人|npo|一般社団法人|公益社団法人|一般財団法人|公益財団法人|社団法人|財団法人|財団$|法人.*センター"),
    ("citizens", r"自治会|町内会|町会|まちづくり|消費者|市民団体|住民|の会$|連絡会|老人クラブ|婦人会|ボランティア|アマチュア無線|スカウト"),
    ("sports", r"fc|スポーツクラブ|フットボール|ベースボール|バスケット|バレーボール|球団|ヴォレアス|レノファ|競技"),
    ("branch", r"(支店|支社|営業所|支局|出張所|工場|事業所|製作所.+所|事務所|店)$"),
    ("company", r"株式会社|有限会社|合同会社|合資会社|合名会社|ホールディングス|カンパニー|商事|建設$|工業$|興業$|産業$|運輸$|運送$|石油$|製薬|ストア|マート|スーパー"),
    ("prefecture", r"^(北海道|東京都|京都府|大阪府|[^市町村区]{2,3}県)$|^[^市町村区]{2,3}県知事$"),
    ("municipality", r"(市|町|村|区)$|市長$|町長$|村長$|区長$|広域連合|一部事務組合|消防組合|消防本部|企業団|事務組合|教育委員会|市役所|役場"),
)  # fmt: skip
_KINDS = tuple((kind, re.compile(pattern)) for kind, pattern in KINDS)
_OWN_BODY = re.compile(r"消防(組合|本部)|事務組合|広域連合|水道企業団")


@lru_cache(maxsize=65536)
def partner_kind(name: str) -> str:
    """The kind of partner that the name tells (a slug of the vocabulary); `other` where it tells none."""
    plain = _spelled_out(name)
    if _OWN_BODY.search(plain):
        return "municipality"
    for kind, pattern in _KINDS:
        if pattern.search(plain):
            return kind
    return "other"
