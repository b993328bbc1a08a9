"""Letters as mail: the message by the standard library's encoders, and the talk with the mail server."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.reminders.delivery import Doubtful, NotNow, Rejected
from renkei.reminders.models import Letter

POLICY = SMTP.clone(max_line_length=70)
"""At 78 the library's encoder writes encoded words of up to 78; RFC 2047 allows them 75."""

METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)
TAKEN = 250
GOES_ON = 354
FROM_HERE_FOR_GOOD = 500


def is_set_up() -> bool:
    """Whether a mail server is named."""
    return bool(settings.EMAIL_HOST)


def message_of(letter: Letter) -> EmailMessage:
    """The letter as a message; at every call with the same Message-ID, so that a second copy is known as one."""
    name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    message = EmailMessage(policy=POLICY)
    message["From"] = Address(display_name=name, addr_spec=sender)
    message["To"] = Address(display_name=_one_line(letter.name), addr_spec=in_ascii(letter.address))
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = timezone.localtime(letter.written_at)
    message["Message-ID"] = f"<{letter.public_id}@{_domain()}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.plain, cte="base64")
    if letter.html:
        message.add_alternative(letter.html, subtype="html", cte="base64")
    if letter.calendar:
        _enclose(message, letter.calendar)
    return message


def _enclose(message: EmailMessage, calendar: str) -> None:
    """As an alternative, by which mail programs offer to accept, and as a file for those that do not (RFC 6047)."""
    method = METHOD.search(calendar)
    params = {"method": method[1]} if method else {}
    message.add_alternative(calendar, subtype="calendar", cte="base64", params=params)
    message.add_attachment(calendar.encode(), maintype="application", subtype="ics", filename="meeting.ics")


def in_ascii(address: str) -> str:
    """The address with its domain as the network writes it, or a refusal."""
    local, _at, domain = address.rpartition("@")
    try:
        local.encode("ascii")
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        raise Rejected(
            _("メールアドレス「%(address)s」には送れません。半角の英数字のアドレスに直してください。")
            % {"address": address}
        ) from None


@contextmanager
def line() -> Iterator[smtplib.SMTP]:
    """A line to the mail server, signed in; NotNow where there is none."""
    try:
        opened = _opened()
    except smtplib.SMTPAuthenticationError as error:
        raise NotNow(
            _(
                "メールサーバー%(server)sがサインインを断りました(%(answer)s)。"
                "RENKEI_MAIL_USERとRENKEI_MAIL_PASSWORDを確かめてください。"
            )
            % {"server": _server(), "answer": _said(error.smtp_code, error.smtp_error)}
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise NotNow(
            _("メールサーバー%(server)sにつながりません(%(error)s)。つながり次第、自動で送ります。")
            % {"server": _server(), "error": error}
        ) from error
    try:
        yield opened
    finally:
        with suppress(OSError, smtplib.SMTPException):
            opened.quit()


def deliver(opened: smtplib.SMTP, letter: Letter) -> None:
    """Hand the letter over; returning means that the server took it."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    receiver = in_ascii(letter.address)
    content = message_of(letter).as_bytes()
    try:
        _must(opened, opened.mail(sender))
        _must(opened, opened.rcpt(receiver))
    except (OSError, smtplib.SMTPException) as error:
        raise NotNow(_lost(error)) from error
    try:
        answer: tuple[int, bytes | str] = opened.data(content)
    except smtplib.SMTPDataError as error:
        answer = (error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        raise Doubtful(_lost(error)) from error
    _must(opened, answer)


def _must(opened: smtplib.SMTP, answer: tuple[int, bytes | str]) -> None:
    """Go on where the server agrees; otherwise say whether it may later."""
    code, words = answer
    if code in (TAKEN, 251):
        return
    with suppress(OSError, smtplib.SMTPException):
        opened.rset()
    if code >= FROM_HERE_FOR_GOOD:
        raise Rejected(
            _(
                "メールサーバーが断りました(%(answer)s)。宛先のアドレスを確かめ、直してから送り直してください。"
            )
            % {"answer": _said(code, words)}
        )
    raise NotNow(
        _("メールサーバーがいまは受け取れないと答えました(%(answer)s)。あとで自動で送ります。")
        % {"answer": _said(code, words)}
    )


def _opened() -> smtplib.SMTP:
    given = {"timeout": settings.EMAIL_TIMEOUT, "local_hostname": _domain()}
    trusted = ssl.create_default_context()
    opened: smtplib.SMTP
    if settings.EMAIL_USE_SSL:
        opened = smtplib.SMTP_SSL(settings.EMAIL_HOST, settings.EMAIL_PORT, context=trusted, **given)
    else:
        opened = smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, **given)
    try:
        opened.ehlo_or_helo_if_needed()
        if settings.EMAIL_USE_TLS:
            opened.starttls(context=trusted)
        if settings.EMAIL_HOST_USER:
            opened.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except (OSError, smtplib.SMTPException):
        opened.close()
        raise
    return opened


def _server() -> str:
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def _one_line(text: str) -> str:
    """Without line breaks, and without what a header's reader would take for an encoded word."""
    return " ".join(text.split()).replace("=?", "= ?").replace("?=", "? =")


def _said(code: int, words: bytes | str) -> str:
    told = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {_one_line(told)}"[:200]


def _lost(error: Exception) -> str:
    return _("メールサーバー%(server)sとの線が途中で切れました(%(error)s)。") % {
        "server": _server(),
        "error": error,
    }
