"""Many rows at once are written and removed as single ones are: keys, defaults, and what hangs on them."""

import datetime
import gc

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError
from django.test.utils import isolate_apps

from renkei.agreements.models import Agreement, Party, Term
from renkei.ledger.models import Row
from renkei.municipalities.bulk import (
    fill_in,
    insert,
    new_keys,
    remove,
    values_among,
    without_garbage_collection,
)
from renkei.municipalities.models import Division
from tests.factories import a_division, a_municipality, an_agreement

pytestmark = pytest.mark.django_db

DAY = datetime.date(2024, 4, 1)


def test_new_keys_are_used_by_no_row_now_or_later():
    first = a_division(name="一課")
    keys = new_keys(Division, 2)
    assert not {first.pk} & set(keys)
    names = ("id", "municipality_id", "department", "name")
    insert(Division, names, [(key, a_municipality().pk, "", f"{key}課") for key in keys])
    assert a_division(name="次の課").pk not in {first.pk, *keys}


def test_what_is_not_given_gets_its_default_and_days_and_blanks_stay_what_they_are():
    agreement = an_agreement()
    rows = [(agreement.pk, DAY, None), (agreement.pk, DAY, DAY)]
    insert(Term, ("agreement_id", "starts_on", "ends_on"), rows)
    told = Term.objects.filter(starts_on=DAY).values_list("ends_on", "start_basis")
    assert {(DAY, "stated"), (None, "stated")} <= set(told)


@isolate_apps("renkei.municipalities")
def test_a_text_that_is_not_there_is_not_the_word_none():
    class Remark(models.Model):  # noqa: DJ008
        text = models.CharField(max_length=20, null=True)  # noqa: DJ001

        class Meta:
            app_label = "municipalities"
            db_table = "remark"

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE remark (id integer PRIMARY KEY, text varchar(20) NULL)")
    insert(Remark, ("id", "text"), [(1, None), (2, "None"), (3, "")])
    assert list(Remark.objects.order_by("pk").values_list("text", flat=True)) == [None, "None", ""]


def test_no_rows_are_written_without_a_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert(Term, ("agreement_id",), [])
        remove(Term, [])


def test_constraints_hold_for_many_rows_too():
    agreement = an_agreement()
    wrong = [(agreement.pk, DAY, DAY - datetime.timedelta(days=1))]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Term, ("agreement_id", "starts_on", "ends_on"), wrong)


def test_each_row_is_filled_in_with_its_own_value():
    one, two = a_division(name="一課"), a_division(name="二課")
    first, second = an_agreement(), an_agreement(title="避難所に関する協定")
    fill_in(Agreement, "division_id", {first.pk: two.pk, second.pk: one.pk})
    told = dict(Agreement.objects.values_list("pk", "division"))
    assert told == {first.pk: two.pk, second.pk: one.pk}


def test_what_hangs_on_a_row_goes_with_it_and_who_points_at_it_loses_it():
    gone, kept = an_agreement(), an_agreement(title="避難所に関する協定")
    hanging = values_among(Party, "id", "agreement_id", [gone.pk])
    remove(Agreement, [gone.pk])
    assert hanging
    assert set(Party.objects.values_list("agreement", flat=True)) == {kept.pk}
    assert set(Term.objects.values_list("agreement", flat=True)) == {kept.pk}
    assert not Row.objects.filter(agreement=gone.pk).exists()


def test_a_row_that_another_may_not_lose_is_not_removed():
    party = Party.objects.filter(agreement=an_agreement(), organisation__isnull=False).get()
    with pytest.raises(ProtectedError):
        remove(type(party.organisation), [party.organisation_id])


def test_looking_for_rubbish_goes_on_afterwards_even_after_an_error():
    @without_garbage_collection()
    def failing():
        raise ZeroDivisionError(gc.isenabled())

    with pytest.raises(ZeroDivisionError, match="False"):
        failing()
    assert gc.isenabled()
