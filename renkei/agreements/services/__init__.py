"""What can be done with agreements: each verb is one transaction and one told event."""

from renkei.agreements.services.attach import attach
from renkei.agreements.services.end import EndRefused, end
from renkei.agreements.services.publish import PublicationRefused, publish, withdraw
from renkei.agreements.services.register import RegistrationRefused, register, register_many, unregister_many

__all__ = [
    "EndRefused",
    "PublicationRefused",
    "RegistrationRefused",
    "attach",
    "end",
    "publish",
    "register",
    "register_many",
    "unregister_many",
    "withdraw",
]
