"""The process that opens a template that was brought: `python -m renkei.documents.papers.checking_child PATH KIND`.

It binds its own memory and time. It writes the names of the fields as JSON, or the sentence of a refusal. A template
whose fields are all known is filled twice, with examples and with nothing, so that both are known to be whole files.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

from renkei.documents.filling import fields_in_word, fill_word
from renkei.documents.papers.checking import compared
from renkei.documents.papers.fields import sample_of, with_blanks
from renkei.documents.papers.kinds import FIELDS
from renkei.documents.template_refusals import TemplateRefused
from renkei.documents.vocabulary import PaperKind

MEMORY = 768 * 1024 * 1024
SECONDS = 20
LARGEST_ANSWER = 1024 * 1024


def bind() -> None:
    """Bound memory, processor time and answer of this process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_ANSWER, LARGEST_ANSWER))


def told(content: bytes, kind: PaperKind) -> dict[str, Any]:
    """What the template says."""
    try:
        names = fields_in_word(content)
        if not compared(names, kind).unknown:
            for fields in (sample_of(FIELDS[kind]), {}):
                fill_word(content, with_blanks(FIELDS[kind], fields))
        return {"fields": names}
    except TemplateRefused as refusal:
        return {"refused": [refusal.sentence, refusal.place]}


def main() -> None:
    bind()
    json.dump(told(Path(sys.argv[1]).read_bytes(), PaperKind(sys.argv[2])), sys.stdout)


if __name__ == "__main__":
    main()
