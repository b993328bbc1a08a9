"""Two people at one agreement: exactly one is first, the other is told who did what and loses nothing typed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from renkei.agreements.models import Agreement
from renkei.agreements.services import publish
from renkei.audit.models import Entry
from tests.desk.agreements.forms import as_a_browser_sends, open_form, text_of
from tests.factories import a_user, an_agreement


@pytest.fixture
def agreement(db):
    return an_agreement(
        title="見本協定", partners=("株式会社一", "株式会社二"), purpose="はじめの目的", source="はじめの出典"
    )


@pytest.fixture
def windows(agreement, django_user_model):
    """The windows of 一郎 and 二郎."""
    found = []
    for name in ("一郎", "二郎"):
        user = a_user(sign_in_name=name)
        django_user_model.objects.filter(pk=user.pk).update(name=f"見本 {name}")
        found.append(Client())
        found[-1].force_login(user)
    return found


def both_open(windows, agreement, verb):
    return [open_form(window, agreement, verb) for window in windows]


def test_the_second_sees_who_changed_what_and_both_values(windows, agreement):
    (address, first), (_same, second) = both_open(windows, agreement, "edit")
    assert windows[0].post(address, first | {"purpose": "一郎の目的"}).status_code == 302
    answer = windows[1].post(address, second | {"purpose": "二郎の目的", "notes": "二郎のメモ"})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "見本 一郎が「見本協定」を編集しました" in page
    assert "目的: はじめの目的 → 一郎の目的" in page
    assert ">二郎の目的</td>" in page and ">一郎の目的</td>" in page
    assert "自分の入力で保存する" in page
    assert as_a_browser_sends(answer)["notes"] == "二郎のメモ"
    assert Agreement.objects.get().purpose == "一郎の目的"


def test_the_second_saves_over_it_knowingly(windows, agreement):
    (address, first), (_same, second) = both_open(windows, agreement, "edit")
    windows[0].post(address, first | {"purpose": "一郎の目的", "source": "一郎の出典"})
    answer = windows[1].post(address, second | {"purpose": "二郎の目的"})
    assert windows[1].post(address, as_a_browser_sends(answer)).status_code == 302
    found = Agreement.objects.get()
    assert (found.purpose, found.source) == ("二郎の目的", "一郎の出典")
    assert Entry.objects.last().changes == {"agreements.agreement.purpose": ["一郎の目的", "二郎の目的"]}


def test_what_only_the_first_changed_is_taken_over_and_said(windows, agreement):
    (address, first), (_same, second) = both_open(windows, agreement, "edit")
    windows[0].post(address, first | {"source": "一郎の出典"})
    answer = windows[1].post(address, second | {"purpose": "二郎の目的"})
    sent = as_a_browser_sends(answer)
    assert (sent["source"], sent["purpose"]) == ("一郎の出典", "二郎の目的")
    assert "ほかの人の変更を取り入れました: 出典" in text_of(answer)
    assert "二人とも変更した項目" not in text_of(answer)


def test_the_second_takes_the_others_value_of_one_field_and_keeps_the_rest(windows, agreement):
    (address, first), (_same, second) = both_open(windows, agreement, "edit")
    windows[0].post(address, first | {"purpose": "一郎の目的", "source": "一郎の出典"})
    sent = as_a_browser_sends(
        windows[1].post(address, second | {"purpose": "二郎の目的", "source": "二郎の出典"})
    )
    answer = windows[1].post(address, sent | {"do": "take-purpose"})
    assert answer.status_code == 200
    sent = as_a_browser_sends(answer)
    assert (sent["purpose"], sent["source"]) == ("一郎の目的", "二郎の出典")
    assert 'value="take-source"' in text_of(answer) and 'value="take-purpose"' not in text_of(answer)
    assert windows[1].post(address, sent).status_code == 302
    assert Entry.objects.last().changes == {"agreements.agreement.source": ["一郎の出典", "二郎の出典"]}


def test_rows_of_parties_stand_beside_each_other_as_one(windows, agreement):
    (address, first), (_same, second) = both_open(windows, agreement, "correct")
    windows[0].post(address, first | {"party-0-unit": "一郎支店", "reason": "照合"})
    answer = windows[1].post(address, second | {"party-1-unit": "二郎支店", "reason": "照合"})
    page = text_of(answer)
    assert "株式会社一 一郎支店" in page
    sent = as_a_browser_sends(answer)
    assert (sent["party-0-unit"], sent["party-1-unit"], sent["reason"]) == ("", "二郎支店", "照合")
    sent = as_a_browser_sends(windows[1].post(address, sent | {"do": "take-party"}))
    assert (sent["party-0-unit"], sent["party-1-unit"]) == ("一郎支店", "")


def test_a_third_who_was_faster_still_is_told_too(windows, agreement):
    (address, first), (_same, second) = both_open(windows, agreement, "edit")
    windows[0].post(address, first | {"purpose": "一郎の目的"})
    sent = as_a_browser_sends(windows[1].post(address, second | {"purpose": "二郎の目的"}))
    address_again, third = open_form(windows[0], agreement, "edit")
    windows[0].post(address_again, third | {"source": "後の出典"})
    answer = windows[1].post(address, sent)
    assert answer.status_code == 422
    assert text_of(answer).count("見本 一郎が「見本協定」を編集しました") == 2
    assert "後の出典" in text_of(answer)
    assert windows[1].post(address, as_a_browser_sends(answer)).status_code == 302
    found = Agreement.objects.get()
    assert (found.purpose, found.source) == ("二郎の目的", "後の出典")


def test_a_simple_verb_says_who_did_what_and_keeps_its_form(windows, agreement):
    address, sent = open_form(windows[1], agreement, "end")
    publish(agreement, actor=None)
    typed = {"on": "令和8年3月31日", "reason": "by_both", "note": "話し合って決めた。"}
    answer = windows[1].post(address, sent | typed)
    page = text_of(answer)
    assert answer.status_code == 422
    assert "システムが「見本協定」を公開しました" in page and "話し合って決めた。" in page
    assert "もう一度押してください" in page
    assert windows[1].post(address, as_a_browser_sends(answer)).status_code == 302
    assert Agreement.objects.get().ending.note == "話し合って決めた。"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb, field", [("edit", "purpose"), ("correct", "title")])
def test_at_the_same_moment_exactly_one_wins_and_the_others_text_is_in_the_answer(
    windows, agreement, verb, field
):
    forms, together = both_open(windows, agreement, verb), Barrier(2)
    texts = ["一郎の言葉", "二郎の言葉"]

    def press(number):
        address, sent = forms[number]
        together.wait()
        try:
            return windows[number].post(address, sent | {field: texts[number], "reason": "照合"})
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(press, range(2)))
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    winner = [answer.status_code for answer in answers].index(302)
    assert getattr(Agreement.objects.get(), field) == texts[winner]
    assert as_a_browser_sends(answers[1 - winner])[field] == texts[1 - winner]
    assert texts[winner] in text_of(answers[1 - winner])
    assert Entry.objects.count() == 2


@pytest.mark.parametrize(
    "meddled", [{"version": "x"}, {"version": "9" * 30}, {"seen": "-1"}, {"base": "[["}, {"met": "nothing,,"}]
)
def test_hidden_fields_that_were_meddled_with_break_nothing(windows, agreement, meddled):
    address, sent = open_form(windows[0], agreement, "edit")
    assert windows[0].post(address, sent | {"purpose": "別の目的"} | meddled).status_code in (302, 422)
