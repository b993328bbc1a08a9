"""What is said about a call to a partner."""

from dataclasses import dataclass

from renkei.disasters.models import EmergencyContact, HelpRequest, Need
from renkei.disasters.vocabulary import CallOutcome
from renkei.partners.models import Organisation


@dataclass(frozen=True)
class CallFacts:
    """Whom, on which number, and how it ended; a request brings its need with it."""

    organisation: Organisation
    outcome: CallOutcome
    need: Need | None = None
    request: HelpRequest | None = None
    contact: EmergencyContact | None = None
    called: str = ""
    spoke_with: str = ""
    note: str = ""
