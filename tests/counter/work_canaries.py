"""The work under the agreement of each side of the canaries' world: an initiative, a result, a picture."""

from renkei.agreements.models import Agreement
from renkei.documents.services import keep
from renkei.documents.thumbnails import draw
from renkei.initiatives.models import Initiative, Result, ResultPaper
from tests.work_factories import a_picture, a_result, an_initiative

WORK = {
    "work_agreement": {"public_id": "agreement"},
    "result_new": {"public_id": "initiative"},
    **{
        f"result{verb}": {"public_id": "result"}
        for verb in ("", "_confirm", "_send_back", "_correct", "_take_back", "_paper_new")
    },
    "result_paper": {"public_id": "result", "document_id": "picture"},
    "result_paper_thumbnail": {"public_id": "result", "document_id": "picture"},
}
"""What the ids in these addresses name."""


def the_work(agreement: Agreement, words: str, secret: str) -> None:
    """What the partner may read says the words; what is the town's own is a secret."""
    initiative = an_initiative(
        agreement, title=words, partner_part=words, town_person=secret, end_reason=secret, place=words
    )
    result = a_result(
        initiative,
        what=words,
        place=words,
        value_basis=words,
        notes=secret,
        public_text=secret,
        confirmed_how=words,
    )
    document = keep(a_picture(), name=f"{words}.png", municipality=agreement.municipality)
    draw(document)
    ResultPaper.objects.create(result=result, document=document, description=words)
    removed = keep(a_picture(), name=f"{secret}.png", municipality=agreement.municipality)
    ResultPaper.objects.create(
        result=result, document=removed, description=secret, removed_at=result.reported_at
    )


def ids_of_work(agreement: Agreement) -> dict[str, str]:
    """The ids of the agreement, its initiative, its result and the picture."""
    result = Result.objects.get(agreement=agreement)
    return {
        "agreement": agreement.public_id,
        "initiative": Initiative.objects.get(agreement=agreement).public_id,
        "result": result.public_id,
        "picture": result.papers.get(removed_at=None).document.public_id,
    }
