"""A clerk who has signed in."""

import pytest
from django.test import Client

from renkei.accounts.models import Role
from tests.factories import a_user


@pytest.fixture
def clerk(client: Client) -> Client:
    """The window of a coordinator of the town."""
    client.force_login(a_user())
    return client


@pytest.fixture
def reader(client: Client) -> Client:
    """The window of somebody who may only look."""
    client.force_login(a_user(role=Role.READER, sign_in_name="etsuran"))
    return client
