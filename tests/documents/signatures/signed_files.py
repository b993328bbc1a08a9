"""PDFs signed by pyHanko with certificates of our own: good ones, and ones with one thing wrong."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.documents.hostile_files import pdf

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
NOWHERE = "http://127.0.0.1:9/revoked.crl"
"""Where issued certificates say that they are revoked: nobody answers there."""
SUBSCRIBER = {"digital_signature": True, "content_commitment": True}


@dataclass(frozen=True)
class Identity:
    """A key and its certificate."""

    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    certificate: x509.Certificate

    def der(self):
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def pem(self):
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def asn1(self):
        return asn1_x509.Certificate.load(self.der())

    def asn1_key(self):
        packed = self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return keys.PrivateKeyInfo.load(packed)

    def p12(self, password):
        sealed = serialization.BestAvailableEncryption(password.encode())
        return pkcs12.serialize_key_and_certificates(b"town", self.key, self.certificate, None, sealed)


def name_of(common, organisation="株式会社みどり"):
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def an_identity(common, *, issuer=None, days=(-30, 365), is_root=False, stamps=False, address=""):
    """An identity issued by another, or by itself."""
    key = rsa.generate_private_key(65537, 2048) if stamps else ec.generate_private_key(ec.SECP256R1())
    told = x509.CertificateBuilder().subject_name(name_of(common)).public_key(key.public_key())
    told = told.issuer_name(issuer.certificate.subject if issuer else name_of(common))
    told = told.serial_number(x509.random_serial_number())
    told = told.not_valid_before(NOW + days[0] * DAY).not_valid_after(NOW + days[1] * DAY)
    told = told.add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
    usage = dict.fromkeys(
        (
            "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
            "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
        ),
        False,
    )  # fmt: skip
    usage |= {"key_cert_sign": True, "crl_sign": True} if is_root else SUBSCRIBER
    told = told.add_extension(x509.KeyUsage(**usage), critical=True)
    told = told.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    if issuer:
        by = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
        told = told.add_extension(by, critical=False)
    if stamps:
        told = told.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    if issuer:
        place = x509.UniformResourceIdentifier(address or NOWHERE)
        point = x509.DistributionPoint([place], None, None, None)
        told = told.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        access = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, place)
        told = told.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
    return Identity(key, told.sign((issuer.key if issuer else key), hashes.SHA256()))


def crl_of(root, *revoked):
    """The root's list of revoked certificates, as DER."""
    told = x509.CertificateRevocationListBuilder().issuer_name(root.certificate.subject)
    told = told.last_update(NOW - DAY).next_update(NOW + 30 * DAY)
    for one in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(one.certificate.serial_number)
        told = told.add_revoked_certificate(entry.revocation_date(NOW - 2 * DAY).build())
    by = x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key())
    told = told.add_extension(by, critical=False).add_extension(x509.CRLNumber(1), critical=False)
    return told.sign(root.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def signer_of(identity, *chain):
    kept = SimpleCertificateStore()
    kept.register_multiple([one.asn1() for one in chain])
    return SimpleSigner(identity.asn1(), identity.asn1_key(), kept)


def stamper_of(identity, *chain, at=None):
    kept = SimpleCertificateStore()
    kept.register_multiple([one.asn1() for one in chain])
    return DummyTimeStamper(identity.asn1(), identity.asn1_key(), certs_to_embed=kept, fixed_dt=at)


def signed(
    content, identity, *chain, field="Signature1", method="sha256", stamper=None, is_forced=False, **told
):
    """The PDF with a further signature; a forced one is made though an earlier one forbids it."""
    metadata = PdfSignatureMetadata(
        field_name=field, md_algorithm=method, subfilter=SigSeedSubFilter.PADES, reason="協定の締結", **told
    )
    made = PdfSigner(metadata, signer_of(identity, *chain), timestamper=stamper)
    if is_forced:
        made._enforce_certification_constraints = lambda _reader: None
    return made.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content))).getvalue()


def with_empty_field(content, field="Signature1"):
    """The PDF with a field in which nobody has signed."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    append_signature_field(writer, SigFieldSpec(field))
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def with_other_page(content):
    """The PDF with its page made half as high, in a revision of its own."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0]
    page[generic.pdf_name("/MediaBox")] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 421)))
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def with_revisions(content, count):
    """The PDF with as many revisions that say nothing new, appended by hand."""
    for _ in range(count):
        start = int(content.rsplit(b"startxref\n", 1)[1].split(b"\n", 1)[0])
        more = b"xref\n0 0\ntrailer<</Size 99/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
        content += more % (start, len(content))
    return content


def with_flipped_byte(content, place):
    """The PDF with one letter of it altered, its length as before."""
    changed = bytearray(content)
    changed[place] ^= 1
    return bytes(changed)


def with_broken_contents(content):
    """The PDF, the signature itself overwritten with zeros."""
    start = content.index(b"/Contents <") + len(b"/Contents <")
    end = content.index(b">", start)
    return content[:start] + b"0" * (end - start) + content[end:]


PLAIN = pdf(b"<</Length 20>>stream\n(hito ni tsuite)   Tj\nendstream")
