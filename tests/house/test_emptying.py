"""After a test that commits, the tables are as the migrations left them, and the log refuses change again."""

import pytest
from django.db import DatabaseError, connection, transaction

from renkei.agreements.models import Agreement, Field
from renkei.audit.models import Entry
from tests.factories import an_agreement


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_committed_record_is_gone_for_the_next_test(turn):
    assert not Agreement.objects.exists()
    assert not Entry.objects.exists()
    assert Field.objects.filter(slug="disaster").exists()
    an_agreement()
    assert Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_the_log_refuses_change_in_every_test(turn):
    an_agreement()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry")
