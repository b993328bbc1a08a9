"""A real S3 server for the tests: rclone, which serves a folder over S3 with signed requests."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from machine.postgres import free_port
from renkei.settings import file_storage

KEY, SECRET = "a-test-key", "a-test-secret"
WITHIN_SECONDS = 20


@contextmanager
def served(folder: Path, bucket: str = "renkei") -> Iterator[str]:
    """The address of a server that keeps its buckets in the folder."""
    (folder / bucket).mkdir(parents=True, exist_ok=True)
    port = free_port()
    program = Path(sys.executable).with_name("rclone")
    command = [str(program), "serve", "s3", "--addr", f"127.0.0.1:{port}", "--auth-key", f"{KEY},{SECRET}"]
    environment = {**os.environ, "RCLONE_CONFIG": str(folder / "rclone.conf")}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen([*command, str(folder)], env=environment, **quiet)
    try:
        wait_until_answering(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def wait_until_answering(port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + WITHIN_SECONDS
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the S3 server did not answer")


def storage_at(endpoint: str, *, secret: str = SECRET, monkeypatch: Any) -> dict[str, Any]:
    """The setting that an operator makes by environment, for this server."""
    monkeypatch.setenv("RENKEI_S3_ENDPOINT", endpoint)
    monkeypatch.setenv("RENKEI_S3_KEY", KEY)
    monkeypatch.setenv("RENKEI_S3_SECRET", secret)
    return file_storage("s3://renkei/town")
