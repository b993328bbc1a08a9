"""Procedures in domain words, without chance; say only what your test is about."""

from datetime import UTC, datetime

from django.test import Client
from django.utils import timezone

from renkei.agreements.vocabulary import Form
from renkei.correspondents.models import Correspondent
from renkei.counter.visitor import SESSION
from renkei.municipalities.models import Division, Municipality
from renkei.partners.models import Organisation
from renkei.partners.services import known_or_new
from renkei.procedures.models import Passage, Procedure, Proposal
from renkei.procedures.services import receive
from renkei.procedures.vocabulary import Source, Stage
from tests.factories import a_municipality

AT = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)
"""10:00 in Tokyo on Monday, 1 June 2026."""

TODAY = timezone.localdate(AT)


def a_correspondent(
    *,
    email: str = "hanako@example.com",
    name: str = "山田 花子",
    company: str = "見本製薬株式会社",
    organisation: Organisation | None = None,
    municipality: Municipality | None = None,
    **fields: object,
) -> Correspondent:
    """Somebody of a partner whose address was confirmed; `organisation` once the town knows the partner."""
    return Correspondent.objects.create(
        municipality=municipality or a_municipality(),
        email=email,
        name=name,
        organisation_name=company,
        organisation=organisation,
        confirmed_at=AT,
        **fields,
    )


def a_partner(name: str = "見本製薬株式会社", *, municipality: Municipality | None = None) -> Organisation:
    """A partner in the town's records."""
    key = known_or_new(municipality or a_municipality(), {name: "company"})[name]
    return Organisation.objects.get(pk=key)


def a_proposal(*, author: Correspondent | None = None, **facts: object) -> Proposal:
    """A complete proposal that is not sent yet."""
    author = author or a_correspondent()
    return Proposal.objects.create(
        municipality=author.municipality,
        author=author,
        begun_at=AT,
        saved_at=AT,
        **{
            "title": "熱中症対策などに関する連携",
            "partner_name": author.company,
            "partner_kind": "company",
            "contact_name": author.name,
            "contact_email": author.email,
            "wished_form": "comprehensive",
            "fields": ["health"],
            "purpose": "市民の健康を守る。",
            "items": ["健康の維持・増進に関すること", "災害対策に関すること"],
            "is_no_gang": True,
            "is_lawful": True,
            "is_no_charge": True,
            **facts,
        },
    )


def a_procedure(
    *,
    stage: Stage = Stage.PROPOSAL,
    author: Correspondent | None = None,
    division: Division | None = None,
    form: Form | str = "",
    at: datetime = AT,
    **facts: object,
) -> Procedure:
    """A procedure that stands in a step, as if it had come there on the day of its receipt."""
    proposal = a_proposal(author=author, **facts)
    assert proposal.author
    procedure = receive(proposal, source=Source.COUNTER, by=proposal.author, at=at)
    Procedure.objects.filter(pk=procedure.pk).update(
        stage=stage, division=division, form=form, organisation=proposal.author.organisation
    )
    Passage.objects.filter(procedure=procedure).update(stage=stage)
    return Procedure.objects.select_related("proposal", "municipality").get(pk=procedure.pk)


def visit(client: Client, visitor: Correspondent) -> Client:
    """The client as the person who has come in to the town's counter."""
    session = client.session
    towns = session.get(SESSION, {})
    session[SESSION] = {**towns, visitor.municipality.code: (visitor.public_id, visitor.standing)}
    session.save()
    return client
