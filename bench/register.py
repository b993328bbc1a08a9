"""`./run bench register`: the register as of a day with all its tables, against counting for one of them.

The floor is the plain `SELECT form, count(*) … GROUP BY form` that the search is measured against too: one table, no
day. Beside it what a covering index over one flat row for each agreement answers for the day, and what the records do.
"""

import sys
from datetime import date

from bench._databases import arguments, on_each_database, prepare
from bench._peers import fastest, plain_count

DAYS = (date(2024, 6, 1), date(2015, 3, 31), date(1999, 12, 15))
FEW, MANY = 3, 25
FLAT = "bench_flat"


def main() -> int:
    options = arguments("register", (__doc__ or "").split("\n")[0]).parse_args()
    if not options.inside:
        return on_each_database("bench.register", options)
    prepare(options.size)
    make_sums()
    make_flat()
    measure(options.inside, options.size)
    return 0


def make_sums() -> None:
    """Inside: what the figures are read from, where it was not made before."""
    import time

    from renkei.reports.models import DaySum
    from renkei.reports.services import rebuild

    if not DaySum.objects.exists():
        begin = time.monotonic()
        rebuild()
        print(f"  figures made in {time.monotonic() - begin:.0f} s", file=sys.stderr)


def make_flat() -> None:
    """One flat row for each agreement and an index that covers the question."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {FLAT}")
        cursor.execute(
            f"CREATE TABLE {FLAT} AS SELECT a.form, min(t.starts_on) AS starts, "
            "CASE WHEN count(*) = count(t.in_force_until) THEN max(t.in_force_until) END AS until "
            "FROM agreements_agreement a JOIN agreements_term t ON t.agreement_id = a.id GROUP BY a.id, a.form"
        )
        cursor.execute(f"CREATE INDEX {FLAT}_covering ON {FLAT} (form, starts, until)")
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else f"VACUUM ANALYZE {FLAT}")


def covered(on: date) -> dict[str, int]:
    """The count by form on the day, from the covering index."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT form, count(*) FROM {FLAT} WHERE starts <= %s AND (until IS NULL OR until >= %s) GROUP BY form",
            [on, on],
        )
        return dict(cursor.fetchall())


def by_records(on: date) -> dict[str, int]:
    """The same from the records, as the register defines it."""
    from django.db.models import Count

    from renkei.agreements.models import Agreement

    counted = Agreement.objects.in_force_on(on).order_by().values_list("form")
    return dict(counted.annotate(count=Count("pk")))


def measure(database: str, size: int) -> None:
    from renkei.agreements.audience import Audience
    from renkei.municipalities.models import Municipality
    from renkei.reports.figures import register_on, year_series

    everyone, staff = Audience.public(), Audience(None, internal=True)
    town = Audience.staff(Municipality.objects.get(code="012041"))
    floor = fastest(plain_count, FEW)
    print(f"\nregister as of a day, all tables, {size:,} agreements, {database}; floor: {floor * 1e3:.0f} ms")
    heads = (
        ("in force", 9),
        ("records", 10),
        ("covering", 10),
        ("all towns", 10),
        ("public", 10),
        ("a town", 10),
    )
    print(f"{'':12}{''.join(f'{head:>{width}}' for head, width in heads)}  floor ÷ ours")
    for on in DAYS:
        counted = by_records(on)
        assert sum(counted.values()) == register_on(staff, on).total, "the figures differ from the records"
        assert counted == covered(on), "the covering index counts something else"
        peers = fastest(lambda on=on: by_records(on), 1), fastest(lambda on=on: covered(on), FEW)
        ours = [fastest(lambda on=on, who=who: register_on(who, on), MANY) for who in (staff, everyone, town)]
        told = "".join(
            f"{seconds * 1e3:>7.{places}f} ms"
            for seconds, places in zip((*peers, *ours), (0, 0, 1, 1, 1), strict=True)
        )
        print(f"{on}{sum(counted.values()):>11,}{told}   {floor / max(ours):.0f}×", flush=True)
    series = [fastest(lambda who=who: year_series(who, DAYS[0]), FEW) for who in (staff, town)]
    print(
        f"series of 20 years: all towns {series[0] * 1e3:.0f} ms, a town {series[1] * 1e3:.0f} ms", flush=True
    )


if __name__ == "__main__":
    sys.exit(main())
