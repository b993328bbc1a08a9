"""From the decision to the register: what is signed is what was agreed, and one act concludes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Form
from renkei.documents.models import Document
from renkei.initiatives.models import Initiative
from renkei.procedures.agreed import agreed_of
from renkei.procedures.awaiting import awaited
from renkei.procedures.models import CheckLine, DraftVersion, PlannedInitiative, Procedure, ReviewRound
from renkei.procedures.models.review import RoundOutcome
from renkei.procedures.publication import publish_on_their_day
from renkei.procedures.register_facts import RegisterFacts, facts_of, proposed_facts
from renkei.procedures.services import ProcedureRefused
from renkei.procedures.services.begin import Begun, begin_about
from renkei.procedures.services.conclude import conclude
from renkei.procedures.services.drafting import write_text
from renkei.procedures.services.signing import approve, confirm_facts, keep_signed_copy, plan_of, plan_signing
from renkei.procedures.vocabulary import DraftKind, Kind, Stage
from renkei.reminders.models import Letter
from tests.factories import a_division, a_user, an_agreement
from tests.procedure_factories import AT, TODAY, a_correspondent, visit
from tests.signing_factories import CLAUSE, LISTED, PDF, TEXT, a_version, an_agreed_one, planned, prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> User:
    return a_user()


@pytest.fixture
def agreed() -> Procedure:
    """A procedure in the last step, with text and list to which both sides have agreed."""
    return an_agreed_one(a_division(name="地域活動推進課", is_coordinating=True))


def test_what_the_text_says_of_its_term_is_what_the_register_will_say(agreed):
    plan = plan_of(agreed)
    plan.signs_on = TODAY
    facts = proposed_facts(agreed, agreed_of(agreed), plan)
    assert (facts.first_day, facts.last_day) == (TODAY, date(2027, 5, 31))
    assert (facts.kind, facts.months, facts.notice_months) == ("automatic", 12, 1)


def test_nothing_is_concluded_before_everything_is_there(agreed, clerk):
    with pytest.raises(ProcedureRefused, match="台帳に載せる内容"):
        conclude(agreed, by=clerk, at=AT)
    prepare(agreed, clerk)
    CheckLine.objects.filter(procedure=agreed, stage=Stage.SIGNING, position=1).update(answer="")
    with pytest.raises(ProcedureRefused, match="点検"):
        conclude(agreed, by=clerk, at=AT)
    assert not Agreement.objects.exists()


def test_one_act_brings_number_parties_terms_items_work_and_documents(agreed, clerk):
    prepare(agreed, clerk)
    agreement = conclude(agreed, by=clerk, at=AT)
    assert agreement.numbered == "令和8年度 第1号"
    assert [(one.letter, one.name_as_signed) for one in agreement.parties.all()] == [
        ("甲", "旭川市"), ("乙", "見本製薬株式会社"),
    ]  # fmt: skip
    assert agreement.parties.get(letter="乙").organisation == agreed.organisation
    term = agreement.terms.get()
    assert (term.starts_on, term.ends_on) == (TODAY, date(2027, 5, 31))
    assert [item.heading for item in agreement.items.all()] == list(LISTED.items)
    assert Initiative.objects.get().item == agreement.items.get(position=1)
    labels = agreement.attachments.values_list("label", flat=True)
    digest = agreed.versions.get(kind="text").digest[:12]
    assert list(labels) == ["署名済みの写し", f"両者が同意した本文と取組事項(ダイジェスト {digest})"]
    assert Procedure.objects.get().stage == Stage.CONCLUDED
    assert Letter.objects.filter(plain__contains="窓口の手続のページで受け取れます").count() == 1


def test_concluding_twice_makes_one_agreement_and_one_number(agreed, clerk):
    prepare(agreed, clerk)
    first = conclude(agreed, by=clerk, at=AT)
    assert conclude(Procedure.objects.get(), by=clerk, at=AT).pk == first.pk
    assert Agreement.objects.count() == 1


def test_a_signing_that_fails_half_way_uses_no_number(agreed, clerk):
    prepare(agreed, clerk)
    Document.objects.get(name="署名済み.pdf").content.delete()
    Procedure.objects.update(form="")
    with pytest.raises(ValueError, match="is not a valid Form"):
        conclude(Procedure.objects.get(), by=clerk, at=AT)
    assert Procedure.objects.get().stage == Stage.SIGNING
    Procedure.objects.update(form=Form.COMPREHENSIVE)
    assert conclude(Procedure.objects.get(), by=clerk, at=AT).number == 1


def test_the_decision_must_be_about_the_version_that_was_agreed(agreed, clerk):
    prepare(agreed, clerk)
    agreed_anew(agreed)
    with pytest.raises(ProcedureRefused, match="決裁"):
        conclude(agreed, by=clerk, at=AT)


def agreed_anew(agreed: Procedure) -> None:
    """Sent back, and come again with another text to which both sides have agreed."""
    other = a_version(agreed, DraftKind.TEXT, {**TEXT.as_told(), "closing": "別の結び"}, number=2)
    ReviewRound.objects.create(
        procedure=agreed,
        number=2,
        text=other,
        initiatives=agreed.versions.get(kind=DraftKind.INITIATIVES),
        due_on=TODAY,
        opened_at=AT,
        closed_at=AT,
        outcome=RoundOutcome.AGREED,
    )


def test_what_was_signed_and_confirmed_of_an_earlier_text_counts_no_more(agreed, clerk, client):
    prepare(agreed, clerk)
    before = plan_of(agreed)
    agreed_anew(agreed)
    approve(
        agreed, reference="第2号", authority="市長", decided_on=TODAY, by=clerk, at=AT, public_id="approval0002"
    )  # fmt: skip
    with pytest.raises(ProcedureRefused, match=r"台帳に載せる内容.*前に同意した版のもの"):
        conclude(agreed, by=clerk, at=AT)
    client.force_login(clerk)
    page = client.get(reverse("desk:procedure_signing", args=[agreed.public_id])).content.decode()
    assert "前に同意した版と照らした内容です" in page and "前に同意した版に署名した写しです" in page
    confirm_facts(agreed, facts_of(before), by=clerk)
    keep_signed_copy(agreed, PDF, name="署名済み2.pdf", by=clerk)
    conclude(agreed, by=clerk, at=AT)
    assert Agreement.objects.get().attachments.filter(document__name="署名済み2.pdf").exists()


def test_no_version_newer_than_the_agreed_one_is_made_or_slips_into_the_signing(agreed, clerk):
    prepare(agreed, clerk)
    text = replace(TEXT, closing="書き足した結び")
    with pytest.raises(ProcedureRefused, match="前の段階に戻して"):
        write_text(agreed, text, made_from=None, by=clerk, at=AT, public_id="written00001")
    a_version(agreed, DraftKind.TEXT, text.as_told(), number=2)
    assert agreed_of(agreed) is None
    with pytest.raises(ProcedureRefused, match="新しい版ができています"):
        conclude(agreed, by=clerk, at=AT)
    keys = [one.key for one in awaited(agreed, TODAY)]
    assert "approval" in keys and "ready" not in keys


def test_a_decision_that_has_not_been_taken_yet_is_not_written_down(agreed, clerk):
    with pytest.raises(ProcedureRefused, match="決裁日が今日より後"):
        prepare(agreed, clerk, decided_on=TODAY + timedelta(days=1))
    assert not agreed.approvals.exists()


def test_the_work_goes_to_the_division_that_was_planned_whatever_its_name_is_now(agreed, clerk):
    division = a_division(name="健康課")
    row = replace(LISTED.rows[0], division="健康推進課", key="planned00001")
    PlannedInitiative.objects.create(
        procedure=agreed, public_id=row.key, title=row.title, division=division, item=agreed.items.first()
    )  # fmt: skip
    told = replace(LISTED, rows=(row,)).as_told()
    DraftVersion.objects.filter(procedure=agreed, kind=DraftKind.INITIATIVES).update(content=told)
    a_division(name="健康推進課")
    prepare(agreed, clerk)
    conclude(agreed, by=clerk, at=AT)
    assert Initiative.objects.get().division == division


def test_a_signing_day_that_has_not_come_is_waited_for(agreed, clerk):
    prepare(agreed, clerk, signs_on=TODAY + timedelta(days=7))
    with pytest.raises(ProcedureRefused, match="まだ来ていません"):
        conclude(agreed, by=clerk, at=AT)


def test_the_partner_is_told_the_plan_and_every_change_of_it_but_not_of_the_press(agreed, clerk):
    prepare(agreed, clerk)
    assert Letter.objects.filter(subject__contains="締結の予定").count() == 1
    plan_signing(agreed, planned(press_release="市から報道へ"), by=clerk, at=AT)
    assert Letter.objects.filter(subject__contains="締結の予定").count() == 1
    plan_signing(agreed, planned(press_release="市から報道へ", place="本社"), by=clerk, at=AT)
    assert "場所: 本社" in Letter.objects.filter(subject__contains="締結の予定").latest("pk").plain


def test_it_is_published_on_its_day_and_once_only(agreed, clerk):
    prepare(agreed, clerk, publishes_on=TODAY + timedelta(days=3))
    agreement = conclude(agreed, by=clerk, at=AT)
    town = agreed.municipality
    publish_on_their_day(None, municipality=town, day=TODAY + timedelta(days=2))
    agreement.refresh_from_db()
    assert not agreement.is_published
    for _again in range(2):
        publish_on_their_day(None, municipality=town, day=TODAY + timedelta(days=3))
        agreement.refresh_from_db()
        assert agreement.is_published
    Agreement.objects.update(is_published=False)
    publish_on_their_day(None, municipality=town, day=TODAY + timedelta(days=4))
    assert not Agreement.objects.get().is_published


def a_running(agreement: Agreement, kind: Kind, clerk: User) -> Procedure:
    """A procedure about the agreement that has come to the last step with an agreed text."""
    procedure = begin_about(
        agreement, Begun(kind, "協定の見直し", "期間を延ばす"), by=clerk, at=AT, public_id="begun0000001"
    )
    text = a_version(procedure, DraftKind.TEXT, TEXT.as_told())
    ReviewRound.objects.create(
        procedure=procedure,
        number=1,
        text=text,
        due_on=TODAY,
        opened_at=AT,
        closed_at=AT,
        outcome=RoundOutcome.AGREED,
    )
    Procedure.objects.filter(pk=procedure.pk).update(stage=Stage.SIGNING)
    return Procedure.objects.get(pk=procedure.pk)


def test_a_renewal_by_agreement_adds_the_next_term(clerk):
    agreement = an_agreement(starts="2025-04-01", ends="2027-03-31")
    procedure = a_running(agreement, Kind.RENEWAL, clerk)
    assert procedure.organisation == agreement.parties.get().organisation
    prepare(procedure, clerk)
    confirm_facts(procedure, RegisterFacts(renewed_until=date(2029, 3, 31)), by=clerk)
    assert conclude(procedure, by=clerk, at=AT).pk == agreement.pk
    assert [one.ends_on for one in agreement.terms.order_by("starts_on")] == [
        date(2027, 3, 31),
        date(2029, 3, 31),
    ]
    assert agreement.attachments.get().label == "更新の文書"


def test_an_amendment_changes_the_register_from_its_day_and_leaves_the_items_as_they_are(clerk):
    agreement = with_items(an_agreement(starts="2025-04-01", ends="2027-03-31"))
    procedure = a_running(agreement, Kind.AMENDMENT, clerk)
    procedure.items.filter(position=1).update(
        is_agreed=True
    )  # what they talked about; the other stands as it was
    prepare(procedure, clerk)
    facts = RegisterFacts(effective_on=date(2026, 7, 1), summary="期間を延ばす", last_day=date(2028, 3, 31))
    confirm_facts(procedure, facts, by=clerk)
    conclude(procedure, by=clerk, at=AT)
    assert agreement.amendments.get().on == date(2026, 7, 1)
    assert [item.heading for item in agreement.items.all()] == list(LISTED.items)


def test_work_that_an_amendment_adds_begins_under_the_agreement_s_item(clerk):
    agreement = with_items(an_agreement(starts="2025-04-01", ends="2027-03-31"))
    procedure = a_running(agreement, Kind.AMENDMENT, clerk)
    row = replace(LISTED.rows[0], item=1, heading=LISTED.items[1])
    listed = a_version(procedure, DraftKind.INITIATIVES, replace(LISTED, rows=(row,)).as_told())
    ReviewRound.objects.update(initiatives=listed)
    prepare(procedure, clerk)
    facts = RegisterFacts(effective_on=date(2026, 7, 1), summary="期間を延ばす", last_day=date(2028, 3, 31))
    confirm_facts(procedure, facts, by=clerk)
    conclude(procedure, by=clerk, at=AT)
    begun = Initiative.objects.get()
    assert (begun.begins_on, begun.item.heading) == (date(2026, 7, 1), LISTED.items[1])


def with_items(agreement: Agreement) -> Agreement:
    for place, heading in enumerate(LISTED.items, start=1):
        agreement.items.create(position=place, heading=heading)
    return agreement


def test_a_procedure_about_an_agreement_is_told_as_what_it_is_and_wants_no_hearing(clerk):
    agreement = with_items(an_agreement(starts="2025-04-01", ends="2027-03-31", division=a_division()))
    partner = agreement.parties.get().organisation
    a_correspondent(email="partner@example.com", organisation=partner, is_responsible=True)
    User.objects.filter(pk=clerk.pk).update(email="sokatsu@town.example")
    procedure = begin_about(
        agreement, Begun(Kind.AMENDMENT, "見直し", "延ばす"), by=clerk, at=AT, public_id="begun0000001"
    )
    for letter in (
        Letter.objects.get(address=one) for one in ("partner@example.com", "sokatsu@town.example")
    ):
        assert "協定の変更の手続を始めました" in letter.subject
        assert "聴取" not in letter.plain
    assert [one.key for one in awaited(procedure, TODAY)] == ["ready"]
    assert all(item.is_agreed for item in procedure.items.all())


def test_a_second_procedure_of_the_same_kind_is_refused_with_the_first_named(clerk):
    agreement = an_agreement(starts="2025-04-01", ends="2027-03-31")
    begin_about(agreement, Begun(Kind.RENEWAL, "更新", "続ける"), by=clerk, at=AT, public_id="begun0000001")
    with pytest.raises(ProcedureRefused, match="受付第1号"):
        begin_about(
            agreement, Begun(Kind.RENEWAL, "別の更新", "続ける"), by=clerk, at=AT, public_id="begun0000002"
        )


def test_a_clerk_walks_through_the_pages_of_the_signing(agreed, client, settings):
    clerk = a_user(sign_in_name="sokatsu")
    client.force_login(clerk)
    day = timezone.localdate()

    def send(page: str, **form: object) -> str:
        address = reverse(f"desk:procedure_{page}", args=[agreed.public_id])
        opened = client.get(address)
        assert opened.status_code == 200
        answer = client.post(
            address, {"version": opened.context["procedure"].version, "once": opened.context["once"], **form}
        )
        return answer.headers.get("Location", answer.content.decode())

    back = reverse("desk:procedure_signing", args=[agreed.public_id])
    assert "決裁日" in send("approval", reference="第1号", authority="市長", decided_on="いつか")
    assert send("approval", reference="第1号", authority="市長", decided_on=day.isoformat()) == back
    assert send("signing_plan", **{**planned(signs_on=day.isoformat()), "publishes_on": ""}) == back
    initial = client.get(reverse("desk:procedure_facts", args=[agreed.public_id])).context["form"].initial
    assert initial["clause"] == CLAUSE
    told = {name: "" if value is None else str(value) for name, value in initial.items()}
    assert send("facts", **told) == back
    assert "ファイルを選んでください" in send("signed_copy")
    keep_signed_copy(Procedure.objects.get(), PDF, name="署名済み.pdf", by=clerk)
    CheckLine.objects.update(answer="fine")
    assert "印を付けてください" in send("conclude")
    assert send("conclude", is_checked="on") == reverse("desk:procedure", args=[agreed.public_id])
    shown = client.get(reverse("desk:agreement", args=[Agreement.objects.get().public_id])).content.decode()
    assert "第1号" in shown
    assert "熱中症予防の講座" in shown
    assert client.get(reverse("desk:procedure_ceremony", args=[agreed.public_id])).status_code == 200


def test_the_partner_receives_the_copy_once_it_is_concluded(agreed, clerk, client):
    visitor = agreed.proposal.author
    address = reverse("counter:procedure_signed_copy", args=["012041", agreed.public_id])
    prepare(agreed, clerk)
    visit(client, visitor)
    assert client.get(address).status_code == 404
    page = reverse("counter:procedure_signing", args=["012041", agreed.public_id])
    assert "市長応接室" in client.get(page).content.decode()
    conclude(agreed, by=clerk, at=AT)
    assert b"".join(client.get(address).streaming_content) == PDF
    assert "令和8年度 第1号" in client.get(page).content.decode()
    visit(client, a_correspondent(email="other@example.com", company="別の会社"))
    assert client.get(address).status_code == 404
