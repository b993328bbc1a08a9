"""The sentences that an app asks gettext for, and its English catalogue brought up to date with them.

`python -m machine.asked` adds what is missing (with an empty answer, to be filled in) and drops what nobody asks for.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "renkei"
ASKED = {"_", "gettext", "gettext_lazy", "gettext_noop"}
ASKED_PLURAL = {"ngettext", "ngettext_lazy"}
ASKED_IN_CONTEXT = {"pgettext", "pgettext_lazy"}
LITERAL = r"""(u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"(?<!\w)(gettext|ngettext|pgettext|_)\({LITERAL}(?:,\s*{LITERAL})?")


class Message(NamedTuple):
    """A sentence that is asked for; of a sentence with a plural, the singular and the plural."""

    text: str
    context: str | None = None
    plural: str | None = None


def asked_in_python(module: ast.Module) -> Iterator[Message]:
    """The sentences that a module asks for; one that cannot be looked up is told as it stands."""
    for node in ast.walk(module):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = ast.unparse(node.func).rpartition(".")[2]
        if name not in ASKED | ASKED_PLURAL | ASKED_IN_CONTEXT:
            continue
        if isinstance(node.args[0], ast.JoinedStr):
            yield Message(f"cannot be looked up: {ast.unparse(node)}")
            continue
        texts = [
            part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)
        ]
        yield from message_of(name, texts)


def asked_in_template(text: str) -> Iterator[Message]:
    """The sentences that a template asks for."""
    from django.utils.translation.template import templatize

    for name, first, second in IN_TEMPLATE.findall(templatize(text)):
        yield from message_of(name, [ast.literal_eval(literal) for literal in (first, second) if literal])


def message_of(function: str, texts: list[str]) -> Iterator[Message]:
    """The message that a call asks for, from its literal arguments."""
    if function in ASKED_IN_CONTEXT and len(texts) > 1:
        yield Message(texts[1], context=texts[0])
    elif function in ASKED_PLURAL and len(texts) > 1:
        yield Message(texts[0], plural=texts[1])
    elif texts and texts[0]:
        yield Message(texts[0])


def asked_by(app: Path) -> set[Message]:
    """Every sentence of an app's modules and templates."""
    found: set[Message] = set()
    for path in app.rglob("*.py"):
        if "migrations" not in path.parts:
            found.update(asked_in_python(ast.parse(path.read_text())))
    for path in app.rglob("templates/**/*"):
        if path.is_file():
            found.update(asked_in_template(path.read_text()))
    return found


def file_of(app: Path) -> Path:
    """Where an app keeps its English."""
    return app / "locale" / "en" / "LC_MESSAGES" / "django.po"


def catalogue_of(app: Path) -> Catalog:
    """An app's English, or an empty catalogue."""
    file = file_of(app)
    if not file.exists():
        return Catalog(locale="en")
    with file.open("rb") as text:
        return read_po(text, locale="en")


def bring_up_to_date(app: Path) -> int:
    """Write the app's catalogue with exactly what it asks for, in the order of the sentences; how many are open."""
    former, wanted = (
        catalogue_of(app),
        sorted(asked_by(app), key=lambda message: (message.text, message.context or "")),
    )
    if not wanted:
        return 0
    fresh = Catalog(locale="en")
    open_ones = 0
    for message in wanted:
        answered = former.get(message.text, message.context)
        answer = answered.string if answered and "fuzzy" not in answered.flags else ""
        asked = (message.text, message.plural) if message.plural else message.text
        fresh.add(asked, answer, context=message.context)
        open_ones += not (all(answer) if isinstance(answer, (tuple, list)) else answer)
    file_of(app).parent.mkdir(parents=True, exist_ok=True)
    with file_of(app).open("wb") as text:
        write_po(text, fresh, width=110, omit_header=True, no_location=True)
    return open_ones


if __name__ == "__main__":
    for each in sorted(PACKAGE.iterdir()):
        if (each / "__init__.py").exists() and (count := bring_up_to_date(each)):
            print(f"{file_of(each).relative_to(PACKAGE.parent)}: {count}")
