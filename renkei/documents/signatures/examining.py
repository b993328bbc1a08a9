"""Examine the signatures of a PDF by pyHanko, with nothing fetched: only what the file and the trusted folder hold.

Imported by the child process only.
"""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asn1crypto import pem  # type: ignore[import-untyped]
from asn1crypto.crl import CertificateList  # type: ignore[import-untyped]
from asn1crypto.x509 import Certificate  # type: ignore[import-untyped]
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import find_cms_attribute_iter
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    EmbeddedPdfSignature,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from renkei.documents.signatures.told import Changed, Intact, Signature, Trust

WEAK = {"md2", "md5", "sha1"}
MOST_SIGNATURES = 100
MOST_REVISIONS_COMPARED = 200
TIMESTAMP = "/DocTimeStamp"
SIGNING = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)
PROBLEMS = {
    AdESIndeterminate.EXPIRED: Trust.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: Trust.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: Trust.EXPIRED,
    AdESIndeterminate.REVOKED_NO_POE: Trust.REVOKED,
    AdESIndeterminate.REVOKED_CA_NO_POE: Trust.REVOKED,
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: Trust.NOT_FOR_SIGNING,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: Trust.WEAK,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: Trust.WEAK,
}


@dataclass
class Trusted:
    """What the operator's folder holds: roots, certificates between, lists of revoked ones."""

    roots: list[Certificate] = field(default_factory=list)
    others: list[Certificate] = field(default_factory=list)
    revoked: list[CertificateList] = field(default_factory=list)


def trusted_of(folder: Path | None) -> Trusted:
    """Read .crt, .cer, .pem and .der as certificates (self-signed ones are roots) and .crl as lists of revoked ones."""
    found = Trusted()
    for path in sorted(folder.iterdir()) if folder and folder.is_dir() else []:
        kind = path.suffix.lower()
        if kind in (".crt", ".cer", ".pem", ".der"):
            for content in _unarmoured(path.read_bytes()):
                certificate = Certificate.load(content)
                (found.roots if certificate.self_issued else found.others).append(certificate)
        elif kind == ".crl":
            found.revoked += [CertificateList.load(content) for content in _unarmoured(path.read_bytes())]
    return found


def _unarmoured(content: bytes) -> list[bytes]:
    if not pem.detect(content):
        return [content]
    return [one for _kind, _headers, one in pem.unarmor(content, multiple=True)]


def signatures_of(path: Path, trusted: Trusted) -> Iterator[Signature]:
    """Each signature in the order in which they were made; raises PdfReadError for what is no PDF."""
    with path.open("rb") as file:
        reader = PdfFileReader(file, strict=False)
        if reader.encrypted:
            reader.decrypt("")
        filled = list(enumerate_sig_fields(reader, filled_status=True))[:MOST_SIGNATURES]
        told = [_told(reader, str(name), entry, trusted) for name, _value, entry in filled]
    yield from (one for _revision, one in sorted(told, key=lambda pair: pair[0]))


def _told(reader: PdfFileReader, name: str, entry: Any, trusted: Trusted) -> tuple[int, Signature]:
    """A signature with its revision; one that cannot be read says so and keeps no other from being read."""
    told, revision = Signature(field=name), int(reader.xrefs.total_revisions)
    with contextlib.suppress(Exception):
        signature = EmbeddedPdfSignature(reader, entry, name)
        certificate, revision = signature.signer_cert, signature.signed_revision
        told = replace(told, **_who(signature, certificate))
        told = replace(told, **_integrity(reader, signature, certificate))
        told = replace(told, **asyncio.run(_trust(reader, signature, trusted)))
    return revision, told


def _integrity(
    reader: PdfFileReader, signature: EmbeddedPdfSignature, certificate: Certificate
) -> dict[str, Any]:
    """Both answers about the bytes; each is left open where only it cannot be had."""
    told: dict[str, Any] = {}
    with contextlib.suppress(Exception):
        told["intact"] = _intact(signature, certificate)
    with contextlib.suppress(Exception):
        told["changed"] = _changed(reader, signature)
    return told


def _who(signature: EmbeddedPdfSignature, certificate: Certificate) -> dict[str, Any]:
    subject, issuer = certificate.subject.native, certificate.issuer.native
    claimed = signature.self_reported_timestamp
    return {
        "is_timestamp": signature.sig_object_type == TIMESTAMP,
        "signer": _one(subject, "common_name") or certificate.subject.human_friendly,
        "organisation": _one(subject, "organization_name"),
        "issuer": _one(issuer, "common_name") or _one(issuer, "organization_name"),
        "valid_until": certificate.not_valid_after.isoformat(),
        "claimed_at": claimed.isoformat() if claimed and claimed.tzinfo else "",
        "reason": str(signature.sig_object.get("/Reason", ""))[:200],
        "method": signature.signer_info["digest_algorithm"]["algorithm"].native,
    }


def _one(names: dict[str, Any], name: str) -> str:
    found = names.get(name, "")
    return " ".join(map(str, found)) if isinstance(found, list) else str(found)


