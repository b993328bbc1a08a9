"""Running a measurement on SQLite, on PostgreSQL, or on both, over the generated register."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "bench"


def arguments(name: str, description: str) -> argparse.ArgumentParser:
    """The options that all measurements of the register have."""
    parser = argparse.ArgumentParser(prog=f"./run bench {name}", description=description)
    parser.add_argument("--size", type=int, default=600_000, help="agreements (330, 20000, 600000 …)")
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--folder", type=Path, default=KEPT, help="where generated registers are kept")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    return parser


def on_each_database(module: str, options: argparse.Namespace) -> int:
    """Run the module once for each database, in a process of its own whose settings name it."""
    from machine.postgres import a_postgres

    folder: Path = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    if options.database in ("sqlite", "both"):
        failed |= _run(module, options, folder, "sqlite", f"sqlite:///{folder}/{options.size}.sqlite3")
    if options.database in ("postgres", "both"):
        with a_postgres() as (address, _source):
            failed |= _run(module, options, folder, "postgres", address)
    return failed


def _run(module: str, options: argparse.Namespace, folder: Path, name: str, address: str) -> int:
    command = [
        sys.executable,
        "-m",
        module,
        "--size",
        str(options.size),
        "--folder",
        str(folder),
        "--inside",
        name,
    ]
    environment = {
        **os.environ, "DATABASE_URL": address, "RENKEI_VAR": str(folder), "PYTHONUTF8": "1",
        "DJANGO_SETTINGS_MODULE": "renkei.settings",
    }  # fmt: skip
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def prepare(size: int) -> None:
    """Inside: migrate, and fill an empty database; says how long it took."""
    import time

    import django

    django.setup()
    from django.core.management import call_command

    from bench import _town
    from renkei.search.models import Generation
    from renkei.search.rebuilding import rebuild

    begin = time.monotonic()
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    if _town.load(size):
        print(f"  {size:,} agreements generated in {time.monotonic() - begin:.0f} s", file=sys.stderr)
    if not Generation.objects.filter(edition__gt=0).exists():
        begin = time.monotonic()
        rebuild()
        print(f"  search index built in {time.monotonic() - begin:.0f} s", file=sys.stderr)
