"""`python -m tests.ledger.mutants COUNT FILE…`: broken copies of files, each read in a process of its own.

Prints a JSON line for each: the file, what ended the process, its peak memory in megabytes, and what was answered.
"""

import json
import os
import sys
import tempfile
from pathlib import Path
from random import Random

from renkei.ledger import reading_child


def mutant(content: bytes, chance: Random) -> bytes:
    """The bytes with some of them flipped, cut off, doubled or overwritten."""
    changed = bytearray(content)
    for _time in range(chance.choice([1, 1, 2, 8, 40])):
        place = chance.randrange(len(changed))
        match chance.randrange(4):
            case 0:
                changed[place] ^= 1 << chance.randrange(8)
            case 1:
                changed[place : place + 4] = chance.randbytes(4)
            case 2:
                changed[place:place] = changed[max(0, place - 60) : place]
            case _:
                del changed[place : place + chance.randrange(1, 200)]
                changed += b"" if changed else b"\x00"
    return bytes(changed)


def read_apart(content: bytes, name: str) -> dict[str, object]:
    """What becomes of the real reader with these bytes."""
    with tempfile.NamedTemporaryFile() as kept, tempfile.TemporaryFile() as answer:
        kept.write(content)
        kept.flush()
        child = os.fork()
        if child == 0:
            os.dup2(answer.fileno(), 1)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            sys.argv[1:] = [kept.name, name]
            try:
                reading_child.main()
            finally:
                os._exit(0)
        _pid, status, used = os.wait4(child, 0)
        answer.seek(0)
        lines = answer.read().decode().splitlines()
    last = json.loads(lines[-1]) if lines and lines[-1].endswith("}") else {}
    said = "whole" if "end" in last else "refused" if "refused" in last else "nothing"
    return {
        "name": name,
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
        "megabytes": used.ru_maxrss // 1024,
        "said": said,
        "sentence": last.get("refused", ""),
    }


def main() -> None:
    chance = Random(20240601)
    files = [Path(name) for name in sys.argv[2:]]
    for number in range(int(sys.argv[1])):
        path = files[number % len(files)]
        told = read_apart(mutant(path.read_bytes(), chance), path.name)
        os.write(1, (json.dumps(told, ensure_ascii=False) + "\n").encode())


if __name__ == "__main__":
    main()
