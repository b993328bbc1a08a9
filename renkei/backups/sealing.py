"""The frame of a backup: a digest over the whole file at its very end, and encryption in the age format."""

import hashlib
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyrage
from django.utils.translation import gettext as _

from renkei.backups.refusals import BackupRefused

SEAL = b"renkei backup sha256 "
LENGTH = 64
AGE = b"age-encryption.org/"
KEY = b"renkei-key "
PIECE = 1024 * 1024


class Sealed:
    """A file to write to, which puts the SHA-256 of everything before it in the place of its last 64 bytes."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.summed, self.held = file, hashlib.sha256(), b""

    def write(self, piece: Any) -> int:
        """Write all but the last 64 bytes so far."""
        self.held += bytes(piece)
        ready, self.held = self.held[:-LENGTH], self.held[-LENGTH:]
        self.summed.update(ready)
        self.file.write(ready)
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back but the end."""
        self.file.flush()

    def finish(self) -> None:
        """Write the digest instead of the end."""
        self.file.write(self.summed.hexdigest().encode())


def seal_holds(file: IO[bytes]) -> bool:
    """Whether the last 64 bytes are the digest of everything before them."""
    length = file.seek(0, os.SEEK_END) - LENGTH
    file.seek(0)
    summed = hashlib.sha256()
    while length > 0 and (piece := file.read(min(PIECE, length))):
        summed.update(piece)
        length -= len(piece)
    return file.read() == summed.hexdigest().encode()


@contextmanager
def encrypted(file: IO[bytes], recipient: str, passphrase: str) -> Iterator[IO[bytes]]:
    """What is written to the yielded file reaches the given one in the age format; as it is if nobody is named."""
    if not recipient and not passphrase:
        yield file
        return
    key = _recipient(recipient) if recipient else _wrapped_key(file, passphrase)
    reading, writing = os.pipe()
    failed: list[BaseException] = []

    def encrypt() -> None:
        try:
            with os.fdopen(reading, "rb") as plain:
                pyrage.encrypt_io(plain, file, [key])
        except BaseException as error:  # noqa: BLE001 – told by the thread that waits for this one
            failed.append(error)

    beside = threading.Thread(target=encrypt)
    beside.start()
    try:
        with os.fdopen(writing, "wb") as plain:
            yield plain
    except BrokenPipeError:
        pass
    finally:
        beside.join()
    if failed:
        raise OSError(str(failed[0])) from failed[0]


def _recipient(text: str) -> Any:
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise BackupRefused(
            _("「%(text)s」はageの公開鍵ではありません。age1で始まる鍵を渡してください。")
            % {"text": text[:20]}
        ) from error


def _wrapped_key(file: IO[bytes], passphrase: str) -> Any:
    """A key made for this backup, put before it under the passphrase: so the backup itself is encrypted as a stream."""
    identity = pyrage.x25519.Identity.generate()
    wrapped = pyrage.passphrase.encrypt(str(identity).encode(), passphrase)
    file.write(KEY + str(len(wrapped)).encode() + b"\n" + wrapped)
    return identity.to_public()


@contextmanager
def opened(path: Path, identity: str, passphrase: str) -> Iterator[IO[bytes]]:
    """The backup in the clear; an encrypted one in a nameless file beside it that is gone afterwards."""
    with path.open("rb") as file:
        beginning = file.read(len(AGE))
        file.seek(0)
        if not beginning.startswith((AGE, KEY)):
            yield file
            return
        with tempfile.TemporaryFile(dir=path.parent) as plain:
            try:
                pyrage.decrypt_io(file, plain, [_identity(file, beginning, identity, passphrase)])
            except (pyrage.DecryptError, ValueError, OSError) as error:
                raise BackupRefused(
                    _("%(file)s を復号できません(%(error)s)。鍵か合言葉が違うか、ファイルが壊れています。")
                    % {"file": path.name, "error": error}
                ) from error
            plain.seek(0)
            yield plain


def _identity(file: IO[bytes], beginning: bytes, identity: str, passphrase: str) -> Any:
    if beginning.startswith(KEY):
        if not passphrase:
            raise BackupRefused(
                _("合言葉で暗号にした控えです。--passphrase-file で合言葉のファイルを渡してください。")
            )
        length = int(file.readline(LENGTH).removeprefix(KEY))
        identity = pyrage.passphrase.decrypt(file.read(min(length, PIECE)), passphrase).decode()
    if not identity:
        raise BackupRefused(_("鍵で暗号にした控えです。--identity で秘密鍵のファイルを渡してください。"))
    keys = [line for line in identity.splitlines() if line.startswith("AGE-SECRET-KEY-")]
    try:
        return pyrage.x25519.Identity.from_str(keys[0])
    except (IndexError, pyrage.IdentityError) as error:
        raise BackupRefused(
            _("秘密鍵として読めません。AGE-SECRET-KEY- で始まる行のあるファイルを渡してください。")
        ) from error
