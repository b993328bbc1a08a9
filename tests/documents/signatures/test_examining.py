"""Three answers for each signature: intact, of a trusted chain, changed since; each for itself.

Run once: no signature is asked about in the database.
"""

import io
import socket
import subprocess
import sys

import pytest
from asn1crypto.crl import CertificateList
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import DocumentSecurityStore

from renkei.documents.bounded import ROOT
from renkei.documents.signatures.examining import Trusted, signatures_of, trusted_of
from renkei.documents.signatures.reading import may_be_signed, signatures_in
from renkei.documents.signatures.sentences import CHANGED, INTACT, TRUST, told
from renkei.documents.signatures.told import Changed, Intact, Signature, Trust
from tests.documents.signatures.signed_files import (
    DAY,
    NOW,
    PLAIN,
    an_identity,
    crl_of,
    signed,
    stamper_of,
    with_broken_contents,
    with_empty_field,
    with_flipped_byte,
    with_other_page,
    with_revisions,
)

AUTHORITY = an_identity("見本認証局", is_root=True)
BETWEEN = an_identity("見本中間認証局", issuer=AUTHORITY, is_root=True)
OTHER_AUTHORITY = an_identity("知らない認証局", is_root=True)
SIGNER = an_identity("見本 次郎", issuer=AUTHORITY)
STAMPER = an_identity("見本時刻局", issuer=AUTHORITY, stamps=True)
OLD = an_identity("見本 三郎", issuer=AUTHORITY, days=(-300, -1))
SIGNED = signed(PLAIN, SIGNER, AUTHORITY)
WITH_SECOND = signed(SIGNED, an_identity("見本 四郎", issuer=AUTHORITY), AUTHORITY, field="Signature2")
FORBIDDING = signed(PLAIN, SIGNER, AUTHORITY, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)


def with_store(content, crl):
    """The PDF with a list of revoked certificates appended, as for long keeping."""
    written = io.BytesIO(content)
    DocumentSecurityStore.add_dss(written, None, crls=[CertificateList.load(crl)])
    return written.getvalue()


def answers(content, tmp_path, trusted):
    kept = tmp_path / "a.pdf"
    kept.write_bytes(content)
    return [(one.intact, one.trust, one.changed) for one in signatures_of(kept, trusted)]


ROOTS = Trusted(roots=[AUTHORITY.asn1()])
GOOD = ("yes", "yes", "no")
CASES = {
    "a good one": (SIGNED, [GOOD]),
    "one through an authority between": (
        signed(PLAIN, an_identity("見本 五郎", issuer=BETWEEN), BETWEEN), [GOOD],
    ),
    "a byte altered under it": (with_flipped_byte(SIGNED, SIGNED.index(b"hito")), [("no", "yes", "no")]),
    "a page changed after it": (with_other_page(SIGNED), [("yes", "yes", "other")]),
    "a second signature after it": (WITH_SECOND, [("yes", "yes", "allowed"), GOOD]),
    "a page changed between two": (
        signed(with_other_page(SIGNED), OLD, AUTHORITY, field="Signature2"),
        [("yes", "yes", "other"), ("yes", "expired", "no")],
    ),
    "a signature where none was allowed any more": (
        signed(FORBIDDING, STAMPER, AUTHORITY, field="Signature2", is_forced=True), [("yes", "yes", "other"), GOOD],
    ),
    "an expired certificate": (signed(PLAIN, OLD, AUTHORITY), [("yes", "expired", "no")]),
    "an expired one, stamped while it held": (
        signed(PLAIN, OLD, AUTHORITY, stamper=stamper_of(STAMPER, AUTHORITY, at=NOW - 10 * DAY)), [GOOD],
    ),
    "an expired one, stamped by somebody unknown": (
        signed(
            PLAIN, OLD, AUTHORITY,
            stamper=stamper_of(an_identity("誰か", stamps=True), at=NOW - 10 * DAY),
        ),
        [("yes", "expired", "no")],
    ),
    "a certificate of tomorrow": (
        signed(PLAIN, an_identity("見本 六郎", issuer=AUTHORITY, days=(1, 9)), AUTHORITY), [("yes", "not_yet", "no")],
    ),
    "an unknown authority": (
        signed(PLAIN, an_identity("誰か", issuer=OTHER_AUTHORITY), OTHER_AUTHORITY), [("yes", "unknown", "no")],
    ),
    "a certificate made by oneself": (signed(PLAIN, an_identity("私")), [("yes", "self_signed", "no")]),
    "SHA-1": (signed(PLAIN, SIGNER, AUTHORITY, method="sha1"), [("weak", "weak", "no")]),
    "a certificate revoked in the file's own list": (
        with_store(SIGNED, crl_of(AUTHORITY, SIGNER)), [("yes", "revoked", "allowed")],
    ),
    "a list in which it is not": (with_store(SIGNED, crl_of(AUTHORITY, OLD)), [("yes", "yes", "allowed")]),
    "a broken signature": (with_broken_contents(SIGNED), [("unreadable", "unreadable", "unreadable")]),
    "a broken one beside a good one": (
        with_broken_contents(WITH_SECOND), [("no", "yes", "no"), ("unreadable", "unreadable", "unreadable")],
    ),
    "1,000 revisions after it": (with_revisions(SIGNED, 1000), [("yes", "yes", "unreadable")]),
    "an empty field": (with_empty_field(PLAIN), []),
    "no field": (PLAIN, []),
}  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), CASES.values(), ids=CASES.keys())
def test_each_signature_has_three_answers(content, expected, tmp_path):
    trusted = Trusted(roots=ROOTS.roots, others=[BETWEEN.asn1()])
    assert answers(content, tmp_path, trusted) == expected


