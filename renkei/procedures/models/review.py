"""Rounds of checking drafts: who must agree, what they say clause by clause, and what becomes of it (内容確認・修正)."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.correspondents.models import Correspondent
from renkei.municipalities.models import Division
from renkei.municipalities.public_id import new_public_id
from renkei.procedures.models.drafting import DraftVersion
from renkei.procedures.models.procedure import Procedure
from renkei.procedures.vocabulary import Resolution


class RoundOutcome(models.TextChoices):
    AGREED = "agreed", _("全員が同じ版に同意した")
    REVISED = "revised", _("修正することにした")
    CANCELLED = "cancelled", _("取りやめた")


class ReviewRound(models.Model):
    """One round about one version of the text and, where there is one, of the list of initiatives.

    Whoever writes anything in a round first raises its `version`: of two who write at once, one waits for the other.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="rounds")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    number = models.PositiveSmallIntegerField(_("回"))
    text = models.ForeignKey(
        DraftVersion, on_delete=models.PROTECT, related_name="+", verbose_name=_("協定書(案)")
    )
    initiatives = models.ForeignKey(
        DraftVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("取組事項(案)"),
    )
    message = models.TextField(_("確認する人への文"), blank=True)
    due_on = models.DateField(_("確認の期限"))
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(_("始めた日時"))
    closed_at = models.DateTimeField(_("終えた日時"), null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(_("結果"), max_length=12, choices=RoundOutcome, blank=True)
    reason = models.TextField(_("終えた理由"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = verbose_name_plural = _("確認の回")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="review_round_once"),
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(closed_at=None), name="review_one_round_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return gettext("第%(number)s回の確認") % {"number": self.number}

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.closed_at is None

    @property
    def versions(self) -> list[DraftVersion]:
        """What is checked: the text, and the list where there is one."""
        return [self.text, self.initiatives] if self.initiatives else [self.text]

    @property
    def digests(self) -> list[str]:
        """The digests of what is checked; an acceptance is of exactly these."""
        return [one.digest for one in self.versions]


class Reviewer(models.Model):
    """Somebody who is asked to check: a person or division of the town for a matter (法規 …), or the partner's person.

    Acceptance is of digests: of exactly the versions that were accepted. `name` is a partner's person who does not
    come to the counter: the window writes down what it heard, and in `heard`, how.
    """

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="reviewers")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    side = models.CharField(_("どちらの側"), max_length=10, choices=Side)
    matter = models.CharField(_("確認すること"), max_length=60, blank=True)
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("職員")
    )
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("課")
    )
    correspondent = models.ForeignKey(
        Correspondent,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("相手方の担当者"),
    )
    name = models.CharField(_("窓口のページを使わない人"), max_length=60, blank=True)
    is_required = models.BooleanField(_("同意が必要"), default=True)
    accepted_at = models.DateTimeField(_("同意した日時"), null=True, blank=True)
    accepted_digests = models.JSONField(_("同意した版"), default=list, blank=True)
    accepted_by = models.CharField(_("同意した人"), max_length=100, blank=True)
    heard = models.CharField(_("同意を聞いた方法"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("確認する人")
        ordering = ["side", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "correspondent"], name="reviewer_asked_once_in_a_round"),
        ]

    def __str__(self) -> str:
        return str(self.user.name if self.user else self.division or self.correspondent or self.name)


class CommentQuerySet(models.QuerySet["Comment"]):
    def open_to_partner(self) -> Self:
        """What the partner sees."""
        return self.filter(is_internal=False)

    def unresolved(self) -> Self:
        """Those of which nobody has said yet what becomes of them."""
        return self.filter(resolution="")

    def adopted(self) -> Self:
        """Those that the next version is to take up."""
        return self.filter(resolution=Resolution.ADOPTED)


class Comment(models.Model):
    """What a reviewer says about a clause, with the wording they propose; resolved one by one.

    An internal comment is seen by the town alone. `proposed` is the clause's whole wording as the reviewer would have
    it; `taken` is the wording with which it is adopted, empty where the next version is worded by hand.
    """

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="comments")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    version = models.ForeignKey(
        DraftVersion, on_delete=models.PROTECT, related_name="+", verbose_name=_("案の版")
    )
    clause = models.CharField(_("条"), max_length=400, blank=True)
    side = models.CharField(_("どちらの側"), max_length=10, choices=Side)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    correspondent = models.ForeignKey(
        Correspondent, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("意見"))
    proposed = models.TextField(_("修正の案"), blank=True)
    is_internal = models.BooleanField(_("庁内だけ"), default=False)
    made_at = models.DateTimeField(_("書いた日時"))
    resolution = models.CharField(_("扱い"), max_length=12, choices=Resolution, blank=True)
    taken = models.TextField(_("反映する文"), blank=True)
    answer = models.TextField(_("回答"), blank=True)
    resolved_by = models.CharField(_("扱いを決めた人"), max_length=100, blank=True)
    resolved_at = models.DateTimeField(_("扱いを決めた日時"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("意見")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(side=Side.PARTNER, is_internal=True),
                name="partner_comments_are_open",
                violation_error_message=_("相手方の意見を庁内だけにはできません。"),
            ),
            models.CheckConstraint(
                condition=~Q(resolution__in=[Resolution.REFUSED, Resolution.ANSWERED]) | ~Q(answer=""),
                name="refusal_and_answer_have_words",
                violation_error_message=_("反映しないときは理由を、回答のみのときは回答を書いてください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_adopted(self) -> bool:
        """Whether the next version is to take it up."""
        return self.resolution == Resolution.ADOPTED
