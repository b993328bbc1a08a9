"""What a town has set for its procedures; where it has set nothing, what is standard."""

from renkei.municipalities.models import Municipality
from renkei.procedures.course import Course
from renkei.procedures.models import ProcedureSettings


def settings_of(municipality: Municipality) -> ProcedureSettings:
    """The town's settings, not stored where nothing was set yet."""
    stored = ProcedureSettings.objects.filter(municipality=municipality).first()
    return stored or ProcedureSettings(municipality=municipality)


def course_of(municipality: Municipality) -> Course:
    """The course of a procedure that begins now."""
    return Course.read(settings_of(municipality).course)
