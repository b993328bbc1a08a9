"""`./run bench procedures`: the board of a town's running procedures, against raw reads of the same rows.

The floor is what a board cannot do without: every running procedure's step and day, and the rows of those shown with
their items, checks and questions, by plain SELECTs fetched as tuples and thrown away.
"""

import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench._databases import KEPT, arguments, on_each_database
from bench._peers import fastest

TODAY = date(2026, 11, 26)
TIMES = 5
CHECKS, ITEMS = 11, 6


def main() -> int:
    parser = arguments("procedures", (__doc__ or "").split("\n")[0])
    parser.set_defaults(size=2_000, folder=KEPT / "procedures")
    options = parser.parse_args()
    if not options.inside:
        return on_each_database("bench.procedures", options)
    prepare(options.size)
    measure(options.inside, options.size)
    return 0


def prepare(size: int) -> None:
    """Inside: migrate, and fill an empty database with running procedures in all steps."""
    import django

    django.setup()
    from django.core.management import call_command

    from renkei.procedures.models import Procedure

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    if not Procedure.objects.exists():
        fill(size)


def fill(size: int) -> None:
    """One town, forty divisions, and so many procedures with items, checks, questions and stays."""
    from renkei.agreements.vocabulary import Side
    from renkei.municipalities.models import Division, Municipality
    from renkei.procedures.course import Course
    from renkei.procedures.models import CheckLine, CooperationItem, Passage, Procedure, Question
    from renkei.procedures.vocabulary import STEPS

    Municipality.objects.filter(code="012041").update(takes_part=True)
    town = Municipality.objects.get(code="012041")
    divisions = Division.objects.bulk_create(Division(municipality=town, name=f"第{n}課") for n in range(40))
    course, at = Course().as_told(), datetime(2026, 11, 1, tzinfo=UTC)
    made = Procedure.objects.bulk_create(
        Procedure(
            municipality=town, number_year=2026, number=n + 1, title=f"連携の提案 {n}", partner_name=f"見本{n}株式会社",
            stage=STEPS[n % 6], division=divisions[n % 40] if n % 6 else None, course=course,
            opened_on=TODAY - timedelta(n % 200), stage_since=TODAY - timedelta(n % 50),
        )
        for n in range(size)
    )  # fmt: skip
    Passage.objects.bulk_create(
        Passage(procedure=one, stage=one.stage, entered_on=one.stage_since) for one in made
    )
    CheckLine.objects.bulk_create(
        CheckLine(procedure=one, stage="coordination", position=n, text=f"確かめること{n}")
        for one in made
        for n in range(CHECKS)
    )
    CooperationItem.objects.bulk_create(
        CooperationItem(procedure=one, position=n, heading=f"連携事項{n}")
        for one in made
        for n in range(ITEMS)
    )
    Question.objects.bulk_create(
        Question(procedure=one, side=Side.TOWN, text="いつから始めますか。", asked_at=at) for one in made
    )


def raw_reads(shown: list[int]) -> int:
    """The rows that the board needs, and nothing done with them."""
    from django.db import connection

    marks = ",".join(["%s"] * len(shown))
    statements: list[tuple[str, list[Any]]] = [
        (
            "SELECT id, stage, stage_since, course, held_since FROM procedures_procedure WHERE closed_on IS NULL",
            [],
        ),
        (f"SELECT * FROM procedures_procedure WHERE id IN ({marks})", shown),
        (f"SELECT * FROM procedures_cooperationitem WHERE procedure_id IN ({marks})", shown),
        (f"SELECT * FROM procedures_checkline WHERE procedure_id IN ({marks})", shown),
        (f"SELECT * FROM procedures_question WHERE procedure_id IN ({marks})", shown),
    ]
    with connection.cursor() as cursor:
        read = 0
        for statement, given in statements:
            cursor.execute(statement, given)
            read += len(cursor.fetchall())
    return read


def measure(database: str, size: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from renkei.municipalities.models import Municipality
    from renkei.procedures.board import Asked, columns, found

    town = Municipality.objects.get(code="012041")

    def board(asked: Asked) -> list[Any]:
        return columns(found(town, asked, TODAY), asked, TODAY)

    shown = [card.procedure.pk for column in board(Asked()) for card in column.cards]
    floor = fastest(lambda: raw_reads(shown), TIMES)
    print(f"\nthe board, {size:,} running procedures, {database}; floor: {floor * 1e3:,.1f} ms")
    for name, asked in (
        ("all steps", Asked()),
        ("what is stuck", Asked(only_stuck=True)),
        ("words", Asked(text="提案 1")),
    ):
        with CaptureQueriesContext(connection) as queries:
            cards = sum(len(column.cards) for column in board(asked))
        ours = fastest(lambda asked=asked: board(asked), TIMES)
        told = f"{name:<16}{cards:>4} cards{len(queries):>4} queries{ours * 1e3:>10,.1f} ms"
        print(f"{told}   {ours / floor:.1f}× the floor", flush=True)


if __name__ == "__main__":
    sys.exit(main())
