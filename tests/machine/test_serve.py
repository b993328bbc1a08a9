"""`./run serve` for real: a first start, a second one, a taken port, and an end without remains."""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from machine.postgres import free_port
from tests.house.sources import ROOT
from tests.migrated import an_installation

pytestmark = pytest.mark.xdist_group("serve")


class Served:
    """A started `./run serve` and what it printed until it was ready."""

    def __init__(self, var: Path, *arguments: str) -> None:
        inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.port = free_port()
        self.program = subprocess.Popen(
            ["./run", "serve", "--port", str(self.port), *arguments],
            cwd=ROOT,
            env={**inherited, "RENKEI_VAR": str(var), "LANG": "ja_JP.UTF-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self.printed = ""
        for line in self.program.stdout or ():
            self.printed += line
            if "Ctrl-C" in line:
                break

    def status_of(self, address: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):
            connection.request("GET", address)
            return connection.getresponse().status

    def end(self, number: int) -> int:
        self.program.send_signal(number)
        status = self.program.wait(60)
        if self.program.stdout:
            self.printed += self.program.stdout.read()
            self.program.stdout.close()
        return status


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """The first start, with the demo town; ended by Ctrl-C."""
    var = tmp_path_factory.mktemp("var")
    served = Served(var)
    served.var = var
    served.answered = served.status_of("/") if served.program.poll() is None else 0
    served.status = served.end(signal.SIGINT)
    return served


def test_the_first_start_tells_the_address_and_who_can_sign_in(first):
    assert f"http://127.0.0.1:{first.port}/" in first.printed
    assert "sokatsu" in first.printed
    assert "パスワード" in first.printed


def test_the_first_page_is_served(first):
    assert first.answered == 200


def test_ctrl_c_ends_it_without_an_error(first):
    assert first.status == 0
    assert "Traceback" not in first.printed
    with pytest.raises(ConnectionRefusedError):
        first.status_of("/")


def test_the_key_is_the_owners_only(first):
    assert (first.var / "secret_key").stat().st_mode & 0o077 == 0


def test_the_second_start_prepares_nothing_again(first):
    second = Served(first.var)
    assert second.end(signal.SIGTERM) == 0
    assert "見本の町を用意" not in second.printed
    assert "データベースを用意" not in second.printed
    assert "はじめての準備" not in second.printed
    assert "sokatsu" in second.printed


def test_an_end_whose_exception_python_ignored_is_an_end_all_the_same():
    """While an object is freed, Python prints what is raised and goes on."""
    program = """
import os, signal, time
import django
from machine import serve
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "renkei.settings")
django.setup()
def asleep():
    return serve.child("asleep", lambda: time.sleep(60))
serve.wait_until_served = serve.tell = lambda *given: None
serve.clock = asleep
class Freed:
    def __del__(self):
        signal.raise_signal(signal.SIGTERM)
signal.signal(signal.SIGTERM, serve.stop)
freed = Freed()
del freed
serve.watch(asleep(), asleep(), ("", 0))
"""
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=40, check=False
    )
    assert ended.returncode == 0 and "Exception ignored" in ended.stderr


def test_without_the_demo_nobody_can_sign_in_yet(tmp_path):
    empty = Served(an_installation(tmp_path), "--no-demo")
    try:
        assert empty.status_of("/") == 200
    finally:
        empty.end(signal.SIGTERM)
    assert "sokatsu" not in empty.printed


def test_a_taken_port_is_refused_with_another_one(tmp_path):
    running = Served(an_installation(tmp_path), "--no-demo")
    try:
        second = subprocess.run(
            ["./run", "serve", "--port", str(running.port)],
            cwd=ROOT,
            env={**os.environ, "RENKEI_VAR": str(tmp_path), "LANG": "ja_JP.UTF-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    finally:
        running.end(signal.SIGTERM)
    assert second.returncode == 1
    assert f"ポート{running.port}はほかのプログラムが使っています" in second.stderr
    assert f"--port {running.port + 1}" in second.stderr


def test_a_wrong_setting_is_refused_before_anything_is_opened(tmp_path):
    refused = subprocess.run(
        ["./run", "serve", "--port", str(free_port()), "--no-demo"],
        cwd=ROOT,
        env={**os.environ, "RENKEI_VAR": str(tmp_path), "RENKEI_DOORS": "dask", "LANG": "ja_JP.UTF-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert refused.returncode == 1
    assert "設定に誤りがあるため、画面を開けません" in refused.stderr
    assert "RENKEI_DOORS names dask" in refused.stderr
    assert "Renkei  http" not in refused.stdout
