"""What the repository may not hold (registries' hosts, secrets), and what its lock files must."""

import hashlib
import re
from collections.abc import Iterator

import pytest

from machine.documents import anchors, broken_links, faults, unknown_commands
from machine.licences import fits, unfitting
from tests.house.sources import ROOT, files_of_the_repository, shown

# SHA-256 of the hosts of package registries: they may not be named, so not even here.
REGISTRIES = {
    "a4aa2ac280bb8d1a0ce7a1be",
    "d6d7019ca9fcbf07c769e445",
    "8b5bb5eb9d758455b8635855",
    "8743857e3ea00fd1c64bbc68",
    "3ca29e55be4befa48f875d24",
    "87d14f070cb9686970d008f9",
    "e680c440a2e92079ab1bf7a9",
    "1ba4e37997a2e986efa6cd84",
    "c2b35955576ffa710bfb7c4e",
    "2e97613f5a81eaa4f8a58f55",
    "00a7dc5a0cc388586b866584",
    "789e46d79514e28093cabe2b",
}
HOST = re.compile(r"(?<![\w.-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?![\w-])")
SECRETS = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
    "a cloud key": re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
    "a forge token": re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}"),
    "a fixed secret": re.compile(r"^SECRET_KEY\s*=\s*[\"'][^\"']+[\"']", re.MULTILINE),
    "a password in an address": re.compile(
        r"\b(?:https?|postgres|postgresql)://[^\s/:@\"'{}]+:[^\s/@\"'{}]+@(?!\.)"
    ),
}
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^\]]*\])?==(\S+) \\$", re.MULTILINE)


def digest(host: str) -> str:
    return hashlib.sha256(host.encode()).hexdigest()[:24]


def registries_in(text: str, known: set[str]) -> Iterator[str]:
    """Hosts of registries that a text names, alone or as the end of a longer name."""
    for host in set(HOST.findall(text.lower())):
        labels = host.split(".")
        if any(digest(".".join(labels[start:])) in known for start in range(len(labels) - 1)):
            yield host


def texts() -> Iterator[tuple[str, str]]:
    for path in files_of_the_repository():
        try:
            yield shown(path), path.read_text()
        except UnicodeDecodeError:
            continue


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / "requirements" / f"{name}.txt").read_text()))


def test_no_file_names_a_registry():
    found = {name: hosts for name, text in texts() if (hosts := list(registries_in(text, REGISTRIES)))}
    assert found == {}


def test_no_file_holds_a_secret():
    found = {name: kind for name, text in texts() for kind, sign in SECRETS.items() if sign.search(text)}
    assert found == {}


def test_a_planted_registry_is_found():
    assert list(registries_in("see https://files.planted.example/x", {digest("planted.example")}))


def test_a_planted_secret_is_found():
    key = "-----BEGIN RSA " + "PRIVATE KEY-----"
    assert SECRETS["a private key"].search(key)


@pytest.mark.parametrize("name", ["test", "bench"])
def test_the_larger_locks_hold_what_the_program_runs_on(name):
    assert pins("app").items() <= pins(name).items()


@pytest.mark.parametrize("name", ["app", "test", "bench", "tools"])
def test_each_locked_package_has_a_digest(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert pins(name)
    for block in re.split(r"\n(?=[a-z0-9])", text):
        assert "--hash=sha256:" in block, block[:60]


def test_the_documents_keep_their_promises():
    assert faults() == []


def test_a_broken_promise_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# 見出し\n[a](nowhere.md) [b](#見出し) [c](#ほか)\n./run dance\n./run manage vanish")
    assert len(list(broken_links(page))) == 2
    assert len(list(unknown_commands(page, ROOT))) == 2


def test_headings_become_anchors():
    assert "what-i-cant-do-協定" in anchors("## What I can't do: `協定`")


@pytest.mark.parametrize(
    "licence, fitting",
    [
        ("MIT", True), ("LGPL-3.0-only", True), ("MIT AND PSF-2.0", True), ("GPL-3.0 OR MIT", True),
        ("GPL-3.0-or-later", False), ("AGPL-3.0", False), ("UNKNOWN", False), ("MIT AND GPL-2.0", False),
    ],
)  # fmt: skip
def test_a_licence_fits_or_not(licence, fitting):
    assert fits(licence) is fitting
    assert bool(unfitting({"planted": licence})) is not fitting
