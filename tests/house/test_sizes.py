"""A file can be read in one sitting, and its name says what is in it."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house.sources import modules, scripts, shown, templates

ROOMS_WITHOUT_A_NAME = {
    "utils",
    "helpers",
    "common",
    "core",
    "managers",
    "signals",
    "misc",
    "tools",
    "lib",
    "base",
}


def longer_than(wall: int, paths: Iterable[Path]) -> dict[str, int]:
    lengths = {shown(path): len(path.read_text().splitlines()) for path in paths}
    return {name: length for name, length in lengths.items() if length > wall}


def wider_than(wall: int, paths: Iterable[Path]) -> list[str]:
    return [
        f"{shown(path)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > wall
    ]


def without_a_name(paths: Iterable[Path]) -> list[str]:
    return [shown(path) for path in paths if {path.stem, path.parent.name} & ROOMS_WITHOUT_A_NAME]


def test_no_module_is_longer_than_one_sitting():
    assert longer_than(400, modules("renkei", "machine", "tests", "bench")) == {}


def test_no_line_of_code_is_wider_than_120_letters():
    assert wider_than(120, modules("renkei", "machine", "tests", "bench")) == []


def test_no_template_is_longer_than_150_lines():
    assert longer_than(150, templates()) == {}


def test_no_page_script_is_longer_than_150_lines():
    assert longer_than(150, scripts()) == {}


def test_no_module_is_called_after_nothing():
    assert without_a_name(modules("renkei", "machine")) == []


@pytest.mark.parametrize("lines, refused", [(400, False), (401, True)])
def test_the_wall_stands_after_its_last_line(tmp_path, lines, refused):
    module = tmp_path / "planted.py"
    module.write_text("x = 1\n" * lines)
    assert bool(longer_than(400, [module])) is refused


@pytest.mark.parametrize("letters, refused", [(120, False), (121, True)])
def test_japanese_letters_count_as_one(tmp_path, letters, refused):
    module = tmp_path / "planted.py"
    module.write_text("協" * letters)
    assert bool(wider_than(120, [module])) is refused


@pytest.mark.parametrize("place", ["renkei/desk/utils.py", "renkei/common/names.py"])
def test_a_room_without_a_name_is_found(place):
    assert without_a_name([Path(place)])
