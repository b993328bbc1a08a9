"""Agreements of Asahikawa that published lists name, each with its source, and the example of the town's own text."""

from datetime import date

from renkei.agreements.facts import AgreementFacts, PartyFacts
from renkei.agreements.vocabulary import DocumentKind, Form
from renkei.demo.town import FURANO_LIST, RETAIL_NEWS, SEED, ZOO_LIST
from renkei.partners.models import PartnerKind
from renkei.rules.japanese_calendar import PartialDay

LISTED = date(2024, 6, 1)
TOWN = PartyFacts("旭川市", letter="甲", is_town=True)

ZOO_PARTNERS = (
    (
        "酪農学園大学", PartnerKind.UNIVERSITY, "旭川市と酪農学園大学の包括的な連携と協力に関する協定",
        "あさひかわしとらくのうがくえんだいがくのほうかつてきなれんけいときょうりょくにかんするきょうてい",
        "2011-09",
        "野生生物の共同調査・研究と環境教育で連携し、北海道とアジアの生物多様性の保全に役立てる。",
    ),
    (
        "財団法人知床財団", PartnerKind.NPO, "知床財団と旭川市旭山動物園の包括的な連携と協力に関する協定書",
        "しれとこざいだんとあさひかわしあさひやまどうぶつえんのほうかつてきなれんけいときょうりょくにかんするきょうていしょ",
        "2011-02",
        "共同の事業により、野生生物の調査研究と環境教育を進める。",
    ),
    (
        "マレーシア・サバ州野生生物局", PartnerKind.FOREIGN,
        "生物多様性保全に関するマレーシア国サバ州野生生物局と旭川市旭山動物園との合意書",
        "せいぶつたようせいほぜんにかんするまれーしあこくさばしゅうやせいせいぶつきょくとあさひかわしあさひやまどうぶつえんとのごういしょ",
        "2010-02",
        "「ボルネオへの恩返しプロジェクト」に参加し、協力する。",
    ),
    (
        "台湾・台北市立動物園", PartnerKind.FOREIGN, "台北市立動物園と旭川市旭山動物園の連携と協力に関する協定",
        "たいぺいしりつどうぶつえんとあさひかわしあさひやまどうぶつえんのれんけいときょうりょくにかんするきょうてい",
        "2015-09",
        "続く協力の関係を築き、生物多様性の保全に共に取り組む。",
    ),
)  # fmt: skip

DOHOKU_CITIES = ("留萌市", "稚内市", "芦別市", "紋別市", "士別市", "名寄市", "富良野市")

EXAMPLE_ITEMS = (
    "健康の維持・増進に関すること",
    "高齢者支援に関すること",
    "子どもの学習支援に関すること",
    "食育の推進に関すること",
    "災害対策に関すること",
    "その他，地域の活性化及び市民サービスの向上に関すること",
)
EXAMPLE_FIELDS = ("health", "older_people", "children", "food", "disaster", "consultation")
EXAMPLE_ID = "ex0000000001"


def published_facts(divisions: dict[str, int]) -> list[AgreementFacts]:
    """Seven agreements: four of the zoo, one with a retailer, one among cities, and the example of the text."""
    return [
        *_zoo(divisions["zoo"]),
        _retailer(divisions["disaster"]),
        _cities(divisions["disaster"]),
        _example(divisions),
    ]


def _zoo(division: int) -> list[AgreementFacts]:
    return [
        AgreementFacts(
            title=title,
            title_kana=kana,
            parties=(TOWN, PartyFacts(name, kind=kind, letter="乙")),
            listed_on=LISTED,
            signed=PartialDay.from_iso(signed),
            document_kind=DocumentKind.CONSENT if "合意書" in title else DocumentKind.AGREEMENT,
            purpose=purpose,
            fields=("research.zoo", "environment.nature"),
            main_field="research.zoo",
            division_id=division,
            is_published=True,
            source=ZOO_LIST,
            public_id=f"zs{number:010}",
        )
        for number, (name, kind, title, kana, signed, purpose) in enumerate(ZOO_PARTNERS, start=1)
    ]


def _retailer(division: int) -> AgreementFacts:
    return AgreementFacts(
        title="災害時における物資の供給に関する協定",
        title_kana="さいがいじにおけるぶっしのきょうきゅうにかんするきょうてい",
        parties=(TOWN, PartyFacts("株式会社サッポロドラッグストアー", kind=PartnerKind.COMPANY, letter="乙")),
        listed_on=LISTED,
        signed=PartialDay(2016, 2),
        fields=("disaster.support",),
        main_field="disaster.support",
        division_id=division,
        is_published=True,
        source=RETAIL_NEWS,
        public_id="rt0000000001",
    )


def _cities(division: int) -> AgreementFacts:
    others = tuple(PartyFacts(name, kind=PartnerKind.MUNICIPALITY) for name in DOHOKU_CITIES)
    return AgreementFacts(
        title="災害時における道北市長会構成市相互の応援に関する覚書",
        title_kana="さいがいじにおけるどうほくしちょうかいこうせいしそうごのおうえんにかんするおぼえがき",
        parties=(PartyFacts("旭川市", is_town=True), *others),
        listed_on=LISTED,
        signed=PartialDay(2013, 4, 8),
        form=Form.MUTUAL_AID,
        document_kind=DocumentKind.MEMORANDUM,
        fields=("disaster.support",),
        main_field="disaster.support",
        division_id=division,
        is_published=True,
        source=FURANO_LIST,
        public_id="dh0000000001",
    )


def _example(divisions: dict[str, int]) -> AgreementFacts:
    return AgreementFacts(
        title="旭川市と見本製薬株式会社との包括連携協定",
        title_kana="あさひかわしとみほんせいやくかぶしきがいしゃとのほうかつれんけいきょうてい",
        parties=(TOWN, PartyFacts("見本製薬株式会社", kind=PartnerKind.COMPANY, letter="乙")),
        listed_on=LISTED,
        signed=PartialDay(2024, 3, 27),
        form=Form.COMPREHENSIVE,
        purpose="市民の健康の維持・増進をはじめ、幅広い分野で連携し、地域の活性化と市民サービスの向上を図る。",
        fields=EXAMPLE_FIELDS,
        items=EXAMPLE_ITEMS,
        division_id=divisions["coordination"],
        is_published=True,
        is_sample=True,
        source=f"{SEED}の例による見本",
        public_id=EXAMPLE_ID,
    )
