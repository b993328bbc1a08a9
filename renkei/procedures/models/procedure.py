"""A procedure: the road from a proposal to a signature, and its way through the steps."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Form
from renkei.correspondents.models import Correspondent
from renkei.municipalities.claiming import claimed
from renkei.municipalities.divisions import Lineage
from renkei.municipalities.models import Division, Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.partners.models import Organisation
from renkei.procedures.course import Course
from renkei.procedures.vocabulary import ENDS, STEPS, Kind, Source, Stage
from renkei.rules.japanese_calendar import fiscal_year_name


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    def of(self, municipality: Municipality) -> Self:
        """Procedures of one municipality."""
        return self.filter(municipality=municipality)

    def seen_by(self, correspondent: Correspondent) -> Self:
        """What a partner's person sees: procedures in which they take part, and those of their confirmed partner."""
        mine = Q(
            Exists(
                Participant.objects.filter(
                    procedure=OuterRef("pk"), correspondent=correspondent, left_at=None
                )
            )
        )
        if partner := correspondent.partner:
            mine |= Q(organisation=partner) | Q(organisation__merged_into=partner)
        return self.filter(mine, municipality=correspondent.municipality_id)

    def about(self, agreement: Agreement) -> Self:
        """Procedures that led to the agreement, changed it or renewed it."""
        return self.filter(agreement=agreement)

    def running(self) -> Self:
        """Procedures that have not ended."""
        return self.exclude(stage__in=ENDS)

    def claim(self, procedure: "Procedure") -> bool:
        """Take the record for a change if nobody changed it since it was read; True if it is ours."""
        return claimed(self, procedure)


class Procedure(models.Model):
    """The road to one signature, for a new agreement, an amendment, or a renewal by agreement.

    `course` is what the town's settings said when it began: steps, target days, checklist. `division` is the window.
    `partner_name` is what the proposal says; `organisation` is set once staff know who that is.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(_("手続の種類"), max_length=12, choices=Kind, default=Kind.NEW)
    number_year = models.PositiveSmallIntegerField(_("受付の年度"))
    number = models.PositiveIntegerField(_("受付番号"))
    title = models.CharField(_("件名"), max_length=400)
    partner_name = models.CharField(_("提案者の名称"), max_length=300)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("相手方"),
    )
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("協定")
    )
    form = models.CharField(_("協定形態"), max_length=20, choices=Form, blank=True)
    main_field = models.CharField(_("主な分野"), max_length=50, blank=True)
    fields = models.JSONField(_("分野"), default=list, blank=True)
    division = models.ForeignKey(
        Division,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("窓口の課"),
    )
    window_reason = models.TextField(_("窓口を決めた理由"), blank=True)
    source = models.CharField(_("受付の方法"), max_length=12, choices=Source, default=Source.COUNTER)
    stage = models.CharField(_("段階"), max_length=20, choices=Stage, default=Stage.PROPOSAL)
    stage_since = models.DateField(_("この段階に入った日"))
    opened_on = models.DateField(_("受付日"))
    closed_on = models.DateField(_("終わった日"), null=True, blank=True)
    held_since = models.DateField(_("保留した日"), null=True, blank=True)
    held_until = models.DateField(_("保留の期限"), null=True, blank=True)
    held_reason = models.TextField(_("保留の理由"), blank=True)
    held_days = models.PositiveIntegerField(_("この段階で保留にした日数"), default=0)
    course = models.JSONField(_("手続の形"), default=dict)
    is_sample = models.BooleanField(_("見本"), default=False)
    version = models.PositiveIntegerField(default=1)

    lineage: "Lineage | None" = None
    """The town's divisions, where they were read once for many procedures; no column."""

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("締結手続")
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "number_year", "number"], name="procedure_number_once"
            ),
        ]
        indexes = [models.Index(fields=["municipality", "stage"], name="procedure_stage")]

    def __str__(self) -> str:
        return self.title

    @property
    def was_read_together(self) -> bool:
        """Whether all that the steps look at was read before, with that of other procedures."""
        return self.lineage is not None

    @property
    def receipt(self) -> str:
        """The receipt number: 令和6年度 受付第12号."""
        return gettext("%(year)s 受付第%(number)s号") % {
            "year": fiscal_year_name(self.number_year),
            "number": self.number,
        }

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.stage not in ENDS

    @property
    def is_held(self) -> bool:
        """Whether somebody has put it on hold."""
        return self.held_since is not None

    @property
    def its_course(self) -> Course:
        """Steps, target days and checklist lines, as the settings said when it began."""
        return Course.read(self.course)

    @property
    def steps(self) -> list[Stage]:
        """The steps that this procedure goes through, in their order; all until its form is decided.

        A step in which it stands is one of them, also where a form decided since would leave it out.
        """
        off = set(self.its_course.switched_off(self.kind, self.form)) - {self.stage}
        return [stage for stage in STEPS if stage not in off]

    @property
    def stage_due_on(self) -> date | None:
        """The day by which the present step should be done, later by the days on hold; None without a target."""
        days = self.its_course.targets.get(self.stage)
        return self.stage_since + timedelta(days + self.held_days) if days and self.is_running else None


class Participant(models.Model):
    """Somebody of the partner who takes part in a procedure; one of them leads for the partner."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="participants")
    correspondent = models.ForeignKey(
        Correspondent, on_delete=models.PROTECT, related_name="+", verbose_name=_("相手方の担当者")
    )
    is_lead = models.BooleanField(_("主な担当者"), default=False)
    joined_at = models.DateTimeField(_("加わった日時"))
    left_at = models.DateTimeField(_("外れた日時"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("手続の参加者")
        ordering = ["joined_at"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "correspondent"], name="participant_once"),
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(is_lead=True, left_at=None),
                name="participant_one_lead",
                violation_error_message=_(
                    "主な担当者は一人だけです。先に、いまの主な担当者から引き継いでください。"
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.correspondent)


class Passage(models.Model):
    """A stay of a procedure in one step, from a first to a last day; durations are measured from these.

    `held_days` are days on hold within it, which are not counted as its duration. `move` is how it was left.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="passages")
    stage = models.CharField(_("段階"), max_length=20, choices=Stage)
    entered_on = models.DateField(_("入った日"))
    left_on = models.DateField(_("出た日"), null=True, blank=True)
    held_days = models.PositiveIntegerField(_("保留の日数"), default=0)
    move = models.CharField(_("進み方"), max_length=20, blank=True)
    reason = models.TextField(_("理由"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("段階の経過")
        ordering = ["entered_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(left_on=None), name="passage_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("entered_on")),
                name="passage_ends_on_or_after_it_begins",
                violation_error_message=_(
                    "段階を出た日は、入った日と同じ日か、それより後の日にしてください。"
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(Stage(self.stage).label)

    @property
    def days(self) -> int | None:
        """How many days it stayed, days on hold left out; None while it still stays."""
        return (self.left_on - self.entered_on).days - self.held_days if self.left_on else None


class Reminded(models.Model):
    """That somebody was reminded of one awaited thing, on its approach or in a week of its being late: once each."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="reminded")
    thing = models.CharField(_("待っていること"), max_length=100)
    occasion = models.CharField(_("知らせた時期"), max_length=20)
    on = models.DateField(_("知らせた日"))

    class Meta:
        verbose_name = verbose_name_plural = _("手続の督促")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "thing", "occasion"], name="reminded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.occasion}"
