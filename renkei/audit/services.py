"""Telling: the one way to add to the log."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from renkei.accounts.models import User
from renkei.audit.actors import Actor
from renkei.audit.events import Event, declare
from renkei.audit.kept import KeptHead
from renkei.audit.models import Entry, Head
from renkei.audit.verification import chains, faults_of_triggers
from renkei.municipalities.models import Municipality

VERIFIED = declare(
    "audit.verified",
    gettext_lazy("{actor}が「{subject}」のできごとの記録{entries}件を確かめました(異常{faults}件)"),
)
BY_THE_SYSTEM = "システム"
FAULTS_SHOWN = 100
IN_ONE_STATEMENT = 500
Changes = Mapping[str, tuple[object, object]]


@dataclass(frozen=True)
class Telling:
    """One of many events that are told together, as `record` takes it."""

    event: Event
    subject: models.Model
    reason: str = ""
    changes: Changes | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


def record(
    event: Event,
    actor: Actor,
    subject: models.Model,
    *,
    municipality: Municipality,
    reason: str = "",
    changes: Changes | None = None,
    **facts: object,
) -> Entry:
    """Tell that something happened; call it inside the transaction that did it.

    `changes` holds before and after by the name of what changed: "agreements.agreement.title" for a column,
    "agreements.party" for all rows of a kind that belong to the subject.
    """
    (entry,) = record_many(
        [Telling(event, subject, reason, changes, facts)], actor, municipality=municipality
    )
    return entry


def record_many(tellings: Iterable[Telling], actor: Actor, *, municipality: Municipality) -> list[Entry]:
    """Tell many events of one act in their order: the same chain as one by one, its end taken once."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Events were told outside the transaction that did them.")
    tellings = list(tellings)
    for one in tellings:
        _refuse_lacking(one)
    if not tellings:
        return []
    head = _claimed_head(municipality)
    number, digest, entries = head.number, head.digest, []
    for number, one in enumerate(tellings, start=head.number + 1):
        entry = _unsaved(one, actor, municipality, number, digest)
        digest = entry.digest = entry.computed_digest()
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=IN_ONE_STATEMENT)
    Head.objects.filter(pk=head.pk).update(number=number, digest=digest)
    return entries


def _refuse_lacking(one: Telling) -> None:
    missing = one.event.placeholders - {"actor", "subject", "reason"} - one.facts.keys()
    if missing:
        raise ValueError(f"{one.event.name} lacks the facts {sorted(missing)}.")


def _claimed_head(municipality: Municipality) -> Head:
    """The end of the town's chain, ours until the transaction ends."""
    ends = Head.objects.select_for_update().filter(municipality=municipality)
    head = ends.first()
    if head is None:
        Head.objects.get_or_create(municipality=municipality)
        head = ends.get()
    return head


def _unsaved(one: Telling, actor: Actor, municipality: Municipality, number: int, previous: str) -> Entry:
    subject = one.subject
    return Entry(
        municipality=municipality,
        number=number,
        at=timezone.now().astimezone(UTC),
        event=one.event.name,
        actor=actor if isinstance(actor, User) else None,
        actor_name=actor.name[:60] if actor else BY_THE_SYSTEM,
        subject_type=subject._meta.label_lower,
        subject_id=str(getattr(subject, "public_id", subject.pk)),
        subject_name=str(subject)[:400],
        reason=one.reason,
        facts={name: str(fact) for name, fact in one.facts.items()},
        changes={
            name: [_told(before), _told(after)] for name, (before, after) in (one.changes or {}).items()
        },
        previous_digest=previous,
    )


def _told(value: object) -> object:
    """A value as it is told: texts, numbers and lists of them as they are, everything else as its text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list | tuple):
        return [_told(one) for one in value]
    return str(value)


@dataclass(frozen=True)
class Proof:
    """What a verification found: how many entries were read again, and sentences about the first faults."""

    checked: int
    count: int
    faults: list[str]


def verify(municipality: Municipality, kept: Iterable[KeptHead], *, actor: User) -> Proof:
    """Read the town's chain again, compare it with the heads kept outside, and tell that it was done."""
    (chain,) = chains(kept, municipality)
    count, shown = 0, []
    for fault in itertools.chain(chain.faults(), faults_of_triggers()):
        count += 1
        if count <= FAULTS_SHOWN:
            shown.append(fault)
    with transaction.atomic():
        told = chain.checked
        record(VERIFIED, actor, municipality, municipality=municipality, entries=told, faults=count)
    return Proof(chain.checked, count, shown)
