"""`./run serve`: migrate, load the demo town into an empty register, then web and background work until Ctrl-C.

The web server and the background work are forked from this program, which has loaded everything: it is loaded once,
and its memory is shared. What only a first start does is done in a child too, so that nothing of it stays behind.
"""

import argparse
import ctypes
import errno
import http.client
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import NoReturn

from machine.sentences import refuse, said, say

STARTS_WITHIN_SECONDS = 60
ENDS_WITHIN_SECONDS = 10
STOPS_WITHIN_SECONDS = 5
LEAVES_WITHIN_SECONDS = 8
SAY_END_WITH_PARENT, NAME = 1, 15  # PR_SET_PDEATHSIG and PR_SET_NAME of prctl(2)
ENDINGS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
FORKED = multiprocessing.get_context("fork")
endings: list[int] = []
"""Signals to end that came. What the handler raises is lost where Python ignores exceptions, as in freeing memory."""


class Arguments(argparse.ArgumentParser):
    """Refuses in a sentence."""

    def error(self, message: str) -> NoReturn:
        refuse(
            f"serveの引数が正しくありません({message})。./run serve --port 8001 のように書いてください。",
            f"serve cannot read its arguments ({message}). Write, for example, ./run serve --port 8001.",
            2,
        )


def asked() -> argparse.Namespace:
    """What the person asked for."""
    arguments = Arguments(
        prog="./run serve", description=said("画面を開けるようにします。", "Serves the screens.")
    )
    arguments.add_argument("--port", type=int, default=8000)
    arguments.add_argument("--host", default="127.0.0.1")
    arguments.add_argument("--no-demo", action="store_true")
    options = arguments.parse_args()
    if not 1 <= options.port <= 65535:
        arguments.error(f"--port {options.port}")
    return options


def refuse_taken_port(host: str, port: int) -> None:
    """End with a sentence where another program already listens, or this person may not.

    A server whose parent was killed a moment ago may still be ending its requests: it is given its time to leave.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    until = time.monotonic() + LEAVES_WITHIN_SECONDS
    error = why_not_bind(family, host, port)
    while error and error.errno == errno.EADDRINUSE and time.monotonic() < until:
        time.sleep(0.1)
        error = why_not_bind(family, host, port)
    if error is None:
        return
    if error.errno == errno.EADDRINUSE:
        refuse(
            f"ポート{port}はほかのプログラムが使っています。"
            f"./run serve --port {port + 1} のように別の番号を指定してください。",
            f"Port {port} is taken by another program. Choose another: ./run serve --port {port + 1}.",
        )
    refuse(
        f"{host}のポート{port}を開けません({error.strerror})。"
        "1024以上の番号と、この機械の番地を指定してください。",
        f"{host} port {port} cannot be opened ({error.strerror}). "
        "Give a number from 1024 and an address of this machine.",
    )


def why_not_bind(family: int, host: str, port: int) -> OSError | None:
    """None where this program may listen there now."""
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            return error
    return None


def refuse_wrong_settings() -> None:
    """End with what Django's checks find wrong, and print what they warn of: the web server by itself would not."""
    from django.core.checks import WARNING, run_checks

    messages = run_checks(databases=["default"])
    for message in messages:
        if message.level == WARNING and not message.is_silenced():
            print(message, file=sys.stderr)
    found = "\n".join(str(message) for message in messages if message.is_serious())
    if found:
        refuse(
            f"設定に誤りがあるため、画面を開けません。次を直してください。\n{found}",
            f"A setting is wrong, so the screens are not opened. Mend this:\n{found}",
        )


def prepare(with_demo: bool) -> None:
    """Bring the database up to date; an empty register gets the demo town."""
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    refuse_wrong_settings()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("データベースを用意しています。", "Preparing the database.")
        do_first("migrate", migrate)
    if with_demo and not get_user_model().objects.exists():
        say("見本の町を用意しています(はじめの一度だけです)。", "Building the demo town (only this once).")
        do_first("demo", build_the_demo_town)


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def build_the_demo_town() -> None:
    from django.core.management import call_command

    call_command("demo_town", stdout=sys.stderr)


def do_first(name: str, work: Callable[[], None]) -> None:
    """Wait until a child has done it; end where it failed, which it has told."""
    doing = child(name, work)
    try:
        doing.join()
    finally:
        end([doing])
    if doing.exitcode:
        raise SystemExit(1)


