"""The checklists of a procedure (公平性 and others): what a person found, line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.procedures import events
from renkei.procedures.models import CheckLine, Procedure
from renkei.procedures.services.claiming import ProcedureRefused, claim, refuse_ended
from renkei.procedures.vocabulary import CheckAnswer


@dataclass(frozen=True)
class Finding:
    """What was found about one line; "" where nobody has looked yet."""

    answer: str
    note: str = ""


@transaction.atomic
def check(procedure: Procedure, findings: Mapping[int, Finding], *, by: User, at: datetime) -> int:
    """Enter findings by the lines' keys; how many changed. Lines that are not named stay as they are."""
    refuse_ended(procedure)
    changed, before, after = [], [], []
    for line in procedure.checks.filter(pk__in=findings):
        found = findings[line.pk]
        _refuse_unclear(line, found)
        if (line.answer, line.note) == (found.answer, found.note.strip()):
            continue
        before.append(_told(line))
        line.answer, line.note = found.answer, found.note.strip()
        line.answered_by, line.answered_at = (by, at) if line.answer else (None, None)
        after.append(_told(line))
        changed.append(line)
    if not changed:
        return 0
    claim(procedure)
    for line in changed:
        line.save(update_fields=["answer", "note", "answered_by", "answered_at"])
    record(
        events.CHECKED,
        by,
        procedure,
        municipality=procedure.municipality,
        changes={"procedures.checkline": (before, after)},
        count=len(changed),
    )
    return len(changed)


def _refuse_unclear(line: CheckLine, found: Finding) -> None:
    if found.answer and found.answer not in CheckAnswer.values:
        raise ProcedureRefused(_("「%(line)s」の結果を選び直してください。") % {"line": line})
    if found.answer == CheckAnswer.PROBLEM and not found.note.strip():
        raise ProcedureRefused(
            _("「%(line)s」は、何が問題かを備考に書いてください。決裁に付きます。") % {"line": line}
        )


def _told(line: CheckLine) -> str:
    words = CheckAnswer(line.answer).label if line.answer else _("まだ確かめていない")
    return f"{line.text}: {words}" + (f"({line.note})" if line.note else "")
