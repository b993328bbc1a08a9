"""Which Word file a paper is made from: the town's own, else ours."""

from functools import lru_cache

from django.utils.translation import override

from renkei.documents.models import Template
from renkei.documents.papers.builtin import BUILTIN
from renkei.documents.papers.writing import written
from renkei.documents.vocabulary import PaperKind
from renkei.municipalities.models import Municipality


def template_in_use(municipality: Municipality, kind: PaperKind, subject: str = "") -> Template | None:
    """The town's own template of a paper; None where it uses ours."""
    own = Template.objects.of(municipality).in_use().filter(kind=kind, subject=subject)
    return own.select_related("document").first()


def word_template(municipality: Municipality, kind: PaperKind, subject: str = "") -> bytes:
    """The Word file from which the town makes a paper."""
    own = template_in_use(municipality, kind, subject)
    if own is None:
        return our_template(PaperKind(kind))
    with own.document.content.open("rb") as kept:
        content: bytes = kept.read()
    return content


@lru_cache(maxsize=len(PaperKind))
@override("ja")
def our_template(kind: PaperKind) -> bytes:
    """Our Word file of a paper: the same bytes for the life of the process, so that it is read once."""
    return written(BUILTIN[kind])