def child(name: str, work: Callable[[], None]) -> BaseProcess:
    """Work in a program of its own, which has loaded what this one has."""
    from django.db import connections

    connections.close_all()  # two programs must not write through one connection
    process = FORKED.Process(name=name, target=as_a_program, args=(name, work))
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)  # until the child takes endings as its own
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)
    return process


def as_a_program(name: str, work: Callable[[], None]) -> None:
    """Runs in a child: in its own group, so that Ctrl-C reaches it once, through us; ends where we are killed."""
    os.setpgid(0, 0)
    kernel = ctypes.CDLL(None)
    kernel.prctl(SAY_END_WITH_PARENT, signal.SIGTERM)
    kernel.prctl(NAME, f"renkei {name}".encode())
    for number in ENDINGS:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)
    work()


def web(host: str, port: int) -> BaseProcess:
    """The web server. One process: SQLite has one writer, and the threads share the caches."""

    def serve() -> None:
        from granian import Granian
        from granian.constants import Interfaces
        from granian.log import LogLevels

        Granian(
            "renkei.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            websockets=False,
            blocking_threads=4,
            workers_kill_timeout=STOPS_WITHIN_SECONDS,
            log_level=LogLevels.warning,
        ).serve()

    return child("web", serve)


def worker() -> BaseProcess:
    """Background work: imports of large ledgers, rebuilding of the search."""

    def work() -> None:
        from django.core.management import call_command

        call_command("db_worker", verbosity=0, startup_delay=False)

    return child("worker", work)


def clock() -> BaseProcess:
    """Letters as they come, and the daily work once a day."""

    def keep() -> None:
        from django.core.management import call_command

        call_command("keep_days", verbosity=0)

    return child("clock", keep)


def answers(host: str, port: int) -> bool:
    """Whether the web server answers a request."""
    connection = http.client.HTTPConnection(host, port, timeout=STARTS_WITHIN_SECONDS)
    try:
        connection.request("HEAD", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def wait_until_served(server: BaseProcess, host: str, port: int) -> None:
    """Return when the first request was answered; end with a sentence if that never comes."""
    until = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < until and server.is_alive():
        if answers(host, port):
            return
        time.sleep(0.05)
    refuse(
        "画面を開けませんでした。上に出た記録を見て、./run check と ./run manage check で原因を確かめてください。",
        "The screens could not be opened. "
        "Read what was printed above; ./run check and ./run manage check tell more.",
    )


def tell(host: str, port: int) -> None:
    """Print where to go and who can sign in."""
    from django.core.management import call_command

    shown = f"[{host}]" if ":" in host else host
    print(f"Renkei  http://{shown}:{port}/")
    call_command("demo_people")
    print(said("終わるには Ctrl-C を押してください。", "Press Ctrl-C to end."), flush=True)


def end(children: list[BaseProcess]) -> None:
    """Ask each to finish what it is doing; kill what does not."""
    for each in children:
        if each.is_alive():
            each.terminate()
    until = time.monotonic() + ENDS_WITHIN_SECONDS
    for each in children:
        each.join(max(0.1, until - time.monotonic()))
        if each.is_alive():
            each.kill()
            each.join()


def stop(number: int, frame: FrameType | None) -> None:
    endings.append(number)
    raise KeyboardInterrupt


def watch(server: BaseProcess, background: BaseProcess, address: tuple[str, int]) -> None:
    """Until the web server ends; background work that ended is started again."""
    running = [server, background]
    try:
        wait_until_served(server, *address)
        running.append(clock())
        tell(*address)
        while server.is_alive():
            if endings:
                raise KeyboardInterrupt
            time.sleep(0.5)
            for place, again in ((1, worker), (2, clock)):
                if not running[place].is_alive():
                    time.sleep(1)
                    running[place] = again()
        refuse("画面のプログラムが終わりました。上の記録を見てください。", "The web server ended; see above.")
    except KeyboardInterrupt:
        say("終わります。", "Ending.")
    finally:
        end(running)


def main() -> None:
    options = asked()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "renkei.settings")
    if options.host not in ("127.0.0.1", "localhost", "::1"):
        os.environ.setdefault("RENKEI_HOSTS", f"127.0.0.1,localhost,{options.host}")
    refuse_taken_port(options.host, options.port)
    for number in ENDINGS:
        signal.signal(number, stop)
    try:
        prepare(with_demo=not options.no_demo)
    except KeyboardInterrupt:
        refuse("途中でやめました。", "Stopped half-way.", 130)
    watch(web(options.host, options.port), worker(), (options.host, options.port))


if __name__ == "__main__":
    main()
