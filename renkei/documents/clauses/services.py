"""The town's own clauses: added, changed, put away."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import User
from renkei.audit.services import record
from renkei.documents import events
from renkei.documents.clauses.fields import FIELDS
from renkei.documents.filling import UnknownFields, fields_in
from renkei.documents.models import LibraryClause
from renkei.documents.vocabulary import ClauseKind
from renkei.municipalities.models import Municipality

SAME_NAME = gettext_lazy("同じ種類に、同じ名前の条項があります。違いが分かる名前にしてください。")


class ClauseRefused(ValueError):
    """The library does not change; str() says why and what to do."""


@dataclass(frozen=True)
class ClauseWords:
    """What a town's clause says of itself."""

    kind: ClauseKind
    name: str
    heading: str
    text: str
    note: str


def add_clause(municipality: Municipality, words: ClauseWords, *, at: datetime, actor: User) -> LibraryClause:
    """Put a clause of the town's own into its library."""
    _refuse_what_cannot_be(municipality, words)
    try:
        with transaction.atomic():
            clause = LibraryClause.objects.create(
                municipality=municipality, made_by=actor, made_at=at, **_columns(words)
            )
            record(events.CLAUSE_ADDED, actor, clause, municipality=municipality)
    except IntegrityError:  # somebody else added one of this name in the same moment
        raise ClauseRefused(str(SAME_NAME)) from None
    return clause


@transaction.atomic
def change_clause(clause: LibraryClause, words: ClauseWords, *, actor: User) -> None:
    """Change a clause; texts that were written with it stay as they are."""
    _refuse_what_cannot_be(clause.municipality, words, but=clause)
    _claim(clause, **_columns(words))
    record(events.CLAUSE_CHANGED, actor, clause, municipality=clause.municipality)


@transaction.atomic
def retire_clause(clause: LibraryClause, *, at: datetime, actor: User) -> None:
    """Offer a clause no more."""
    _claim(clause, retired_at=at)
    record(events.CLAUSE_RETIRED, actor, clause, municipality=clause.municipality)


def _columns(words: ClauseWords) -> dict[str, str]:
    return {
        "kind": words.kind,
        "name": words.name.strip(),
        "heading": words.heading.strip(),
        "text": words.text.replace("\r\n", "\n").strip(),
        "note": words.note.replace("\r\n", "\n").strip(),
    }


def _claim(clause: LibraryClause, **columns: object) -> None:
    """One UPDATE of the version that was seen; refused where somebody was faster."""
    mine = LibraryClause.objects.in_use().filter(pk=clause.pk, version=clause.version)
    if not mine.update(version=F("version") + 1, **columns):
        raise ClauseRefused(_("ほかの人が先に変更しました。画面を読み直してください。"))
    clause.refresh_from_db()


def _refuse_what_cannot_be(
    municipality: Municipality, words: ClauseWords, *, but: LibraryClause | None = None
) -> None:
    if not words.name.strip() or not words.text.strip():
        raise ClauseRefused(_("名前と条文を入れてください。"))
    unknown = [name for name in fields_in(f"{words.heading}\n{words.text}") if name not in FIELDS]
    if unknown:
        raise ClauseRefused(str(UnknownFields(unknown, FIELDS)))
    same = LibraryClause.objects.of(municipality).in_use().filter(kind=words.kind, name=words.name.strip())
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise ClauseRefused(str(SAME_NAME))
