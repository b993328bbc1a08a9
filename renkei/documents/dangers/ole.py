"""Old Office files (.doc, .xls, .ppt), judged by the names of the streams in them."""

from renkei.documents.dangers.told import Danger, Dangerous

STREAMS = {
    "_VBA_PROJECT": Danger.MACROS,
    "EncryptedPackage": Danger.LOCKED,
    "\x01Ole10Native": Danger.EMBEDDED,
}


def check_ole(content: bytes) -> None:
    """Refuse an old file that holds macros, a packed file, or a newer file under a password."""
    for name, danger in STREAMS.items():
        if name.encode("utf-16-le") in content:
            raise Dangerous(danger, name.strip("\x01"))
