"""Bringing what changed into the bitmaps, some time after it changed."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from pyroaring import BitMap

from renkei.search.blocks import LISTED
from renkei.search.days import day_names
from renkei.search.documents import Document, documents
from renkei.search.models import Block, Generation, Pending, Text, new_mark
from renkei.search.orders import KEYS, keys, places, ranks_of, without

CHUNK = 500
FEW_BLOCKS = 100
AT_ONCE = 2_000
"""Changes in one merge: the write transaction stays far below the time that another writer waits for its turn."""
MOST_LETTERS = 300_000
"""Letters after which a merge takes up no more changes: with documents, an agreement may have a hundred thousand."""
FEW = 20
"""Agreements that are read before their letters are counted."""
T = TypeVar("T")
LONGEST_REBUILD = timedelta(hours=1)


def merge(most: int = AT_ONCE) -> int:
    """Bring changes into the bitmaps; returns how many, 0 if none waits or another merge or a rebuild was first.

    Everything is worked out before the one short transaction. Exactly the changes that were read are taken off the
    waiting list: on PostgreSQL one with a smaller number may be committed later.
    """
    generation = Generation.objects.first() or Generation()
    if _is_being_rebuilt(generation):
        return 0
    waiting = dict(Pending.objects.values_list("mark", "agreement")[:most])
    if not waiting:
        return 0
    new, ids = _read(sorted(set(waiting.values())))
    among = set(ids)
    waiting = {mark: pk for mark, pk in waiting.items() if pk in among}
    old = _old(ids, generation.edition)
    blocks, gone = _changed_blocks(ids, old, new, generation.edition)
    blocks += [block for name in KEYS for block in _changed_order(name, ids, generation.edition)]
    with transaction.atomic():
        if not _claim(generation):
            return 0
        put(blocks)
        _write_texts(ids, new.values(), generation.edition)
        for some in chunks(gone):
            Block.objects.filter(edition=generation.edition, name__in=some).delete()
        for marks in chunks(list(waiting)):
            Pending.objects.filter(mark__in=marks).delete()
    return len(waiting)


def _read(ids: Sequence[int]) -> tuple[dict[int, Document], Sequence[int]]:
    """The agreements as they are now, and those of the ids that were read: all, unless they hold very much."""
    found: dict[int, Document] = {}
    for start in range(0, len(ids), FEW):
        some = ids[start : start + FEW]
        found |= {document.agreement: document for document in documents(some)}
        if sum(document.letters for document in found.values()) > MOST_LETTERS:
            return found, ids[: start + FEW]
    return found, ids


def _is_being_rebuilt(generation: Generation) -> bool:
    started = generation.rebuild_started_at
    return started is not None and timezone.now() - started < LONGEST_REBUILD


def _claim(seen: Generation) -> bool:
    """Change the mark if nobody else did; must be in the transaction that writes the blocks."""
    Generation.objects.get_or_create(pk=1)
    unchanged = Generation.objects.filter(pk=1, mark=seen.mark)
    unchanged = unchanged.filter(rebuild=seen.rebuild) if seen.rebuild else unchanged.filter(rebuild=None)
    return bool(unchanged.update(mark=new_mark()))


def chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """The values in portions that every database takes in one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _old(ids: Sequence[int], edition: int) -> dict[int, Document]:
    """The agreements as the bitmaps know them."""
    old: dict[int, Document] = {}
    for some in chunks(ids):
        rows = Text.objects.filter(edition=edition, agreement__in=some)
        for pk, title, public, internal, facets in rows.values_list(
            "agreement", "title", "public", "internal", "facets"
        ):
            old[pk] = Document(pk, title, public, internal, unpacked_facets(facets))
    return old


def _changed_blocks(
    ids: Sequence[int], old: Mapping[int, Document], new: Mapping[int, Document], edition: int
) -> tuple[list[Block], list[str]]:
    """The blocks that change, with their new content, and the names of those that become empty."""
    leaving: dict[str, list[int]] = defaultdict(list)
    joining: dict[str, list[int]] = defaultdict(list)
    for pk in ids:
        before = old[pk].blocks if pk in old else frozenset()
        after = new[pk].blocks if pk in new else frozenset()
        for name in before - after:
            leaving[name].append(pk)
        for name in after - before:
            joining[name].append(pk)
    names = sorted(leaving.keys() | joining.keys())
    blocks, gone = [], []
    for some in chunks(names):
        read = _contents(some, edition)
        for name in some:
            bitmap = BitMap.deserialize(read[name]) if name in read else BitMap()
            bitmap = (bitmap - BitMap(leaving[name])) | BitMap(joining[name])
            if bitmap:
                blocks.append(Block(edition=edition, name=name, content=packed(bitmap)))
            else:
                gone.append(name)
    if listed := _changed_list(names, gone, edition):
        blocks.append(listed)
    return blocks, gone


