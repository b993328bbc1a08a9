"""Setting how the town runs its procedures; those that have begun keep what was set then."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Form
from renkei.audit.services import record
from renkei.municipalities.models import Municipality
from renkei.procedures import events
from renkei.procedures.course import Course
from renkei.procedures.models import ProcedureSettings
from renkei.procedures.services.claiming import ChangedMeanwhile, ProcedureRefused
from renkei.procedures.settings import settings_of
from renkei.procedures.vocabulary import CAN_BE_SWITCHED_OFF, STEPS, Kind, Stage

LONGEST = 365
MOST_LINES = 30
LONGEST_LINE = 300


@transaction.atomic
def arrange(
    municipality: Municipality, *, course: Course, wanted: str, takes_proposals: bool, seen: int, by: User
) -> ProcedureSettings:
    """Set it for procedures that begin from now on; `seen` is the version that the person saw, or 0."""
    _refuse(course)
    before = settings_of(municipality)
    facts = {"course": course.as_told(), "wanted": wanted.strip(), "takes_proposals": takes_proposals}
    told = {name: (getattr(before, name), facts[name]) for name in ("wanted", "takes_proposals")}
    told["course"] = (_in_words(Course.read(before.course)), _in_words(course))
    changes = {f"procedures.proceduresettings.{name}": two for name, two in told.items() if two[0] != two[1]}
    after = _written(municipality, facts, seen)
    if changes:
        record(events.ARRANGED, by, after, municipality=municipality, changes=changes)
    return after


def _written(municipality: Municipality, facts: dict[str, object], seen: int) -> ProcedureSettings:
    if not seen:
        try:
            with transaction.atomic():
                return ProcedureSettings.objects.create(municipality=municipality, **facts)
        except IntegrityError:
            raise ChangedMeanwhile from None
    mine = ProcedureSettings.objects.filter(municipality=municipality)
    if not mine.filter(version=seen).update(**facts, version=seen + 1):
        raise ChangedMeanwhile
    return mine.get()


def _in_words(course: Course) -> list[str]:
    """The course as lines that a person reads in the log."""
    words = {one.value: one.label for one in (*Form, *Kind)}
    days = [
        _("%(step)sの目安: %(days)s日") % {"step": step.label, "days": course.targets[step]}
        for step in STEPS
        if step in course.targets
    ]
    off = [
        _("%(of)sは%(step)sを省く") % {"of": words.get(name, name), "step": Stage(stage).label}
        for name, stages in sorted(course.off.items())
        for stage in stages
    ]
    lines = [f"{Stage(stage).label}: {line}" for stage, told in course.checks.items() for line in told]
    return [*days, _("庁内照会の回答: %(days)s日") % {"days": course.answer_days}, *off, *lines]


def _refuse(course: Course) -> None:
    if any(stage not in CAN_BE_SWITCHED_OFF for stages in course.off.values() for stage in stages):
        raise ProcedureRefused(_("省けるのは、庁内調整・協議・内容確認の段階だけです。"))
    days = [*course.targets.values(), course.answer_days]
    if any(not 1 <= one <= LONGEST for one in days) or set(course.targets) - set(STEPS):
        raise ProcedureRefused(
            _("日数は1から%(longest)sまでの数を入れてください。例: 14") % {"longest": LONGEST}
        )
    for lines in course.checks.values():
        if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
            raise ProcedureRefused(
                _("点検の項目は、一つの段階に%(most)s行まで、一行%(longest)s字までにしてください。")
                % {"most": MOST_LINES, "longest": LONGEST_LINE}
            )
