"""Doors decide nothing and write nothing; the staff's door starts from its own municipality."""

import ast
from collections.abc import Iterator

import pytest
from django.apps import apps

from tests.house.sources import DOORS, modules, shown, tree

WRITES = {
    "save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "asave", "acreate",
    "adelete", "aupdate",
}  # fmt: skip
QUERIES = ("objects", "filter(", "exclude(", ".of(", ".all(")


def writes(module: ast.Module) -> Iterator[str]:
    """Each call that writes to the database: by a model, a queryset or a form of a model."""
    for node in ast.walk(module):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        receiver = ast.unparse(node.func.value)
        if node.func.attr in WRITES and "session" not in receiver:
            yield f"{node.lineno}: {receiver}.{node.func.attr}"
        elif node.func.attr == "update" and any(part in receiver for part in QUERIES):
            yield f"{node.lineno}: {receiver}.update"


def model_forms(module: ast.Module) -> Iterator[str]:
    """Each form that would write a record by itself."""
    for node in ast.walk(module):
        if isinstance(node, ast.ClassDef) and any("ModelForm" in ast.unparse(base) for base in node.bases):
            yield f"{node.lineno}: {node.name}"


def top_level_records() -> set[str]:
    """The names of the models that belong to exactly one municipality."""
    return {
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("renkei.") and hasattr(model.objects, "of")
    }


def unscoped(module: ast.Module, records: set[str]) -> Iterator[str]:
    """Each query of a top-level record that starts neither with `.of(municipality)` nor `.seen_by(correspondent)`."""
    starts = {
        id(node.value)
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr in ("of", "seen_by")
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr == "objects" and id(node) not in starts:
            asked = node.value
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "get_object_or_404" and node.args:
            asked = node.args[0]
        else:
            continue
        if ast.unparse(asked).rpartition(".")[2] in records:
            yield f"{node.lineno}: {ast.unparse(node)}"


def found_in(places: list[str], look, *given) -> dict[str, list[str]]:
    return {shown(path): found for path in modules(*places) if (found := list(look(tree(path), *given)))}


def test_no_door_writes():
    assert found_in([f"renkei/{door}" for door in DOORS], writes) == {}


def test_no_form_writes_a_record_by_itself():
    assert found_in([f"renkei/{door}" for door in DOORS], model_forms) == {}


def test_the_staffs_door_asks_for_its_own_municipality_only():
    assert found_in(["renkei/desk", "renkei/counter"], unscoped, top_level_records()) == {}


@pytest.mark.parametrize(
    "line",
    [
        "agreement.save()",
        "Agreement.objects.create(title='x')",
        "Agreement.objects.filter(pk=1).update(title='x')",
    ],
)
def test_a_planted_write_is_found(line):
    assert list(writes(ast.parse(line)))


@pytest.mark.parametrize(
    "line", ["context.update(day=1)", "services.register(facts)", "request.session.save()"]
)
def test_what_writes_no_record_is_left_alone(line):
    assert list(writes(ast.parse(line))) == []


@pytest.mark.parametrize(
    "line", ["Agreement.objects.filter(pk=1)", "get_object_or_404(models.Agreement, pk=1)"]
)
def test_a_planted_query_of_all_towns_is_found(line):
    assert list(unscoped(ast.parse(line), {"Agreement"}))


def test_a_query_of_one_town_is_left_alone():
    assert list(unscoped(ast.parse("Agreement.objects.of(town).filter(pk=1)"), {"Agreement"})) == []


def test_the_register_is_among_the_top_level_records():
    assert {"Agreement", "Organisation"} <= top_level_records()
