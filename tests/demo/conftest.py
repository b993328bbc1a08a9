"""The demo town, built once for all tests about it."""

import pytest
from django.db import transaction

from renkei.demo.services import build


@pytest.fixture(scope="package")
def town(django_db_setup, django_db_blocker):
    """The demo town, taken back after the last test about it; each test's own changes are taken back before."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
