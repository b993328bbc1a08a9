"""What is told of an electronic signature: three answers, apart from each other, and who signed when."""

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any


class Intact(StrEnum):
    """Whether the bytes under the signature are those that were signed."""

    YES = "yes"
    NO = "no"
    WEAK = "weak"
    UNREADABLE = "unreadable"


class Trust(StrEnum):
    """Whether the signer's certificate leads to a root that the operator trusts."""

    YES = "yes"
    NO_ROOTS = "no_roots"
    UNKNOWN = "unknown"
    SELF_SIGNED = "self_signed"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    REVOKED = "revoked"
    NOT_FOR_SIGNING = "not_for_signing"
    WEAK = "weak"
    UNREADABLE = "unreadable"


class Changed(StrEnum):
    """What became of the document after the signature."""

    NO = "no"
    ALLOWED = "allowed"
    OTHER = "other"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Signature:
    """One signature of a PDF; days and times in ISO 8601, empty where the signature does not say."""

    field: str
    intact: str = Intact.UNREADABLE
    trust: str = Trust.UNREADABLE
    changed: str = Changed.UNREADABLE
    is_timestamp: bool = False
    signer: str = ""
    organisation: str = ""
    issuer: str = ""
    valid_until: str = ""
    claimed_at: str = ""
    stamped_at: str = ""
    stamped_by: str = ""
    is_stamp_trusted: bool = False
    reason: str = ""
    method: str = ""

    def as_told(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)

    @classmethod
    def read(cls, told: dict[str, Any]) -> "Signature":
        """From what is stored; what an older version did not store is empty."""
        return cls(**{one.name: told[one.name] for one in fields(cls) if one.name in told})
