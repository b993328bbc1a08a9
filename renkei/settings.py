"""Settings: every value that an operator may change comes from the environment."""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

BASE = Path(__file__).resolve().parent.parent
VAR = Path(env.str("RENKEI_VAR", default=str(BASE / "var")))


def kept_secret(path: Path) -> str:
    """The secret key kept beside the database, made at the first start and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


DEBUG = env.bool("RENKEI_DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or kept_secret(VAR / "secret_key")
# Former keys: what was signed or sealed with them still holds while they are named here.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("RENKEI_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("RENKEI_ORIGINS", default=[])

DOORS: list[str] = [door.strip() for door in env.list("RENKEI_DOORS", default=["desk", "counter", "portal"])]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "renkei.ui",
    "renkei.municipalities",
    "renkei.accounts",
    "renkei.audit",
    "renkei.people",
    "renkei.partners",
    "renkei.documents",
    "renkei.agreements",
    "renkei.correspondents",
    "renkei.initiatives",
    "renkei.disasters",
    "renkei.procedures",
    "renkei.search",
    "renkei.reports",
    "renkei.ledger",
    "renkei.reminders",
    "renkei.handovers",
    "renkei.retention",
    "renkei.backups",
    "renkei.demo",
    "renkei.desk",
    "renkei.counter",
    "renkei.portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "renkei.desk.session.guard.Guard",
    "renkei.counter.guard.Guard",
]

ROOT_URLCONF = "renkei.urls"
WSGI_APPLICATION = "renkei.wsgi.application"
FORM_RENDERER = "renkei.ui.forms.Renderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# WAL lets readers go on while one writes; FULL lost no acknowledged commit in simulated power losses where
# NORMAL lost some in most; IMMEDIATE takes the write lock at the start, so that no transaction fails half-way.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
    ),
}
POSTGRESQL_OPTIONS: dict[str, Any] = {
    "options": "-c statement_timeout=60000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000",
}


def databases() -> dict[str, dict[str, Any]]:
    """One database: SQLite beside the code by default, PostgreSQL where DATABASE_URL names it."""
    address = env.str("DATABASE_URL", default="") or f"sqlite:///{VAR / 'renkei.sqlite3'}"
    default: dict[str, Any] = env.db_url_config(address)
    sqlite = default["ENGINE"] == "django.db.backends.sqlite3"
    default["OPTIONS"] = {**default.get("OPTIONS", {}), **(SQLITE_OPTIONS if sqlite else POSTGRESQL_OPTIONS)}
    default["CONN_MAX_AGE"] = None if sqlite else 60
    default["CONN_HEALTH_CHECKS"] = not sqlite
    if sqlite:
        Path(default["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    return {"default": default}


DATABASES = databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "desk:sign_in"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "desk:sign_in"
# Far more than for one name: a town hall may come from one address. Behind proxies, say how many there are.
TRIES_PER_ADDRESS = env.int("RENKEI_TRIES_PER_ADDRESS", default=100)
PROXIES = env.int("RENKEI_PROXIES", default=0)
IDLE_SECONDS = 60 * env.int("RENKEI_IDLE_MINUTES", default=60)
IDLE_WARNING_SECONDS = 60
# At the partners' door: links to addresses that never came in, by town and day; and how long a person reads a form.
COUNTER_LINKS_A_DAY = env.int("RENKEI_COUNTER_LINKS_A_DAY", default=500)
FORM_SECONDS = env.int("RENKEI_FORM_SECONDS", default=2)

# The town's identity provider: OpenID Connect where an issuer is named, SAML where an address for signing on is.
OIDC = {
    "issuer": env.str("RENKEI_OIDC_ISSUER", default=""),
    "client_id": env.str("RENKEI_OIDC_CLIENT", default=""),
    "secret": env.str("RENKEI_OIDC_SECRET", default=""),
    "claim": env.str("RENKEI_OIDC_CLAIM", default="preferred_username"),
    "scope": env.str("RENKEI_OIDC_SCOPE", default="openid profile"),
}
SAML = {
    "entity": env.str("RENKEI_SAML_ENTITY", default=""),
    "sign_on": env.str("RENKEI_SAML_SIGN_ON", default=""),
    "certificate": env.str("RENKEI_SAML_CERTIFICATE", default="", multiline=True),
    "attribute": env.str("RENKEI_SAML_ATTRIBUTE", default=""),
}
PROVIDER_TOWN = env.str("RENKEI_PROVIDER_TOWN", default="")
PROVIDER_PROVES_TWO = env.bool("RENKEI_PROVIDER_PROVES_TWO", default=False)


def origins(*addresses: str) -> list[str]:
    """Scheme, host and port of the addresses that are given."""
    return [f"{place.scheme}://{place.netloc}" for place in map(urlsplit, addresses) if place.netloc]


LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = VAR / "files"


def file_storage(address: str) -> dict[str, Any]:
    """Where files are kept: `s3://bucket/folder` on any server that speaks S3, otherwise on this machine's disk."""
    if not address:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    place = urlsplit(address)
    if place.scheme != "s3" or not place.hostname:
        raise ImproperlyConfigured(f"RENKEI_FILES={address}: write s3://bucket or s3://bucket/folder.")
    options = {
        "bucket_name": place.netloc,
        "location": place.path.strip("/"),
        "endpoint_url": env.str("RENKEI_S3_ENDPOINT", default="") or None,
        "region_name": env.str("RENKEI_S3_REGION", default="us-east-1"),
        "access_key": env.str("RENKEI_S3_KEY", default="") or None,
        "secret_key": env.str("RENKEI_S3_SECRET", default="") or None,
        "addressing_style": env.str("RENKEI_S3_ADDRESSING", default="path"),
        "signature_version": "s3v4",
        "default_acl": None,
        "file_overwrite": False,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


STORAGES = {
    "default": file_storage(env.str("RENKEI_FILES", default="")),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# A program that reads scans, called as tesseract is (`/usr/bin/tesseract`); without one, scans are said to be scans.
OCR = env.str("RENKEI_OCR", default="")

# Folders of the operator: roots by which electronic signatures are trusted, and the towns' own certificates.
TRUST = env.str("RENKEI_TRUST", default="")
SEALS = env.str("RENKEI_SEALS", default="")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Mail goes out where RENKEI_MAIL_HOST names a server; until then letters wait in the outbox, to be read there.
MAIL_SECURITY = env.str("RENKEI_MAIL_SECURITY", default="none")
EMAIL_HOST = env.str("RENKEI_MAIL_HOST", default="")
EMAIL_PORT = env.int("RENKEI_MAIL_PORT", default={"starttls": 587, "tls": 465}.get(MAIL_SECURITY, 25))
EMAIL_HOST_USER = env.str("RENKEI_MAIL_USER", default="")
EMAIL_HOST_PASSWORD = env.str("RENKEI_MAIL_PASSWORD", default="")
EMAIL_USE_TLS = MAIL_SECURITY == "starttls"
EMAIL_USE_SSL = MAIL_SECURITY == "tls"
EMAIL_TIMEOUT = env.int("RENKEI_MAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = env.str("RENKEI_MAIL_FROM", default="renkei@localhost")
DESK_ADDRESS = env.str("RENKEI_ADDRESS", default="").rstrip("/")
# Where partners reach their door, if it is another address than the desk's.
COUNTER_ADDRESS = env.str("RENKEI_COUNTER_ADDRESS", default=DESK_ADDRESS).rstrip("/")
WEBHOOK_HOSTS: list[str] = [host.strip().lower() for host in env.list("RENKEI_WEBHOOK_HOSTS", default=[])]

# Whoever keeps the heads of the told events outside this machine; the town's administrators where nobody is named.
HEADS_TO: list[str] = env.list("RENKEI_HEADS_TO", default=[])

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        # Where an identity provider is set, the button of the sign-in page leads there.
        "form-action": [SELF, *origins(OIDC["issuer"], SAML["sign_on"])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
HTTPS_ONLY = env.bool("RENKEI_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS_ONLY
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS_ONLY else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS_ONLY else 0
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_COOKIE_SAMESITE = "Lax"

DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "renkei.ui.uploads.BoundedFile",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_links": {"()": "renkei.ui.log_lines.WithoutLinks"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_links"]}},
    "root": {"handlers": ["console"], "level": env.str("RENKEI_LOG_LEVEL", default="WARNING")},
}
