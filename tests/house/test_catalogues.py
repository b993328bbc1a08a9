"""Every sentence of a screen has its English, with the same places to fill in, and every refusal its words."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from machine.asked import (
    Message,
    asked_by,
    asked_in_python,
    asked_in_template,
    bring_up_to_date,
    catalogue_of,
    file_of,
)
from tests.house.sources import PACKAGE, shown

PLACES = re.compile(r"%\((\w+)\)|%[sd]|\{(\w*)\}")
EMPTY_WORDS = re.compile(r"不正な|無効な値|エラーが発生しました|正しく入力してください")
APPS = [path for path in sorted(PACKAGE.iterdir()) if (path / "__init__.py").exists()]
HINT = "Type .venv/bin/python -m machine.asked and fill in what it adds."


asked_of = cache(asked_by)


def answers(app: Path) -> dict[tuple[str, str | None], tuple[str, ...]]:
    """(sentence, context) → its English; a doubtful (fuzzy) answer counts as none."""
    return {
        (entry.id if isinstance(entry.id, str) else entry.id[0], entry.context): (
            () if entry.fuzzy else (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)
        )
        for entry in catalogue_of(app)
        if entry.id
    }


def missing(asked: set[Message], answered: dict) -> list[str]:
    """Sentences without English: none there, left empty, or doubtful."""

    def is_answered(message: Message) -> bool:
        answer = answered.get((message.text, message.context), ())
        return bool(answer) and all(answer)

    return sorted(message.text for message in asked if not is_answered(message))


def places_in(text: str) -> set[str]:
    return {found[0] for found in PLACES.finditer(text)}


@pytest.mark.parametrize("app", APPS, ids=shown)
def test_every_sentence_has_its_english(app):
    assert missing(asked_of(app), answers(app)) == [], HINT


@pytest.mark.parametrize("app", APPS, ids=shown)
def test_no_catalogue_keeps_a_sentence_that_nobody_asks_for(app):
    asked = {(message.text, message.context) for message in asked_of(app)}
    assert sorted(text for text, context in set(answers(app)) - asked) == [], HINT


@pytest.mark.parametrize("app", APPS, ids=shown)
def test_the_english_fills_in_the_same_places(app):
    wrong = [
        text
        for (text, _), english in answers(app).items()
        for each in english
        if not places_in(each) <= places_in(text)
    ]
    assert wrong == []


@pytest.mark.parametrize("app", APPS, ids=shown)
def test_no_english_is_still_japanese(app):
    left = [
        each
        for english in answers(app).values()
        for each in english
        if re.search(r"[ぁ-んァ-ヶ]", re.sub(r"[「(（].*?[」)）]", "", each))
    ]
    assert left == []


@pytest.mark.parametrize("app", APPS, ids=shown)
def test_no_refusal_says_nothing(app):
    sources = [*app.rglob("*.py"), *app.rglob("templates/**/*.html")]
    assert [shown(path) for path in sources if EMPTY_WORDS.search(path.read_text())] == []


def test_a_planted_sentence_is_found_in_python():
    module = ast.parse(
        "_('協定' '一覧'); ngettext('%(n)s件', '%(n)s件', n); _(f'{x}件'); pgettext('動詞', '締結')"
    )
    assert set(asked_in_python(module)) == {
        Message("協定一覧"),
        Message("%(n)s件", plural="%(n)s件"),
        Message("cannot be looked up: _(f'{x}件')"),
        Message("締結", context="動詞"),
    }


def test_a_planted_sentence_is_found_in_a_template():
    template = (
        "{% load i18n %}{% translate '協定' %}{% blocktranslate with a=b %}{{ a }}件{% endblocktranslate %}"
        '{{ _("一覧") }}{% translate "課" context "役所" %}'
    )
    assert set(asked_in_template(template)) == {
        Message("協定"),
        Message("%(a)s件"),
        Message("一覧"),
        Message("課", context="役所"),
    }


@pytest.mark.parametrize(
    "answered",
    [{}, {("協定", None): ("",)}, {("協定", "動詞"): ("Agreement",)}],
    ids=["none", "empty", "elsewhere"],
)
def test_a_sentence_without_english_is_found(answered):
    assert missing({Message("協定")}, answered) == ["協定"]


def test_a_catalogue_is_brought_up_to_date(tmp_path):
    file_of(tmp_path).parent.mkdir(parents=True)
    file_of(tmp_path).write_text('msgid "協定"\nmsgstr "Agreement"\n\nmsgid "昔"\nmsgstr "Once"\n')
    (tmp_path / "views.py").write_text("_('協定'), _('締結日')")
    assert bring_up_to_date(tmp_path) == 1
    assert answers(tmp_path) == {("協定", None): ("Agreement",), ("締結日", None): ("",)}


def test_places_are_found():
    assert places_in("%(n)s件のうち{m}件") == {"%(n)", "{m}"}


@pytest.mark.parametrize("planted", ["不正な値です。", "エラーが発生しました"])
def test_empty_words_are_found(planted):
    assert EMPTY_WORDS.search(planted)
