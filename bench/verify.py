"""`./run bench verify`: proving a long chain, against a raw read of the same rows; and the memory that it takes."""

import sys
import tracemalloc
from datetime import UTC, datetime

from bench import _peers
from bench._databases import arguments, on_each_database

ENTRIES = 100_000


def main() -> int:
    options = arguments("verify", (__doc__ or "").split("\n")[0])
    options.set_defaults(size=ENTRIES)
    asked = options.parse_args()
    if not asked.inside:
        asked.folder = asked.folder / "verify"
        return on_each_database("bench.verify", asked)
    prepare(asked.size)
    measure(asked.inside, asked.size)
    return 0


def prepare(entries: int) -> None:
    """One town with so many entries, each with a reason and a change."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from renkei.audit.models import FIRST, Entry, Head
    from renkei.municipalities.models import Municipality

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    town = Municipality.objects.get(code="012041")
    if Entry.objects.exists():
        return
    told, digest = [], FIRST
    for number in range(1, entries + 1):
        entry = Entry(
            municipality=town, number=number, at=datetime.now(UTC), event="agreement.published", actor_name="計測",
            subject_type="agreements.agreement", subject_id="000000000000", subject_name=f"見本協定{number}",
            reason="計測のため", changes={"agreements.agreement.title": ["旧い名", f"新しい名{number}"]},
            previous_digest=digest,
        )  # fmt: skip
        entry.digest = digest = entry.computed_digest()
        told.append(entry)
    with transaction.atomic():
        Entry.objects.bulk_create(told, batch_size=1000)
        Head.objects.create(municipality=town, number=entries, digest=digest)


def raw_read() -> None:
    """All columns of all rows, as the driver gives them."""
    from django.db import connection

    with connection.chunked_cursor() as cursor:
        cursor.execute("SELECT * FROM audit_entry ORDER BY municipality_id, number")
        while cursor.fetchmany(500):
            pass


def proof() -> None:
    from renkei.audit.verification import faults, heads

    assert list(faults(heads())) == []


def measure(database: str, entries: int) -> None:
    floor, own = _peers.fastest(raw_read, 3), _peers.fastest(proof, 3)
    tracemalloc.start()
    proof()
    peak = tracemalloc.get_traced_memory()[1]
    print(
        f"verify, {entries:,} entries, {database}: {own:.2f} s, {own / floor:.1f} times a raw read ({floor:.2f} s), "
        f"{own / entries * 1e6:.0f} µs an entry; Python held {peak / 1024**2:.1f} MB at most"
    )


if __name__ == "__main__":
    sys.exit(main())
