"""Building the index anew from the records, as another edition beside the one that is read meanwhile."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from pyroaring import BitMap

from renkei.agreements.models import Agreement
from renkei.search.documents import Document, documents
from renkei.search.merging import FEW_BLOCKS, chunks, is_listed, listing, order_blocks, packed, text_of
from renkei.search.models import Block, Generation, Pending, Text, new_mark
from renkei.search.orders import KEYS, all_in_order

CHUNK = 500
AT_ONCE = 5_000
MOST_LETTERS = 20_000_000
"""Agreements, and letters of them, that are in memory at once: with documents, one may have a hundred thousand."""

Told = Callable[[int, int], None]


class RebuildRefused(RuntimeError):
    """Another rebuild or a merge came between; str() says what to do."""


def silent(done: int, total: int) -> None:
    """Tell nobody."""


def rebuild(told: Told = silent) -> int:
    """Build everything anew; returns the number of agreements, raises RebuildRefused if another came between.

    Reading and writing records go on: the new edition is written in small transactions, and only its number is
    exchanged at the end. Merges wait meanwhile; what changes stays on the waiting list.
    """
    edition = new_mark()
    former, left_over = _started(edition)
    _forget(left_over)
    waiting = list(Pending.objects.values_list("mark", flat=True))
    ids = list(Agreement.objects.order_by("pk").values_list("pk", flat=True))
    found: dict[str, BitMap] = {}
    done = 0
    for some in _portions(documents(ids)):
        _add(found, some)
        Text.objects.bulk_create([text_of(document, edition) for document in some], batch_size=CHUNK)
        done += len(some)
        told(done, len(ids))
    _write_blocks(found, edition)
    _take_over(former, edition, waiting)
    _forget({former.edition})
    return len(ids)


def _portions(every: Iterable[Document]) -> Iterator[list[Document]]:
    """The documents in portions that fit into memory."""
    some: list[Document] = []
    letters = 0
    for document in every:
        some.append(document)
        letters += document.letters
        if len(some) == AT_ONCE or letters > MOST_LETTERS:
            yield some
            some, letters = [], 0
    if some:
        yield some


@transaction.atomic
def _started(edition: int) -> tuple[Generation, set[int]]:
    """Announce the rebuild, in place of one that goes on or was broken off; and the editions that nobody reads.

    They are listed with the announcement: a later rebuild's edition is then never among them.
    """
    Generation.objects.get_or_create(pk=1)
    Generation.objects.filter(pk=1).update(rebuild=edition, rebuild_started_at=timezone.now())
    generation = Generation.objects.get(pk=1)
    editions = set(Text.objects.order_by().values_list("edition", flat=True).distinct())
    editions |= set(Block.objects.order_by().values_list("edition", flat=True).distinct())
    return generation, editions - {generation.edition}


def _write_blocks(found: dict[str, BitMap], edition: int) -> None:
    names = sorted(found)
    for some in chunks(names, FEW_BLOCKS):
        Block.objects.bulk_create(
            [Block(edition=edition, name=name, content=packed(found[name])) for name in some]
        )
    Block.objects.bulk_create([listing(filter(is_listed, names), edition)] if names else [])
    for name in KEYS:
        Block.objects.bulk_create(order_blocks(name, all_in_order(name), edition))


@transaction.atomic
def _take_over(seen: Generation, edition: int, waiting: Sequence[int]) -> None:
    """Let the readers turn to the new edition."""
    claimed = Generation.objects.filter(pk=1, mark=seen.mark, rebuild=edition).update(
        mark=new_mark(), edition=edition, rebuild=None, rebuild_started_at=None
    )
    if not claimed:
        raise RebuildRefused(
            _("作り直している間に、別の作り直しか反映がありました。もう一度実行してください。")
        )
    for some in chunks(waiting):
        Pending.objects.filter(mark__in=some).delete()


def _forget(editions: Iterable[int]) -> None:
    """Delete editions, in small transactions so that nobody waits."""
    for edition in editions:
        Block.objects.filter(edition=edition).delete()
        texts = Text.objects.filter(edition=edition)
        while some := list(texts.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
            texts.filter(pk__lte=some[-1]).delete()


def _add(found: dict[str, BitMap], some: Iterable[Document]) -> None:
    members: dict[str, array[int]] = defaultdict(lambda: array("I"))
    for document in some:
        for name in document.blocks:
            members[name].append(document.agreement)
    for name, pks in members.items():
        found.setdefault(name, BitMap()).update(pks)
