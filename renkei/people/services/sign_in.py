"""Coming in: each way counts the tries first, tells what happened, and refuses without saying who exists."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth import authenticate
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts import lock_out
from renkei.accounts.models import User
from renkei.accounts.second_factor import takes_second_factor
from renkei.accounts.sittings import sit_down
from renkei.audit.services import record
from renkei.municipalities.models import Municipality
from renkei.people import sign_in_events as events


class How(models.TextChoices):
    PASSWORD = "password", gettext_lazy("パスワード")
    PASSWORD_AND_CODE = "password_and_code", gettext_lazy("パスワードと確認コード")
    PASSWORD_AND_PASSKEY = "password_and_passkey", gettext_lazy("パスワードとパスキー")
    PASSKEY = "passkey", gettext_lazy("パスキー")
    CODE = "code", gettext_lazy("確認コード")
    PROVIDER = "provider", gettext_lazy("庁内の認証基盤")
    PROVIDER_AND_CODE = "provider_and_code", gettext_lazy("庁内の認証基盤と確認コード")
    PROVIDER_AND_PASSKEY = "provider_and_passkey", gettext_lazy("庁内の認証基盤とパスキー")
    LINK = "link", gettext_lazy("招待や再設定のリンク")
    LINK_AND_CODE = "link_and_code", gettext_lazy("招待や再設定のリンクと確認コード")
    LINK_AND_PASSKEY = "link_and_passkey", gettext_lazy("招待や再設定のリンクとパスキー")
    GOING_ON = "going_on", gettext_lazy("ほかの端末を終わらせて続行")

    def then(self, second: "How") -> "How":
        """This first step and the second one together."""
        return How(f"{self.value}_and_{second.value}")


class SignInRefused(ValueError):
    """Nobody is let in; str() says what to do, and never whether the name exists."""


class LockedOut(SignInRefused):
    """Too many tries; it is the same for names that exist and names that do not."""

    def __init__(self) -> None:
        minutes = int(lock_out.LOCKED_FOR.total_seconds() // 60)
        super().__init__(
            _(
                "失敗が続いたため、しばらくサインインできません。%(minutes)s分たってからもう一度試すか、"
                "管理者か総括課に解いてもらってください。"
            )
            % {"minutes": minutes}
        )


@dataclass(frozen=True)
class Visit:
    """From where and when somebody asks."""

    at: datetime
    address: str = ""
    device: str = ""


def sign_in_with_password(name: str, password: str, visit: Visit) -> User:
    """The person of this name and password; counted by name and by address before the password is looked at."""
    named, from_there = lock_out.key_of("name", name), lock_out.key_of("address", visit.address)
    if not (
        lock_out.take_a_try(from_there, limit=settings.TRIES_PER_ADDRESS, at=visit.at)
        and lock_out.take_a_try(named, at=visit.at)
    ):
        raise LockedOut
    found = authenticate(username=name, password=password)
    if not isinstance(found, User) or found.has_left(timezone.localdate(visit.at)):
        _tell_failure(User.objects.filter(sign_in_name=name).first(), How.PASSWORD, named, visit.at)
        raise SignInRefused(
            _("サインイン名かパスワードが違います。大文字と小文字を確かめて、もう一度入れてください。")
        )
    lock_out.give_back(from_there, lock_out.forgive(named))
    return found


def person_half_way(public_id: str, sessions_ended: int) -> User | None:
    """Who has given the password and not yet the second factor, unless all sessions were ended meanwhile."""
    return User.objects.filter(public_id=public_id, is_active=True, sessions_ended=sessions_ended).first()


def prove_second_factor(user: User, written: str, visit: Visit) -> None:
    """Take a code of the person's app or a recovery code; counted like passwords."""
    key = lock_out.key_of("second", user.public_id)
    if not lock_out.take_a_try(key, at=visit.at):
        raise LockedOut
    if not takes_second_factor(user, written, at=visit.at):
        _tell_failure(user, How.CODE, key, visit.at)
        raise SignInRefused(
            _("確認コードが違うか、使い終わったものです。アプリに次のコードが出たら、それを入れてください。")
        )
    lock_out.forgive(key)


def prove_password(user: User, password: str, visit: Visit) -> None:
    """Take the password of somebody who is signed in already; counted like any other."""
    named = lock_out.key_of("name", user.sign_in_name)
    if not lock_out.take_a_try(named, at=visit.at):
        raise LockedOut
    if not user.check_password(password):
        _tell_failure(user, How.PASSWORD, named, visit.at)
        raise SignInRefused(_("パスワードが違います。もう一度入れてください。"))
    lock_out.forgive(named)


def person_told_by_provider(name: str, visit: Visit) -> User:
    """The person whom the identity provider names: known, active, and of the provider's own town."""
    code = settings.PROVIDER_TOWN
    towns = Municipality.objects.taking_part().filter(**({"code": code} if code else {}))[:2]
    found = User.objects.of(towns[0]).filter(sign_in_name=name).first() if len(towns) == 1 else None
    if found is None or not found.is_active or found.has_left(timezone.localdate(visit.at)):
        _tell_failure(found, How.PROVIDER, lock_out.key_of("provider", name), visit.at)
        raise SignInRefused(
            _("この名前の職員は登録されていないか、使えなくなっています。管理者に問い合わせてください。")
        )
    return found


@transaction.atomic
def signed_in(user: User, session_key: str, how: How, visit: Visit) -> None:
    """Note the new session, and tell that the person came in."""
    sit_down(user.pk, session_key, device=visit.device, address=visit.address, at=visit.at)
    record(events.SIGNED_IN, user, user, municipality=user.municipality, how=how.label)


@transaction.atomic
def _tell_failure(user: User | None, how: How, key: str, at: datetime) -> None:
    """Tell the town of a person whose name was used; of a name that nobody bears there is no town to tell."""
    if user is None:
        return
    record(events.SIGN_IN_FAILED, None, user, municipality=user.municipality, how=how.label)
    if lock_out.is_locked(key, at=at):
        minutes = int(lock_out.LOCKED_FOR.total_seconds() // 60)
        record(
            events.LOCKED_OUT,
            None,
            user,
            municipality=user.municipality,
            tries=lock_out.LIMIT,
            minutes=minutes,
        )
