"""Rows and parts of a form as texts: added, left out, put in another order, compared and taken over."""

import pytest
from django import forms
from django.http import QueryDict

from renkei.desk.parts import parts_of
from renkei.desk.rows import rearranged
from renkei.desk.typed import from_text, put_back, typed_in, typed_of
from tests.factories import a_municipality


def rows(*names, **rest):
    found = {"party-TOTAL_FORMS": [str(len(names))], "party-INITIAL_FORMS": ["0"]}
    found |= {f"party-{place}-name": [name] for place, name in enumerate(names)}
    return found | {name: [text] for name, text in rest.items()}


@pytest.mark.parametrize(
    "do, names",
    [
        ("add-party", ["甲社", "乙社", "丙社", None]),
        ("remove-party-0", ["乙社", "丙社"]),
        ("remove-party-2", ["甲社", "乙社"]),
        ("remove-party-9", ["甲社", "乙社", "丙社"]),
        ("raise-party-2", ["甲社", "丙社", "乙社"]),
        ("raise-party-0", ["甲社", "乙社", "丙社"]),
        ("raise-party-3", ["甲社", "乙社", "丙社"]),
        ("something-else", ["甲社", "乙社", "丙社"]),
    ],
)
def test_a_button_of_the_rows(do, names):
    after = rearranged(rows("甲社", "乙社", "丙社", title="見本協定"), do)
    assert [after.get(f"party-{place}-name", [None])[0] for place in range(len(names))] == names
    assert after["party-TOTAL_FORMS"] == [str(len(names))]
    assert f"party-{len(names)}-name" not in after
    assert after["title"] == ["見本協定"]


@pytest.mark.parametrize("count", ["", "-1", "x", "99999", "٣", "1e3"])
def test_a_count_that_is_none_gives_no_rows(count):
    assert rearranged({"party-TOTAL_FORMS": [count]}, "add-party")["party-TOTAL_FORMS"] == ["1"]


class SmallForm(forms.Form):
    title = forms.CharField(label="協定名")
    form = forms.ChoiceField(label="形態", choices=[("a", "個別"), ("b", "包括")])
    fields_chosen = forms.MultipleChoiceField(label="分野", choices=[("x", "防災"), ("y", "健康")])
    is_published = forms.BooleanField(label="公開する", required=False)
    file = forms.FileField(required=False)


INITIAL = {"title": "協定\r\n書", "form": "b", "fields_chosen": ["y", "x"], "is_published": True}


def test_what_a_form_shows_is_what_it_would_send():
    assert typed_of(SmallForm(initial=INITIAL)) == {
        "title": ["協定\n書"], "form": ["b"], "fields_chosen": ["y", "x"], "is_published": ["on"]
    }  # fmt: skip


def test_what_was_typed_comes_back_whole():
    form, typed = SmallForm(initial=INITIAL), {"title": ["別の"], "form": ["a"], "fields_chosen": ["x"]}
    put_back(form, typed)
    assert typed_of(form) == typed


def test_each_part_is_compared_and_shown_in_words():
    form = SmallForm()
    one = {"title": ["甲"], "form": ["a"], "fields_chosen": ["y", "x"]}
    other = {"title": [" 甲 "], "form": ["b"], "fields_chosen": ["x", "y"], "is_published": ["on"]}
    moved = [part for part in parts_of(form) if part.differs(one, other)]
    assert [(part.label, part.shown(one), part.shown(other)) for part in moved] == [
        ("形態", "個別", "包括"), ("公開する", "", "公開する")
    ]  # fmt: skip
    assert moved[0].taken(one, other) == one | {"form": ["b"]}
    assert moved[1].taken(one, other) == one | {"is_published": ["on"]}


@pytest.mark.django_db
def test_all_rows_are_one_part():
    from renkei.desk.agreements.text_form import TextForm

    part = parts_of(TextForm(town=a_municipality(), parties=[]))[-1]
    mine, theirs = rows("甲社", "", title="私"), rows("乙社", "甲社", title="彼")
    assert part.shown(mine) == "甲社"
    assert not part.differs(mine, rows("甲社"))
    assert part.differs(mine, theirs)
    assert part.taken(mine, theirs) == rows("乙社", "甲社", title="私")


@pytest.mark.parametrize("text", ["", "x", "[1]", '{"a": 1}', '{"a": [1, {}]}', "[" * 100_000])
def test_a_hidden_field_that_was_meddled_with_says_nothing(text):
    assert all(texts == [] for texts in from_text(text).values())


def test_neither_a_token_nor_a_password_is_kept():
    sent = QueryDict(
        "csrfmiddlewaretoken=t&password=p&new_password1=p&do=add-party&title=%E5%8D%94%0D%0A%E5%AE%9A"
    )
    assert typed_in(sent) == {"title": ["協\n定"]}
