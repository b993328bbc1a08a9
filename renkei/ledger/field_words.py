"""Words of ledgers and titles, and the fields of the register that they mean."""

import re
from functools import lru_cache

from renkei.agreements.vocabulary import FIELDS
from renkei.rules.cells import plain

NAMES = {slug: name for slug, name, _english in FIELDS}

SECTION_WORDS: tuple[tuple[str, str], ...] = (
    ("environment.bags", r"レジ袋|マイバッグ|マイバック"),
    ("older_people.watch_over", r"見守り|異変|見まもり"),
    ("environment.pollution", r"公害|環境保全"),
    ("environment.waste", r"廃棄物|ごみ|し尿|リサイクル|リユース|がれき|資源化"),
    ("environment.nature", r"生物多様性|自然保全|野生生物|森林|湿原"),
    ("environment.decarbonisation", r"脱炭素|エネルギー|カーボン|ゼロカーボン|太陽光|電気自動車"),
    ("city.vacant_houses", r"空家|空き家|空屋"),
    ("city.snow", r"除雪|除排雪|冬期|冬季"),
    ("city.greening", r"緑化|美化|花いっぱい"),
    ("fire", r"^消防|消防(?!団応援の店)(?:相互|応援|に関する|・|、|$)|救急|救助"),
    ("research.zoo", r"動物園|水族館|博物館|美術館"),
    ("older_people.frailty", r"介護予防|フレイル|認知症"),
    ("older_people.digital_help", r"スマホ|スマートフォン教室"),
    ("older_people", r"高齢者?|老人"),
    ("health.prevention", r"熱中症|感染症|クーリングシェルター"),
    ("health.community_medicine", r"地域医療"),
    ("health", r"健康|検診|健診|がん対策|食生活"),
    ("children", r"子育て|子ども|こども|児童|若者|青少年|保育"),
    ("education", r"教育|学習|人材育成|高校|大学(?:連携|との)|学校"),
    ("food", r"食育|食品ロス|地産地消|フードバンク"),
    ("welfare", r"福祉(?!避難)|障がい|障害者|人権|生活困窮"),
    ("industry", r"産業|雇用|金融|企業立地|創業|商工|経済"),
    ("tourism", r"観光|文化|シティプロモーション|芸術"),
    ("sports", r"スポーツ|運動"),
    ("agriculture", r"農林|農業|水産|漁業"),
    ("international", r"友好都市|姉妹都市|都市間交流"),
    ("city", r"都市|交通(?!安全|誘導)|住宅(?!.*応急)|住まい"),
    ("safety", r"安全安心|安心安全|防犯|交通安全|暴力団"),
    ("community", r"市民協働|コミュニティ|協働|自治会|地域づくり|まちづくり"),
    ("public_information", r"市政情報|広報(?!.*災害)|情報発信"),
    ("digital", r"DX|ＤＸ|デジタル|ICT|IoT"),
    ("regional", r"移住|定住|地方創生|少子化|結婚"),
    ("international", r"国際|交流と相互"),
    ("research", r"研究|調査"),
    ("donation", r"寄附|寄付|社会貢献"),
    ("utilities", r"水道|緊急連絡管|応援給水|インフラ"),
    ("disaster.preparedness", r"防災啓発|防災訓練|備え|自動販売機"),
)
DISASTER = re.compile(
    r"災害|防災|避難|帰宅困難|被災|応急|救援|地震|水害|風水害|津波|緊急輸送|救護|緊急放送|ドローン.*調査|相互応援|応援協定|相互援助"
)
DISASTER_SECTIONS = re.compile(
    r"^(?:.*(?:災害|防災|避難|帰宅困難|被災|応急|救援|相互応援|救護).*|物資.*|食料.*|飲料水|水|燃料.*|輸送.*|情報(?:発信|伝達|提供)?|"
    r"医療(?:救護|・保健)?.*|ライフライン.*|基盤整備|広報|放送.*|"
    r"職員派遣|人的支援|資機材.*|通信.*|建設.*|葬祭.*|生活必需品.*|生活物資.*|自治体(?:間|等).*|国・県.*|福祉避難所|一時退避場所)$"
)
_SECTIONS = tuple((slug, re.compile(pattern, re.IGNORECASE)) for slug, pattern in SECTION_WORDS)


@lru_cache(maxsize=4096)
def fields_of_section(words: str) -> tuple[str, ...]:
    """The fields that a category, a section row or a marked column names, by the name itself or by known words."""
    bare = plain(words)
    for slug, name in NAMES.items():
        if bare in (plain(name), slug):
            return (slug,)
    if DISASTER_SECTIONS.match(bare):
        return ("disaster.support",)
    return _by_words(bare)


def _by_words(bare: str) -> tuple[str, ...]:
    return next(((slug,) for slug, pattern in _SECTIONS if pattern.search(bare)), ())


@lru_cache(maxsize=16384)
def fields_of_title(title: str) -> tuple[str, ...]:
    """The fields that a title tells where no column does; a mark of disaster goes before everything else."""
    bare = plain(title)
    if "包括" in bare:
        return ()
    if DISASTER.search(bare):
        return ("disaster.support",)
    return _by_words(bare)


def field_names(slugs: tuple[str, ...]) -> list[str]:
    """The fields by their Japanese names."""
    return [NAMES[slug] for slug in slugs]
