"""What there is to look at: modules, templates, scripts and all files that belong to the repository."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "renkei"
DOORS = ("desk", "counter", "portal")
NOT_OURS = {
    ".git",
    ".venv",
    ".tools",
    "var",
    "node_modules",
    "__pycache__",
    ".hypothesis",
    ".ruff_cache",
    ".mypy_cache",
}


def modules(*places: str) -> Iterator[Path]:
    """Our Python files under the given folders, migrations left out."""
    for place in places:
        yield from (path for path in sorted((ROOT / place).rglob("*.py")) if "migrations" not in path.parts)


def templates() -> Iterator[Path]:
    yield from sorted(PACKAGE.glob("*/templates/**/*.html"))
    yield from sorted(PACKAGE.glob("*/templates/**/*.svg"))


def scripts() -> Iterator[Path]:
    yield from sorted(PACKAGE.glob("*/static/**/*.js"))


@cache
def tree(path: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(path.read_text(), str(path))


def files_of_the_repository() -> list[Path]:
    """What a clone holds: what git knows or would add; without git, every file that is not made here."""
    asked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    ) if (ROOT / ".git").exists() and _git() else None  # fmt: skip
    if asked is not None and asked.returncode == 0:
        return [path for name in asked.stdout.split("\0") if name and (path := ROOT / name).is_file()]
    return [
        path
        for path in sorted(ROOT.rglob("*"))
        if path.is_file() and not NOT_OURS & set(path.relative_to(ROOT).parts)
    ]


def _git() -> bool:
    try:
        return subprocess.run(["git", "--version"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def shown(path: Path) -> str:
    """The path as a person names it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
