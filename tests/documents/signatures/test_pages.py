"""The state of a signed copy's signatures at the desk and at the counter, beside both digests."""

import pytest
from django.urls import reverse

from renkei.agreements.models import Agreement
from renkei.documents.models import Document
from renkei.procedures.agreed import agreed_of
from renkei.procedures.services.conclude import conclude
from renkei.procedures.services.signing import keep_signed_copy
from renkei.procedures.vocabulary import SigningMethod
from tests.documents.signatures.signed_files import PLAIN, an_identity, signed, with_flipped_byte
from tests.factories import a_division, a_user
from tests.procedure_factories import AT, visit
from tests.signing_factories import PDF, an_agreed_one, prepare

pytestmark = pytest.mark.django_db
SIGNED = signed(PLAIN, an_identity("見本 次郎"))
NOT_FOUND = "電子署名が見つかりません"


@pytest.fixture
def clerk():
    return a_user()


@pytest.fixture
def procedure(clerk):
    """In the last step, to be signed electronically; the copy holds no signature yet."""
    made = an_agreed_one(a_division(name="地域活動推進課", is_coordinating=True))
    prepare(made, clerk, method=SigningMethod.ELECTRONIC)
    return made


@pytest.fixture
def seen(client, procedure, clerk):
    def at_desk():
        client.force_login(clerk)
        return client.get(reverse("desk:procedure_signing", args=[procedure.public_id])).content.decode()

    return at_desk


def test_the_page_of_the_signing_tells_file_signature_and_agreed_text_apart(procedure, clerk, seen):
    assert NOT_FOUND in seen()
    keep_signed_copy(procedure, SIGNED, name="署名済み.pdf", by=clerk)
    shown = seen()
    assert NOT_FOUND not in shown and "見本 次郎の電子署名" in shown
    for word in ("改ざんなし", "証明書は確かめられない", "署名後の追記なし"):
        assert word in shown
    for digest in (Document.objects.last().digest, agreed_of(procedure).digest):
        assert digest in shown
    keep_signed_copy(procedure, with_flipped_byte(SIGNED, SIGNED.index(b"hito")), name="2.pdf", by=clerk)
    assert "改ざんあり" in seen() and "この文書を使わないでください" in seen()


def test_a_copy_on_paper_says_nothing_of_signatures(clerk, client):
    made = an_agreed_one(a_division(name="地域活動推進課", is_coordinating=True))
    prepare(made, clerk)
    client.force_login(clerk)
    shown = client.get(reverse("desk:procedure_signing", args=[made.public_id])).content.decode()
    assert "電子署名" not in shown and Document.objects.get().digest in shown


def test_both_sides_see_the_signatures_once_it_is_concluded(procedure, clerk, client):
    keep_signed_copy(procedure, SIGNED, name="署名済み.pdf", by=clerk)
    visit(client, procedure.proposal.author)
    page = reverse("counter:procedure_signing", args=["012041", procedure.public_id])
    assert "見本 次郎" not in client.get(page).content.decode()
    conclude(procedure, by=clerk, at=AT)
    assert "見本 次郎の電子署名" in client.get(page).content.decode()
    client.force_login(clerk)
    agreement = reverse("desk:agreement", args=[Agreement.objects.get().public_id])
    assert "見本 次郎の電子署名" in client.get(agreement).content.decode()


def test_a_town_whose_certificate_cannot_seal_is_told_before_the_conclusion(
    procedure, clerk, seen, settings, tmp_path
):
    settings.SEALS = str(tmp_path)
    (tmp_path / "012041.p12").write_bytes(b"no certificate")
    (tmp_path / "012041.password").write_text("secret")
    keep_signed_copy(procedure, PDF, name="署名済み.pdf", by=clerk)
    assert "パスワードで開けません" in seen()
    conclude(procedure, by=clerk, at=AT)
    assert Agreement.objects.get().attachments.count() == 2