def packed(bitmap: BitMap) -> bytes:
    """A bitmap as it is stored, neighbours as runs where that is smaller."""
    bitmap.run_optimize()
    return bytes(bitmap.serialize())


def packed_facets(facets: Iterable[str]) -> str:
    """The facets in one text; months and years are left out, because the days say them."""
    return "|".join(sorted(name for name in facets if not name.startswith(("m:", "y:"))))


def unpacked_facets(text: str) -> frozenset[str]:
    """The facets of one text."""
    names = set(text.split("|"))
    for name in list(names):
        if name.startswith("d:"):
            _d, kind, day = name.split(":")
            names |= day_names(kind, date.fromisoformat(day))
    return frozenset(names)


def _contents(names: Sequence[str], edition: int) -> dict[str, bytes]:
    rows = Block.objects.filter(edition=edition, name__in=names).values_list("name", "content")
    return {name: bytes(content) for name, content in rows}


def is_listed(name: str) -> bool:
    """Whether the block's name is on the list: facets and years. Divisions are many, and known from their table."""
    return name.startswith(("f:", "y:")) and not name.startswith("f:division:")


def listing(names: Iterable[str], edition: int) -> Block:
    """The block that lists names."""
    return Block(edition=edition, name=LISTED, content="\n".join(sorted(names)).encode())


def _changed_list(names: Iterable[str], gone: Iterable[str], edition: int) -> Block | None:
    before = _contents([LISTED], edition).get(LISTED, b"").decode()
    listed = set(before.split("\n")) if before else set()
    after = (listed | set(filter(is_listed, names))) - set(gone)
    return listing(after, edition) if after != listed else None


def _changed_order(name: str, ids: Sequence[int], edition: int) -> list[Block]:
    order, ranks = array("I"), array("I")
    read = _contents([f"order:{name}", f"ranks:{name}"], edition)
    order.frombytes(read.get(f"order:{name}", b""))
    ranks.frombytes(read.get(f"ranks:{name}", b""))
    kept = without(order, ranks, ids)
    keyed = sorted((key, pk) for pk, key in keys(ids, name).items())
    found = places(kept, [key for key, _pk in keyed], name)
    return order_blocks(name, _spliced(kept, found, [pk for _key, pk in keyed]), edition)


def _spliced(kept: "array[int]", found: Sequence[int], pks: Sequence[int]) -> "array[int]":
    whole = array("I")
    start = 0
    for place, pk in zip(found, pks, strict=True):
        whole += kept[start:place]
        whole.append(pk)
        start = place
    return whole + kept[start:]


def order_blocks(name: str, order: "array[int]", edition: int) -> list[Block]:
    """An order and its ranks as they are stored."""
    return [
        Block(edition=edition, name=f"order:{name}", content=order.tobytes()),
        Block(edition=edition, name=f"ranks:{name}", content=ranks_of(order).tobytes()),
    ]


def put(blocks: Sequence[Block]) -> None:
    """Write blocks, over those of the same name."""
    Block.objects.bulk_create(
        blocks,
        batch_size=FEW_BLOCKS,
        update_conflicts=True,
        unique_fields=["edition", "name"],
        update_fields=["content"],
    )


def _write_texts(ids: Sequence[int], new: Iterable[Document], edition: int) -> None:
    for some in chunks(ids):
        Text.objects.filter(edition=edition, agreement__in=some).delete()
    Text.objects.bulk_create([text_of(document, edition) for document in new], batch_size=CHUNK)


def text_of(document: Document, edition: int) -> Text:
    """A document as it is stored."""
    return Text(
        edition=edition,
        agreement=document.agreement,
        title=document.title,
        public=document.public,
        internal=document.internal,
        facets=packed_facets(document.facets),
    )
