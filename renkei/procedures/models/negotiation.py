"""What both sides talk about: meetings, what was agreed and what is open, questions and answers (協議)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.correspondents.models import Correspondent
from renkei.municipalities.models import Division
from renkei.municipalities.public_id import new_public_id
from renkei.procedures.models.coordination import CooperationItem
from renkei.procedures.models.drafting import PlannedInitiative
from renkei.procedures.models.procedure import Procedure


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def seen_by_partner(self) -> Self:
        """Meetings of which the partner was told, or whose minutes it was shown."""
        return self.filter(Q(invited_at__isnull=False) | Q(shared_at__isnull=False))


class Meeting(models.Model):
    """A meeting of both sides, planned or held.

    The partner sees day, place and agenda once it was invited, and the minutes once they are shared; never the internal
    notes.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="meetings")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    held_on = models.DateField(_("開く日"))
    time = models.CharField(_("時刻"), max_length=40, blank=True)
    place = models.CharField(_("場所・方法"), max_length=200, blank=True)
    agenda = models.TextField(_("議題"), blank=True)
    town_people = models.TextField(_("市の出席者"), blank=True)
    partner_people = models.TextField(_("相手方の出席者"), blank=True)
    minutes = models.TextField(_("協議の記録"), blank=True)
    internal_notes = models.TextField(_("庁内だけの記録"), blank=True)
    invited_at = models.DateTimeField(_("相手方に予定を知らせた日時"), null=True, blank=True)
    shared_at = models.DateTimeField(_("相手方に記録を見せた日時"), null=True, blank=True)
    cancelled_reason = models.TextField(_("開かなかった理由"), blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(_("記録した日時"))

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("協議の場")
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        first_line, *_rest = self.agenda.strip().splitlines() or [""]
        return first_line[:60] or self.place or str(self._meta.verbose_name)

    def is_planned_on(self, day: date) -> bool:
        """Whether it is still to be held: its day has not passed, and nothing is written about it."""
        return not self.cancelled_reason and not self.minutes and self.held_on >= day

    def lacks_minutes_on(self, day: date) -> bool:
        """Whether it was held before the day and nothing is written about it."""
        return not self.cancelled_reason and not self.minutes and self.held_on < day


class PointQuerySet(models.QuerySet["Point"]):
    def seen_by_partner(self) -> Self:
        """Points that are not the town's own."""
        return self.filter(is_internal=False)


class Point(models.Model):
    """Something that was agreed, or is open with who does it and by when."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="points")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="points",
        verbose_name=_("協議の場"),
    )
    item = models.ForeignKey(
        CooperationItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="points"
    )
    text = models.TextField(_("内容"))
    is_agreed = models.BooleanField(_("合意した"), default=False)
    owner_side = models.CharField(_("どちらが"), max_length=10, choices=Side, blank=True)
    owner_division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("担当課")
    )
    owner = models.CharField(_("誰が"), max_length=100, blank=True)
    due_on = models.DateField(_("いつまでに"), null=True, blank=True)
    settled_on = models.DateField(_("片づいた日"), null=True, blank=True)
    outcome = models.TextField(_("結果"), blank=True)
    is_internal = models.BooleanField(_("庁内だけ"), default=False)
    initiative = models.ForeignKey(
        PlannedInitiative,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("取組事項"),
    )
    written_at = models.DateTimeField(_("記録した日時"))

    objects = PointQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("協議の論点")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_agreed=True) | ~Q(owner_side=""),
                name="open_point_has_an_owner",
                violation_error_message=_("残った論点には、どちらが片づけるかを選んでください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to settle it."""
        return not self.is_agreed and self.settled_on is None

    def is_late(self, day: date) -> bool:
        """Whether it is open and its day has passed."""
        return self.is_open and self.due_on is not None and self.due_on < day


class QuestionQuerySet(models.QuerySet["Question"]):
    def waiting(self) -> Self:
        """Questions that nobody has answered and the asker has not taken back."""
        return self.filter(answered_at=None, withdrawn_at=None)


class Question(models.Model):
    """A question of one side and the answer of the other, seen by both."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="questions")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    side = models.CharField(_("尋ねた側"), max_length=10, choices=Side)
    text = models.TextField(_("質問"))
    due_on = models.DateField(_("回答の期限"), null=True, blank=True)
    asked_by_user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(
        Correspondent, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(_("尋ねた日時"))
    answer = models.TextField(_("回答"), blank=True)
    answered_by_user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_by = models.ForeignKey(
        Correspondent, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("答えた日時"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("質問")
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
