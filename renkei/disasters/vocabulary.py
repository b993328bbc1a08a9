"""Words of disasters: what partners can do, how they are reached, how a request goes on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DisasterFunction(models.TextChoices):
    """What a partner does in a disaster (災害時機能)."""

    STAFF = "staff", _("職員・要員の派遣")
    FOOD_WATER = "food_water", _("食料・飲料水の供給")
    DAILY_GOODS = "daily_goods", _("生活物資の供給")
    MEDICINES = "medicines", _("医薬品・医療資器材の供給")
    FUEL = "fuel", _("燃料の供給")
    EQUIPMENT = "equipment", _("資機材・仮設トイレなど")
    TRANSPORT = "transport", _("輸送・物流拠点")
    MEDICAL = "medical", _("医療救護")
    WELFARE = "welfare", _("福祉支援・福祉避難所")
    SHELTER = "shelter", _("避難所・施設の提供")
    STRANDED = "stranded", _("帰宅困難者の支援")
    HOSTING = "hosting", _("被災者の広域受入れ・住宅")
    PUBLIC_INFORMATION = "public_information", _("災害広報・情報発信")
    COMMUNICATIONS = "communications", _("通信・電話・無線")
    SURVEY = "survey", _("情報収集・被災状況の調査")
    CIVIL_WORKS = "civil_works", _("応急復旧・道路啓開")
    UTILITIES = "utilities", _("電気・ガス・水道の復旧・給水")
    HOUSING = "housing", _("住家の応急修理・危険度判定")
    WASTE = "waste", _("廃棄物・し尿・がれきの処理")
    MORTUARY = "mortuary", _("遺体の安置・火葬")
    SECURITY = "security", _("警備・交通誘導")
    RESCUE = "rescue", _("消防・救助")
    VOLUNTEERS = "volunteers", _("ボランティア")
    COUNSELLING = "counselling", _("被災者の相談")
    ANIMALS = "animals", _("ペット・動物")
    PUPILS = "pupils", _("児童生徒の受入れ・教育")
    MONEY = "money", _("資金・義援金")
    INSTALLATIONS = "installations", _("平時の設置(看板・自販機など)")
    HYGIENE = "hygiene", _("入浴・理美容・衛生")
    AIR_SEA = "air_sea", _("航空・ヘリ・船舶")
    NUCLEAR = "nuclear", _("原子力・特殊災害")
    OTHER = "other", _("その他")


class Certainty(models.TextChoices):
    """What a quantity is worth: promised, a guess, or none at all ("as far as possible")."""

    GUARANTEED = "guaranteed", _("確保されている数量")
    ESTIMATED = "estimated", _("見込みの数量")
    NONE = "none", _("数量の定めなし(可能な範囲)")


class Hours(models.TextChoices):
    """When a partner can act."""

    ALWAYS = "always", _("24時間")
    OFFICE = "office", _("業務時間内だけ")
    ARRANGED = "arranged", _("時間外は相談")
    UNKNOWN = "unknown", _("不明")


class CostBearer(models.TextChoices):
    TOWN = "town", _("市が負担")
    PARTNER = "partner", _("相手方が負担")
    SHARED = "shared", _("双方で分担")
    LATER = "later", _("協議して決める")
    UNKNOWN = "unknown", _("不明")


class HowToAsk(models.TextChoices):
    """How help is asked for."""

    PHONE_FIRST = "phone_first", _("電話で要請し、後で文書")
    DOCUMENT = "document", _("文書で要請")
    BY_ITSELF = "by_itself", _("要請を待たず相手方の判断で")
    UNKNOWN = "unknown", _("不明")


class CapabilityState(models.TextChoices):
    PROPOSED = "proposed", _("案(確認待ち)")
    CURRENT = "current", _("現行")
    ENDED = "ended", _("取りやめ")


class CapabilitySource(models.TextChoices):
    CLERK = "clerk", _("職員の入力")
    PARTNER = "partner", _("相手方の回答")
    LEDGER = "ledger", _("台帳")
    TEXT = "text", _("協定の文")
    SHEET = "sheet", _("Excelからの取込み")


class HazardPosition(models.TextChoices):
    """Whether a place lies where the hazard maps expect harm."""

    OUTSIDE = "outside", _("区域の外")
    INSIDE = "inside", _("浸水・土砂などの区域の中")
    UNKNOWN = "unknown", _("未確認")


class DistrictKind(models.TextChoices):
    DISTRICT = "district", _("地区")
    SHELTER = "shelter", _("避難所")
    DEPOT = "depot", _("物資の集積所")
    OFFICE = "office", _("庁舎")


class ReachedWhen(models.TextChoices):
    """When a contact is the one to call."""

    ALWAYS = "always", _("いつでも")
    DAY = "day", _("昼間(業務時間内)")
    NIGHT = "night", _("夜間・休日")


class ChannelKind(models.TextChoices):
    MOBILE = "mobile", _("携帯電話")
    PHONE = "phone", _("電話")
    SATELLITE = "satellite", _("衛星電話")
    RADIO = "radio", _("無線")
    FAX = "fax", _("FAX")
    MAIL = "mail", _("メール")
    OTHER = "other", _("その他")


class HowVerified(models.TextChoices):
    LINK = "link", _("メールのリンク")
    PAPER = "paper", _("紙の調査票")
    TELEPHONE = "telephone", _("電話")
    TEST = "test", _("試験連絡への返事")
    CLERK = "clerk", _("職員の確認")


class CheckState(models.TextChoices):
    """How far one partner's part of the yearly check of contacts has come."""

    WAITING = "waiting", _("回答待ち")
    CONFIRMED = "confirmed", _("変更なしと回答")
    CORRECTED = "corrected", _("変更を回答")
    UNREACHABLE = "unreachable", _("連絡がつかない")


