"""Regular meetings of a town and its partners (定例協議): planned, invited, held, with what follows from them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Side
from renkei.correspondents.models import Correspondent
from renkei.initiatives.models.initiative import Initiative
from renkei.initiatives.vocabulary import MeetingState
from renkei.municipalities.claiming import claimed
from renkei.municipalities.models import Division, Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.partners.models import Organisation


class RegularMeetingQuerySet(models.QuerySet["RegularMeeting"]):
    def of(self, municipality: Municipality) -> Self:
        """Meetings of one municipality."""
        return self.filter(municipality=municipality)

    def about(self, agreement: Agreement) -> Self:
        """Those at which an agreement is talked about."""
        return self.filter(agreements=agreement)

    def coming(self, day: date) -> Self:
        """Planned for the day or later, the next one first."""
        return self.filter(state=MeetingState.PLANNED, held_on__gte=day).order_by(
            "held_on", "begins_at", "pk"
        )

    def unrecorded(self, day: date) -> Self:
        """Those whose day has passed and of which nobody has said what came of them, the oldest first."""
        return self.filter(state=MeetingState.PLANNED, held_on__lt=day).order_by("held_on", "pk")

    def seen_by(self, visitor: Correspondent) -> Self:
        """Those to which the visitor's organisation was invited, or whose minutes were shared with it."""
        if visitor.partner is None:
            return self.none()
        partner = visitor.partner
        theirs = Attendee.objects.filter(
            Q(organisation=partner) | Q(organisation__merged_into=partner), meeting=OuterRef("pk")
        )
        told = self.filter(Q(invited_at__isnull=False) | Q(shared_at__isnull=False))
        return told.filter(Exists(theirs), municipality=visitor.municipality)

    def claim(self, meeting: "RegularMeeting") -> bool:
        """Take the record for a change if nobody changed it since it was read; True if it is ours."""
        return claimed(self, meeting)


class RegularMeeting(models.Model):
    """A meeting about one or several agreements, with one or several partners at once.

    Partners see day, time, place and agenda once they are invited, the minutes once they are shared; never the internal
    notes. `sequence` rises with each change of which invited people were told (RFC 5545).
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    title = models.CharField(_("会議の名称"), max_length=200)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("担当課")
    )
    agreements = models.ManyToManyField(Agreement, related_name="+", verbose_name=_("協定"))
    held_on = models.DateField(_("開く日"))
    begins_at = models.TimeField(_("始まる時刻"), null=True, blank=True)
    ends_at = models.TimeField(_("終わる時刻"), null=True, blank=True)
    place = models.CharField(_("場所・方法"), max_length=200, blank=True)
    agenda = models.TextField(_("議題"), blank=True)
    state = models.CharField(_("状態"), max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    cancelled_reason = models.TextField(_("中止の理由"), blank=True)
    minutes = models.TextField(_("会議の記録"), blank=True)
    internal_notes = models.TextField(_("庁内だけの記録"), blank=True)
    invited_at = models.DateTimeField(_("案内した日時"), null=True, blank=True)
    shared_at = models.DateTimeField(_("記録を相手方に見せた日時"), null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    repeats_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_sample = models.BooleanField(_("見本"), default=False)
    # Of which waiting the division was last reminded: the day and the week after it.
    reminded = models.CharField(max_length=40, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = RegularMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("定例協議")
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["municipality", "held_on"], name="regular_meeting_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(begins_at__isnull=False, ends_at__gt=F("begins_at")),
                name="regular_meeting_ends_after_it_begins",
                violation_error_message=_("終わる時刻は、始まる時刻より後にしてください。"),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def hours(self) -> str:
        """14:00から15:30まで; "" where no time is set."""
        if self.begins_at is None:
            return ""
        begins = f"{self.begins_at:%H:%M}"
        if self.ends_at is None:
            return gettext("%(begins)sから") % {"begins": begins}
        return gettext("%(begins)sから%(ends)sまで") % {"begins": begins, "ends": f"{self.ends_at:%H:%M}"}

    def is_coming(self, day: date) -> bool:
        """Whether it is still to be held."""
        return self.state == MeetingState.PLANNED and self.held_on >= day

    def is_unrecorded(self, day: date) -> bool:
        """Whether its day has passed and nobody has said what came of it."""
        return self.state == MeetingState.PLANNED and self.held_on < day


class AttendeeQuerySet(models.QuerySet["Attendee"]):
    def of_town(self) -> Self:
        """The town's own people."""
        return self.filter(side=Side.TOWN)

    def of_partners(self) -> Self:
        """The partners' people."""
        return self.filter(side=Side.PARTNER)


