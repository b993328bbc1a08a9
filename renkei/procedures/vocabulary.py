"""Controlled vocabularies of the signing procedure."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """The six steps of 締結の流れ (Asahikawa City, 2024), and how a procedure can end."""

    PROPOSAL = "proposal", _("提案・確認")
    COORDINATION = "coordination", _("庁内調整")
    NEGOTIATION = "negotiation", _("協議")
    DRAFTING = "drafting", _("案の作成")
    REVIEW = "review", _("内容確認・修正")
    SIGNING = "signing", _("締結")
    CONCLUDED = "concluded", _("締結済み")
    WITHOUT_AGREEMENT = "without_agreement", _("協定によらない連携")
    DECLINED = "declined", _("見送り")
    WITHDRAWN = "withdrawn", _("取下げ")


STEPS = (
    Stage.PROPOSAL,
    Stage.COORDINATION,
    Stage.NEGOTIATION,
    Stage.DRAFTING,
    Stage.REVIEW,
    Stage.SIGNING,
)
"""The steps of a running procedure, in their order."""

ENDS = (Stage.CONCLUDED, Stage.WITHOUT_AGREEMENT, Stage.DECLINED, Stage.WITHDRAWN)
CAN_BE_SWITCHED_OFF = (Stage.COORDINATION, Stage.NEGOTIATION, Stage.REVIEW)


class Kind(models.TextChoices):
    NEW = "new", _("新しい協定")
    AMENDMENT = "amendment", _("協定の変更")
    RENEWAL = "renewal", _("協議による更新")


class Source(models.TextChoices):
    COUNTER = "counter", _("窓口のページ")
    TELEPHONE = "telephone", _("電話")
    VISIT = "visit", _("来庁")
    MAIL = "mail", _("郵送・メール")
    TOWN = "town", _("市からの働きかけ")


class Verdict(models.TextChoices):
    TAKES_PART = "takes_part", _("参加する")
    UNDER_CONDITIONS = "under_conditions", _("条件付きで参加する")
    NOT = "not", _("参加しない")
    EXISTING = "existing", _("既にある事業と重なる")


class CheckAnswer(models.TextChoices):
    FINE = "fine", _("問題ない")
    PROBLEM = "problem", _("問題がある")
    NOT_CONCERNED = "not_concerned", _("当てはまらない")


class DraftKind(models.TextChoices):
    TEXT = "text", _("協定書(案)")
    INITIATIVES = "initiatives", _("取組事項(案)")


class Resolution(models.TextChoices):
    ADOPTED = "adopted", _("反映する")
    REFUSED = "refused", _("反映しない")
    ANSWERED = "answered", _("回答のみ")


class SigningMethod(models.TextChoices):
    PAPER_SEAL = "paper_seal", _("書面(記名押印)")
    PAPER_SIGNATURE = "paper_signature", _("書面(署名)")
    ELECTRONIC = "electronic", _("電子署名")
