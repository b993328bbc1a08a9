"""What all tests share: the database, how it is emptied, Japanese, hypothesis, and a browser for the journeys."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from whitenoise.middleware import WhiteNoiseMiddleware
from xdist.scheduler import LoadScopeScheduling

from machine.catalogues import compile_catalogues
from renkei.audit import triggers
from tests.kept_states import Kept
from tests.migrated import forget_the_template, make_ready, place_a_migrated_database

Rows = dict[type[models.Model], list[models.Model]]
MIGRATING = pytest.StashKey[list[Thread]]()

HERE = Path(__file__).parent
SLOW = ("journeys", "machine", "backups")
SHARES_ONE_TOWN = "tests/demo"
RUN_ONCE = "\npytestmark = pytest.mark.once\n"
TOO_SLOW = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]

# The same examples at every run, so that a change is judged by what it changes; the nightly profile draws new ones.
hypothesis_settings.register_profile(
    "ci", max_examples=200, deadline=None, derandomize=True, suppress_health_check=TOO_SLOW
)
hypothesis_settings.register_profile(
    "nightly", max_examples=10_000, deadline=None, suppress_health_check=TOO_SLOW
)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "journey: drives a real browser; run once, on SQLite")
    config.addinivalue_line(
        "markers", "once: asks no database, or starts programs of its own; run once, on SQLite"
    )
    if not hasattr(config, "workerinput"):
        compile_catalogues()
        _migrate_while_the_workers_collect(config)
    # A file, not SQLite's memory: each thread then has its own connection, as in the real thing.
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        folder = _folder_of_this_run(config, _fast_folder())
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"{folder}/test.sqlite3"
    settings.MEDIA_ROOT = _folder_of_this_run(config, None)
    _look_for_static_files_once()
    settings.FORM_SECONDS = 0  # programs fill forms faster than people; tests of that say so
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        for migrating in config.stash.get(MIGRATING, ()):
            migrating.join()
        forget_the_template()


def _migrate_while_the_workers_collect(config: pytest.Config) -> None:
    """Both workers would stand still for it when they come to their first test."""
    if config.getoption("numprocesses", None):
        config.stash[MIGRATING] = [Thread(target=make_ready)]
        config.stash[MIGRATING][0].start()


class OneWorkerForTheDemo(LoadScopeScheduling):
    """A module goes to one worker; so do all modules about the demo town, which is then built once."""

    def _split_scope(self, nodeid: str) -> str:
        return SHARES_ONE_TOWN if nodeid.startswith(SHARES_ONE_TOWN) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling | None:
    """Only where the suite asks for modules; whoever asks for another order has it."""
    return OneWorkerForTheDemo(config, log) if config.getoption("dist") == "loadscope" else None


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What runs once need not even be imported by the second run."""
    if "not once" not in config.getoption("markexpr") or collection_path.suffix != ".py":
        return None
    folders = {HERE / "journeys", HERE / "machine"} & {*collection_path.parents}
    return True if folders or RUN_ONCE in collection_path.read_text(encoding="utf-8") else None


def _look_for_static_files_once() -> None:
    """Each test's window makes the middleware anew, and that looked through all folders of static files."""
    look, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def look_once(middleware: WhiteNoiseMiddleware) -> None:
        if middleware.static_prefix not in found:
            look(middleware)
            found[middleware.static_prefix] = dict(middleware.files)
        middleware.files.update(found[middleware.static_prefix])

    WhiteNoiseMiddleware.add_files_from_finders = look_once


def _folder_of_this_run(config: pytest.Config, place: str | None) -> str:
    folder = tempfile.mkdtemp(prefix="renkei-tests-", dir=place)
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    return folder


def _fast_folder() -> str | None:
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and os.access(memory, os.W_OK) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for folder, marker in (("journeys", pytest.mark.journey), ("machine", pytest.mark.once)):
            if (HERE / folder) in item.path.parents:
                item.add_marker(marker)
        if not _asks_the_database(item):
            item.add_marker(pytest.mark.once)
    # Modules of few slow tests begin, so that none of them is left to one worker at the end.
    items.sort(key=lambda item: not {HERE / folder for folder in SLOW} & {*item.path.parents})


def pytest_collection_finish() -> None:
    """What was collected stays to the end, so that nobody has to look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _asks_the_database(item: pytest.Item) -> bool:
    """pytest-django lets nobody else at it, so that the others are the same tests on whatever database."""
    asked = {"db", "transactional_db", "live_server", "django_db_setup"}
    return bool(item.get_closest_marker("django_db") or asked & set(getattr(item, "fixturenames", ())))


@pytest.fixture(autouse=True)
def in_japanese() -> Iterator[None]:
    """Each test starts in Japanese, whatever the one before it spoke."""
    with translation.override("ja"):
        yield


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:
    """On SQLite the database is there already, copied; on PostgreSQL it is made from the template."""
    place_a_migrated_database()
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """Keeps what the migrations loaded, so that emptying the tables after a test brings it back."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        if connection.vendor == "sqlite":
            pristine = Kept().keep()
            TransactionTestCase._fixture_teardown = lambda _case: pristine.put_back()  # type: ignore[method-assign]
            return
        kept = {model: list(model._base_manager.order_by("pk")) for model in _stored_models()}
    TransactionTestCase._fixture_teardown = _emptied_down_to(kept)  # type: ignore[method-assign,assignment]


def _stored_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _emptied_down_to(kept: Rows) -> Callable[[TransactionTestCase], None]:
    """Empties every table without Django's flush: the log refuses it, and the loaded rows must come back."""

    def empty(case: TransactionTestCase) -> None:
        triggers.remove(connection)
        tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        statements = connection.ops.sql_flush(no_style(), tables, reset_sequences=False, allow_cascade=True)
        connection.ops.execute_sql_flush(statements)
        with transaction.atomic():
            for model, rows in kept.items():
                model._base_manager.bulk_create(rows, batch_size=500)
        triggers.install(connection)

    return empty
