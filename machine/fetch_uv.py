"""Fetches the installer uv on a machine whose Python has neither pip nor ensurepip (a bare Debian 12).

Asked of the package index that is configured for pip or uv; where none is, of the one that the interpreter's own
standard library names. The file is taken only if its SHA-256 stands in requirements/tools.txt.
Standard library only: it runs before anything is installed.
"""

import configparser
import hashlib
import html.parser
import io
import os
import platform
import re
import ssl
import sys
import tomllib
import unittest.mock
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "requirements" / "tools.txt"
TIMEOUT = 60


def configured_index() -> str:
    """The package index that the environment, uv's or pip's settings name; "" where none does."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        if address := os.environ.get(name, "").strip():
            return address
    return index_of_uv() or index_of_pip()


def index_of_uv() -> str:
    """The default index of uv.toml, the person's before the machine's."""
    for path in (config_home() / "uv/uv.toml", Path("/etc/uv/uv.toml")):
        if not path.is_file():
            continue
        settings = tomllib.loads(path.read_text())
        for index in settings.get("index", []):
            if index.get("default"):
                return str(index["url"])
        if address := settings.get("index-url") or settings.get("pip", {}).get("index-url"):
            return str(address)
    return ""


def index_of_pip() -> str:
    """The index-url of pip's settings, the person's before the machine's."""
    named = os.environ.get("PIP_CONFIG_FILE", "")
    places = [Path(named)] if named else []
    places += [config_home() / "pip/pip.conf", Path.home() / ".pip/pip.conf", Path("/etc/pip.conf")]
    for path in places:
        settings = configparser.RawConfigParser()
        settings.read(path)
        for section in ("install", "global"):
            if settings.has_option(section, "index-url"):
                return settings.get(section, "index-url")
    return ""


def config_home() -> Path:
    """Where this person's settings lie."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")


def index_of_the_interpreter() -> str:
    """The public index, as the standard library's own sources name it (they tell where mock came from)."""
    told = re.search(r"(https://[\w.-]+)/project/", Path(unittest.mock.__file__).read_text())
    return f"{told[1]}/simple" if told else ""


class Links(html.parser.HTMLParser):
    """The addresses on a page of the index (PEP 503)."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


def read(address: str) -> bytes:
    """The bytes at an address; an unknown issuer is borne, because the digest decides what is taken."""
    if not address.startswith(("https://", "http://")):
        raise ValueError(address)
    try:
        with urllib.request.urlopen(address, timeout=TIMEOUT) as answer:  # noqa: S310
            return bytes(answer.read())
    except urllib.error.URLError as error:
        if not isinstance(error.reason, ssl.SSLCertVerificationError):
            raise
    unverified = ssl._create_unverified_context()  # noqa: S323
    with urllib.request.urlopen(address, timeout=TIMEOUT, context=unverified) as answer:  # noqa: S310
        return bytes(answer.read())


def fits_here(name: str) -> bool:
    """Whether a wheel of that name runs on this machine."""
    library = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    return name.endswith(f"_{platform.machine()}.whl") and library in name


def locked_wheel(index: str, digests: set[str]) -> bytes:
    """The wheel of uv whose digest is locked and which runs here."""
    page_address = index.rstrip("/") + "/uv/"
    for link in Links(read(page_address).decode()).found:
        address, _, fragment = link.partition("#")
        digest = fragment.removeprefix("sha256=")
        if digest in digests and fits_here(urllib.parse.unquote(address)):
            content = read(urllib.parse.urljoin(page_address, address))
            if hashlib.sha256(content).hexdigest() == digest:
                return content
    raise LookupError(page_address)


def install(wheel: bytes, folder: Path) -> None:
    """Lay the program of the wheel into folder/bin."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        member = next(name for name in archive.namelist() if name.endswith(".data/scripts/uv"))
        program = folder / "bin" / "uv"
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_bytes(archive.read(member))
        program.chmod(0o755)


def main() -> int:
    if sys.argv[1] == "--configured":
        print(configured_index())
        return 0
    digests = set(re.findall(r"sha256:([0-9a-f]{64})", LOCK.read_text()))
    try:
        install(locked_wheel(configured_index() or index_of_the_interpreter(), digests), Path(sys.argv[1]))
    except (OSError, LookupError, ValueError, StopIteration) as error:
        print(f"uv: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
