"""Tags and filters of every door."""

from datetime import date

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from renkei.rules.ngrams import parse_query
from renkei.ui.templatetags.ui import highlight, partial_day, short_day


def shown(source: str, address: str = "/", **given: object) -> str:
    context = Context({"request": RequestFactory().get(address), **given})
    return Template("{% load ui %}" + source).render(context)


def test_the_hit_is_marked_and_everything_is_escaped():
    assert highlight("<b>防災</b>", parse_query("防災")) == "&lt;b&gt;<mark>防災</mark>&lt;/b&gt;"


@given(st.text(max_size=40), st.text(max_size=8))
def test_marking_adds_no_markup_of_its_own_and_loses_nothing(text, words):
    marked = str(highlight(text, parse_query(words)))
    bare = marked.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert ">" not in bare
    from html import unescape

    assert unescape(bare) == unescape(str(highlight(text, None)))


@pytest.mark.parametrize(
    "signed_as, words",
    [
        ("", "締結日不明"),
        ("2016-09-20", "2016/09/20 (H28.9.20)"),
        ("2016-09", "2016年9月(平成28年9月)"),
        ("2016", "2016年(平成28年)"),
    ],
)
def test_a_signing_day_is_shown_as_exactly_as_it_is_known(signed_as, words):
    assert partial_day(signed_as) == words


def test_a_short_day_has_both_calendars():
    assert short_day(date(2024, 6, 1)) == "2024/06/01 (R6.6.1)"


def test_a_changed_address_keeps_the_rest_and_starts_at_the_first_page():
    assert shown("{% address_with order='kana' %}", "/?q=水&page=3") == "?q=%E6%B0%B4&amp;order=kana"
    assert shown("{% address_with order='' %}", "/?q=a&order=best") == "?q=a"


def test_a_facet_value_is_added_and_taken_away():
    assert (
        shown("{% address_toggling 'form' 'scheme' %}", "/?form=individual&page=2")
        == "?form=individual&amp;form=scheme"
    )
    assert shown("{% address_toggling 'form' 'individual' %}", "/?form=individual") == "?"


def test_paging_offers_what_there_is():
    assert "前へ" not in shown("{% paging 1 2 %}")
    assert "page=2" in shown("{% paging 1 2 %}")
    assert "次へ" not in shown("{% paging 2 2 %}")
    assert shown("{% paging 1 1 %}").strip() == ""


@pytest.mark.parametrize(
    "state, word", [("in_force", "有効"), ("ended", "終了"), ("not_yet", "開始前"), ("unknown", "不明")]
)
def test_a_state_is_a_word(state, word):
    assert f">{word}<" in shown("{% state_badge state %}", state=state)
