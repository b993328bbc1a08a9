"""A register of any size, the same at every run: 330 agreements of one town, 20,000 of 60, 600,000 of all 1,788.

`load(size)` fills the database that the settings name, by bulk statements past the services; the index and the
figures are built afterwards by their own commands.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any

from bench import _words as words

TOWNS = {330: 1, 20_000: 60, 600_000: 1_788}
FIRST_TOWN = "012041"
SEED = 2024
BATCH = 5_000
LAST_DAY = date(2026, 10, 31)
DISASTER_SHARE = 0.46
COMPREHENSIVE_SHARE = 0.06

Row = tuple[Any, ...]
TABLES: dict[str, tuple[str, ...]] = {
    "municipalities.Division": ("id", "municipality_id", "public_id", "department", "name", "is_coordinating"),
    "partners.Organisation": (
        "id", "municipality_id", "public_id", "name", "name_kana", "folded_name", "kind", "corporate_number", "address",
        "notes", "version",
    ),
    "partners.OrganisationName": ("id", "organisation_id", "name", "folded_name", "ends_on"),
    "agreements.Agreement": (
        "id", "municipality_id", "public_id", "title", "title_kana", "form", "document_kind", "purpose", "notes",
        "remarks", "signed_on", "signed_as", "division_id", "is_published", "source", "is_sample", "version",
    ),
    "agreements.Party": (
        "id", "agreement_id", "position", "letter", "organisation_id", "name_as_signed", "unit", "signatory", "duties",
        "remark",
    ),
    "agreements.AgreementField": ("id", "agreement_id", "field_id", "is_main"),
    "agreements.Item": ("id", "agreement_id", "position", "heading"),
    "agreements.Term": ("id", "agreement_id", "starts_on", "ends_on", "in_force_until", "start_basis"),
    "agreements.RenewalRule": ("id", "agreement_id", "kind", "months", "notice_months", "notice_effect", "clause"),
}  # fmt: skip


class Maker:
    """Rows of all tables for one municipality after another."""

    def __init__(self, fields: dict[str, int], seed: int = SEED) -> None:
        from renkei.rules.names import folded_name

        self.folded = folded_name
        self.fields = fields
        self.random = Random(seed)
        self.numbers = dict.fromkeys(TABLES, 0)
        self.rows: dict[str, list[Row]] = {table: [] for table in TABLES}

    def add(self, table: str, *values: Any) -> int:
        self.numbers[table] += 1
        self.rows[table].append((self.numbers[table], *values))
        return self.numbers[table]

    def public_id(self) -> str:
        alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
        number = self.random.getrandbits(60)
        return "".join(alphabet[number >> shift & 31] for shift in range(0, 60, 5))

    def chosen(self, values: Any) -> Any:
        return values[int(self.random.random() * len(values))]

    def town(self, pk: int, name: str, agreements: int) -> None:
        """A town with its divisions, partners and agreements."""
        divisions = [
            self.add(
                "municipalities.Division", pk, self.public_id(), department, division, division == "企画課"
            )
            for department, division in words.DIVISIONS
        ]
        partners = [self.partner(pk, number) for number in range(max(2, agreements * 6 // 10))]
        for _number in range(agreements):
            self.agreement(pk, name, divisions, partners)

    def partner(self, town: int, number: int) -> tuple[int, str]:
        line, kind = self.chosen(words.LINES)
        place = self.chosen(words.PLACES) + self.chosen(words.PLACES)
        front = (
            self.chosen(words.FRONT)
            if kind in ("company", "welfare", "npo", "association", "medical")
            else ""
        )
        name = (
            f"{front}{place}{line}" if number % 3 else f"{place}{line}{front if front == '株式会社' else ''}"
        )
        pk = self.add(
            "partners.Organisation", town, self.public_id(), name, "", self.folded(name), kind, "", "", "", 1
        )
        if self.random.random() < 0.03:
            former = f"旧{place}{line}"
            self.add("partners.OrganisationName", pk, former, self.folded(former), "2015-03-31")
        return pk, name

    def agreement(self, town: int, name: str, divisions: list[int], partners: list[tuple[int, str]]) -> None:
        chance = self.random.random
        form, slug, pattern = self.subject()
        named = [self.chosen(partners) for _n in range(1 if chance() < 0.88 else 2 + int(chance() * 4))]
        said = {
            "town": name, "partner": named[0][1], "other": self.chosen(partners)[1], "place": self.chosen(words.PLACES),
            "goods": self.chosen(words.GOODS), "help": self.chosen(words.HELP),
        }  # fmt: skip
        day = self.signing_day()
        signed_on, signed_as = self.as_known(day)
        pk = self.add(
            "agreements.Agreement", town, self.public_id(), pattern.format(**said), "", form, "agreement",
            self.chosen(words.PURPOSES).format(**said) if chance() < 0.3 else "",
            self.chosen(words.NOTES) if chance() < 0.1 else "",
            f'["{self.chosen(words.REMARKS)}"]' if chance() < 0.05 else "[]",
            signed_on, signed_as, self.chosen(divisions) if chance() < 0.95 else None,
            chance() < 0.7, "", True, 1,
        )  # fmt: skip
        self.parties(pk, name, named)
        self.belongs_to(pk, slug)
        if form == "comprehensive":
            for position, heading in enumerate(
                self.random.sample(words.ITEMS, 3 + int(chance() * 5)), start=1
            ):
                self.add("agreements.Item", pk, position, heading)
        self.term(pk, day)

    def subject(self) -> tuple[str, str, str]:
        chance = self.random.random()
        if chance < DISASTER_SHARE:
            return (
                "disaster",
                "disaster.support" if chance < 0.4 else "disaster.preparedness",
                self.chosen(words.DISASTER),
            )
        if chance < DISASTER_SHARE + COMPREHENSIVE_SHARE:
            return "comprehensive", "other", self.chosen(words.COMPREHENSIVE)
        # The first of the other subjects are commoner than the last, as the longest lists are of few fields.
        slug, patterns = words.OTHERS[int(self.random.random() ** 1.6 * len(words.OTHERS))]
        return "scheme" if slug.startswith("environment.bags") else "individual", slug, self.chosen(patterns)

    def signing_day(self) -> date:
        """More of them towards the present; many on the first and last day of a fiscal year."""
        years = int(56 * self.random.random() ** 0.35)
        chance = self.random.random()
        if chance < 0.12:
            return min(date(1970 + years, 4, 1), LAST_DAY)
        if chance < 0.18:
            return min(date(1970 + years, 3, 31), LAST_DAY)
        return min(date(1970 + years, 1, 1) + timedelta(days=int(self.random.random() * 365)), LAST_DAY)

    def as_known(self, day: date) -> tuple[str | None, str]:
        chance = self.random.random()
        if chance < 0.92:
            return day.isoformat(), day.isoformat()
        return None, f"{day:%Y-%m}" if chance < 0.96 else f"{day:%Y}" if chance < 0.97 else ""

    def parties(self, agreement: int, town: str, named: list[tuple[int, str]]) -> None:
        self.add("agreements.Party", agreement, 1, "甲", None, town, "", "", "", "")
        for position, (pk, name) in enumerate(dict.fromkeys(named), start=2):
            signatory = "代表取締役 見本 太郎" if self.random.random() < 0.2 else ""
            self.add(
                "agreements.Party",
                agreement,
                position,
                "乙丙丁戊己"[position - 2],
                pk,
                name,
                "",
                signatory,
                "",
                "",
            )

    def belongs_to(self, agreement: int, slug: str) -> None:
        self.add("agreements.AgreementField", agreement, self.fields[slug], True)
        if self.random.random() < 0.2:
            other = self.chosen(words.OTHERS)[0]
            if other != slug:
                self.add("agreements.AgreementField", agreement, self.fields[other], False)

    def term(self, agreement: int, day: date) -> None:
        chance = self.random.random()
        end = (day + timedelta(days=365 * (1 + int(self.random.random() * 3)))).isoformat()
        ends, until, kind = None, None, "none"
        if chance < 0.6:
            ends, kind = end, "automatic"
            if chance < 0.06:  # renewed for some years, then ended
                until = (day + timedelta(days=365 * (3 + int(self.random.random() * 20)))).isoformat()
        elif chance < 0.75:
            ends = until = end
        self.add("agreements.Term", agreement, day.isoformat(), ends, until, "stated")
        self.add("agreements.RenewalRule", agreement, kind, 12 if kind == "automatic" else None, None, "", "")

    def taken(self) -> dict[str, list[Row]]:
        """The rows made since the last time."""
        made, self.rows = self.rows, {table: [] for table in TABLES}
        return made


def towns(size: int) -> list[tuple[int, str, int]]:
    """Primary key, name and number of agreements of the municipalities that take part."""
    from renkei.municipalities.models import Municipality

    asked = TOWNS.get(size, max(1, min(1_788, size // 335)))
    codes = Municipality.objects.order_by("code").values_list("pk", "name", "code")
    ordered = sorted(codes, key=lambda row: (row[2] != FIRST_TOWN, row[2]))
    each, more = divmod(size, asked)
    return [
        (pk, name, each + (number < more)) for number, (pk, name, _code) in enumerate(islice(ordered, asked))
    ]


def made(
    size: int, towns: list[tuple[int, str, int]], fields: dict[str, int]
) -> Iterator[dict[str, list[Row]]]:
    """All rows in portions."""
    maker = Maker(fields)
    for pk, name, agreements in towns:
        maker.town(pk, name, agreements)
        if len(maker.rows["agreements.Agreement"]) >= BATCH:
            yield maker.taken()
    yield maker.taken()


def load(size: int) -> bool:
    """Fill the present database, if it is empty; False if it was filled before."""
    from django.apps import apps
    from django.db import connection

    from renkei.agreements.models import Agreement, Field
    from renkei.municipalities.models import Municipality

    if Agreement.objects.count() == size:
        return False
    chosen = towns(size)
    Municipality.objects.filter(pk__in=[pk for pk, *_rest in chosen]).update(takes_part=True)
    tables = {name: apps.get_model(name)._meta.db_table for name in TABLES}
    write = _into_sqlite if connection.vendor == "sqlite" else _into_postgresql
    write(tables, made(size, chosen, dict(Field.objects.values_list("slug", "pk"))))
    return True


def _into_sqlite(tables: dict[str, str], portions: Iterator[dict[str, list[Row]]]) -> None:
    from django.db import connection

    connection.ensure_connection()
    own = connection.connection
    own.execute("PRAGMA synchronous=OFF")
    own.execute("PRAGMA foreign_keys=OFF")
    own.execute("BEGIN IMMEDIATE")
    for portion in portions:
        for name, rows in portion.items():
            marks = ",".join("?" * len(TABLES[name]))
            own.executemany(f"INSERT INTO {tables[name]} ({','.join(TABLES[name])}) VALUES ({marks})", rows)
    own.execute("COMMIT")
    own.execute("ANALYZE")
    own.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _into_postgresql(tables: dict[str, str], portions: Iterator[dict[str, list[Row]]]) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        for portion in portions:
            for name, rows in portion.items():
                with cursor.copy(f"COPY {tables[name]} ({','.join(TABLES[name])}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
        for table in tables.values():
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            )
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE")
    connection.close()
