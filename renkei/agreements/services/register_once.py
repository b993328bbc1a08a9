"""Registering what a form says, once, however often the form is sent."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.comparing import text_facts
from renkei.agreements.facts import AgreementFacts
from renkei.agreements.models import Agreement
from renkei.agreements.services.register import RegistrationRefused, register
from renkei.municipalities.models import Municipality


class AlreadyRegistered(RegistrationRefused):
    """From this form another agreement was registered before; str() says what to do."""

    def __init__(self, agreement: Agreement) -> None:
        super().__init__(
            _(
                "この画面からは「%(title)s」を登録済みです。"
                "別の協定として登録するときは、もう一度「登録する」を押してください。"
            )
            % {"title": agreement.title}
        )
        self.agreement = agreement


def register_once(facts: AgreementFacts, *, municipality: Municipality, actor: User | None) -> Agreement:
    """Register under the facts' public id; sent again it gives the agreement that is there, and tells nothing."""
    mine = Agreement.objects.of(municipality).filter(public_id=facts.public_id)
    if known := mine.first():
        return _the_same(known, facts)
    try:
        with transaction.atomic():
            return register(facts, municipality=municipality, actor=actor)
    except IntegrityError:
        # Somebody pressed twice, and the other of the two was a moment earlier.
        if known := mine.first():
            return _the_same(known, facts)
        raise


def _the_same(known: Agreement, facts: AgreementFacts) -> Agreement:
    there = text_facts(known)
    names = tuple(party.name for party in there.parties)
    if (there.title, there.signed, names) != (
        facts.title,
        facts.signed,
        tuple(party.name for party in facts.parties),
    ):
        raise AlreadyRegistered(known)
    return known
