"""What partners will do in a disaster, whom to call, and what was asked and answered."""

from renkei.disasters.models.book import DisasterBook
from renkei.disasters.models.capability import Capability, District, SupplyPlace
from renkei.disasters.models.contact import ContactChannel, EmergencyContact, TestMessage
from renkei.disasters.models.contact_campaign import CheckCall, ContactCampaign, ContactCheck
from renkei.disasters.models.drill import Drill, Scenario, ScenarioNeed
from renkei.disasters.models.help_request import Call, HelpRequest, Step
from renkei.disasters.models.incident import Incident, IncidentNote, Need
from renkei.disasters.models.readiness import ReadinessDay
from renkei.disasters.models.shift import Lesson, ShiftHandover, UnplacedRecord

__all__ = [
    "Call",
    "Capability",
    "CheckCall",
    "ContactCampaign",
    "ContactChannel",
    "ContactCheck",
    "DisasterBook",
    "District",
    "Drill",
    "EmergencyContact",
    "HelpRequest",
    "Incident",
    "IncidentNote",
    "Lesson",
    "Need",
    "ReadinessDay",
    "Scenario",
    "ScenarioNeed",
    "ShiftHandover",
    "Step",
    "SupplyPlace",
    "TestMessage",
    "UnplacedRecord",
]
