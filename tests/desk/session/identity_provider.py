"""A real identity provider on loopback for the tests: canaille, with one person and us as a client.

Run as a program: `python -m tests.desk.session.identity_provider PORT BACK SECRET`; it says `ready` when it answers.
"""

import sys
from datetime import UTC, datetime


def build(port: int, back: str, secret: str) -> object:
    """The provider with its own key, one person (password PASSWORD) and one client."""
    from canaille import create_app
    from canaille.app import models
    from canaille.backends import Backend
    from joserfc.jwk import RSAKey

    _ask_codes_strictly()
    key = RSAKey.generate_key(2048, {"alg": "RS256", "use": "sig", "kid": "one"})
    provider = create_app(
        {
            "SECRET_KEY": secret,
            "SERVER_NAME": f"127.0.0.1:{port}",
            "PREFERRED_URL_SCHEME": "http",
            "DEBUG": True,
            "CANAILLE": {"DATABASE": "memory", "JAVASCRIPT": False, "HTMX": False, "SMTP": None},
            "CANAILLE_OIDC": {"ACTIVE_JWKS": [key.as_dict(private=True)], "TRUSTED_DOMAINS": ["localhost"]},
        }
    )
    with provider.app_context():
        for name in ("tanto", "yoso"):
            person = models.User(
                user_name=name, family_name="見本", emails=[f"{name}@example.jp"], password=secret
            )
            Backend.instance.save(person)
        client = models.Client(
            client_id="renkei", client_secret=secret, client_name="連携", client_uri="http://localhost",
            redirect_uris=[back], grant_types=["authorization_code"], response_types=["code"],
            scope=["openid", "profile"], token_endpoint_auth_method="client_secret_basic",
            client_id_issued_at=datetime.now(UTC),
        )  # fmt: skip
        Backend.instance.save(client)
        client.audience = [client]
        Backend.instance.save(client)
    return provider


def _ask_codes_strictly() -> None:
    """Its store in memory takes any code of the client for the one that is asked; its other stores do not."""
    from canaille.backends.memory.backend import MemoryBackend

    loosely = MemoryBackend.do_query

    def strictly(self, model, *args, **asked):
        found = loosely(self, model, *args, **asked)
        return [one for one in found if "code" not in asked or one.code == asked["code"]]

    MemoryBackend.do_query = strictly


def main(port: str, back: str, secret: str) -> None:
    """Serve until the test ends it."""
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", int(port), build(int(port), back, secret), threaded=True)
    print("ready", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
