"""Clerks say who comes to the counter for a partner."""

import pytest
from django.urls import reverse

from renkei.correspondents.models import Correspondent
from renkei.procedures.models import Procedure
from tests.factories import a_municipality
from tests.procedure_factories import a_correspondent, a_partner, a_procedure

pytestmark = pytest.mark.django_db


def test_a_clerk_accepts_makes_responsible_ends_and_gives_back(clerk):
    partner = a_partner()
    procedure = a_procedure(author=a_correspondent())
    page = reverse("desk:partner_people", args=[partner.public_id])
    assert "山田 花子" not in clerk.get(page).content.decode(), (
        "only people of this partner's procedures wait"
    )
    Procedure.objects.filter(pk=procedure.pk).update(organisation=partner)
    assert "認めるのを待っている人" in clerk.get(page).content.decode()
    person, second = (
        procedure.proposal.author,
        a_correspondent(email="jiro@example.com", organisation=partner),
    )
    for act, whom, then in (
        ("accept", person, {"organisation_id": partner.pk, "is_responsible": True}),
        ("responsible", second, {"is_responsible": True}),
        ("close", second, {"is_responsible": False}),
        ("restore", second, {"closed_at": None}),
    ):
        assert clerk.post(page, {"act": act, "person": whom.public_id}, follow=True).status_code == 200
        whom.refresh_from_db()
        assert {name: getattr(whom, name) for name in then} == then, act
    person.refresh_from_db()
    assert not person.is_responsible


def test_nobody_else_can_be_named(clerk):
    page = reverse("desk:partner_people", args=[a_partner().public_id])
    elsewhere = a_correspondent(municipality=a_municipality("011002"))
    rival = a_correspondent(email="rival@example.com", organisation=a_partner("別の株式会社"))
    unknown = a_correspondent(email="alone@example.com")
    for whom in (elsewhere, rival, unknown):
        assert clerk.post(page, {"act": "accept", "person": whom.public_id}).status_code == 404
    assert clerk.post(page, {"act": "destroy", "person": rival.public_id}).status_code == 422
    assert not Correspondent.objects.exclude(closed_at=None).exists()
