"""Drafts and rounds of review in domain words; say only what your test is about."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Side
from renkei.correspondents.models import Correspondent
from renkei.documents.contents import AgreementText, Article, SigningParty, digest_of
from renkei.municipalities.models import Division
from renkei.procedures.contents import InitiativeList, InitiativeRow
from renkei.procedures.models import DraftVersion, Procedure, ReviewRound
from renkei.procedures.people import participants
from renkei.procedures.services.commenting import Said, comment
from renkei.procedures.services.reviewing import AskedReviewer, open_round
from renkei.procedures.vocabulary import DraftKind, Stage
from tests.procedure_factories import AT, TODAY, a_correspondent, a_procedure

TEXT = AgreementText(
    title="健康づくりなどに関する包括連携協定書",
    preamble="見本市(以下「甲」という。)と見本製薬株式会社(以下「乙」という。)は、次のとおり協定を結ぶ。",
    articles=(
        Article("purpose", "目的", "甲及び乙は、市民の健康の増進のために協力する。"),
        Article(
            "items", "連携事項", "甲及び乙は、次の事項について連携する。\n(1) 健康の維持・増進に関すること"
        ),
        Article("costs", "費用", "取組に要する費用は、甲乙協議して定める。"),
    ),
    closing="この協定の成立を証するため、本書2通を作成し、甲乙各1通を保有する。",
    parties=(
        SigningParty("甲", "見本市", "市長", is_town=True),
        SigningParty("乙", "見本製薬株式会社", "代表取締役"),
    ),
)
LIST = InitiativeList(
    items=("健康の維持・増進に関すること",),
    rows=(
        InitiativeRow(
            1, "健康の維持・増進に関すること", "熱中症対策の講座", "健康課", "会場を用意する", "講師を出す"
        ),
    ),
)


def a_version(
    procedure: Procedure, content: AgreementText | InitiativeList = TEXT, **facts: object
) -> DraftVersion:
    """The next version of text or list."""
    kind = DraftKind.TEXT if isinstance(content, AgreementText) else DraftKind.INITIATIVES
    told = content.as_told()
    return DraftVersion.objects.create(
        procedure=procedure,
        kind=kind,
        number=procedure.versions.filter(kind=kind).count() + 1,
        content=told,
        digest=digest_of(told),
        side=Side.TOWN,
        made_at=AT,
        **facts,
    )


def a_drafted_procedure(
    *, author: Correspondent | None = None, division: Division | None = None
) -> Procedure:
    """A procedure in the step of review with a first text and a first list."""
    procedure = a_procedure(stage=Stage.REVIEW, author=author, division=division)
    a_version(procedure)
    a_version(procedure, LIST)
    return procedure


def partners(procedure: Procedure) -> list[AskedReviewer]:
    """All of the partner's people who take part, as they are asked."""
    return [AskedReviewer(side=Side.PARTNER, correspondent=one) for one in participants(procedure)]


def a_round(
    procedure: Procedure, *inside: AskedReviewer, by: User, public_id: str = "round0000001"
) -> ReviewRound:
    """A round that is open for ten days, with the partner's people and whoever is asked inside."""
    procedure.refresh_from_db()
    asked = [*partners(procedure), *inside]
    due_on = TODAY + timedelta(days=10)
    opened = open_round(
        procedure, asked, due_on=due_on, message="お願いします。", by=by, at=AT, public_id=public_id
    )
    return ReviewRound.objects.select_related("procedure", "text", "initiatives").get(pk=opened.pk)


def a_checked_procedure(division: Division | None, clerk: User) -> dict[str, object]:
    """A procedure whose open round asks both sides, with a comment of the partner and somebody off the counter."""
    author = a_correspondent(email="kakunin@example.com")
    procedure = a_drafted_procedure(author=author, division=division)
    off_the_counter = AskedReviewer(side=Side.PARTNER, name="電話 次郎")
    one = a_round(procedure, off_the_counter, AskedReviewer(side=Side.TOWN, user=clerk), by=clerk)
    words = Said(version=one.text, clause="costs", text="費用の分担は。", proposed="費用は甲が負担する。")
    said = comment(one, words, by=author, at=AT, public_id="comment00001")
    return {"checked": procedure, "reviewer": one.reviewers.get(name="電話 次郎"), "comment": said}


def arguments_of_check(name: str, made: Mapping[str, Any]) -> list[str]:
    """What fills an address of reviews at the desk."""
    procedure = made["checked"].public_id
    if name.startswith("procedure_comment"):
        return [procedure, made["comment"].public_id]
    if name.startswith("procedure_reviewer") or name == "procedure_review_take_back":
        return [procedure, made["reviewer"].public_id]
    return [procedure]
