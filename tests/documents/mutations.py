"""Mutates files and looks at each: `python -m tests.documents.mutations` writes how many were kept and refused."""

import io
import random
import resource
import tempfile
import zipfile
from pathlib import Path

from renkei.documents.content import media_type
from renkei.documents.dangers.child import BOUNDS, check
from renkei.documents.dangers.told import Dangerous
from tests.documents.test_hostile import HARMLESS, HOSTILE

OF_EACH = 30


def seeds():
    """Ten harmless and ten hostile files, none so large that it says the same for longer."""
    kinds = [list(HARMLESS.values()), [content for content, _sentence in HOSTILE.values()]]
    for files in kinds:
        small = [one for one in files if 100 < len(one) < 20_000 and media_type(one)]
        yield from [one for one in small if one.startswith(b"PK")][-7:]
        yield from [one for one in small if one.startswith(b"%PDF")][:3]


def mutated(content, chance):
    """The content with bytes flipped, a piece cut out, or a piece said twice."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(changed))
        length = chance.randint(1, 40)
        match chance.randrange(4):
            case 0 | 1:
                changed[place] ^= 1 << chance.randrange(8)
            case 2 if len(changed) > 100:
                del changed[place : place + length]
            case _:
                changed[place:place] = changed[place : place + length]
    return bytes(changed)


def mutated_inside(content, chance):
    """The archive with one part mutated and packed again, so that its directory is true."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(written, "w") as archive:
        chosen = chance.choice(read.namelist())
        for name in read.namelist():
            part = read.read(name)
            archive.writestr(name, mutated(part, chance) if part and name == chosen else part)
    return written.getvalue()


def one_of(seed, chance, number):
    """Every second mutation of an archive is inside it, where that can be read."""
    if seed.startswith(b"PK") and number % 2:
        try:
            return mutated_inside(seed, chance)
        except (zipfile.BadZipFile, RuntimeError, EOFError):
            pass
    return mutated(seed, chance)


def main():
    resource.setrlimit(resource.RLIMIT_AS, (BOUNDS.memory, BOUNDS.memory))
    chance, kept, refused = random.Random(5), 0, 0
    with tempfile.NamedTemporaryFile() as copy:
        for seed in seeds():
            kind = media_type(seed)
            for number in range(OF_EACH):
                Path(copy.name).write_bytes(one_of(seed, chance, number))
                try:
                    check(Path(copy.name), kind)
                    kept += 1
                except Dangerous:
                    refused += 1
    print(kept, refused)


if __name__ == "__main__":
    main()
