"""Words of the work under agreements: states, kinds of results, what a campaign is told, what an evaluation says."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InitiativeState(models.TextChoices):
    IDEA = "idea", _("検討中")
    PLANNED = "planned", _("予定")
    RUNNING = "running", _("実施中")
    PAUSED = "paused", _("休止中")
    ENDED = "ended", _("終了")


class ResultKind(models.TextChoices):
    EVENT = "event", _("講座・催し")
    GOODS = "goods", _("物品・資材の提供")
    INFORMATION = "information", _("情報発信・啓発")
    PEOPLE = "people", _("人の派遣")
    MONEY = "money", _("寄附・費用の負担")
    PLACE = "place", _("場所・設備の提供")
    SERVICE = "service", _("見守り・相談などの活動")
    OTHER = "other", _("その他")


class ResultState(models.TextChoices):
    REPORTED = "reported", _("確認待ち")
    CONFIRMED = "confirmed", _("確認済み")
    SENT_BACK = "sent_back", _("差戻し")
    WITHDRAWN = "withdrawn", _("取消し")


class Publicity(models.TextChoices):
    """What is to be seen by everyone is approved first."""

    INTERNAL = "internal", _("庁内")
    PROPOSED = "proposed", _("公開の承認待ち")
    PUBLISHED = "published", _("公開")


class LineAnswer(models.TextChoices):
    """What was answered to one line of a campaign."""

    WAITING = "waiting", _("未回答")
    RESULTS = "results", _("実績あり")
    NOTHING = "nothing", _("実績なし")


class Verdict(models.TextChoices):
    CONTINUE = "continue", _("続ける")
    IMPROVE = "improve", _("見直して続ける")
    END = "end", _("終える")


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("予定")
    HELD = "held", _("開催済み")
    CANCELLED = "cancelled", _("中止")
