"""The town's identity provider by SAML 2.0, where it speaks no OpenID Connect: signed answers only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from onelogin.saml2.auth import OneLogin_Saml2_Auth


class SamlRefused(ValueError):
    """The answer does not hold; str() is for the operator."""


@dataclass(frozen=True)
class Told:
    """Whom the provider names, and to which question that is the answer."""

    name: str
    question: str


@dataclass(frozen=True)
class Here:
    """Our own addresses, as the provider knows them."""

    is_https: bool
    host: str
    path: str
    metadata: str
    answers: str


def is_configured() -> bool:
    """Whether the settings name a SAML provider."""
    return bool(settings.SAML["sign_on"])


def question(here: Here) -> tuple[str, str]:
    """Where the browser is sent, and the id of the question."""
    auth = _auth(here, {})
    place = auth.login(return_to=here.answers)
    return str(place), str(auth.get_last_request_id())


def told_by(here: Here, posted: Mapping[str, str]) -> Told:
    """Whom the provider's answer names: signed by the provider, for us, for now, and to a question of ours."""
    from onelogin.saml2.errors import OneLogin_Saml2_Error

    auth = _auth(here, posted)
    try:
        auth.process_response()
    except (OneLogin_Saml2_Error, ValueError, SyntaxError) as wrong:  # SyntaxError: no XML
        raise SamlRefused(str(wrong)) from wrong
    if auth.get_errors() or not auth.is_authenticated():
        raise SamlRefused(f"{auth.get_errors()}: {auth.get_last_error_reason()}")
    answered = auth.get_last_response_in_response_to()
    wanted = settings.SAML["attribute"]
    found = (auth.get_attribute(wanted) or [""])[0] if wanted else auth.get_nameid()
    if not found or not answered:
        raise SamlRefused("The answer names nobody, or answers no question.")
    if _questions_signed(auth) != {answered}:
        raise SamlRefused("What is signed answers another question than what is around it.")
    return Told(str(found), str(answered))


def _questions_signed(auth: "OneLogin_Saml2_Auth") -> set[str]:
    """Which questions the assertion answers: only that part is signed, and it may have been put into another answer."""
    from onelogin.saml2.xml_utils import OneLogin_Saml2_XML

    document = OneLogin_Saml2_XML.to_etree(auth.get_last_response_xml())
    confirmed = OneLogin_Saml2_XML.query(document, "//saml:Assertion//saml:SubjectConfirmationData")
    return {str(one.get("InResponseTo", "")) for one in confirmed}


def metadata(here: Here) -> bytes:
    """Our own description, to be given to the provider."""
    from onelogin.saml2.settings import OneLogin_Saml2_Settings

    ours = OneLogin_Saml2_Settings(_settings(here), sp_validation_only=True)
    found = ours.get_sp_metadata()
    if wrong := ours.validate_metadata(found):
        raise SamlRefused(", ".join(wrong))
    return found if isinstance(found, bytes) else str(found).encode()


def _auth(here: Here, posted: Mapping[str, str]) -> "OneLogin_Saml2_Auth":
    from onelogin.saml2.auth import OneLogin_Saml2_Auth

    asked = {
        "https": "on" if here.is_https else "off", "http_host": here.host, "script_name": here.path,
        "get_data": {}, "post_data": dict(posted),
    }  # fmt: skip
    return OneLogin_Saml2_Auth(asked, old_settings=_settings(here))


def _settings(here: Here) -> dict[str, Any]:
    from onelogin.saml2.constants import OneLogin_Saml2_Constants

    theirs = settings.SAML
    return {
        "strict": True,
        "sp": {
            "entityId": here.metadata,
            "assertionConsumerService": {
                "url": here.answers,
                "binding": OneLogin_Saml2_Constants.BINDING_HTTP_POST,
            },
            "NameIDFormat": OneLogin_Saml2_Constants.NAMEID_UNSPECIFIED,
        },
        "idp": {
            "entityId": theirs["entity"],
            "singleSignOnService": {
                "url": theirs["sign_on"],
                "binding": OneLogin_Saml2_Constants.BINDING_HTTP_REDIRECT,
            },
            "x509cert": theirs["certificate"],
        },
        "security": {
            "wantAssertionsSigned": True,
            "rejectDeprecatedAlgorithm": True,
            "requestedAuthnContext": False,
            "allowSingleLabelDomains": True,  # inside a town hall a host may have one word
            "wantNameId": not theirs["attribute"],
            "wantAttributeStatement": bool(theirs["attribute"]),
            "rejectUnsolicitedResponsesWithInResponseTo": False,
        },
    }
