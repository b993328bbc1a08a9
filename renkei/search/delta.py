"""What changed since the bitmaps were made, laid over them while it waits to be merged."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyroaring import BitMap

from renkei.search.documents import Document, documents


class Delta:
    """The changed agreements as they are now, by the marks of their changes."""

    def __init__(self, marks: Mapping[int, int], found: Mapping[int, Document]) -> None:
        self.marks = marks
        self.documents = found
        self.changed = BitMap(marks.values())
        facets: dict[str, list[int]] = defaultdict(list)
        for document in found.values():
            for name in document.facets:
                facets[name].append(document.agreement)
        self.facets = {name: BitMap(ids) for name, ids in facets.items()}

    def over(self, name: str, bitmap: BitMap) -> BitMap:
        """The block as it is now."""
        if not self.changed:
            return bitmap
        kept = bitmap - self.changed
        return kept | self.facets[name] if name in self.facets else kept

    def over_union(self, names: Iterable[str], union: BitMap) -> BitMap:
        """The union of the blocks as it is now."""
        if not self.changed:
            return union
        return (union - self.changed).union(*(self.facets[name] for name in names if name in self.facets))

    def containing(self, word: str, kind: str) -> BitMap:
        """The changed agreements that contain the word in their texts of the kind `t`, `p` or `i`."""
        attribute = {"t": "title", "p": "public", "i": "internal"}[kind]
        return BitMap(pk for pk, document in self.documents.items() if word in getattr(document, attribute))


def delta_of(marks: Mapping[int, int], former: Delta | None) -> Delta:
    """The delta of the pending marks; of what a former one knows only the new changes are read."""
    known = former.marks if former else {}
    ids = set(marks.values())
    anew = {agreement for mark, agreement in marks.items() if mark not in known}
    kept = {pk: document for pk, document in former.documents.items() if pk in ids - anew} if former else {}
    read = {document.agreement: document for document in documents(sorted(anew))}
    return Delta(marks, {**kept, **read})
