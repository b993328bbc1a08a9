"""People with a second factor, and their codes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from renkei.accounts.models import User
from renkei.accounts.totp import code_at, keep_key, new_secret
from tests.factories import PASSWORD, a_user

A_WHILE = timedelta(hours=1)


@pytest.fixture
def app() -> Callable[[User], Callable[[], str]]:
    """Sets up an authenticator app for a person; what comes back tells the next code, each another one."""

    def set_up(user: User) -> Callable[[], str]:
        secret, used = new_secret(), []
        keep_key(user.pk, secret, counter=0, at=timezone.now())

        def code() -> str:
            used.append(1)
            return code_at(secret, int(timezone.now().timestamp()) // 30 + len(used) - 1)

        return code

    return set_up


@pytest.fixture
def user() -> User:
    """A coordinator without a second factor."""
    return a_user()


@pytest.fixture
def sign_in() -> Callable[..., object]:
    """Send name and password."""

    def send(client: Client, *, password: str = PASSWORD, **fields: str) -> object:
        return client.post(reverse("desk:sign_in"), {"username": "tanto", "password": password, **fields})

    return send
