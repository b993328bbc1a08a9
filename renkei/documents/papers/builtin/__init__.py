"""Papers as we write them, until a town brings its own."""

from renkei.documents.papers.blocks import PaperText
from renkei.documents.papers.builtin.inside import INSIDE
from renkei.documents.papers.builtin.letters import LETTERS
from renkei.documents.papers.builtin.signing import SIGNING
from renkei.documents.vocabulary import PaperKind

BUILTIN: dict[PaperKind, PaperText] = {one.kind: one for one in (*LETTERS, *INSIDE, *SIGNING)}
