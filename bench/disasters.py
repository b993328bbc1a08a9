"""`./run bench disasters`: a need to a ranked list, against plain SQL; and a drill with 20 people at once.

(a) Every second agreement has a capability with a place, and its partner a telephone. Need → ranked partners of one
town with reasons and chains, against two plain filters of the same table that show rows and rank nothing:
`WHERE municipality AND goods LIKE` (which uses our index) and `WHERE goods LIKE` over the register. (b) 200 needs,
1,000 calls by 20 threads through the services, into one incident; calls and needs are counted afterwards. (c) What a
town of that size waits for: its readiness with gaps, single points and tasks, and the facts of the page that works
without network.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from threading import Thread
from typing import Any

from bench._databases import arguments, on_each_database, prepare
from bench._peers import fastest

AT = datetime(2026, 10, 30, 18, 0, tzinfo=UTC)
"""Three in the morning in Japan."""
NEEDS, CALLS, PEOPLE = 200, 1_000, 20
BATCH = 5_000
GOODS = (
    ("food_water", "飲料水", "本"),
    ("food_water", "食料品", "食"),
    ("daily_goods", "毛布", "枚"),
    ("fuel", "灯油", "L"),
    ("equipment", "仮設トイレ", "基"),
    ("transport", "トラックによる輸送", "台"),
    ("civil_works", "応急復旧", ""),
    ("shelter", "施設の提供", ""),
)


def main() -> int:
    parser = arguments("disasters", (__doc__ or "").split("\n")[0])
    parser.add_argument("--rows", dest="size", type=int, help="the same as --size")
    options = parser.parse_args()
    if not options.inside:
        return on_each_database("bench.disasters", options)
    prepare(options.size)
    make_capabilities()
    make_contacts()
    rank_needs(options.inside, options.size)
    read_a_town(options.inside)
    play_a_drill(options.inside)
    return 0


def make_capabilities() -> None:
    """Inside: one for each second agreement, with a place, where they were not made before."""
    from renkei.agreements.models import Party
    from renkei.disasters.models import Capability, SupplyPlace

    if Capability.objects.exists():
        return
    partners = Party.objects.filter(organisation__isnull=False, position=2).order_by("agreement")
    rows = partners.values_list("agreement", "agreement__municipality", "organisation")
    made = []
    for number, (agreement, town, organisation) in enumerate(rows.iterator(chunk_size=BATCH)):
        if number % 2:
            continue
        function, goods, unit = GOODS[number // 2 % len(GOODS)]
        made.append(
            Capability(
                pk=number + 1, municipality_id=town, agreement_id=agreement, organisation_id=organisation,
                function=function, goods=goods, unit=unit, quantity=Decimal(100 + number % 3000) if unit else None,
                certainty=("guaranteed", "estimated", "none")[number % 3],
                hours=("always", "office", "arranged", "unknown")[number % 4], state="current",
                confirmed_on=date(2026, 4, 1),
            )
        )  # fmt: skip
    Capability.objects.bulk_create(made, batch_size=BATCH)
    places = (
        SupplyPlace(
            capability_id=one.pk,
            name="倉庫",
            latitude=Decimal("43.70") + Decimal(one.pk % 400) / 1000,
            longitude=Decimal("142.30"),
        )
        for one in made
    )
    SupplyPlace.objects.bulk_create(places, batch_size=BATCH)


def make_contacts() -> None:
    """Inside: a contact with a telephone for each partner that has a capability, where none were made before."""
    from django.db import connection

    from renkei.disasters.models import Capability, ContactChannel, EmergencyContact

    if EmergencyContact.objects.exists():
        return
    partners = (
        Capability.objects.order_by("organisation").values_list("organisation", "municipality").distinct()
    )
    made = [
        EmergencyContact(
            pk=partner, municipality_id=town, organisation_id=partner, unit="防災担当",
            reached_when=("always", "day", "night")[partner % 3],
            verified_on=date(2025 + partner % 2, 4, 1),
        )
        for partner, town in partners.iterator(chunk_size=BATCH)
    ]  # fmt: skip
    EmergencyContact.objects.bulk_create(made, batch_size=BATCH)
    channels = (ContactChannel(contact_id=one.pk, kind="phone", value="0166-00-0000") for one in made)
    ContactChannel.objects.bulk_create(channels, batch_size=BATCH)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # what it does by itself some minutes after so many rows came


def an_incident() -> Any:
    """A drill of the first town."""
    from renkei.disasters.models import Capability
    from renkei.disasters.services.incidents import open_incident
    from renkei.municipalities.models import Municipality

    town = Municipality.objects.get(pk=Capability.objects.order_by("pk").values("municipality")[:1])
    return open_incident(town, kind="drill", hazard="earthquake", title="計測", actor=None, at=AT)


def rank_needs(database: str, size: int) -> None:
    """(a) Milliseconds of a ranked list, of its parts in the database, and of the plain filters."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from renkei.disasters.incidents.ranking import rank
    from renkei.disasters.incidents.saying import read_need
    from renkei.disasters.models import Capability, District
    from renkei.disasters.services.needs import write_need

    incident = an_incident()
    town = incident.municipality
    known = District.objects.of(town).filter(name="東光地区").first()
    district = known or District.objects.create(
        municipality=town, name="東光地区", latitude=Decimal("43.754"), longitude=Decimal("142.399")
    )
    print(
        f"\nneed → ranked list, {size:,} agreements, {Capability.objects.count():,} capabilities, {database}"
    )
    print(
        f"{'':24}{'found':>6}{'queries':>9}{'ours':>10}{'town LIKE':>12}{'all LIKE':>12}{'ratio town':>12}{'all':>8}"
    )
    for said, word in (
        ("水 2,000本 東光地区", "水"),
        ("灯油 1万L 東光地区", "灯油"),
        ("毛布 500枚", "毛布"),
    ):
        need = write_need(incident, read_need(said, [district]).facts, actor=None, at=AT)
        ours = fastest(lambda need=need: rank(need, town=town, at=AT), 7)  # type: ignore[misc]
        with CaptureQueriesContext(connection) as queries:
            found = len(rank(need, town=town, at=AT))
        plain, everywhere = partial(plain_filter, word, town.pk), partial(plain_filter, word, None)
        one, every = fastest(plain, 7), fastest(everywhere, 3)
        print(
            f"{said:{24 - sum(ord(c) > 255 for c in said)}}{found:>6}{len(queries):>9}{ours * 1e3:>7.1f} ms"
            f"{one * 1e3:>9.2f} ms{every * 1e3:>9.1f} ms{ours / one:>12.1f}{ours / every:>8.2f}",
            flush=True,
        )


