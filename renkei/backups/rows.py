"""Rows as lines of JSON, the same on every database, and back.

A line is a list of the row's columns in the order of the model; a table's digest is taken over its lines, so a
restored table is equal exactly when its digest is.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import IO, Any
from uuid import UUID

from django.apps.registry import Apps
from django.db import connection, models

IN_ONE_READING = 2000
LONGEST_LINE = 128 * 1024**2
"""Files are kept apart, so that a row has a few megabytes at most."""

NOT_CARRIED = {"sessions.Session"}
"""Whoever holds a session's key is signed in: people sign in again after a restore instead."""
Column = Any


def tables(apps: Apps) -> list[type[models.Model]]:
    """The models whose rows a backup carries, in a fixed order."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label not in NOT_CARRIED
    ]


def columns(model: type[models.Model], names: Sequence[str] = ()) -> list[Column]:
    """The columns of the model's own table, in the model's order or in that of the names; KeyError for one unknown.

    A version reached by migrations has its columns in another order than the same version written down at once.
    """
    own = {str(column.column): column for column in model._meta.local_concrete_fields}
    return [own[name] for name in names or own]


def lines(model: type[models.Model], order: Sequence[str] = ()) -> Iterator[str]:
    """Every row of the table as a line without its end, by primary key."""
    names = [column.attname for column in columns(model, order)]
    rows = model._base_manager.order_by("pk").values_list(*names)
    encode = json.JSONEncoder(
        ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_written
    ).encode
    for row in rows.iterator(IN_ONE_READING):
        yield encode(row)


def chunks(model: type[models.Model], order: Sequence[str] = ()) -> Iterator[tuple[int, bytes]]:
    """The lines in larger pieces: how many lines there are in each, and its bytes."""
    told = lines(model, order)
    while some := list(islice(told, IN_ONE_READING)):
        yield len(some), ("\n".join(some) + "\n").encode("utf-8", "surrogatepass")


def digest(model: type[models.Model], order: Sequence[str] = ()) -> tuple[int, str]:
    """How many rows the table has, and the SHA-256 of its lines."""
    count, summed = 0, hashlib.sha256()
    for number, piece in chunks(model, order):
        count += number
        summed.update(piece)
    return count, summed.hexdigest()


def insert(model: type[models.Model], told: IO[bytes], order: Sequence[str] = ()) -> int:
    """Write lines into the table; the caller holds the transaction."""
    fields = columns(model, order)
    readers = [_reader(field) for field in fields]
    rows = (
        [read(value) for read, value in zip(readers, json.loads(line), strict=True)] for line in _each(told)
    )
    quote = connection.ops.quote_name
    table, listed = quote(model._meta.db_table), ", ".join(quote(str(field.column)) for field in fields)
    count = 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
                for count, row in enumerate(rows, start=1):  # noqa: B007
                    copy.write_row(row)
            return count
        statement = f"INSERT INTO {table} ({listed}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608
        while some := list(islice(rows, IN_ONE_READING)):
            cursor.executemany(statement, some)
            count += len(some)
    return count


def _each(told: IO[bytes]) -> Iterator[bytes]:
    """Line by line; ValueError for one that no row of ours can be."""
    while line := told.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise ValueError(f"a line of more than {LONGEST_LINE} bytes")
        yield line


def _written(value: object) -> object:
    """What JSON has no word for, as text: a moment in UTC, bytes in base 64."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case bytes() | memoryview() | bytearray():
            return base64.b64encode(bytes(value)).decode()
        case timedelta():
            return value // timedelta(microseconds=1)
        case UUID() | Decimal():
            return str(value)
    raise TypeError(f"{type(value).__name__} has no spelling in a backup.")


READERS: dict[str, Callable[[Any], Any]] = {
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
    "TimeField": time.fromisoformat,
    "BinaryField": base64.b64decode,
    "DurationField": lambda value: timedelta(microseconds=value),
    "UUIDField": UUID,
    "DecimalField": Decimal,
}


def _reader(field: Column) -> Callable[[Any], Any]:
    """How a value of a line becomes what the database's driver takes."""
    kind = (field.target_field if field.is_relation else field).get_internal_type()
    if kind == "JSONField":
        return lambda value: (
            None if value is None and field.null else connection.ops.adapt_json_value(value, field.encoder)
        )
    read = READERS.get(kind, lambda value: value)
    return lambda value: None if value is None else field.get_db_prep_save(read(value), connection)
