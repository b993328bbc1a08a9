"""Questions to the figures that somebody keeps: saved with a name, renamed, shared with the town, deleted."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements.services.claiming import Refused
from renkei.audit.services import record
from renkei.reports import events
from renkei.reports.models import SavedQuestion

MOST_KEPT = 100
LONGEST_NAME = 100


class QuestionRefused(Refused):
    """The question is not kept or not changed; str() says why and what to do."""


def save_question(name: str, asked: str, *, is_shared: bool = False, actor: User) -> SavedQuestion:
    """Keep a question under a name of the person's own; a shared one is seen by everybody of the town."""
    mine = SavedQuestion.objects.of(actor.municipality).filter(owner=actor)
    if mine.count() >= MOST_KEPT:
        raise QuestionRefused(
            _("保存できる集計は1人%(most)s件までです。使わないものを削除してください。") % {"most": MOST_KEPT}
        )
    question = SavedQuestion(
        municipality=actor.municipality, name=_named(name), asked=asked, owner=actor, is_shared=is_shared
    )
    _write(question)
    return question


def rename_question(question: SavedQuestion, name: str, *, is_shared: bool, actor: User) -> SavedQuestion:
    """Give it another name, share it or keep it for its owner only."""
    question.name, question.is_shared = _named(name), is_shared
    _write(question)
    return question


@transaction.atomic
def delete_question(question: SavedQuestion, *, actor: User) -> None:
    """Forget the question; no figure changes by it."""
    if question.is_shared:
        record(events.QUESTION_DELETED, actor, question, municipality=question.municipality)
    question.delete()


def _named(name: str) -> str:
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise QuestionRefused(_("名前を入れてください。例: 分野別の実績"))
    return name


def _write(question: SavedQuestion) -> None:
    try:
        with transaction.atomic():
            question.save()
            if question.is_shared:
                record(events.QUESTION_SHARED, question.owner, question, municipality=question.municipality)
    except IntegrityError:
        raise QuestionRefused(_("同じ名前の集計を保存しています。別の名前にしてください。")) from None
