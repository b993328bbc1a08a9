"""Kinds of papers, clauses and readings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperKind(models.TextChoices):
    """The papers that a town writes around an agreement."""

    RECEIPT = "receipt", _("提案受付通知")
    INQUIRY = "inquiry", _("庁内照会")
    ANSWER = "answer", _("照会への回答")
    MINUTES = "minutes", _("協議録")
    INITIATIVES = "initiatives", _("取組事項一覧")
    AGREEMENT = "agreement", _("協定書")
    MEMORANDUM = "memorandum", _("覚書")
    AMENDMENT = "amendment", _("変更協定書")
    RENEWAL = "renewal", _("更新通知")
    ENDING = "ending", _("終了通知")
    CEREMONY = "ceremony", _("締結式次第")
    PRESS = "press", _("報道発表")
    REQUEST = "request", _("要請書")
    COVER = "cover", _("送付状")


class Subject(models.TextChoices):
    """What an agreement is about, where there is a usual text of its own."""

    COMPREHENSIVE = "comprehensive", _("包括連携")
    SUPPLIES = "supplies", _("災害時の物資供給")
    SHELTER = "shelter", _("避難所としての使用")
    REPAIRS = "repairs", _("応急復旧工事")
    WATCHING = "watching", _("見守り")
    WASTE = "waste", _("廃棄物・レジ袋")
    UNIVERSITY = "university", _("大学連携")
    MUTUAL_AID = "mutual_aid", _("自治体間相互応援")
    POLLUTION = "pollution", _("公害防止")
    RESEARCH = "research", _("共同研究")


class ClauseKind(models.TextChoices):
    """What a clause settles, in the order in which a text has them."""

    PURPOSE = "purpose", _("目的")
    DEFINITIONS = "definitions", _("用語")
    ITEMS = "items", _("連携事項")
    REQUEST = "request", _("要請")
    COOPERATION = "cooperation", _("協力の内容")
    PRICE = "price", _("価格と支払")
    USE = "use", _("施設の使用")
    WORK = "work", _("取組の実施")
    ROLES = "roles", _("役割分担")
    TALKS = "talks", _("協議・連絡")
    CONTACTS = "contacts", _("連絡責任者")
    COSTS = "costs", _("費用負担")
    COMPENSATION = "compensation", _("災害補償")
    DAMAGES = "damages", _("損害賠償")
    SECRETS = "secrets", _("秘密保持")
    PERSONAL_DATA = "personal_data", _("個人情報")
    RESULTS = "results", _("成果の帰属")
    PUBLICATION = "publication", _("公表")
    TRANSFER = "transfer", _("権利義務の譲渡")
    TERM = "term", _("有効期間")
    CHANGE = "change", _("協定の変更")
    CANCELLATION = "cancellation", _("解除")
    GANGS = "gangs", _("暴力団の排除")
    JURISDICTION = "jurisdiction", _("管轄")
    DOUBTS = "doubts", _("疑義の協議")
    OTHER = "other", _("その他")


class ReadingState(models.TextChoices):
    """How far the text of a document has been taken out."""

    READ = "read", _("本文を読み取った")
    NO_TEXT = "no_text", _("文字のない画像(スキャン)")
    REFUSED = "refused", _("読み取れない")
