"""Controlled vocabularies of the register: forms, kinds of document, fields, reasons for an ending."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Form(models.TextChoices):
    INDIVIDUAL = "individual", _("個別連携協定")
    COMPREHENSIVE = "comprehensive", _("包括連携協定")
    DISASTER = "disaster", _("災害時応援・協力協定")
    MUTUAL_AID = "mutual_aid", _("相互応援・自治体間連携協定")
    STATUTORY = "statutory", _("法定の連携")
    SCHEME = "scheme", _("参加型協定")
    WITHOUT_AGREEMENT = "without_agreement", _("協定によらない連携")


class DocumentKind(models.TextChoices):
    AGREEMENT = "agreement", _("協定書")
    BASIC_AGREEMENT = "basic_agreement", _("基本協定書")
    MEMORANDUM = "memorandum", _("覚書")
    UNDERSTANDING = "understanding", _("申合せ")
    CONFIRMATION = "confirmation", _("確認書")
    CONSENT = "consent", _("合意書")
    COMPACT = "compact", _("協約")
    DETAILED_RULES = "detailed_rules", _("実施細目")
    AMENDMENT = "amendment", _("変更協定")
    GUIDELINE = "guideline", _("要綱・要領")
    DECLARATION = "declaration", _("宣言")
    OTHER = "other", _("その他")


class RenewalKind(models.TextChoices):
    AUTOMATIC = "automatic", _("自動更新")
    BY_AGREEMENT = "by_agreement", _("協議により更新")
    UNTIL_NOTICE = "until_notice", _("通知があるまで有効")
    ASSEMBLY = "assembly", _("議会の議決による")
    NONE = "none", _("更新なし")


class StartBasis(models.TextChoices):
    STATED = "stated", _("始期が分かる")
    MONTH_END = "month_end", _("締結月だけが分かるため、その月の末日から数えます")
    YEAR_END = "year_end", _("締結年だけが分かるため、その年の末日から数えます")
    LISTED = "listed", _("締結日不明のため、台帳に載っていた日から数えます")


class EndReason(models.TextChoices):
    EXPIRED = "expired", _("期間満了")
    BY_BOTH = "by_both", _("合意による終了")
    BY_NOTICE = "by_notice", _("一方の通知")
    SUPERSEDED = "superseded", _("後継の協定")
    PARTNER_GONE = "partner_gone", _("相手方の解散・合併")
    BREACH = "breach", _("信用失墜・違反")
    FULFILLED = "fulfilled", _("目的の達成")
    SCHEME_ENDED = "scheme_ended", _("制度の廃止")
    MUNICIPAL_MERGER = "municipal_merger", _("市町村合併")
    UNKNOWN = "unknown", _("不明")


class NoticeEffect(models.TextChoices):
    """With three or more parties: whom one party's notice ends the agreement for."""

    ALL = "all", _("すべての当事者について終わる")
    PARTY = "party", _("通知した当事者についてだけ終わる")


class Decision(models.TextChoices):
    """What a person decides about the end of a term."""

    LET_RENEW = "let_renew", _("自動更新に任せる")
    RENEW = "renew", _("更新する")
    DECLINE = "decline", _("更新しない")


class Side(models.TextChoices):
    TOWN = "town", _("市")
    PARTNER = "partner", _("相手方")


class BulkFact(models.TextChoices):
    """What can be changed of many agreements at once."""

    DIVISION = "division", _("担当課")
    MAIN_FIELD = "main_field", _("主な分野")
    PUBLISHED = "is_published", _("公開")
    SERIES = "series", _("同文協定")
    FORM = "form", _("協定形態")


class RelationKind(models.TextChoices):
    AMENDS = "amends", _("変更する")
    REPLACES = "replaces", _("置き換える")
    DETAILS = "details", _("細目を定める")
    ACCEDES_TO = "accedes_to", _("参加する")
    BASED_ON = "based_on", _("基づく")


FIELDS: tuple[tuple[str, str, str], ...] = (
    ("disaster", "防災・災害対策", "Disaster"),
    ("disaster.support", "災害時応援", "Disaster support"),
    ("disaster.preparedness", "防災啓発・訓練・備え", "Preparedness"),
    ("health", "健康・医療", "Health"),
    ("health.prevention", "熱中症・感染症等の予防啓発", "Heat and infection awareness"),
    ("health.promotion", "健康づくり・検診", "Health promotion"),
    ("health.community_medicine", "地域医療", "Community medicine"),
    ("older_people", "高齢者支援", "Older people"),
    ("older_people.frailty", "介護予防・フレイル・認知症", "Frailty and dementia"),
    ("older_people.watch_over", "見守り・異変通報", "Watch-over"),
    ("older_people.digital_help", "デジタル活用支援", "Digital help"),
    ("children", "子育て・若者", "Children and youth"),
    ("education", "教育・学習・人材育成", "Education"),
    ("food", "食育・食品ロス・地産地消", "Food"),
    ("welfare", "福祉・障がい者・人権", "Welfare"),
    ("environment", "環境", "Environment"),
    ("environment.nature", "自然保全・生物多様性", "Nature and biodiversity"),
    ("environment.pollution", "公害防止・環境保全", "Pollution prevention"),
    ("environment.bags", "レジ袋削減・マイバッグ", "Bag reduction"),
    ("environment.waste", "廃棄物処理・リサイクル", "Waste and recycling"),
    ("environment.decarbonisation", "脱炭素・エネルギー", "Decarbonisation"),
    ("industry", "産業・雇用・金融", "Industry and finance"),
    ("tourism", "観光・文化・シティプロモーション", "Tourism and culture"),
    ("sports", "スポーツ", "Sports"),
    ("agriculture", "農林水産", "Agriculture"),
    ("city", "都市・交通・住まい", "City, transport and housing"),
    ("city.vacant_houses", "空家対策", "Vacant houses"),
    ("city.snow", "除雪・冬期管理", "Snow and winter"),
    ("city.greening", "緑化・美化", "Greening"),
    ("safety", "安全・防犯・交通安全", "Safety"),
    ("community", "市民協働・地域コミュニティ", "Community"),
    ("public_information", "市政情報発信・広報", "Public information"),
    ("digital", "DX・デジタル", "Digital"),
    ("regional", "移住定住・地方創生・少子化", "Regional revitalisation"),
    ("international", "国際・都市間交流", "International and twin cities"),
    ("research", "研究・調査", "Research"),
    ("research.zoo", "動物園・水族館・博物館の連携", "Zoos and museums"),
    ("donation", "寄附・社会貢献", "Donation"),
    ("fire", "消防・救急", "Fire and rescue"),
    ("utilities", "上下水道・インフラ", "Utilities"),
    ("consultation", "協議・推進体制", "Standing consultation"),
    ("other", "その他の地域活性化・市民サービス向上", "Other"),
)
FIELD_SLUGS = tuple(slug for slug, _name, _english in FIELDS)


def top_field(slug: str) -> str:
    """The upper level of a field: environment for environment.bags."""
    return slug.split(".", 1)[0]
