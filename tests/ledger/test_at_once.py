"""Two people and the background at one batch: what one mends while another commits is never lost in silence."""

import pytest
from django.db import connection

from renkei.agreements.models import Agreement
from renkei.ledger import services
from renkei.ledger.models import Batch, BatchState, Outcome
from renkei.ledger.tasks import commit_in_background
from tests.factories import a_user
from tests.ledger.test_import import FIRMS, brought, committed

pytestmark = pytest.mark.django_db


def as_seen_elsewhere(batch: Batch) -> Batch:
    """The batch as another request holds it."""
    return Batch.objects.get(pk=batch.pk)


def mend(batch: Batch) -> None:
    waiting = batch.rows.get(outcome=Outcome.WAITING)
    services.mend(waiting, title=waiting.title, partners=["見本町"], signed_as="2009-04")


def test_a_commit_that_was_prepared_before_a_row_was_mended_is_refused_and_begins_again():
    batch = brought()
    seen = as_seen_elsewhere(batch)
    mend(batch)
    with pytest.raises(services.CommitRefused, match="先に変更"):
        services.commit(seen, actor=None)
    assert not Agreement.objects.exists()
    services.commit(as_seen_elsewhere(batch), actor=None)
    assert Agreement.objects.filter(title="相手方のない協定").count() == 1


def test_a_commit_that_was_prepared_before_all_rows_got_a_title_is_refused():
    batch = brought(FIRMS)
    seen = as_seen_elsewhere(batch)
    services.title_for_waiting(batch, "見守りに関する協定")
    with pytest.raises(services.CommitRefused, match="先に変更"):
        services.commit(seen, actor=None)


def test_a_row_is_not_mended_once_the_commit_has_begun_even_by_who_has_not_seen_it():
    batch = brought()
    seen = as_seen_elsewhere(batch)
    services.start_commit(batch)
    with pytest.raises(services.CommitRefused, match="直せません"):
        mend(seen)
    assert batch.rows.get(outcome=Outcome.WAITING).partners == []


def test_a_mend_that_is_refused_leaves_the_batch_as_it_was():
    batch = brought(FIRMS)
    with pytest.raises(services.CommitRefused):
        services.title_for_waiting(as_seen_elsewhere(batch), "")
    services.commit(batch, actor=None)
    assert batch.state == BatchState.COMMITTED


def test_a_background_run_that_is_stopped_while_it_prepares_ends_quietly_with_nothing_done():
    batch = services.start_commit(brought())
    person = a_user(municipality=batch.municipality)
    stopped: list[Batch] = []

    def stopping(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if sql.startswith("SELECT") and 'FROM "ledger_row"' in sql and not stopped:
            stopped.append(services.stop_commit(as_seen_elsewhere(batch)))
        return answer

    with connection.execute_wrapper(stopping):
        commit_in_background.func(batch.pk, person.pk, False)
    assert stopped
    assert as_seen_elsewhere(batch).state == BatchState.READY
    assert not Agreement.objects.exists()


def test_undo_takes_back_what_hangs_on_the_agreements_and_leaves_what_was_there():
    first = committed()
    second = services.commit(brought("協定名,相手方\n見守りに関する協定,見本大学\n"), actor=None)
    services.undo(first, actor=None)
    kept = Agreement.objects.get()
    assert kept.parties.get().organisation.name == "見本大学"
    assert [row.agreement for row in second.rows.filter(outcome=Outcome.AGREEMENT)] == [kept]
    assert not first.rows.exclude(agreement=None).exists()
    connection.check_constraints()
