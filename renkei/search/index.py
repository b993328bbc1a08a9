"""The bitmaps: reading them through a small cache, merging what changed, building all anew."""

from array import array
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Sequence
from threading import Lock

from django.db import transaction
from django.db.models import F, Q
from pyroaring import BitMap

from renkei.agreements.models import Agreement
from renkei.search.documents import Document, documents
from renkei.search.models import Block, Generation, Pending, Text

CHUNK = 500
BUILD_CHUNK = 20_000
MOST_CACHED = 4000
ORDERS = ("newest", "kana")

Told = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Tell nobody."""


class Blocks:
    """Bitmaps of one generation, kept while it lasts; at most MOST_CACHED of them."""

    def __init__(self) -> None:
        self.generation = -1
        self.kept: OrderedDict[str, BitMap] = OrderedDict()
        self.orders: dict[str, array[int]] = {}
        self.places: dict[str, array[int]] = {}
        self.facets: list[str] | None = None
        self.lock = Lock()

    def at(self, generation: int) -> "Blocks":
        """These blocks, emptied first if the index has moved on."""
        with self.lock:
            if generation != self.generation:
                self.generation = generation
                self.kept.clear()
                self.orders.clear()
                self.places.clear()
                self.facets = None
        return self

    def named(self, names: Iterable[str]) -> dict[str, BitMap]:
        """The bitmaps by name; a name that no agreement has is empty."""
        wanted = list(names)
        with self.lock:
            found = {name: self.kept[name] for name in wanted if name in self.kept}
        missing = [name for name in wanted if name not in found]
        for start in range(0, len(missing), CHUNK):
            some = missing[start : start + CHUNK]
            read = dict(Block.objects.filter(name__in=some).values_list("name", "content"))
            found |= {
                name: BitMap.deserialize(bytes(read[name])) if name in read else BitMap() for name in some
            }
        with self.lock:
            for name in missing:
                self.kept[name] = found[name]
            while len(self.kept) > MOST_CACHED:
                self.kept.popitem(last=False)
        return found

    def facet_names(self) -> list[str]:
        """The names of all facet blocks."""
        if self.facets is None:
            others = Q(name__startswith="p:") | Q(name__startswith="i:") | Q(name__startswith="t:")
            others |= Q(name__startswith="order:") | Q(name__startswith="word:")
            self.facets = list(Block.objects.exclude(others).values_list("name", flat=True))
        return self.facets

    def order(self, name: str) -> "array[int]":
        """All agreements in an order, as primary keys."""
        if name not in self.orders:
            row = Block.objects.filter(name=f"order:{name}").values_list("content", flat=True).first()
            order = array("I")
            order.frombytes(bytes(row or b""))
            self.orders[name] = order
        return self.orders[name]

    def ranks(self, name: str) -> "array[int]":
        """Places in an order, by primary key."""
        if name not in self.places:
            order = self.order(name)
            places = array("I", bytes(4 * (max(order, default=0) + 1)))
            for place, pk in enumerate(order):
                places[pk] = place
            self.places[name] = places
        return self.places[name]


BLOCKS = Blocks()


def generation() -> int:
    """The present generation; 0 while nothing was ever built."""
    return Generation.objects.values_list("number", flat=True).first() or 0


def claim(seen: int) -> bool:
    """Raise the generation if nobody else did; must be in the transaction that writes the blocks."""
    Generation.objects.get_or_create(pk=1)
    return bool(Generation.objects.filter(pk=1, number=seen).update(number=F("number") + 1))


def merge(most: int = 1_000_000) -> int:
    """Bring what changed into the bitmaps; returns how many changes were merged (0 if another merge was first)."""
    seen = generation()
    changes = list(Pending.objects.order_by("pk").values_list("pk", "agreement")[:most])
    if not changes:
        return 0
    ids = sorted({agreement for _pk, agreement in changes})
    new = {document.agreement: document for document in documents(ids)}
    with transaction.atomic():
        if not claim(seen):
            return 0
        old = _old_blocks(ids)
        _change_blocks(ids, old, new)
        _write_texts(ids, new.values())
        _refresh_words(ids, new)
        _write_orders()
        numbers = [pk for pk, _agreement in changes]
        for start in range(0, len(numbers), CHUNK):
            Pending.objects.filter(pk__in=numbers[start : start + CHUNK]).delete()
    return len(changes)


def _old_blocks(ids: Sequence[int]) -> dict[int, frozenset[str]]:
    old: dict[int, frozenset[str]] = {}
    for start in range(0, len(ids), CHUNK):
        rows = Text.objects.filter(agreement__in=ids[start : start + CHUNK])
        for pk, title, public, internal, names in rows.values_list(
            "agreement", "title", "public", "internal", "blocks"
        ):
            old[pk] = Document(pk, title, public, internal, frozenset(names.split("|"))).blocks
    return old


def _change_blocks(ids: Sequence[int], old: dict[int, frozenset[str]], new: dict[int, Document]) -> None:
    leaving: dict[str, list[int]] = defaultdict(list)
    joining: dict[str, list[int]] = defaultdict(list)
    for pk in ids:
        before = old.get(pk, frozenset())
        after = new[pk].blocks if pk in new else frozenset()
        for name in before - after:
            leaving[name].append(pk)
        for name in after - before:
            joining[name].append(pk)
    names = sorted(leaving.keys() | joining.keys())
    for start in range(0, len(names), CHUNK):
        some = names[start : start + CHUNK]
        read = dict(Block.objects.filter(name__in=some).values_list("name", "content"))
        blocks = []
        for name in some:
            bitmap = BitMap.deserialize(bytes(read[name])) if name in read else BitMap()
            bitmap -= BitMap(leaving[name])
            bitmap |= BitMap(joining[name])
            blocks.append(Block(name=name, content=bitmap.serialize()))
        _put(blocks)


def _put(blocks: Sequence[Block]) -> None:
    Block.objects.bulk_create(
        blocks, batch_size=CHUNK, update_conflicts=True, unique_fields=["name"], update_fields=["content"]
    )


def _write_texts(ids: Sequence[int], new: Iterable[Document]) -> None:
    for start in range(0, len(ids), CHUNK):
        Text.objects.filter(agreement__in=ids[start : start + CHUNK]).delete()
    Text.objects.bulk_create([_text(document) for document in new], batch_size=CHUNK)


def _text(document: Document) -> Text:
    return Text(
        agreement=document.agreement,
        title=document.title,
        public=document.public,
        internal=document.internal,
        blocks="|".join(sorted(document.facets)),
    )


def _refresh_words(ids: Sequence[int], new: dict[int, Document]) -> None:
    """Words whose answers are kept are asked again for the changed agreements only."""
    changed = BitMap(ids)
    blocks = []
    for block in Block.objects.filter(name__startswith="word:"):
        _word, kind, word = block.name.split(":", 2)
        bitmap = BitMap.deserialize(bytes(block.content)) - changed
        for pk, document in new.items():
            if word in document.public or (kind == "i" and word in document.internal):
                bitmap.add(pk)
        block.content = bitmap.serialize()
        blocks.append(block)
    _put(blocks)


def _write_orders() -> None:
    newest = Agreement.objects.order_by(F("signed_on").desc(nulls_last=True), "-pk")
    kana = Agreement.objects.order_by("title_kana", "title", "pk")
    blocks = []
    for name, rows in (("newest", newest), ("kana", kana)):
        order = array("I", rows.values_list("pk", flat=True).iterator(chunk_size=20_000))
        blocks.append(Block(name=f"order:{name}", content=order.tobytes()))
    _put(blocks)


def rebuild(told: Told = silent) -> int:
    """Build everything anew from the records; all is read first, so that writers wait only while it is written."""
    seen = generation()
    pending = list(Pending.objects.values_list("pk", flat=True))
    ids = list(Agreement.objects.order_by("pk").values_list("pk", flat=True))
    found: dict[str, BitMap] = {}
    texts: list[Text] = []
    for start in range(0, len(ids), BUILD_CHUNK):
        some = list(documents(ids[start : start + BUILD_CHUNK]))
        _add(found, some)
        texts += [_text(document) for document in some]
        told(min(start + BUILD_CHUNK, len(ids)), len(ids))
    with transaction.atomic():
        if not claim(seen):
            return 0
        Block.objects.all().delete()
        Text.objects.all().delete()
        blocks = [Block(name=name, content=bitmap.serialize()) for name, bitmap in found.items()]
        Block.objects.bulk_create(blocks, batch_size=CHUNK)
        Text.objects.bulk_create(texts, batch_size=CHUNK)
        _write_orders()
        for start in range(0, len(pending), CHUNK):
            Pending.objects.filter(pk__in=pending[start : start + CHUNK]).delete()
    return len(ids)


def _add(found: dict[str, BitMap], some: Sequence[Document]) -> None:
    members: dict[str, array[int]] = defaultdict(lambda: array("I"))
    for document in some:
        for name in document.blocks:
            members[name].append(document.agreement)
    for name, pks in members.items():
        found.setdefault(name, BitMap()).update(pks)
