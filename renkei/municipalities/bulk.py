# ruff: noqa: S608 (names come from the models, every value is a parameter)
"""Many rows at once: written, filled in and removed in few statements, without an object for each.

Constraints and triggers of the database hold as ever. Call everything here inside a transaction.
"""

import gc
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models
from django.db.models.deletion import get_candidate_relations_to_delete

Model = type[models.Model]
_json = json.JSONEncoder().encode


def new_keys(model: Model, count: int) -> list[int]:
    """Primary keys for so many new rows, in ascending order.

    On SQLite the transaction holds the only right to write, so that nobody else takes them.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = next(iter(cursor.fetchone() or ()), 0)
            return list(range(last + 1, last + 1 + count))
        series = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        cursor.execute(series, [table, count])
        return sorted(key for (key,) in cursor.fetchall())


def insert(model: Model, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows given as values of the named columns (keys for relations); the others get their default."""
    columns = list(zip(*rows, strict=True))
    if not columns:
        return
    given = dict(zip(names, columns, strict=True))
    fields = [one for one in model._meta.concrete_fields if not one.primary_key or one.attname in given]
    told = [given[one.attname] if one.attname in given else _defaults(one, len(columns[0])) for one in fields]
    lines = zip(*map(_written, fields, told), strict=True)
    table, listed = _quoted(model._meta.db_table), ", ".join(_quoted(str(one.column)) for one in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            places = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({listed}) VALUES ({places})", list(lines))
            return
        with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
            for line in lines:
                copy.write_row(line)


def fill_in(model: Model, name: str, values: Mapping[int, int]) -> None:
    """Set a relation, or a field of whole numbers, to a value of its own for each primary key."""
    table, column = _quoted(model._meta.db_table), _quoted(name)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            pairs = [(value, key) for key, value in values.items()]
            cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE id = %s", pairs)
            return
        told = "unnest(%s::bigint[], %s::bigint[]) AS told (key, value)"
        statement = f"UPDATE {table} SET {column} = told.value FROM {told} WHERE id = told.key"
        cursor.execute(statement, [list(values), list(values.values())])


def remove(model: Model, keys: Sequence[int], column: str = "id") -> None:
    """Delete rows; what hangs on them goes too, loses the relation or refuses, as the models say."""
    if not keys:
        return
    relations: list[Any] = list(get_candidate_relations_to_delete(model._meta))
    if relations and column != "id":
        keys, column = values_among(model, "id", column, keys), "id"
    for relation in relations:
        child, holds = relation.related_model, relation.field.column
        if relation.on_delete is models.CASCADE:
            remove(child, keys, holds)
        elif relation.on_delete is models.SET_NULL:
            _tell(f"UPDATE {_quoted(child._meta.db_table)} SET {_quoted(holds)} = NULL", holds, keys)
        elif values_among(child, "id", holds, keys):
            raise models.ProtectedError(f"{child._meta.label} holds {model._meta.label}", set())
    _tell(f"DELETE FROM {_quoted(model._meta.db_table)}", column, keys)


def held(model: Model, keys: Sequence[int]) -> set[int]:
    """Those of the keys whose rows something else holds, so that `remove` would refuse them."""
    relations: list[Any] = list(get_candidate_relations_to_delete(model._meta))
    found: set[int] = set()
    for relation in relations:
        if relation.on_delete not in (models.CASCADE, models.SET_NULL):
            holds = relation.field.column
            found.update(values_among(relation.related_model, holds, holds, keys))
    return found


def values_among(model: Model, wanted: str, column: str, keys: Sequence[int]) -> list[int]:
    """The different values of one column in the rows whose other column holds one of the keys."""
    table = _quoted(model._meta.db_table)
    return [one for (one,) in _tell(f"SELECT DISTINCT {_quoted(wanted)} FROM {table}", column, keys)]


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """While many small objects are made that all stay, looking for rubbish among them costs a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _tell(statement: str, column: str, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """Run the statement on the rows whose column holds one of the keys: one parameter, however many there are."""
    is_sqlite = connection.vendor == "sqlite"
    among = "IN (SELECT value FROM json_each(%s))" if is_sqlite else "= ANY(%s::bigint[])"
    with connection.cursor() as cursor:
        cursor.execute(
            f"{statement} WHERE {_quoted(column)} {among}", [_json(list(keys)) if is_sqlite else list(keys)]
        )
        return cursor.fetchall() if cursor.description else []


def _defaults(field: "models.Field[Any, Any]", count: int) -> list[Any]:
    """The default so many times; one that is made, as a public id, is made anew for each row."""
    if field.has_default() and callable(field.default):
        return [field.get_default() for _row in range(count)]
    return [field.get_default()] * count


def _written(field: "models.Field[Any, Any]", values: Iterable[Any]) -> Iterable[Any]:
    """A column as the database drivers take it."""
    if isinstance(field, models.JSONField):
        return map(_json, values)
    if isinstance(field, models.CharField | models.TextField):
        return (None if value is None else str(value) for value in values)
    if isinstance(field, models.DateField) and connection.vendor == "sqlite":
        return (value and str(value) for value in values)
    return values


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