def plain_filter(word: str, town: int | None) -> list[tuple[Any, ...]]:
    """The rows that a list with a search box shows: no order by fit, no reasons, nobody to call."""
    from django.db import connection

    here = "c.municipality_id = %s AND " if town else ""
    question = (
        "SELECT c.id, c.goods, c.quantity, c.unit, o.name, a.title FROM disasters_capability c "
        "JOIN partners_organisation o ON o.id = c.organisation_id JOIN agreements_agreement a ON a.id = c.agreement_id "
        f"WHERE {here}c.goods LIKE %s ORDER BY o.name LIMIT 30"
    )
    with connection.cursor() as cursor:
        cursor.execute(question, [town, f"%{word}%"] if town else [f"%{word}%"])
        return list(cursor.fetchall())


def read_a_town(database: str) -> None:
    """(c) Milliseconds for a whole town."""
    from renkei.disasters.models import Capability
    from renkei.disasters.offline.register import field_register
    from renkei.disasters.readiness.whole import readiness_of
    from renkei.municipalities.models import Municipality

    town = Municipality.objects.get(pk=Capability.objects.order_by("pk").values("municipality")[:1])

    def readiness() -> int:
        found = readiness_of(town, AT.date())
        assert found.tally.agreements == len(found.agreements)
        assert [found.gaps, found.single_points, found.tasks]
        return len(found.agreements)

    count = readiness()
    of_town, facts = fastest(readiness, 3), fastest(lambda: field_register(town, AT), 3)
    print(
        f"town with {count} agreements for disasters, {database}: readiness {of_town * 1e3:.0f} ms, "
        f"field register {facts * 1e3:.0f} ms",
        flush=True,
    )


