"""Records point down without looking back up, and each has its word in the glossary."""

import re
from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps
from django.db import models
from django.utils import translation

from renkei.agreements.models import Agreement
from tests.house.sources import ROOT

GLOSSARY = ROOT / "docs" / "glossary.md"


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("renkei.")]


def looking_back_up(fields: Iterable[models.Field]) -> Iterator[str]:
    """Each relation to a model of another app that leaves a name behind on it."""
    for field in fields:
        target = field.related_model
        if not field.is_relation or field.auto_created or not isinstance(target, type):
            continue
        if target._meta.app_label != field.model._meta.app_label and not field.remote_field.hidden:
            yield f"{field.model._meta.label}.{field.name}"


def words_of(glossary: str) -> set[str]:
    """The Japanese words of the glossary's tables: the first cell, its variants apart by ・ or /."""
    cells = re.findall(r"^\| *([^|`]+?) *\|", glossary, re.MULTILINE)
    return {word.strip() for cell in cells for word in [cell, *re.split(r"[/／]", cell)]}


def test_no_record_looks_back_up():
    fields = [
        field
        for model in our_models()
        for field in model._meta.get_fields()
        if hasattr(field, "remote_field")
    ]
    assert list(looking_back_up(fields)) == []


def test_a_planted_look_back_is_found():
    planted = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="planted")
    planted.contribute_to_class(apps.get_model("accounts", "User"), "planted_agreement")
    try:
        assert list(looking_back_up([planted])) == ["accounts.User.planted_agreement"]
    finally:
        apps.get_model("accounts", "User")._meta.local_fields.remove(planted)
        apps.clear_cache()


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_each_model_stands_in_the_glossary(model):
    with translation.override("ja"):
        name = str(model._meta.verbose_name)
    assert name in words_of(GLOSSARY.read_text()), (
        f"docs/glossary.md wants a line for {name} | {model.__name__}"
    )


def test_a_word_that_is_missing_is_found():
    assert words_of("| 協定 | `Agreement` | … |\n| 課/部 | `Division` | … |") == {"協定", "課/部", "課", "部"}


def test_each_word_stands_once():
    codes = re.findall(r"^\|[^|]*\| *`(\w+)` *\|", GLOSSARY.read_text(), re.MULTILINE)
    assert sorted(codes) == sorted(set(codes))
