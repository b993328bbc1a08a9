"""One XML part of an Office file, read as it streams by: nothing is built, no entity is known."""

import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from renkei.documents.dangers.told import Danger, Dangerous

CONTENT_TYPES = "[content_types].xml"
PIECE = 256 * 1024
DEEPEST = 500
LONGEST_FIELDS = 1_000_000
CELLS = ("xl/worksheets/", "xl/sharedstrings")
"""Parts of millions of elements, in which none can act: only their form is looked at."""
FORGIVEN = ("docprops/", "customxml/")
"""Parts that nobody reads the agreement from may be broken."""
PROGRAM_ACTIONS = ("ppaction://program", "ppaction://macro", "ppaction://ole")


@dataclass
class FoundInPart:
    """What a part says that matters here; types and relations by lower-case names."""

    types: dict[str, str] = field(default_factory=dict)
    type_of_extension: dict[str, str] = field(default_factory=dict)
    relations: list[tuple[str, str, bool]] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    has_command: bool = False
    has_program: bool = False
    depth: int = 0
    is_in_field: bool = False

    def type_of(self, name: str) -> str:
        """What the file says that the part is; empty where it does not say."""
        extension = name.rpartition(".")[2].lower()
        return self.types.get(name.lower()) or self.type_of_extension.get(extension, "")

    def field_text(self) -> str:
        """The instructions of the part's fields; one that is cut into several runs is whole again."""
        return "".join(self.fields)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Dangerous(Danger.BROKEN)
        name = tag.rpartition(" ")[2]
        told = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if action := _ACTIONS.get(name):
            action(self, told)
        if "action" in told and told["action"].lower().startswith(PROGRAM_ACTIONS):
            self.has_program = True

    def end(self, tag: str) -> None:
        """An element ends."""
        self.depth -= 1
        if tag.endswith(("instrText", "delInstrText")):
            self.is_in_field = False

    def text(self, text: str) -> None:
        """Text, of which only fields' instructions are kept."""
        if self.is_in_field and len(self.fields) < LONGEST_FIELDS:
            self.fields.append(text)

    def _default(self, told: dict[str, str]) -> None:
        self.type_of_extension[told.get("Extension", "").lower()] = told.get("ContentType", "").lower()

    def _override(self, told: dict[str, str]) -> None:
        self.types[told.get("PartName", "").lstrip("/").lower()] = told.get("ContentType", "").lower()

    def _relation(self, told: dict[str, str]) -> None:
        kind = told.get("Type", "").rpartition("/")[2].lower()
        self.relations.append(
            (kind, told.get("Target", ""), told.get("TargetMode", "").lower() == "external")
        )

    def _begin_field(self, _told: dict[str, str]) -> None:
        self.is_in_field = True

    def _simple_field(self, told: dict[str, str]) -> None:
        self.fields.append(f" {told.get('instr', '')} ")

    def _bound_field(self, _told: dict[str, str]) -> None:
        self.fields.append(" ")

    def _command(self, _told: dict[str, str]) -> None:
        self.has_command = True


_ACTIONS = {
    "Default": FoundInPart._default,
    "Override": FoundInPart._override,
    "Relationship": FoundInPart._relation,
    "instrText": FoundInPart._begin_field,
    "delInstrText": FoundInPart._begin_field,
    "fldSimple": FoundInPart._simple_field,
    "fldChar": FoundInPart._bound_field,
    "ddeLink": FoundInPart._command,
}


def _refuse_entities(*_declared: object) -> None:
    raise Dangerous(Danger.ENTITIES)


def read_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo, found: FoundInPart) -> FoundInPart:
    """Read the part through; refuses declarations of entities, and what is no XML."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse_entities
    name = part.filename.lower()
    if name.endswith(".rels") or not name.startswith(CELLS):
        parser.StartElementHandler, parser.EndElementHandler = found.start, found.end
        parser.CharacterDataHandler = found.text
    total = 0
    try:
        with archive.open(part) as file:
            while piece := file.read(PIECE):
                total += len(piece)
                parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        if not part.filename.lower().startswith(FORGIVEN):
            raise Dangerous(Danger.BROKEN, part.filename) from error
    except Dangerous as danger:
        raise Dangerous(danger.danger, danger.place or part.filename) from danger
    else:
        if total != part.file_size:
            raise Dangerous(Danger.LYING, part.filename)
    return found
