"""A version is shown to the partner before a round of review: who is told, what they can get, and only once."""

import pytest
from django.test import Client
from django.urls import reverse

from renkei.procedures.models import Procedure
from renkei.procedures.vocabulary import Stage
from renkei.reminders.models import Letter
from tests.procedure_factories import a_correspondent, visit
from tests.review_factories import a_drafted_procedure

pytestmark = pytest.mark.django_db


def test_a_version_is_shown_once_with_a_letter_and_can_then_be_had_as_word(clerk):
    author = a_correspondent()
    procedure = a_drafted_procedure(author=author)
    version = procedure.versions.get(kind="text")
    partner = visit(Client(), author)
    word = reverse(
        "counter:procedure_draft_word",
        args=[author.municipality.code, procedure.public_id, version.public_id],
    )
    assert partner.get(word).status_code == 404
    address = reverse("desk:procedure_draft_show", args=[procedure.public_id, version.public_id])
    draft = reverse("desk:procedure_draft", args=[procedure.public_id, version.public_id])
    assert address in clerk.get(draft).content.decode()
    assert f"{author.name}さんに知らせます。" in clerk.get(address).content.decode()
    assert clerk.post(address, {"words": "費用の条を見てください。"}).status_code == 302
    letter = Letter.objects.get(address=author.email, subject__contains="確かめてください")
    assert "費用の条を見てください。" in letter.plain
    assert partner.get(word).status_code == 200
    assert address not in clerk.get(draft).content.decode()
    letters = Letter.objects.count()
    again = clerk.post(address, {"words": ""})
    assert (again.status_code, Letter.objects.count()) == (422, letters)
    assert "すでに相手方に見せています" in again.content.decode()


def test_no_version_is_shown_before_and_after_the_steps_of_drafts(clerk):
    procedure = a_drafted_procedure()
    version = procedure.versions.get(kind="text")
    Procedure.objects.filter(pk=procedure.pk).update(stage=Stage.SIGNING)
    address = reverse("desk:procedure_draft_show", args=[procedure.public_id, version.public_id])
    answer = clerk.post(address, {"words": ""})
    assert answer.status_code == 422
    assert "「案の作成」か「内容確認・修正」の段階" in answer.content.decode()
