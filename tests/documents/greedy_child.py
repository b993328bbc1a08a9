"""A process that wants more than it may have: `python -m tests.documents.greedy_child WHAT`."""

import json
import os
import socket
import sys

from renkei.documents.bounded import MEGABYTE, Bounds, bind

BOUNDS = Bounds(memory=256 * MEGABYTE, seconds=1, patience=20, answer=MEGABYTE)


def memory() -> str:
    try:
        return str(len(b"x" * (512 * MEGABYTE)))
    except MemoryError:
        return "no memory"


def time() -> str:
    number = 0
    while True:
        number += 1


def answer() -> str:
    return "x" * (2 * MEGABYTE)


def net() -> str:
    try:
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    except PermissionError as refusal:
        return type(refusal).__name__
    return "reached"


def surroundings() -> str:
    return json.dumps(sorted(os.environ))


if __name__ == "__main__":
    bind(BOUNDS)
    sys.stdout.write({one.__name__: one for one in (memory, time, answer, net, surroundings)}[sys.argv[1]]())