def _intact(signature: EmbeddedPdfSignature, certificate: Certificate) -> Intact:
    digest = signature.compute_digest()
    if signature.sig_object_type == TIMESTAMP:
        info = signature.signed_data["encap_content_info"]["content"].parsed
        if info["message_imprint"]["hashed_message"].native != digest:
            return Intact.NO
        return Intact.YES
    same, holds = validate_sig_integrity(signature.signer_info, certificate, "data", digest)
    if not (same and holds):
        return Intact.NO
    return (
        Intact.WEAK if signature.signer_info["digest_algorithm"]["algorithm"].native in WEAK else Intact.YES
    )


def _changed(reader: PdfFileReader, signature: EmbeddedPdfSignature) -> Changed:
    """What was appended to the file after this signature."""
    later = reader.xrefs.total_revisions - 1 - signature.signed_revision
    signature.compute_integrity_info(skip_diff=later > MOST_REVISIONS_COMPARED)  # type: ignore[no-untyped-call]
    if signature.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return Changed.NO
    if signature.coverage != SignatureCoverageLevel.ENTIRE_REVISION:
        return Changed.OTHER
    if later > MOST_REVISIONS_COMPARED:
        return Changed.UNREADABLE
    found = signature.diff_result
    if not isinstance(found, DiffResult) or found.modification_level == ModificationLevel.OTHER:
        return Changed.OTHER
    allowed = signature.docmdp_level
    exceeds = allowed is not None and found.modification_level.value > allowed.value
    return Changed.OTHER if exceeds else Changed.ALLOWED


async def _trust(reader: PdfFileReader, signature: EmbeddedPdfSignature, trusted: Trusted) -> dict[str, Any]:
    if signature.sig_object_type == TIMESTAMP:
        stamp = await async_validate_pdf_timestamp(
            signature, _context(reader, signature, trusted), skip_diff=True
        )
        return {
            "trust": _answer(stamp, signature.signer_cert, trusted),
            "intact": Intact.YES if stamp.intact and stamp.valid else Intact.NO,
            **_stamp(stamp),
        }
    status = await _examined(reader, signature, trusted, None)
    told = _stamp(status.timestamp_validity)
    if told.get("is_stamp_trusted") and status.trust_problem_indic is not None:
        status = await _examined(reader, signature, trusted, datetime.fromisoformat(told["stamped_at"]))
    return {**told, "trust": _answer(status, signature.signer_cert, trusted)}


async def _examined(
    reader: PdfFileReader, signature: EmbeddedPdfSignature, trusted: Trusted, moment: datetime | None
) -> Any:
    return await async_validate_pdf_signature(
        signature,
        _context(reader, signature, trusted, moment),
        ts_validation_context=_context(reader, signature, trusted),
        key_usage_settings=SIGNING,
        skip_diff=True,
    )


def _context(
    reader: PdfFileReader, signature: EmbeddedPdfSignature, trusted: Trusted, moment: datetime | None = None
) -> ValidationContext:
    """Trust as it is set, with what the file itself brings along; as of the moment that a trusted stamp proves."""
    crls, ocsps = _embedded(signature)
    told: dict[str, Any] = {
        "trust_roots": trusted.roots,
        "other_certs": [*trusted.others, *signature.other_embedded_certs],
        "crls": [*trusted.revoked, *crls],
        "ocsps": ocsps,
        "allow_fetching": False,
        "moment": moment,
        "retroactive_revinfo": moment is not None,
    }
    try:
        return DocumentSecurityStore.read_dss(reader).as_validation_context(told)
    except (NoDSSFoundError, PdfReadError, ValueError):
        return ValidationContext(**told)


def _embedded(signature: EmbeddedPdfSignature) -> tuple[list[Any], list[Any]]:
    """Lists of revoked certificates and answers about them that the signer put beside the signature."""
    kept = list(
        find_cms_attribute_iter(signature.signer_info["signed_attrs"], "adobe_revocation_info_archival")
    )
    return [one for value in kept for one in value["crl"]], [one for value in kept for one in value["ocsp"]]


def _stamp(stamp: Any) -> dict[str, Any]:
    if stamp is None:
        return {}
    holds = bool(stamp.intact and stamp.valid)
    return {
        "stamped_at": stamp.timestamp.isoformat() if holds else "",
        "stamped_by": stamp.signing_cert.subject.native.get("common_name", ""),
        "is_stamp_trusted": holds and bool(stamp.trusted),
    }


def _answer(status: Any, certificate: Certificate, trusted: Trusted) -> Trust:
    """About the certificate alone, whatever became of the document; nothing where another key made the signature."""
    problem = PROBLEMS.get(status.trust_problem_indic, Trust.UNKNOWN)
    if not status.valid:
        return Trust.UNREADABLE
    if status.revoked:
        return Trust.REVOKED
    if status.validation_path is not None and status.trust_problem_indic is None:
        return Trust.YES
    if problem == Trust.WEAK:
        return problem
    if certificate.self_signed in ("yes", "maybe") and certificate not in trusted.roots:
        return Trust.SELF_SIGNED
    if not trusted.roots:
        return Trust.NO_ROOTS
    return Trust.NOT_YET if certificate.not_valid_before > datetime.now(UTC) else problem
