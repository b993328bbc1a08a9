"""Questions about reviews: how far a round is, what can be commented on, what stands to be taken up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.vocabulary import Side
from renkei.documents.contents import AgreementText
from renkei.procedures.comparing import compared
from renkei.procedures.models import Comment, DraftVersion, Procedure, Reviewer, ReviewRound
from renkei.procedures.vocabulary import DraftKind
from renkei.rules.redline import new_text

RELATED = ("text", "initiatives", "procedure__municipality")
"""What every page of a round shows of it."""

MATTERS: tuple[str | Promise, ...] = (
    gettext_lazy("法規"),
    gettext_lazy("財政"),
    gettext_lazy("契約"),
    gettext_lazy("個人情報"),
    gettext_lazy("担当課"),
    gettext_lazy("担当課(二つ目)"),
    gettext_lazy("その他"),
)
"""What people inside are asked to check."""


@dataclass(frozen=True)
class Standing:
    """How far a round is: who was asked, what is open, what is to be taken up, whether its versions are newest."""

    round: ReviewRound
    reviewers: Sequence[Reviewer]
    unresolved: int
    adopted: int
    is_newest: bool

    @property
    def required(self) -> list[Reviewer]:
        """Those without whom the round does not end in agreement."""
        return [one for one in self.reviewers if one.is_required]

    @property
    def missing(self) -> list[Reviewer]:
        """Required reviewers who have not accepted."""
        return [one for one in self.required if one.accepted_at is None]

    @property
    def accepted(self) -> int:
        """How many of the required have accepted."""
        return len(self.required) - len(self.missing)

    @property
    def is_agreed(self) -> bool:
        """Whether nothing stands against its end: all accepted these digests, nothing is open, to change or newer."""
        same = all(one.accepted_digests == self.round.digests for one in self.required)
        nothing_left = not (self.missing or self.unresolved or self.adopted)
        return bool(self.required) and nothing_left and self.is_newest and same

    def missing_of(self, side: Side) -> list[Reviewer]:
        """Required reviewers of one side who have not accepted."""
        return [one for one in self.missing if one.side == side]


def current_round(procedure: Procedure) -> ReviewRound | None:
    """The round that is open."""
    last = last_round(procedure)
    return last if last and last.is_open else None


def the_round(procedure: Procedure, number: str = "") -> ReviewRound | None:
    """The round of this number; the newest where none is asked for."""
    rounds = procedure.rounds.select_related(*RELATED).order_by("-number")
    asked = number.isascii() and number.isdigit() and len(number) < 5
    return (rounds.filter(number=int(number)).first() if asked else None) or rounds.first()


def last_round(procedure: Procedure) -> ReviewRound | None:
    """The newest round, open or ended."""
    return max(procedure.rounds.all(), key=lambda one: one.number, default=None)


def round_before(one: ReviewRound) -> ReviewRound | None:
    """The round before this one."""
    earlier = ReviewRound.objects.filter(procedure=one.procedure_id, number__lt=one.number)
    return earlier.select_related("text", "initiatives").order_by("-number").first()


def standing_of(one: ReviewRound) -> Standing:
    """How far the round is; it reads what was read for many procedures at once."""
    comments = one.comments.all()
    return Standing(
        round=one,
        reviewers=list(one.reviewers.all()),
        unresolved=sum(not said.resolution for said in comments),
        adopted=sum(said.is_adopted for said in comments),
        is_newest=is_newest(one),
    )


def is_newest(one: ReviewRound) -> bool:
    """Whether nobody has made a newer version of the text or of the list since."""
    newest: dict[str, DraftVersion] = {}
    for version in sorted(one.procedure.versions.all(), key=lambda version: version.number):
        newest[version.kind] = version
    text, initiatives = newest.get(DraftKind.TEXT), newest.get(DraftKind.INITIATIVES)
    return (text and text.pk, initiatives and initiatives.pk) == (one.text_id, one.initiatives_id)


def adopted_about(version: DraftVersion) -> list[Comment]:
    """What was adopted about this version, in the order of its clauses: to be listed while the next one is edited."""
    found = Comment.objects.adopted().filter(version=version).select_related("user", "correspondent")
    places = {clause.key: place for place, clause in enumerate(clauses_of(version))}
    return sorted(found, key=lambda one: (places.get(one.clause, -1), one.made_at))


def left_to_word(version: DraftVersion) -> list[Comment]:
    """What was adopted about this version or the one it was made from, and does not stand in it as it was adopted."""
    texts = {clause.key: clause.text for clause in clauses_of(version)}
    found = [*adopted_about(version), *(adopted_about(version.made_from) if version.made_from else [])]
    return [one for one in found if not one.taken or texts.get(one.clause) != one.taken]


@dataclass(frozen=True)
class Clause:
    """A part of a version on which something can be said; `is_worded` where another wording can take its place."""

    key: str
    place: str
    heading: str
    text: str
    is_worded: bool = True

    @property
    def label(self) -> str:
        """第３条(取組の実施)."""
        return f"{self.place}({self.heading})" if self.heading else self.place


def clauses_of(version: DraftVersion) -> list[Clause]:
    """The parts of the version in their order."""
    is_text = version.kind == DraftKind.TEXT
    tables = {one.key for one in AgreementText.read(version.content).tables} if is_text else set()
    return [
        Clause(
            one.key,
            one.place,
            new_text(one.difference.heading),
            new_text(one.difference.text),
            is_worded=is_text and one.key not in {":parties", *tables},
        )
        for one in compared(version, version).clauses
    ]


def clause_of(version: DraftVersion, key: str) -> Clause | None:
    """The clause of this key; None for the draft as a whole."""
    return next((one for one in clauses_of(version) if key and one.key == key), None)


def label_of(version: DraftVersion, key: str) -> str:
    """The clause in words: 協定書(案) 第1版 第３条(取組の実施); the draft as a whole where no clause is named."""
    clause = clause_of(version, key)
    return f"{version} {clause.label}" if clause else _("%(version)s 全体") % {"version": version}


def with_wordings(text: AgreementText, taken: Mapping[str, str]) -> AgreementText:
    """The text with other wordings in the places of some of its clauses."""
    return replace(
        text,
        title=taken.get(":title", text.title),
        preamble=taken.get(":preamble", text.preamble),
        articles=tuple(replace(one, text=taken.get(one.key, one.text)) for one in text.articles),
        closing=taken.get(":closing", text.closing),
    )


@dataclass(frozen=True)
class TakenUp:
    """What of the adopted comments goes into the next text by itself, and what is left to be worded by hand."""

    wordings: Mapping[str, str]
    placed: Sequence[Comment]
    by_hand: Sequence[Comment]


def taken_up(one: ReviewRound) -> TakenUp:
    """What a text made from the round's adopted comments takes up.

    Where two wordings were adopted for one clause neither goes in by itself: somebody has to say how both are meant.
    """
    adopted = [*adopted_about(one.text), *(adopted_about(one.initiatives) if one.initiatives else [])]
    worded = {clause.key for clause in clauses_of(one.text) if clause.is_worded}
    wordings: dict[str, set[str]] = {}
    for comment in adopted:
        if comment.version_id == one.text_id and comment.clause in worded and comment.taken:
            wordings.setdefault(comment.clause, set()).add(comment.taken)
    single = {clause: next(iter(found)) for clause, found in wordings.items() if len(found) == 1}
    placed = [
        one_of
        for one_of in adopted
        if one_of.version_id == one.text_id and one_of.taken and one_of.clause in single
    ]
    return TakenUp(single, placed, [one_of for one_of in adopted if one_of not in placed])