def play_a_drill(database: str) -> None:
    """(b) All needs, then all calls, by people at once; wrong counts or errors end the measurement with an error."""
    from renkei.disasters.models import Call, Incident, Need

    incident = an_incident()
    failed = at_once(database, "needs", NEEDS, partial(write_one, incident))
    needs = list(Need.objects.filter(incident=incident).select_related("incident__municipality"))
    failed += at_once(database, "calls", CALLS, partial(call_one, incident, needs, offers_of(incident)))
    Incident.objects.running().update(closed_at=AT)  # the next measurement finds no disaster going on
    kept = Need.objects.filter(incident=incident).count(), Call.objects.filter(incident=incident).count()
    if failed or kept != (NEEDS, CALLS):
        raise SystemExit(f"lost or doubled: {kept}; {failed[:3]}")
    print(f"  kept: {kept[0]} needs, {kept[1]} calls, none lost, none doubled")


def offers_of(incident: Any) -> list[Any]:
    """What partners of the town promise."""
    from renkei.disasters.models import Capability

    of_town = Capability.objects.of(incident.municipality).order_by("pk")
    return list(of_town.select_related("organisation", "agreement")[:100])


def write_one(incident: Any, number: int) -> None:
    """One need."""
    from renkei.disasters.incidents.need_facts import NeedFacts
    from renkei.disasters.services.needs import write_need
    from renkei.disasters.vocabulary import DisasterFunction

    facts = NeedFacts(DisasterFunction.FOOD_WATER, "水", Decimal(100), "本")
    write_need(incident, facts, actor=None, at=AT, public_id=f"{incident.pk % 10**6:06d}n{number:05d}")


def call_one(incident: Any, needs: list[Any], offers: list[Any], number: int) -> None:
    """One call; every fifth is answered, which makes a request with two steps as well."""
    from renkei.disasters.incidents.call_facts import CallFacts
    from renkei.disasters.services.pressing import note_call
    from renkei.disasters.vocabulary import CallOutcome, StepKind

    offer, is_answered = offers[number % len(offers)], number % 5 == 0
    note_call(
        needs[number % len(needs)],
        CallFacts(offer.organisation, CallOutcome.REACHED if is_answered else CallOutcome.NO_ANSWER),
        StepKind.ACCEPTED if is_answered else None,
        agreement=offer.agreement,
        capability=offer,
        actor=None,
        at=AT,
        public_id=f"{incident.pk % 10**6:06d}c{number:05d}",
    )


def at_once(database: str, what: str, count: int, act: Callable[[int], None]) -> list[Exception]:
    """Do it by so many people at once, print how fast, and give what failed."""
    times: list[float] = []
    errors: list[Exception] = []
    begin = time.perf_counter()
    people = [
        Thread(target=one_person, args=(act, range(one, count, PEOPLE), times, errors))
        for one in range(PEOPLE)
    ]
    for one in people:
        one.start()
    for one in people:
        one.join()
    spent = time.perf_counter() - begin
    slow = sorted(times)[int(len(times) * 0.95)]
    print(
        f"drill, {PEOPLE} at once, {database}: {count} {what} in {spent:.1f} s, {count / spent:.0f}/s, "
        f"p95 {slow * 1e3:.0f} ms, errors {len(errors)}",
        flush=True,
    )
    return errors


def one_person(
    act: Callable[[int], None], numbers: range, times: list[float], errors: list[Exception]
) -> None:
    """What one person does, one after the other, on a connection of their own."""
    from django.db import connection

    try:
        for number in numbers:
            begin = time.perf_counter()
            try:
                act(number)
            except Exception as error:  # noqa: BLE001 — counted and told
                errors.append(error)
            times.append(time.perf_counter() - begin)
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
