"""What both sides have agreed on: the versions of the last round, if it ended in agreement and none is newer."""

from dataclasses import dataclass

from renkei.procedures.models import DraftVersion, Procedure
from renkei.procedures.models.review import RoundOutcome
from renkei.procedures.planned import newest
from renkei.procedures.reviews import is_newest, last_round
from renkei.procedures.vocabulary import DraftKind, Stage


@dataclass(frozen=True)
class Agreed:
    """The versions of text and list that are to be signed; a list only where there is one."""

    text: DraftVersion
    initiatives: DraftVersion | None

    @property
    def digest(self) -> str:
        """The digest of the text: what the decision and the signature are about."""
        return self.text.digest


def agreed_of(procedure: Procedure) -> Agreed | None:
    """What was agreed; where the town has switched the review off, the newest versions; None before that.

    An earlier round's agreement counts no more once another round was opened or a newer version was made.
    """
    if Stage.REVIEW in procedure.steps:
        last = last_round(procedure)
        if last is None or last.outcome != RoundOutcome.AGREED or not is_newest(last):
            return None
        return Agreed(last.text, last.initiatives)
    text = newest(procedure, DraftKind.TEXT)
    return Agreed(text, newest(procedure, DraftKind.INITIATIVES)) if text else None
