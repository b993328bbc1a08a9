"""Which agreements are for disasters: by their form or field, or because a partner does something in one."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from renkei.agreements.models import Agreement, AgreementField, AgreementQuerySet
from renkei.agreements.vocabulary import Form
from renkei.disasters.models import Capability
from renkei.disasters.vocabulary import CapabilityState
from renkei.municipalities.models import Municipality

FORMS = (Form.DISASTER, Form.MUTUAL_AID)
FIELDS = ("disaster", "disaster.support", "fire")


def for_disasters(municipality: Municipality, day: date) -> AgreementQuerySet:
    """The town's agreements in force on the day under which help may be asked for, each once.

    A comprehensive agreement is one of them as soon as it has a capability, as its line about disasters says.
    """
    fields = AgreementField.objects.filter(agreement=OuterRef("pk"), field__slug__in=FIELDS)
    does = Capability.objects.exclude(state=CapabilityState.ENDED).filter(agreement=OuterRef("pk"))
    found: AgreementQuerySet = (
        Agreement.objects.of(municipality)
        .in_force_on(day)
        .filter(Q(form__in=FORMS) | Exists(fields) | Exists(does))
    )
    return found