class IncidentKind(models.TextChoices):
    REAL = "real", _("災害")
    DRILL = "drill", _("訓練")


class Hazard(models.TextChoices):
    EARTHQUAKE = "earthquake", _("地震")
    FLOOD = "flood", _("洪水・浸水")
    LANDSLIDE = "landslide", _("土砂災害")
    STORM = "storm", _("台風・暴風")
    SNOW = "snow", _("大雪・暴風雪")
    TSUNAMI = "tsunami", _("津波")
    ERUPTION = "eruption", _("噴火")
    FIRE = "fire", _("大規模火災")
    OUTAGE = "outage", _("停電・断水")
    OTHER = "other", _("その他")


class Urgency(models.TextChoices):
    NOW = "now", _("すぐに")
    TODAY = "today", _("きょう中")
    LATER = "later", _("あす以降")


class NeedState(models.TextChoices):
    OPEN = "open", _("手配中")
    MET = "met", _("充足")
    DROPPED = "dropped", _("取下げ")


class StepKind(models.TextChoices):
    """What happened to a request; a request's state follows from its steps."""

    ASKED = "asked", _("要請した")
    ACCEPTED = "accepted", _("承諾の回答")
    PARTLY = "partly", _("一部なら可能との回答")
    DECLINED = "declined", _("できないとの回答")
    DEPARTED = "departed", _("出発した")
    ARRIVED = "arrived", _("到着した")
    SHORT = "short", _("不足が分かった")
    RETURNED = "returned", _("返却・撤収した")
    COST_TOLD = "cost_told", _("費用の連絡があった")
    SETTLED = "settled", _("精算した")
    CANCELLED = "cancelled", _("要請を取り消した")
    NOTE = "note", _("記録")


class RequestState(models.TextChoices):
    """Where a request stands."""

    PLANNED = "planned", _("要請前")
    ASKED = "asked", _("回答待ち")
    ACCEPTED = "accepted", _("承諾")
    PARTLY = "partly", _("一部承諾")
    DECLINED = "declined", _("不可")
    DEPARTED = "departed", _("輸送中")
    ARRIVED = "arrived", _("到着")
    SHORT = "short", _("不足")
    RETURNED = "returned", _("返却済み")
    SETTLED = "settled", _("精算済み")
    CANCELLED = "cancelled", _("取消し")


class CallOutcome(models.TextChoices):
    REACHED = "reached", _("話せた")
    NO_ANSWER = "no_answer", _("出ない")
    BUSY = "busy", _("話し中")
    MESSAGE = "message", _("伝言を残した")
    WRONG = "wrong", _("番号が違う")


class DrillState(models.TextChoices):
    PLANNED = "planned", _("予定")
    RUNNING = "running", _("実施中")
    DONE = "done", _("実施済み")
    CANCELLED = "cancelled", _("中止")


PUBLISHED_COLUMNS = (
    "職員派遣",
    "物資供給",
    "物資運搬・輸送",
    "医療救護",
    "災害広報",
    "避難収容",
    "ライフライン復旧",
    "その他",
)
"""The eight columns of the list of disaster agreements that Hokkaido's municipalities publish together."""

COLUMN_OF: dict[str, str] = {
    DisasterFunction.STAFF: "職員派遣",
    **dict.fromkeys(
        [
            DisasterFunction.FOOD_WATER,
            DisasterFunction.DAILY_GOODS,
            DisasterFunction.MEDICINES,
            DisasterFunction.FUEL,
            DisasterFunction.EQUIPMENT,
        ],
        "物資供給",
    ),
    DisasterFunction.TRANSPORT: "物資運搬・輸送",
    DisasterFunction.MEDICAL: "医療救護",
    DisasterFunction.PUBLIC_INFORMATION: "災害広報",
    **dict.fromkeys(
        [DisasterFunction.WELFARE, DisasterFunction.SHELTER, DisasterFunction.STRANDED], "避難収容"
    ),
    **dict.fromkeys([DisasterFunction.CIVIL_WORKS, DisasterFunction.UTILITIES], "ライフライン復旧"),
}


def published_column(function: str) -> str:
    """The column of the published list under which the function counts (★ of vocabulary 2.5); その他 for the rest."""
    return COLUMN_OF.get(function, "その他")
