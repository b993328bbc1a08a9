"""What the documents promise: that their links lead somewhere, and that the commands they name exist."""

import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"(?<!`)!?\[[^\]\n]*\]\(<?([^)\s>]+)>?\)")
COMMAND = re.compile(r"\./run ([a-z]+)(?: ([a-z][a-z_]+))?")
DJANGO_COMMANDS = {
    "check", "collectstatic", "createsuperuser", "dbshell", "dumpdata", "loaddata", "makemigrations", "migrate",
    "shell", "db_worker",
}  # fmt: skip


def pages(root: Path) -> Iterator[Path]:
    """The Markdown pages of the repository."""
    yield from sorted(root.glob("*.md"))
    yield from sorted((root / "docs").rglob("*.md"))


def anchors(text: str) -> set[str]:
    """The places inside a page that a link can name, as a forge makes them from headings."""
    found = set(re.findall(r'<a (?:id|name)="([^"]+)"', text))
    for heading in re.findall(r"^#{1,6} +(.+?) *$", text, re.MULTILINE):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|[`*]", r"\1", heading).lower()
        kept = (sign for sign in plain if sign in " -_" or unicodedata.category(sign)[0] in "LNM")
        found.add("".join(kept).replace(" ", "-"))
    return found


def broken_links(page: Path) -> Iterator[str]:
    """Each relative link that leads to no file, or to no heading of it."""
    for target in LINK.findall(page.read_text()):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.exists():
            yield f"{page}: {target} leads nowhere"
        elif anchor and file.suffix == ".md" and anchor not in anchors(file.read_text()):
            yield f"{page}: {target} names no heading"


def commands_of_run(root: Path) -> set[str]:
    """The commands that `./run` knows, read from its own case."""
    return set(re.findall(r"^    ([a-z]+)(?:\|[-a-z|]+)?\)", (root / "run").read_text(), re.MULTILINE))


def commands_of_django(root: Path) -> set[str]:
    """The commands that `./run manage` knows: ours and the usual ones of Django."""
    ours = root.glob("renkei/*/management/commands/*.py")
    return DJANGO_COMMANDS | {path.stem for path in ours if path.stem != "__init__"}


def unknown_commands(page: Path, root: Path) -> Iterator[str]:
    """Each `./run …` in a page that does not exist."""
    known = commands_of_run(root)
    for command, name in COMMAND.findall(page.read_text()):
        if command not in known:
            yield f"{page}: there is no ./run {command}"
        elif command == "manage" and name and name not in commands_of_django(root):
            yield f"{page}: there is no ./run manage {name}"
        elif command == "bench" and name and not (root / "bench" / f"{name}.py").exists():
            yield f"{page}: there is no ./run bench {name}"


def faults(root: Path = ROOT) -> list[str]:
    """Everything that is wrong in the pages."""
    return [fault for page in pages(root) for fault in (*broken_links(page), *unknown_commands(page, root))]


if __name__ == "__main__":
    found = faults()
    print("\n".join(found))
    sys.exit(1 if found else 0)