def test_without_roots_nothing_is_said_about_the_person(tmp_path):
    assert answers(SIGNED, tmp_path, Trusted()) == [("yes", "no_roots", "no")]


def test_the_folder_holds_roots_authorities_between_and_revoked_ones(tmp_path):
    trust = tmp_path / "trust"
    trust.mkdir()
    (trust / "root.pem").write_bytes(AUTHORITY.pem() + OTHER_AUTHORITY.pem())
    (trust / "between.cer").write_bytes(BETWEEN.der())
    (trust / "README.txt").write_text("これは証明書ではありません。")
    found = trusted_of(trust)
    assert (len(found.roots), len(found.others), len(found.revoked)) == (2, 1, 0)
    (trust / "revoked.crl").write_bytes(crl_of(AUTHORITY, SIGNER))
    assert answers(SIGNED, tmp_path, trusted_of(trust)) == [("yes", "revoked", "no")]


def test_who_signed_when_and_why_is_told(tmp_path):
    kept = tmp_path / "a.pdf"
    kept.write_bytes(signed(PLAIN, SIGNER, AUTHORITY, stamper=stamper_of(STAMPER, AUTHORITY, at=NOW)))
    [one] = signatures_of(kept, ROOTS)
    assert (one.signer, one.organisation, one.issuer) == ("見本 次郎", "株式会社みどり", "見本認証局")
    assert (one.reason, one.stamped_by, one.is_stamp_trusted) == ("協定の締結", "見本時刻局", True)
    words = told(Signature.read(one.as_told()))
    assert words.title == "見本 次郎の電子署名"
    assert [answer.look for answer in words.answers] == ["good", "good", "good"]
    assert dict(words.facts)["タイムスタンプ"].endswith("見本時刻局")


def test_every_state_has_its_sentence():
    assert (set(INTACT), set(TRUST), set(CHANGED)) == (set(Intact), set(Trust), set(Changed))
    for intact in Intact:
        for trust in Trust:
            for changed in Changed:
                one = Signature("a", intact, trust, changed, valid_until=NOW.isoformat(), method="sha1")
                assert all(answer.sentence.endswith("。") and answer.word for answer in told(one).answers)
                assert "%(" not in str(told(one))


def test_a_signature_is_recognised_by_a_mark_that_cannot_be_hidden():
    assert may_be_signed(SIGNED) and not may_be_signed(PLAIN)


def test_nothing_is_fetched_though_the_certificate_names_an_address(tmp_path, settings):
    settings.TRUST = str(tmp_path)
    (tmp_path / "root.crt").write_bytes(AUTHORITY.pem())
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        signer = an_identity("見本 七郎", issuer=AUTHORITY, address=address)
        kept = tmp_path / "a.pdf"
        kept.write_bytes(signed(PLAIN, signer, AUTHORITY))
        [one] = signatures_in(kept).signatures
        with pytest.raises(BlockingIOError):
            server.accept()
    assert (one.intact, one.trust, one.changed) == GOOD


def test_the_process_that_examines_cannot_reach_any_machine():
    program = (
        "import socket; from renkei.documents.bounded import Bounds, bind; bind(Bounds());"
        "socket.create_connection(('127.0.0.1', 9), 1)"
    )
    told_of = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "Outward" in told_of.stderr


@pytest.mark.parametrize("content", [b"%PDF-1.7\n/ByteRange[", b"/ByteRange" * 200], ids=["cut", "no PDF"])
def test_what_cannot_be_examined_is_said_to_be_so(content, tmp_path):
    kept = tmp_path / "a.pdf"
    kept.write_bytes(content)
    found = signatures_in(kept)
    assert not found.signatures and "確かめられないPDFです" in found.told
