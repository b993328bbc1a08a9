"""Signing in by SAML: our description is served; only an answer that the provider signed for us, now, lets in."""

import base64
import re
import zlib
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.test import Client
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from renkei.accounts.models import User

pytestmark = pytest.mark.django_db

PROVIDER = "https://idp.example.jp/saml"
OURS = "http://testserver/desk/sign-in/saml/"
ANSWER = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
 xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="r1" Version="2.0" IssueInstant="{now}"
 Destination="{ours}answer/" InResponseTo="{question}"><saml:Issuer>{provider}</saml:Issuer>
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
<saml:Assertion ID="a1" Version="2.0" IssueInstant="{now}"><saml:Issuer>{provider}</saml:Issuer>
<saml:Subject><saml:NameID>{name}</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
<saml:SubjectConfirmationData NotOnOrAfter="{until}" Recipient="{ours}answer/"{confirms}/>
</saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{since}" NotOnOrAfter="{until}"><saml:AudienceRestriction>
<saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
<saml:AuthnStatement AuthnInstant="{now}" SessionIndex="s1"><saml:AuthnContext><saml:AuthnContextClassRef>
urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext>
</saml:AuthnStatement></saml:Assertion></samlp:Response>"""


class IdentityProvider:
    """Signs answers as a provider does, with its own key (xmlsec)."""

    def __init__(self) -> None:
        key = rsa.generate_private_key(65537, 2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.example.jp")])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
            .sign(key, hashes.SHA256())
        )  # fmt: skip
        self.certificate = certificate.public_bytes(serialization.Encoding.PEM).decode()
        self.key = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode()

    def answer(
        self,
        question: str,
        *,
        name="tanto",
        audience=f"{OURS}metadata.xml",
        late=0,
        signed=True,
        unasked=False,
    ) -> str:
        confirms = "" if unasked else f' InResponseTo="{question}"'
        now = datetime.now(UTC) - timedelta(minutes=late)
        stamp = "%Y-%m-%dT%H:%M:%SZ"
        text = ANSWER.format(
            confirms=confirms, name=name, audience=audience, question=question, ours=OURS, provider=PROVIDER,
            now=now.strftime(stamp),
            since=(now - timedelta(minutes=1)).strftime(stamp), until=(now + timedelta(minutes=3)).strftime(stamp),
        )  # fmt: skip
        if signed:
            assertion = re.search(r"<saml:Assertion.*</saml:Assertion>", text, re.DOTALL)[0]
            alone = assertion.replace(
                "<saml:Assertion", '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"', 1
            )
            proved = OneLogin_Saml2_Utils.add_sign(alone, self.key, self.certificate).decode()
            text = text.replace(assertion, re.sub(r"^<\?xml[^>]*\?>\s*", "", proved))
        return base64.b64encode(text.encode()).decode()


@pytest.fixture(scope="module")
def idp() -> IdentityProvider:
    return IdentityProvider()


@pytest.fixture(autouse=True)
def configured(settings, idp):
    settings.SAML = {
        "entity": PROVIDER, "sign_on": f"{PROVIDER}/sign-on", "certificate": idp.certificate, "attribute": "",
    }  # fmt: skip


def asked(client: Client) -> str:
    """The id of the question that our button sends to the provider."""
    place = client.post("/desk/sign-in/saml/", {"next": "/desk/partners/"})["Location"]
    assert place.startswith(f"{PROVIDER}/sign-on?SAMLRequest=")
    request = parse_qs(urlsplit(place).query)["SAMLRequest"][0]
    return re.search(r'ID="([^"]+)"', zlib.decompress(base64.b64decode(request), -15).decode())[1]


def answered(client: Client, answer: str) -> str:
    """Where the provider's answer leads; like a browser, without our cookie, for it comes from another site."""
    return Client().post("/desk/sign-in/saml/answer/", {"SAMLResponse": answer})["Location"]


def is_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def test_our_description_is_served(client):
    page = client.get("/desk/sign-in/saml/metadata.xml")
    assert page["Content-Type"] == "application/samlmetadata+xml"
    assert f'entityID="{OURS}metadata.xml"' in page.content.decode()
    assert f'Location="{OURS}answer/"' in page.content.decode()


def test_a_signed_answer_to_our_question_lets_the_person_in_once(client, user, idp):
    answer = idp.answer(asked(client))
    back = answered(client, answer)
    assert client.get(back)["Location"] == "/desk/partners/"
    assert is_in(client)
    client.post("/desk/sign-out/")
    client.get(back)
    client.get(answered(client, answer))
    assert not is_in(client)


@pytest.mark.parametrize(
    "changed",
    [
        {"signed": False},
        {"audience": "https://elsewhere.example"},
        {"late": 30},
        {"late": -30},
        {"unasked": True},
    ],
    ids=["unsigned", "for somebody else", "late", "early", "unasked, put into an answer"],
)
def test_an_answer_that_does_not_hold_lets_nobody_in(client, user, idp, changed):
    question = asked(client)
    assert answered(client, idp.answer(question, **changed)) == "/desk/sign-in/"
    assert not is_in(client)
    client.get(answered(client, idp.answer(question)))
    assert is_in(client), "only what was changed stood in the way"


def test_another_key_lets_nobody_in(client, user):
    assert answered(client, IdentityProvider().answer(asked(client))) == "/desk/sign-in/"


def test_a_signed_answer_with_another_name_put_in_lets_nobody_in(client, user, idp):
    told = base64.b64decode(idp.answer(asked(client), name="somebody")).decode()
    altered = base64.b64encode(told.replace(">somebody<", ">tanto<").encode()).decode()
    assert answered(client, altered) == "/desk/sign-in/"


def test_the_answer_to_another_browsers_question_lets_nobody_in(client, user, idp):
    other = Client()
    back = answered(client, idp.answer(asked(other)))
    asked(client)
    client.get(back)
    assert not is_in(client)


@pytest.mark.parametrize(
    "answer", ["", "%%%", base64.b64encode(b"<x/>").decode(), base64.b64encode(b"\0").decode()]
)
def test_nonsense_lets_nobody_in(client, user, answer):
    asked(client)
    assert answered(client, answer) == "/desk/sign-in/"


def test_nobody_is_added(client, user, idp):
    client.get(answered(client, idp.answer(asked(client), name="unknown")))
    assert not is_in(client)
    assert User.objects.count() == 1


def test_without_a_setting_there_are_no_such_addresses(client, settings):
    settings.SAML = {"entity": "", "sign_on": "", "certificate": "", "attribute": ""}
    assert client.post("/desk/sign-in/saml/").status_code == 404
    assert client.post("/desk/sign-in/saml/answer/").status_code == 404
    assert client.get("/desk/sign-in/saml/metadata.xml").status_code == 404
