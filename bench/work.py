"""`./run bench work`: what came of a fiscal year with all its tables, against plain SQL that counts for one of them.

One town of 330 agreements and 3,000 results, and a prefecture's towns of 20,000 agreements and 60,000 results, over ten
years each. The peer is the plain `SELECT … GROUP BY` of one table, by the kind of the result and without a join.
"""

import sys
from datetime import UTC, date, datetime

from bench._databases import arguments, on_each_database, prepare
from bench._peers import fastest

DAY = date(2024, 6, 1)
YEAR = 2023
YEARS = 10
RESULTS = {330: 3_000, 20_000: 60_000}
FEW, MANY = 3, 10
BATCH = 5_000


def main() -> int:
    parser = arguments("work", (__doc__ or "").split("\n")[0])
    parser.set_defaults(size=330)
    options = parser.parse_args()
    if not options.inside:
        return on_each_database("bench.work", options)
    prepare(options.size)
    make_figures()
    make_work(RESULTS.get(options.size, options.size * 3))
    measure(options.inside, options.size)
    return 0


def make_figures() -> None:
    """Inside: what movements are read from, where it was not made before."""
    from renkei.reports.models import DaySum
    from renkei.reports.services import rebuild

    if not DaySum.objects.exists():
        rebuild()


def make_work(results: int) -> None:
    """An initiative for each second agreement, and results spread over them and over ten years, once."""
    from random import Random

    from django.db import connection

    from renkei.agreements.models import Agreement
    from renkei.initiatives.models import Initiative, Result
    from renkei.initiatives.vocabulary import InitiativeState, ResultKind

    if Result.objects.count() == results:
        return
    random = Random(2024)
    rows = list(Agreement.objects.order_by("pk").values_list("pk", "municipality", "division")[::2])
    begun = date(2015, 4, 1)
    Initiative.objects.bulk_create(
        [
            Initiative(
                agreement_id=pk, municipality_id=town, division_id=division, position=1, title="見本の取組",
                state=InitiativeState.RUNNING, begins_on=begun,
            )
            for pk, town, division in rows
        ],
        batch_size=BATCH,
    )  # fmt: skip
    initiatives = list(Initiative.objects.values_list("pk", "agreement", "municipality", "division"))
    at = datetime(2024, 4, 10, tzinfo=UTC)
    kinds = ResultKind.values
    made = []
    for number in range(results):
        pk, agreement, town, division = initiatives[int(random.random() * len(initiatives))]
        valued = number % 3 == 0
        made.append(
            Result(
                initiative_id=pk, agreement_id=agreement, municipality_id=town, division_id=division,
                fiscal_year=YEAR - number % YEARS, kind=kinds[number % len(kinds)], what="講座を開いた。",
                reported_side="town", reported_at=at, value=5_000 if valued else None,
                value_quantity=1 if valued else None, value_price=5_000 if valued else None,
            )
        )  # fmt: skip
    Result.objects.bulk_create(made, batch_size=BATCH)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def in_plain_sql() -> dict[str, int]:
    """The count by kind of result, of all that was made in the years."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, count(*) FROM initiatives_result WHERE fiscal_year > %s"
            " AND state IN ('reported', 'confirmed') GROUP BY kind",
            [YEAR - YEARS],
        )
        return dict(cursor.fetchall())


def measure(database: str, size: int) -> None:
    from renkei.agreements.audience import Audience
    from renkei.initiatives.models import Result
    from renkei.municipalities.models import Municipality
    from renkei.reports.cross import cross
    from renkei.reports.cross_words import question_from
    from renkei.reports.work import work_figures, work_series

    town = Municipality.objects.get(code="012041")
    one, every = Audience.staff(town), Audience(None, internal=True)
    results = Result.objects.count()
    floor = fastest(in_plain_sql, MANY)
    print(
        f"\nwork of {YEAR}, {size:,} agreements, {results:,} results, {database};"
        f" plain SQL of all years: {floor * 1e3:.1f} ms"
    )
    told = dict.fromkeys(in_plain_sql(), 0)
    for year in range(YEAR - YEARS + 1, YEAR + 1):
        for row in work_figures(every, year, on=DAY).by_result:
            told[row.asked.removeprefix("result=")] += row.count
    assert told == in_plain_sql(), "the figures count something else than SQL"
    question = question_from(
        {"rows": ["field"], "columns": ["kind"], "measure": ["results"], "first_year": [str(YEAR - YEARS + 1)],
         "last_year": [str(YEAR)]}, DAY,
    )  # fmt: skip
    in_force = question_from({"rows": ["field"], "columns": ["kind"], "measure": ["in_force"]}, DAY)
    asked = {
        "a town's year": lambda: work_figures(one, YEAR, on=DAY),
        "a town's 10 years": lambda: work_series(one, YEAR, on=DAY),
        "cross table of results": lambda: cross(town, question),
        "cross table of agreements": lambda: cross(town, in_force),
        "all towns' year": lambda: work_figures(every, YEAR, on=DAY),
    }
    for name, ask in asked.items():
        seconds = fastest(ask, FEW)
        print(f"{name:28}{seconds * 1e3:>9.1f} ms   ours ÷ plain SQL {seconds / floor:>6.1f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
