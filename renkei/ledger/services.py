"""Bringing a ledger in: read → check → mend → commit → undo. Each verb is one transaction."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.facts import AgreementFacts
from renkei.agreements.services import register_many, unregister_many
from renkei.audit.services import record
from renkei.ledger import events
from renkei.ledger.intake import Divisions, facts_of, names_of, with_division
from renkei.ledger.matching import Known, SeenInFile
from renkei.ledger.models import Batch, BatchState, Outcome, Row, Shape
from renkei.ledger.reading import Ledger, read_ledger
from renkei.ledger.undo import agreements_of, why_not_undo
from renkei.municipalities.bulk import fill_in, insert, without_garbage_collection
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id
from renkei.rules.names import folded_name

CHUNK = 500
COLUMNS = tuple(field.attname for field in Row._meta.concrete_fields if not field.primary_key)

Told = Callable[[int, int], None]
"""Called with rows done and rows in all."""
Prepared = tuple[AgreementFacts, str]
"""The facts of an agreement, and its division as the ledger names it."""


class CommitRefused(ValueError):
    """The batch cannot be committed or undone; str() says why and what to do."""


def silent(done: int, total: int) -> None:
    """Tell nobody."""


@without_garbage_collection()
def read(content: bytes, *, file_name: str, municipality: Municipality) -> Ledger:
    """Read a file as a ledger, with the columns remembered for its shape; raises LedgerRefused."""
    ledger = read_ledger(content, file_name)
    remembered = Shape.objects.filter(municipality=municipality, digest=ledger.shape).first()
    return read_ledger(content, file_name, mapping=remembered.columns) if remembered else ledger


def bring(
    content: bytes, *, file_name: str, municipality: Municipality, listed_on: date, actor: User | None
) -> Batch:
    """Read the file, keep it, and lay its rows out for checking; a refused file leaves nothing behind.

    The file is read before the transaction, which would keep other clerks from writing as long.
    """
    ledger = read(content, file_name=file_name, municipality=municipality)
    batch = Batch(
        municipality=municipality,
        file_name=file_name[-200:],
        digest=hashlib.sha256(content).hexdigest(),
        brought_by=actor,
        listed_on=min(ledger.snapshot_day or listed_on, listed_on),
    )
    batch.content.save(new_public_id(), ContentFile(content), save=False)
    with transaction.atomic():
        batch.save()
        _lay_out(batch, ledger)
    return batch


def remap(batch: Batch, columns: Mapping[str, Any]) -> Batch:
    """Read the file again with the columns as a person set them, and remember them for this shape."""
    if batch.state != BatchState.READY:
        raise CommitRefused(_("取込みが済んだ台帳の列は変えられません。取込みを取り消してください。"))
    with batch.content.open("rb") as kept:
        ledger = read_ledger(kept.read(), batch.file_name, mapping=columns)
    with transaction.atomic():
        if not Batch.objects.claim(batch, BatchState.READY):
            raise CommitRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
        Shape.objects.update_or_create(
            municipality=batch.municipality, digest=ledger.shape, defaults={"columns": columns}
        )
        batch.rows.all().delete()
        _lay_out(batch, ledger)
    return batch


@without_garbage_collection()
def _lay_out(batch: Batch, ledger: Ledger) -> None:
    known = Known(batch.municipality)
    rows = list(rows_of(batch, ledger, known))
    insert(Row, COLUMNS, map(attrgetter(*COLUMNS), rows))
    batch.shape = ledger.shape
    batch.columns = ledger.columns_json()
    batch.remarks = ledger.remarks
    batch.total = len(rows)
    batch.save(update_fields=["shape", "columns", "remarks", "total"])


def rows_of(batch: Batch, ledger: Ledger, known: Known) -> Iterator[Row]:
    """A row record for each item of the ledger, with the agreement it repeats, if any."""
    seen, own = SeenInFile(), names_of(batch.municipality)
    for position, item in enumerate(ledger.items, start=1):
        row = Row(
            batch=batch,
            position=position,
            sheet=item.sheet[:100],
            row=item.row,
            rows=list(item.rows),
            outcome=item.outcome,
            title=item.title[:400],
            signed_as=item.signed.iso if item.signed else "",
            facts=item.facts_json(),
            cells=list(item.cells),
            reason=item.reason,
        )
        if row.outcome == Outcome.AGREEMENT:
            _compare(row, known, seen, own)
        yield row


def _compare(row: Row, known: Known, seen: SeenInFile, own: frozenset[str]) -> None:
    """Mark what is in the register already; let wait what the file says twice."""
    names = [name for name in row.partners if folded_name(name) not in own] or row.partners
    row.same_as_id = known.find(row.title, names, row.signed_as)
    told = "\t".join(row.cells[1:])
    if before := seen.find_or_add(row.title, row.partners, row.signed_as, row=row.row, told=told):
        row.same_as_id, row.outcome = None, Outcome.WAITING
        row.reason = _(
            "%(row)s行と同じ協定名・相手方・締結日です。同じ協定ならこのままで結構です。別の協定なら違いが分かるように直してください。"
        ) % {"row": before}


@transaction.atomic
def mend(row: Row, *, title: str, partners: Sequence[str], signed_as: str) -> Row:
    """Put a row right by hand; with a title and a partner it becomes an agreement."""
    _touch(row.batch)
    row.title = title.strip()[:400]
    names = [name.strip() for name in partners if name.strip()]
    before = {partner["name"]: partner for partner in row.facts.get("partners", [])}
    row.facts = {**row.facts, "partners": [before.get(name, {"name": name}) for name in names]}
    row.signed_as = signed_as
    row.is_mended = True
    complete = bool(row.title and names)
    row.outcome = Outcome.AGREEMENT if complete else Outcome.WAITING
    row.reason = "" if complete else _("協定名と相手方の両方を入れてください。")
    row.same_as_id = _same_as(row, names) if complete else None
    row.save()
    return row


def _touch(batch: Batch) -> None:
    """Rows are put right only while no commit has begun; one that is being prepared must read them again."""
    if not Batch.objects.touch(batch):
        raise CommitRefused(_("取込みが済んだ台帳の行は直せません。協定のページで直してください。"))


def _same_as(row: Row, names: Sequence[str]) -> int | None:
    return Known(row.batch.municipality, row.signed_as).find(row.title, names, row.signed_as)


@transaction.atomic
def title_for_waiting(batch: Batch, title: str) -> int:
    """Give one title to all waiting rows that have a partner and no title; how many became agreements."""
    title = " ".join(title.split())[:400]
    _touch(batch)
    if not title:
        raise CommitRefused(_("協定名が空です。保留の行に付ける協定名を入れてください。"))
    known = Known(batch.municipality)
    rows = [row for row in batch.rows.filter(outcome=Outcome.WAITING, title="") if row.partners]
    for row in rows:
        row.title, row.outcome, row.reason, row.is_mended = title, Outcome.AGREEMENT, "", True
        row.same_as_id = known.find(title, row.partners, row.signed_as)
    Row.objects.bulk_update(rows, ["title", "outcome", "reason", "is_mended", "same_as"], batch_size=CHUNK)
    return len(rows)


def start_commit(batch: Batch, *, publishes: bool = False) -> Batch:
    """Mark the batch as being committed in the background; pressing again after a stop starts it again."""
    if batch.state not in (BatchState.READY, BatchState.COMMITTING):
        raise CommitRefused(_("この台帳はすでに取り込まれているか、取り消されています。"))
    if not Batch.objects.claim(batch, BatchState.COMMITTING):
        raise CommitRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
    batch.publishes, batch.done = publishes, 0
    batch.save(update_fields=["publishes", "done"])
    return batch


def stop_commit(batch: Batch) -> Batch:
    """Take a batch back from the background before it is in the register: nothing of it is left there."""
    if batch.state != BatchState.COMMITTING:
        raise CommitRefused(_("取込み中の台帳ではありません。画面を読み直してください。"))
    if not Batch.objects.claim(batch, BatchState.READY):
        raise CommitRefused(_("やめる前に取込みが済みました。結果を見て、要らなければ取り消してください。"))
    return batch


@without_garbage_collection()
def commit(batch: Batch, *, actor: User | None, publishes: bool = False, told: Told = silent) -> Batch:
    """Bring all agreements of the batch into the register: all of them or, if anything fails, none."""
    if batch.state not in (BatchState.READY, BatchState.COMMITTING):
        raise CommitRefused(_("この台帳はすでに取り込まれているか、取り消されています。"))
    new = batch.rows.filter(outcome=Outcome.AGREEMENT, same_as=None, agreement=None)
    chosen = list(new.only("batch", "title", "signed_as", "facts"))
    prepared = list(_told_facts(batch, chosen, publishes, told))
    _commit(batch, chosen, prepared, actor=actor, publishes=publishes)
    told(len(chosen), len(chosen))
    return batch


def _commit(
    batch: Batch, chosen: Sequence[Row], prepared: Sequence[Prepared], *, actor: User | None, publishes: bool
) -> None:
    with transaction.atomic():
        if not Batch.objects.claim(batch, BatchState.COMMITTED):
            raise CommitRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
        _take_part(batch.municipality)
        divisions = Divisions(batch.municipality)
        facts = [with_division(one, words, divisions) for one, words in prepared]
        agreements = register_many(facts, municipality=batch.municipality)
        fill_in(Row, "agreement_id", {row.pk: one.pk for row, one in zip(chosen, agreements, strict=True)})
        Batch.objects.filter(pk=batch.pk).update(publishes=publishes, done=len(chosen))
        record(
            events.COMMITTED,
            actor,
            batch,
            municipality=batch.municipality,
            agreements=len(agreements),
            waiting=batch.rows.filter(outcome=Outcome.WAITING).count(),
            digest=batch.digest,
        )


def _take_part(municipality: Municipality) -> None:
    """A municipality that has a register of its own takes part."""
    if not municipality.takes_part:
        municipality.takes_part = True
        Municipality.objects.filter(pk=municipality.pk).update(takes_part=True)


def _told_facts(batch: Batch, chosen: Sequence[Row], publishes: bool, told: Told) -> Iterator[Prepared]:
    for number, row in enumerate(chosen, start=1):
        facts = facts_of(row, listed_on=batch.listed_on, publishes=publishes, town=batch.municipality)
        yield facts, row.facts.get("division", "")
        if number % CHUNK == 0:
            told(number, len(chosen))


@transaction.atomic
def undo(batch: Batch, *, actor: User | None) -> Batch:
    """Take the whole import back, while nothing was built on it."""
    if reason := why_not_undo(batch):
        raise CommitRefused(reason)
    agreements = agreements_of(batch)
    if not Batch.objects.claim(batch, BatchState.UNDONE):
        raise CommitRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
    unregister_many(agreements)
    record(events.UNDONE, actor, batch, municipality=batch.municipality, agreements=len(agreements))
    return batch
