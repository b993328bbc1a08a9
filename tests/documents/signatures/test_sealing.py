"""A town seals the papers that it makes; whatever is wrong with its certificate, the paper is still had."""

import io

import pypdfium2
import pytest
from django.core.checks import run_checks
from django.core.management import call_command

from renkei.documents.models import Document, SignatureReport
from renkei.documents.paper import Paper, paper
from renkei.documents.services import keep
from renkei.documents.signatures.examining import Trusted, signatures_of
from renkei.documents.signatures.reports import report_of
from renkei.documents.signatures.sealing import LOOK, sealed_if_wanted, why_not_sealed
from renkei.documents.tasks import check_signatures
from renkei.municipalities.models import Municipality
from tests.documents.signatures.signed_files import PLAIN, an_identity, signed
from tests.documents.test_keeping import PDF
from tests.factories import a_municipality

AUTHORITY = an_identity("見本認証局", is_root=True)
TOWN = an_identity("みどり市長", issuer=AUTHORITY)
SIGNER = an_identity("見本 次郎", issuer=AUTHORITY)
PASSWORD = "a-test-password"


@pytest.fixture
def town():
    return Municipality(code="012041", name="みどり市")


def put(folder, identity, password=PASSWORD, mode=0o600):
    for name, content in (
        ("012041.p12", identity.p12(PASSWORD)),
        ("012041.password", f"{password}\n".encode()),
    ):
        (folder / name).write_bytes(content)
        (folder / name).chmod(mode)


def faults():
    """What the start-up checks say of roots and seals."""
    ours = {"renkei.E020", "renkei.W021", "renkei.E022", "renkei.W023", "renkei.W024"}
    return {message.id for message in run_checks()} & ours


def made_paper():
    return paper(LOOK, {"town": "みどり市", "line": "見本の文書"})


def test_a_paper_is_sealed_and_what_stood_in_it_stands_there_unaltered(town, tmp_path, settings):
    settings.SEALS = str(tmp_path)
    plain = made_paper()
    assert sealed_if_wanted(plain, town) == plain
    put(tmp_path, TOWN)
    sealed = sealed_if_wanted(plain, town)
    assert sealed.content.startswith(plain.content) and why_not_sealed(town) is None
    kept = tmp_path / "sealed.pdf"
    kept.write_bytes(sealed.content)
    [one] = signatures_of(kept, Trusted(roots=[AUTHORITY.asn1()]))
    assert (one.intact, one.trust, one.changed, one.signer) == ("yes", "yes", "no", "みどり市長")
    assert b"<pdfaid:part>2</pdfaid:part>" in sealed.content
    assert [page.get_size() for page in pypdfium2.PdfDocument(io.BytesIO(sealed.content))] == [(190, 30)]
    assert not faults()


EXPIRED = an_identity("みどり市長", issuer=AUTHORITY, days=(-300, -1))


@pytest.mark.parametrize(
    ("identity", "password", "sentence"),
    [
        pytest.param(TOWN, "wrong", "パスワードで開けません", id="wrong password"),
        pytest.param(EXPIRED, PASSWORD, "有効期間", id="expired"),
    ],
)
def test_a_seal_that_cannot_be_set_is_told_and_the_paper_is_still_had(
    identity, password, sentence, town, tmp_path, settings
):
    settings.SEALS = str(tmp_path)
    put(tmp_path, identity, password)
    assert sealed_if_wanted(Paper(PLAIN), town) == Paper(PLAIN)
    assert sentence in why_not_sealed(town)
    assert faults() == {"renkei.W024"}


def test_the_operator_is_told_of_files_that_others_can_read_and_of_folders_that_are_not_there(
    tmp_path, settings
):
    settings.SEALS = str(tmp_path)
    put(tmp_path, TOWN, mode=0o644)
    assert faults() == {"renkei.W023"}
    (tmp_path / "012041.password").unlink()
    assert "renkei.W024" in faults()
    settings.SEALS, settings.TRUST = "", str(tmp_path / "none")
    assert faults() == {"renkei.E020"}
    (tmp_path / "none").mkdir()
    assert faults() == {"renkei.W021"}
    (tmp_path / "none" / "root.crt").write_bytes(AUTHORITY.der())
    assert not faults()


@pytest.mark.django_db
def test_signatures_are_examined_after_keeping_and_again_when_the_roots_change(tmp_path, settings, capsys):
    settings.TRUST = ""
    document = keep(signed(PLAIN, SIGNER, AUTHORITY), name="署名済み.pdf", municipality=a_municipality())
    keep(PDF, name="紙.pdf", municipality=document.municipality)
    assert check_signatures.name == "check_signatures"
    check_signatures.call(document.pk)
    [one] = SignatureReport.objects.get().in_words
    assert [answer.look for answer in one.answers] == ["good", "unclear", "good"]
    assert "登録されていない" in one.answers[1].sentence
    settings.TRUST = str(tmp_path)
    (tmp_path / "root.crt").write_bytes(AUTHORITY.pem())
    call_command("signatures_check")
    assert "PDF 2件を調べました。電子署名のあるものは1件です。" in capsys.readouterr().out
    [one] = SignatureReport.objects.get().in_words
    assert [answer.look for answer in one.answers] == ["good", "good", "good"]


@pytest.mark.django_db
def test_what_nobody_examined_is_examined_when_it_is_first_looked_at():
    document = keep(signed(PLAIN, SIGNER), name="署名済み.pdf", municipality=a_municipality())
    assert report_of(document).signatures == report_of(Document.objects.get()).signatures != []
    unsigned = keep(PDF, name="紙.pdf", municipality=document.municipality)
    assert report_of(unsigned).signatures == []


@pytest.mark.django_db
def test_a_file_that_is_gone_is_told_and_breaks_no_page():
    document = keep(PDF, name="紙.pdf", municipality=a_municipality())
    document.content.storage.delete(document.content.name)
    assert "見つからない" in report_of(document).told
