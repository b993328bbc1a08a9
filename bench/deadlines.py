"""`./run bench deadlines`: what falls due in 180 days, against a raw read of the same rows.

The floor is one SELECT of the terms with their renewal rules, fetched as tuples and thrown away.
"""

import sys
import tracemalloc
from datetime import date, timedelta

from bench._databases import arguments, on_each_database
from bench._peers import fastest

FIRST = date(2026, 11, 1)
DISTANCES = (30, 180)
FEW = 3


def main() -> int:
    options = arguments("deadlines", (__doc__ or "").split("\n")[0]).parse_args()
    if not options.inside:
        return on_each_database("bench.deadlines", options)
    prepare(options.size)
    measure(options.inside, options.size)
    return 0


def prepare(size: int) -> None:
    """Inside: migrate and fill an empty database; neither index nor figures are needed."""
    import django

    django.setup()
    from django.core.management import call_command

    from bench import _town

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    _town.load(size)


def raw_read() -> int:
    """The rows that the question reads, and nothing done with them."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.agreement_id, t.starts_on, t.ends_on, t.in_force_until, r.kind, r.months, r.notice_months, "
            "r.notice_days FROM agreements_term t LEFT JOIN agreements_renewalrule r ON "
            "r.agreement_id = t.agreement_id ORDER BY t.agreement_id, t.starts_on"
        )
        return sum(1 for _row in cursor)


def due_within(days: int) -> int:
    """How much falls due in so many days."""
    from renkei.agreements.deadlines import due_between
    from renkei.agreements.models import Agreement

    return sum(1 for _one in due_between(Agreement.objects.all(), FIRST, FIRST + timedelta(days=days)))


def measure(database: str, size: int) -> None:
    times = FEW if size < 100_000 else 1
    floor = fastest(raw_read, times)
    print(f"\nwhat falls due, {size:,} agreements, {database}; floor: {floor * 1e3:,.0f} ms")
    for days in DISTANCES:
        found = due_within(days)
        ours = fastest(lambda days=days: due_within(days), times)
        print(
            f"{days:>4} days{found:>10,} due{ours * 1e3:>12,.0f} ms   {ours / floor:.1f}× the floor",
            flush=True,
        )
    tracemalloc.start()
    due_within(DISTANCES[0])
    print(f"most memory at once: {tracemalloc.get_traced_memory()[1] / 2**20:.0f} MB")


if __name__ == "__main__":
    sys.exit(main())
