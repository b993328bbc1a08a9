"""What the search is measured against: Datasette over FTS5, Django admin's search, and the plainest GROUP BY."""

import contextlib
import http.client
import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

from bench import _town

COLUMNS = ("id", "title", "partners", "form", "year", "grams")
NO_LIMIT = ("sql_time_limit_ms", "facet_time_limit_ms")


def fastest(action: Callable[[], object], times: int) -> float:
    """Seconds of the fastest of several runs: what else the machine does disturbs it least."""
    seconds = []
    for _time in range(times):
        begin = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def bigrams(folded: str) -> str:
    """Words of two letters for FTS5, which finds no part of a Japanese word by itself."""
    return " ".join(folded[at : at + 2] for at in range(len(folded) - 1)) or folded


def a_table_for_datasette(path: Path) -> None:
    """The published agreements in one flat table with a full-text index, as a town would publish them."""
    if path.exists():
        return
    from renkei.agreements.models import Agreement
    from renkei.search.models import Generation, Text

    half = path.with_suffix(".half")
    half.unlink(missing_ok=True)
    own = sqlite3.connect(half)
    own.execute("PRAGMA synchronous=OFF")
    own.execute("PRAGMA journal_mode=OFF")
    own.execute("CREATE TABLE agreements (id INTEGER PRIMARY KEY, title, partners, form, year, grams)")
    edition = Generation.objects.get().edition
    published = Agreement.objects.published().values_list("pk", "title", "form", "signed_as").order_by("pk")
    texts = Text.objects.filter(edition=edition).order_by("agreement").values_list("agreement", "public")
    by_pk = dict(texts.iterator(chunk_size=20_000))
    own.executemany(
        f"INSERT INTO agreements ({','.join(COLUMNS)}) VALUES (?,?,?,?,?,?)",
        (
            (
                pk,
                title,
                by_pk[pk].rpartition("\n")[2],
                form,
                signed[:4],
                " ".join(map(bigrams, by_pk[pk].split("\n"))),
            )
            for pk, title, form, signed in published.iterator(chunk_size=20_000)
        ),
    )
    own.execute("CREATE VIRTUAL TABLE [agreements_fts] USING FTS5 ([grams], content=[agreements])")
    own.execute("INSERT INTO agreements_fts(agreements_fts) VALUES ('rebuild')")
    own.execute("ANALYZE")
    own.commit()
    own.close()
    half.rename(path)


class Datasette:
    """A running Datasette: asked for its page of a table with search and one facet."""

    def __init__(self, port: int) -> None:
        self.port = port

    def page(self, words: list[str], suffix: str = "") -> bytes:
        """The page of 20 rows with total and the facet by form."""
        asked = " AND ".join(f'"{bigrams(word)}"' for word in words)
        params = {"_search": asked, "_searchmode": "raw", "_facet": "form", "_size": 20}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request("GET", f"/register/agreements{suffix}?{urlencode(params)}")
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        assert answer.status == 200, content[:500]
        return content

    def total(self, words: list[str]) -> int:
        """How many it finds."""
        facets = json.loads(self.page(words, ".json"))
        results = (
            facets["facet_results"]["results"]
            if "results" in facets["facet_results"]
            else facets["facet_results"]
        )
        return sum(value["count"] for value in results["form"]["results"])


@contextlib.contextmanager
def a_datasette(table: Path) -> Iterator[Datasette]:
    """Datasette over the table on loopback, without its limits of time, which would leave facets and counts out."""
    from machine.postgres import free_port

    port = free_port()
    limits = [part for name in NO_LIMIT for part in ("--setting", name, "120000")]
    served = table.with_name("register.db")
    served.unlink(missing_ok=True)
    served.symlink_to(table)
    with subprocess.Popen(
        [sys.executable, "-m", "datasette", "serve", str(served), "--port", str(port), *limits],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as server:  # fmt: skip
        try:
            wait_until_served(server, port)
            yield Datasette(port)
        finally:
            server.terminate()


def wait_until_served(server: "subprocess.Popen[bytes]", port: int) -> None:
    """Return when it answers."""
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/-/versions.json")
            connection.getresponse().read()
            return
        time.sleep(0.1)
    raise SystemExit("Datasette did not start: ./run bench installs requirements/bench.txt")


def admin_search(text: str) -> int:
    """The queries of a page of Django admin's list with search: both counts and 20 rows; its HTML is left out."""
    from django.contrib.admin import AdminSite, ModelAdmin

    from renkei.agreements.models import Agreement

    class AgreementAdmin(ModelAdmin):  # type: ignore[type-arg]
        search_fields = ("title", "purpose", "parties__name_as_signed", "items__heading")

    admin = AgreementAdmin(Agreement, AdminSite())
    published = Agreement.objects.published()
    published.count()
    found, may_repeat = admin.get_search_results(None, published, text)  # type: ignore[arg-type]
    if may_repeat:  # as its ChangeList does it
        found = published.filter(pk__in=found.values("pk"))
    list(found.select_related("municipality", "division").order_by("-signed_on", "-pk")[:20])
    return found.count()


def plain_count() -> int:
    """The floor: one facet of all published agreements, without a word, a join or a page."""
    from django.db import connection

    assert _town.TABLES
    with connection.cursor() as cursor:
        cursor.execute("SELECT form, count(*) FROM agreements_agreement WHERE is_published GROUP BY form")
        return sum(row[1] for row in cursor.fetchall())
