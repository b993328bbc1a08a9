"""What came back as a Word file with true tracked changes: who proposed what, and what the town says to it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from renkei.documents.contents import AgreementText
from renkei.documents.word.redline import redline_word
from renkei.documents.word.remarks import SaidBeside
from renkei.documents.word.tracks import By, Hand, instant
from renkei.procedures.comparing import compared_texts
from renkei.procedures.models import ReturnedDraft
from renkei.procedures.returning import SENT_AS
from renkei.rules.redline import Difference


def redline_of(returned: ReturnedDraft, *, with_decisions: bool = True) -> bytes:
    """The file: every change that came back with its author, the comments, and the town's decisions as comments."""
    sent, came = AgreementText.read(returned.version.content), AgreementText.read(returned.content)
    return redline_word(
        [one.difference for one in compared_texts(sent, came).clauses],
        old=sent,
        new=came,
        town=returned.procedure.municipality.name,
        by=_hands(returned),
        remarks=list(_said(returned, with_decisions=with_decisions)),
        properties={SENT_AS: returned.version.public_id},
    )


def _hands(returned: ReturnedDraft) -> By:
    """Who made a change; what no program recorded is whoever brought the file."""
    single, at = {}, instant(returned.received_at)
    for one in returned.changes.all():
        single[one.clause, one.part, one.place] = "、".join(one.authors) or returned.maker

    def by(told: Difference, part: str, place: int) -> Hand:
        key = told.new_key or told.old_key
        ways = ((key, part, place), (key, "whole", 0), (key, "", 0))
        return Hand(next((single[way] for way in ways if way in single), returned.maker), at)

    return by


def _said(returned: ReturnedDraft, *, with_decisions: bool) -> Iterator[SaidBeside]:
    town = returned.procedure.municipality.name
    first, place = 0, -1
    for remark in returned.remarks.all():
        place += 1
        first = first if remark.is_reply else place
        answers = first if remark.is_reply else None
        yield SaidBeside(remark.clause, remark.author, remark.text, remark.written_at, answers)
        if remark.answer and with_decisions:
            place += 1
            yield SaidBeside(remark.clause, town, remark.answer, answers=first)
    for change in returned.changes.all() if with_decisions else ():
        if change.resolution:
            facts = {"number": change.position + 1, "resolution": change.get_resolution_display()}
            words = _("修正%(number)s: %(resolution)s") % facts
            yield SaidBeside(change.clause, town, "\n".join(part for part in (words, change.answer) if part))
