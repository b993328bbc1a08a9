"""The installer on a machine without pip: asked where the machine says, and taken only with a locked digest."""

import functools
import hashlib
import http.server
import io
import platform
import threading
import zipfile

import pytest

from machine import fetch_uv

HERE = f"uv-1.0-py3-none-manylinux_2_17_{platform.machine()}.whl"
ELSEWHERE = "uv-1.0-py3-none-win_arm64.whl"


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A machine on which nothing is configured."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL", "PIP_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def a_wheel(program: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("uv-1.0.data/scripts/uv", program)
    return packed.getvalue()


@pytest.fixture
def index(tmp_path):
    """A package index on loopback with one wheel for this machine and one for another."""
    folder = tmp_path / "simple" / "uv"
    folder.mkdir(parents=True)
    links = ""
    for name in (ELSEWHERE, HERE):
        content = a_wheel(name.encode())
        (folder / name).write_bytes(content)
        links += f'<a href="{name}#sha256={hashlib.sha256(content).hexdigest()}">{name}</a>'
    (folder / "index.html").write_text(links)
    serving = functools.partial(http.server.SimpleHTTPRequestHandler, directory=tmp_path)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), serving)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/simple"
    server.shutdown()
    server.server_close()


def digests() -> set[str]:
    return {hashlib.sha256(a_wheel(name.encode())).hexdigest() for name in (ELSEWHERE, HERE)}


def test_the_wheel_for_this_machine_is_taken(index, tmp_path):
    fetch_uv.install(fetch_uv.locked_wheel(index, digests()), tmp_path / "tools")
    program = tmp_path / "tools" / "bin" / "uv"
    assert program.read_bytes() == HERE.encode()
    assert program.stat().st_mode & 0o111


def test_a_wheel_without_a_locked_digest_is_not_taken(index):
    with pytest.raises(LookupError):
        fetch_uv.locked_wheel(index, {"0" * 64})


def test_a_wheel_that_was_changed_on_the_way_is_not_taken(index, tmp_path):
    (tmp_path / "simple" / "uv" / HERE).write_bytes(a_wheel(b"something else"))
    with pytest.raises(LookupError):
        fetch_uv.locked_wheel(index, digests())


@pytest.mark.parametrize("name", ["UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"])
def test_the_environment_is_asked_first(bare, monkeypatch, name):
    monkeypatch.setenv(name, "https://mirror.example/simple")
    assert fetch_uv.configured_index() == "https://mirror.example/simple"


@pytest.mark.parametrize(
    "file, text",
    [
        ("config/pip/pip.conf", "[global]\nindex-url = https://mirror.example/simple"),
        (".pip/pip.conf", "[install]\nindex-url = https://mirror.example/simple"),
        ("config/uv/uv.toml", 'index-url = "https://mirror.example/simple"'),
        ("config/uv/uv.toml", '[[index]]\nurl = "https://mirror.example/simple"\ndefault = true'),
    ],
    ids=["pip", "old pip", "uv", "uv's list"],
)
def test_then_the_settings_of_uv_and_pip(bare, file, text):
    (bare / file).parent.mkdir(parents=True)
    (bare / file).write_text(text)
    assert (fetch_uv.index_of_uv() or fetch_uv.index_of_pip()) == "https://mirror.example/simple"


def test_last_the_interpreter_names_the_public_index():
    named = fetch_uv.index_of_the_interpreter()
    assert named.startswith("https://")
    assert named.endswith("/simple")


def test_nothing_but_the_web_is_read(tmp_path):
    with pytest.raises(ValueError):
        fetch_uv.read((tmp_path / "file").as_uri())
