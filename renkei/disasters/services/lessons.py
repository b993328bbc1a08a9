"""What was learned from an incident, and what somebody makes of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.disasters import events
from renkei.disasters.models import Incident, Lesson
from renkei.disasters.refusals import IncidentRefused
from renkei.disasters.services.known import known_in
from renkei.municipalities.models import Division
from renkei.municipalities.public_id import new_public_id

LONGEST_TOLD = 60


@dataclass(frozen=True)
class LessonFacts:
    """What was learned, and what who does about it until when (inclusive)."""

    text: str
    task: str = ""
    division: Division | None = None
    due_on: date | None = None


@transaction.atomic
def write_lesson(incident: Incident, facts: LessonFacts, *, actor: User, public_id: str = "") -> Lesson:
    """Keep a lesson; with a task it stands on the division's page of the day. Sent again it gives what is there."""
    public_id = public_id or new_public_id()
    if known := known_in(Lesson.objects.all(), public_id, lambda one: one.incident_id == incident.pk):
        return known
    if not facts.text.strip():
        raise IncidentRefused(_("分かったことを書いてください。"))
    if facts.task.strip() and facts.division is None:
        raise IncidentRefused(_("だれがするかが分かるように、担当課を選んでください。"))
    if facts.division is not None and facts.division.municipality_id != incident.municipality_id:
        raise IncidentRefused(_("ほかの自治体の課です。選び直してください。"))
    lesson = Lesson.objects.create(incident=incident, public_id=public_id, written_by=actor, **vars(facts))
    _tell(events.LESSON_WRITTEN, lesson, actor)
    return lesson


@transaction.atomic
def settle_lesson(lesson: Lesson, outcome: str, *, actor: User, at: datetime) -> Lesson:
    """Say that it is done and what came of it; of two people who say so at once, the first is kept."""
    if not outcome.strip():
        raise IncidentRefused(_("どう片づいたかを、ひとこと書いてください。"))
    open_one = Lesson.objects.filter(pk=lesson.pk, done_on=None)
    if not open_one.update(done_on=timezone.localdate(at), outcome=outcome.strip()):
        raise IncidentRefused(_("ほかの人が先に、片づいたことにしました。画面を読み直してください。"))
    lesson.refresh_from_db()
    _tell(events.LESSON_SETTLED, lesson, actor)
    return lesson


def _tell(event: Event, lesson: Lesson, actor: User) -> None:
    incident = lesson.incident
    record(event, actor, incident, municipality=incident.municipality, what=lesson.text[:LONGEST_TOLD])