class Attendee(models.Model):
    """Somebody who is invited to a regular meeting, of the town or of a partner, and whether they came."""

    meeting = models.ForeignKey(RegularMeeting, on_delete=models.CASCADE, related_name="attendees")
    side = models.CharField(_("どちらの"), max_length=10, choices=Side)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    correspondent = models.ForeignKey(Correspondent, on_delete=models.SET_NULL, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("氏名"), max_length=100)
    email = models.EmailField(_("メールアドレス"), blank=True)
    # What the person said at the counter before the meeting.
    comes = models.BooleanField(_("出席の返事"), null=True)
    came = models.BooleanField(_("出席した"), null=True)

    objects = AttendeeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("出席者")
        ordering = ["side", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Where letters to the person go now; "" for somebody without an address, or whose access was ended."""
        if self.user is not None:
            return self.user.email if self.user.is_active else ""
        if self.correspondent is not None:
            return "" if self.correspondent.closed_at else self.correspondent.email
        return self.email

    @property
    def whose(self) -> Organisation | None:
        """The partner whose person it is, as it stands after mergers."""
        return (self.organisation.merged_into or self.organisation) if self.organisation else None


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def of(self, municipality: Municipality) -> Self:
        """What was taken on at meetings of one municipality."""
        return self.filter(meeting__municipality=municipality)

    def open(self) -> Self:
        """What nobody has settled, the most urgent first."""
        return self.filter(done_on=None).order_by(F("due_on").asc(nulls_last=True), "pk")

    def seen_by(self, visitor: Correspondent) -> Self:
        """What the visitor's organisation took on at meetings whose minutes were shared with it."""
        if visitor.partner is None:
            return self.none()
        theirs = Q(organisation=visitor.partner) | Q(organisation__merged_into=visitor.partner)
        shared = RegularMeeting.objects.seen_by(visitor).exclude(shared_at=None)
        return self.filter(theirs, side=Side.PARTNER, meeting__in=shared)


class FollowUp(models.Model):
    """What somebody takes on at a regular meeting, and by when."""

    meeting = models.ForeignKey(RegularMeeting, on_delete=models.CASCADE, related_name="follow_ups")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    text = models.TextField(_("すること"))
    side = models.CharField(_("どちらが"), max_length=10, choices=Side)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("担当課")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("相手方"),
    )
    initiative = models.ForeignKey(
        Initiative, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("取組")
    )
    due_on = models.DateField(_("いつまでに"), null=True, blank=True)
    done_on = models.DateField(_("片づいた日"), null=True, blank=True)
    outcome = models.TextField(_("結果"), blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    settled_by_partner = models.ForeignKey(
        Correspondent, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # Of which occasion somebody was last reminded: its day, near or a week late.
    reminded = models.CharField(max_length=40, blank=True, editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("会議で決めたこと")
        ordering = ["done_on", "due_on", "pk"]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def whose(self) -> str:
        """Who takes it on, in words: the division or the partner, else the side."""
        named = self.division if self.side == Side.TOWN else self.organisation
        return str(named or Side(self.side).label)

    def is_late(self, day: date) -> bool:
        """Whether its day has passed and it is not settled."""
        return self.done_on is None and self.due_on is not None and self.due_on < day
