"""Showing concluded agreements to everyone on the day that both sides have planned."""

from datetime import date
from typing import Any

from django.db import transaction

from renkei.agreements.services import publish
from renkei.audit.services import record
from renkei.municipalities.models import Municipality
from renkei.procedures import events
from renkei.procedures.models import Procedure
from renkei.procedures.vocabulary import Kind, Stage


def publish_on_their_day(sender: Any, municipality: Municipality, day: date, **kwargs: Any) -> None:
    """Publish what was to be published by the day; done again it changes nothing.

    Once only: an agreement that a person has taken off the site afterwards stays off it.
    """
    waiting = Procedure.objects.of(municipality).filter(
        kind=Kind.NEW,
        stage=Stage.CONCLUDED,
        signing_plan__publishes_on__lte=day,
        signing_plan__is_published=False,
    )
    for procedure in waiting.select_related("agreement", "signing_plan"):
        _publish(procedure)


@transaction.atomic
def _publish(procedure: Procedure) -> None:
    plan = procedure.signing_plan
    if not type(plan).objects.filter(pk=plan.pk, is_published=False).update(is_published=True):
        return
    assert procedure.agreement
    if procedure.agreement.is_published:
        return
    publish(procedure.agreement, actor=None)
    record(events.PUBLISHED_ON_ITS_DAY, None, procedure, municipality=procedure.municipality)
