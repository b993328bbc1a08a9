"""A procedure in the last step, with text and list to which both sides have agreed."""

from datetime import date

from renkei.accounts.models import User
from renkei.agreements.vocabulary import Form
from renkei.correspondents.models import Correspondent
from renkei.documents.contents import AgreementText, Article, SigningParty, digest_of
from renkei.municipalities.models import Division
from renkei.procedures.agreed import agreed_of
from renkei.procedures.contents import InitiativeList, InitiativeRow
from renkei.procedures.models import CheckLine, DraftVersion, Procedure, ReviewRound
from renkei.procedures.models.review import RoundOutcome
from renkei.procedures.register_facts import proposed_facts
from renkei.procedures.services.signing import approve, confirm_facts, keep_signed_copy, plan_signing
from renkei.procedures.vocabulary import DraftKind, SigningMethod, Stage
from tests.procedure_factories import AT, TODAY, a_correspondent, a_partner, a_procedure

OF_SIGNING = (
    "signing", "approval", "signing_plan", "facts", "signed_copy", "signed_copy_file", "ceremony", "conclude",
    "papers",
)  # fmt: skip
PDF = b"%PDF-1.4\n%%EOF\n"
CLAUSE = (
    "この協定の有効期間は、締結の日から起算して1年間とする。ただし、期間満了の1か月前までに、甲乙いずれからも"
    "意思表示がないときは、更に1年間更新するものとし、以後も同様とする。"
)
TEXT = AgreementText(
    title="旭川市と見本製薬株式会社との包括連携に関する協定",
    preamble="旭川市(甲)と見本製薬株式会社(乙)は、次のとおり協定を締結する。",
    articles=(Article("k1", "目的", "市民の健康を守る。"), Article("k2", "有効期間", CLAUSE)),
    closing="本書2通を作成し、各自1通を保有する。",
    parties=(
        SigningParty("甲", "旭川市", "市長 見本 太郎", is_town=True),
        SigningParty("乙", "見本製薬株式会社", "代表取締役 見本 次郎"),
    ),
)
LISTED = InitiativeList(
    items=("健康の維持・増進に関すること", "災害対策に関すること"),
    rows=(
        InitiativeRow(1, "健康の維持・増進に関すること", "熱中症予防の講座", partner_part="講師を派遣する"),
    ),
)


def a_version(procedure: Procedure, kind: DraftKind, content: dict, number: int = 1) -> DraftVersion:
    return DraftVersion.objects.create(
        procedure=procedure, kind=kind, number=number, content=content, digest=digest_of(content), side="town",
        made_at=AT, shared_at=AT,
    )  # fmt: skip


def an_agreed_one(division: Division, author: Correspondent | None = None) -> Procedure:
    """In the last step; the division is its window."""
    author = author or a_correspondent(
        email="sign@example.com", organisation=a_partner(municipality=division.municipality),
        municipality=division.municipality,
    )  # fmt: skip
    procedure = a_procedure(stage=Stage.SIGNING, author=author, division=division, form=Form.COMPREHENSIVE)
    text = a_version(procedure, DraftKind.TEXT, TEXT.as_told())
    listed = a_version(procedure, DraftKind.INITIATIVES, LISTED.as_told())
    ReviewRound.objects.create(
        procedure=procedure, number=1, text=text, initiatives=listed, due_on=TODAY, opened_at=AT, closed_at=AT,
        outcome=RoundOutcome.AGREED,
    )  # fmt: skip
    return procedure


def planned(**changes: object) -> dict[str, object]:
    return {
        "signs_on": TODAY, "time": "午前10時", "place": "市長応接室", "method": SigningMethod.PAPER_SEAL, "copies": 2,
        "has_ceremony": True, "attendees": "市長 見本 太郎", "programme": "1 開会", "press_release": "",
        "publishes_on": None, **changes,
    }  # fmt: skip


def prepare(procedure: Procedure, clerk: User, *, decided_on: date = TODAY, **changes: object) -> None:
    """Everything that the last step asks for."""
    approve(
        procedure, reference="旭地活第123号", authority="市長", decided_on=decided_on, by=clerk, at=AT,
        public_id="approval0001",
    )  # fmt: skip
    plan = plan_signing(procedure, planned(**changes), by=clerk, at=AT)
    found = agreed_of(procedure)
    assert found
    confirm_facts(procedure, proposed_facts(procedure, found, plan), by=clerk)
    keep_signed_copy(procedure, PDF, name="署名済み.pdf", by=clerk)
    CheckLine.objects.filter(procedure=procedure).update(answer="fine")


def a_signing(
    division: Division, clerk: User, author: Correspondent | None = None
) -> dict[str, list[object]]:
    """What fills the addresses of the pages of the signing, by their names."""
    procedure = an_agreed_one(division, author)
    prepare(procedure, clerk)
    made = {f"procedure_{name}": [procedure.public_id] for name in OF_SIGNING}
    return {**made, "procedure_paper": [procedure.public_id, "cover", "docx"]}
