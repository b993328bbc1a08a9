"""`./run bench register`: the register as of a day with all its tables, against counting the records for one of them.

The floor is what any database does at best for one single table: one scan of a covering index over all agreements,
grouped by form. The records' own answer (terms by EXISTS, one table) is told beside it.
"""

import sys
from datetime import date

from bench._databases import arguments, on_each_database, prepare
from bench._peers import fastest

DAYS = (date(2024, 6, 1), date(2015, 3, 31), date(1999, 12, 15))
FEW, MANY = 3, 9
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
    """One flat row for each agreement and an index that covers the floor's question: as good as a plain count gets."""
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


def floor(on: date) -> dict[str, int]:
    """The count by form, from one scan of the covering index."""
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
    print(f"\nregister as of a day with all tables, {size:,} agreements, {database}")
    print(
        f"{'':12}{'in force':>10}{'floor':>10}{'records':>10}{'all towns':>11}{'public':>10}{'a town':>10}  floor ÷ slowest of ours"
    )
    for on in DAYS:
        counted = by_records(on)
        assert sum(counted.values()) == register_on(staff, on).total, "the figures differ from the records"
        assert counted == floor(on), "the floor counts something else"
        bare, records = fastest(lambda on=on: floor(on), FEW), fastest(lambda on=on: by_records(on), 1)
        ours = [fastest(lambda on=on, who=who: register_on(who, on), MANY) for who in (staff, everyone, town)]
        told = "".join(f"{seconds * 1e3:>7.1f} ms" for seconds in ours)
        print(
            f"{on}  {sum(counted.values()):>10,}{bare * 1e3:>7.0f} ms{records * 1e3:>7.0f} ms {told}{bare / max(ours):>8.0f}×",
            flush=True,
        )
    series = [fastest(lambda who=who: year_series(who, DAYS[0]), FEW) for who in (staff, town)]
    print(
        f"series of 20 years: all towns {series[0] * 1e3:.0f} ms, a town {series[1] * 1e3:.0f} ms", flush=True
    )


if __name__ == "__main__":
    sys.exit(main())
