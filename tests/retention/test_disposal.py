"""Disposal takes two people, leaves a certificate and nothing else, and never shortens the log."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from renkei.accounts.models import Draft, Role
from renkei.agreements.audience import Audience
from renkei.agreements.facts import AgreementFacts, PartyFacts, TermFacts
from renkei.agreements.models import Agreement, Attachment, Relation, Series, SeriesPapers
from renkei.agreements.services import attach, register
from renkei.agreements.vocabulary import Form, RelationKind
from renkei.audit.models import Entry
from renkei.audit.verification import faults
from renkei.documents.models import Document
from renkei.municipalities.daily import daily_work
from renkei.partners.models import Organisation, PartnerKind
from renkei.reports.figures import register_on
from renkei.retention.models import Certificate, Disposal, DisposalState, Erasure, Subject
from renkei.retention.questions import ERASED, due
from renkei.retention.services import RetentionRefused, approve, hold, propose, refuse, set_rule, withdraw
from renkei.retention.services.erasing import erase_waiting
from tests.factories import a_division, a_municipality, a_user, an_agreement

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)
"""For what happens after the commit only."""

DAY = date(2026, 11, 26)
NOON = datetime(2026, 11, 26, 3, tzinfo=UTC)
CONTENT = b"%PDF-1.7 signed"


@pytest.fixture
def proposer():
    return a_user(sign_in_name="teian")


@pytest.fixture
def approver():
    return a_user(sign_in_name="shonin", role=Role.ADMINISTRATOR)


@pytest.fixture
def agreement(proposer):
    """An agreement that ended long ago, with a document, a draft and a relation to one that goes on."""
    set_rule(a_municipality(), Form.INDIVIDUAL, 5, reason="文書管理規程", actor=None)
    set_rule(a_municipality(), "personal", 1, reason="個人情報", actor=None)
    agreement = an_agreement(title="廃棄される協定", starts="2010-04-01", ends="2015-03-31", published=True)
    attach(agreement, CONTENT, name="協定書.pdf", actor=None)
    later = an_agreement(title="続く協定", starts="2015-04-01", ends="2040-03-31")
    Relation.objects.create(agreement=later, kind=RelationKind.REPLACES, other=agreement)
    Draft.objects.create(user=proposer, address=f"/desk/agreements/{agreement.public_id}/edit/", content={})
    return agreement


def proposed(agreements, proposer, subject=Subject.RECORDS) -> Disposal:
    ids = [one.public_id for one in agreements]
    return propose(subject, ids, reason="保存期間の満了", actor=proposer, day=DAY, at=NOON)


def test_a_proposal_alone_takes_nothing_away(agreement, proposer):
    disposal = proposed([agreement], proposer)
    assert Agreement.objects.count() == 2 and disposal.state == DisposalState.PROPOSED
    assert "1件の「協定と文書」の廃棄を提案しました" in Entry.objects.latest("number").sentence


@committed
def test_approved_by_another_the_agreement_goes_with_all_that_hangs_on_it(agreement, proposer, approver):
    file = Document.objects.get().content.name
    (certificate,) = approve(proposed([agreement], proposer), actor=approver, day=DAY, at=NOON)
    assert [one.title for one in Agreement.objects.all()] == ["続く協定"]
    assert not Attachment.objects.exists() and not Document.objects.exists() and not Draft.objects.exists()
    assert not Relation.objects.exists() and not default_storage.exists(file) and not Erasure.objects.exists()
    assert not Organisation.objects.filter(name="株式会社見本").exists() or Agreement.objects.with_partner(
        Organisation.objects.get(name="株式会社見本")
    )
    assert (certificate.number, certificate.title) == (1, "廃棄される協定")


def test_the_certificate_says_what_who_when_and_by_which_rule(agreement, proposer, approver):
    digest = Document.objects.get().digest
    approve(proposed([agreement], proposer), actor=approver, day=DAY, at=NOON)
    certificate = Certificate.objects.get()
    assert certificate.removed["documents"][0]["digest"] == digest
    assert certificate.removed["partners"] == ["株式会社見本"]
    assert certificate.rule == "5年(平成27年3月31日に完結、平成27年4月1日から数えて令和2年3月31日まで)"
    assert (certificate.first_day, certificate.completed_on) == (date(2010, 4, 1), date(2015, 3, 31))
    assert (certificate.agreement_id_shown, certificate.at) == (agreement.public_id, NOON)
    assert certificate.proposed_by == certificate.approved_by == "見本 花子"


def test_the_log_keeps_every_word_and_tells_the_disposal(agreement, proposer, approver):
    before = Entry.objects.count()
    approve(proposed([agreement], proposer), actor=approver, day=DAY, at=NOON)
    assert Entry.objects.count() == before + 3 and list(faults()) == []
    about = Entry.objects.about(subject_type="agreements.agreement", subject_id=agreement.public_id)
    assert "廃棄されました(証明第1号)" in about[0].sentence


def test_figures_of_earlier_days_lose_it_and_the_certificate_says_so(agreement, proposer, approver):
    audience, day = Audience.staff(a_municipality()), date(2012, 6, 1)
    assert register_on(audience, day).total == 1
    approve(proposed([agreement], proposer), actor=approver, day=DAY, at=NOON)
    assert register_on(audience, day).total == 0
    assert Certificate.objects.of(a_municipality()).once_in_force_on(day).count() == 1
    assert Certificate.objects.of(a_municipality()).once_in_force_on(date(2015, 4, 1)).count() == 0


def test_nobody_approves_what_they_proposed_not_even_in_the_database(agreement, proposer):
    disposal = proposed([agreement], proposer)
    for verb in (approve, lambda one, **asked: refuse(one, reason="x", **asked)):
        with pytest.raises(RetentionRefused, match="二人で"):
            verb(disposal, actor=proposer, day=DAY, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.objects.update(state=DisposalState.DONE, decided_by=proposer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.objects.update(state=DisposalState.DONE, decided_by=None)
    assert Agreement.objects.count() == 2


@pytest.mark.parametrize("role", [Role.RESPONSIBLE, Role.READER, Role.AUDITOR, Role.DISASTER_OFFICER])
def test_only_those_who_answer_for_the_town_approve(agreement, proposer, role):
    other = a_user(role=role, sign_in_name="other", division=a_division())
    with pytest.raises(RetentionRefused, match="総括課の担当者か管理者"):
        approve(proposed([agreement], proposer), actor=other, day=DAY, at=NOON)


def test_another_towns_coordinator_approves_nothing(agreement, proposer):
    stranger = a_user(municipality=a_municipality("011002"), sign_in_name="stranger")
    with pytest.raises(RetentionRefused, match="ほかの自治体"):
        approve(proposed([agreement], proposer), actor=stranger, day=DAY, at=NOON)
    with pytest.raises(RetentionRefused, match="保存期間が過ぎていない"):
        proposed([agreement], stranger)


def test_a_clerk_proposes_only_what_their_division_holds(agreement):
    clerk = a_user(role=Role.RESPONSIBLE, division=a_division(name="環境課"), sign_in_name="kankyo")
    with pytest.raises(RetentionRefused, match="廃棄される協定"):
        proposed([agreement], clerk)


@pytest.mark.parametrize(
    "ids, reason, words",
    [([], "満了", "選んでください"), (["nowhere00000"], "満了", "過ぎていない"), (None, " ", "理由")],
    ids=["nothing chosen", "not due", "no reason"],
)
def test_a_proposal_that_does_not_fit_is_refused(agreement, proposer, ids, reason, words):
    chosen = [agreement.public_id] if ids is None else ids
    with pytest.raises(RetentionRefused, match=words):
        propose(Subject.RECORDS, chosen, reason=reason, actor=proposer, day=DAY, at=NOON)


def test_the_same_agreement_is_not_proposed_twice_at_once(agreement, proposer):
    first = proposed([agreement], proposer)
    with pytest.raises(RetentionRefused, match="すでに廃棄が提案"):
        proposed([agreement], proposer)
    withdraw(first, actor=proposer, at=NOON)
    assert proposed([agreement], proposer).pk != first.pk


def test_what_was_held_meanwhile_is_left_and_named(agreement, proposer, approver):
    other = an_agreement(title="もう一つ", starts="2010-04-01", ends="2015-03-31")
    disposal = proposed([agreement, other], proposer)
    hold(agreement, until=None, reason="係争中", actor=None, day=DAY)
    approve(disposal, actor=approver, day=DAY, at=NOON)
    assert {one.title for one in Agreement.objects.all()} == {"廃棄される協定", "続く協定"}
    left = disposal.items.exclude(left="")
    assert [one.title for one in left] == ["廃棄される協定"]


def test_when_nothing_is_left_to_dispose_of_the_approval_is_refused(agreement, proposer, approver):
    disposal = proposed([agreement], proposer)
    hold(agreement, until=None, reason="係争中", actor=None, day=DAY)
    with pytest.raises(RetentionRefused, match="残っていません"):
        approve(disposal, actor=approver, day=DAY, at=NOON)
    disposal.refresh_from_db()
    assert disposal.state == DisposalState.PROPOSED and not Certificate.objects.exists()


def test_a_disposal_is_decided_once(agreement, proposer, approver):
    disposal = proposed([agreement], proposer)
    with pytest.raises(RetentionRefused, match="提案した人だけ"):
        withdraw(disposal, actor=approver, at=NOON)
    refuse(disposal, reason="まだ要る", actor=approver, day=DAY, at=NOON)
    for verb in (approve, lambda one, **asked: refuse(one, reason="x", **asked)):
        with pytest.raises(RetentionRefused, match="すでに終わって"):
            verb(disposal, actor=approver, day=DAY, at=NOON)
    assert Agreement.objects.count() == 2


def test_a_document_that_another_agreement_holds_too_stays(agreement, proposer, approver):
    document = Document.objects.get()
    Attachment.objects.create(agreement=Agreement.objects.get(title="続く協定"), document=document)
    (certificate,) = approve(proposed([agreement], proposer), actor=approver, day=DAY, at=NOON)
    assert default_storage.exists(document.content.name)
    assert "残しました" in certificate.removed["documents"][0]["kept"]


@committed
def test_the_papers_of_a_series_go_with_an_agreement_whose_paper_they_hold(agreement, proposer, approver):
    series = Series.objects.create(municipality=agreement.municipality, name="見守り")
    order = SeriesPapers.objects.create(municipality=agreement.municipality, series=series, asked_at=NOON)
    order.archive.save("a.zip", ContentFile(b"all papers"))
    order.partners.create(agreement=agreement, position=1, name="見本商店")
    name = order.archive.name
    approve(proposed([agreement], proposer), actor=approver, day=DAY, at=NOON)
    assert not SeriesPapers.objects.exists()
    assert not default_storage.exists(name)


@committed
def test_a_file_that_could_not_be_erased_is_erased_by_the_daily_work(agreement, proposer, approver):
    path = Path(Document.objects.get().content.path)
    path.unlink()
    path.mkdir()
    (path / "in the way").touch()
    approve(proposed([agreement], proposer), actor=approver, day=DAY, at=NOON)
    assert Erasure.objects.count() == 1, "the file still waits"
    (path / "in the way").unlink()
    daily_work.send(sender=None, municipality=a_municipality(), day=DAY, now=timezone.now())
    assert not Erasure.objects.exists() and not path.exists()


class OutOfReach(FileSystemStorage):
    """A storage over the network that is away, and says so in an error of its own kind."""

    def delete(self, name: str) -> None:
        raise RuntimeError(f"{name}: endpoint cannot be reached")


@committed
def test_a_storage_out_of_reach_keeps_no_disposal_back(agreement, proposer, approver, settings):
    usual = settings.STORAGES
    settings.STORAGES = {**usual, "default": {"BACKEND": f"{__name__}.OutOfReach"}}
    approve(proposed([agreement], proposer), actor=approver, day=DAY, at=NOON)
    assert Certificate.objects.count() == 1 and Erasure.objects.count() == 1
    settings.STORAGES = usual
    assert erase_waiting() == 1


def test_names_of_persons_go_and_the_agreement_stays(agreement, proposer, approver):
    parties = (
        PartyFacts("見本 太郎", kind=PartnerKind.INDIVIDUAL),
        PartyFacts("株式会社署名", signatory="代表取締役 見本 次郎"),
    )
    term = TermFacts(date(2010, 4, 1), date(2019, 3, 31))
    facts = AgreementFacts(title="個人との協定", parties=parties, listed_on=DAY, term=term)
    with_names = register(facts, municipality=a_municipality(), actor=None)
    disposal = proposed([with_names], proposer, Subject.NAMES)
    (certificate,) = approve(disposal, actor=approver, day=DAY, at=NOON)
    kept = str(list(with_names.parties.values())) + str(list(Organisation.objects.values()))
    assert "太郎" not in kept and "次郎" not in kept and "株式会社署名" in kept and ERASED in kept
    assert certificate.removed == {"names": 2}
    assert not due(Subject.NAMES, a_municipality(), DAY).exists()
    assert Agreement.objects.filter(title="個人との協定").exists()
