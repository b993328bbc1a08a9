"""Correcting what the register has wrong about the text: with a reason, and never over an ending or a decision."""

from dataclasses import replace
from datetime import date

import pytest

from renkei.agreements.comparing import text_facts
from renkei.agreements.facts import PartyFacts, RenewalFacts, TermFacts
from renkei.agreements.models import Agreement, Ending, Party, RenewalDecision
from renkei.agreements.services import Amended, ChangedMeanwhile, Refused, amend, correct, end, reopen
from renkei.agreements.vocabulary import Decision, DocumentKind, EndReason, Form, RenewalKind
from renkei.audit.models import Entry
from renkei.partners.models import Organisation
from renkei.rules.japanese_calendar import PartialDay
from tests.factories import a_user, an_agreement

pytestmark = pytest.mark.django_db

AUTOMATIC = RenewalFacts(kind=RenewalKind.AUTOMATIC, months=12, last_confirmed_on=date(2025, 5, 1))
REASON = "協定書の写しと照合した。"


def corrected(agreement, reason=REASON, **changes):
    return correct(agreement, replace(text_facts(agreement), **changes), reason=reason, actor=None)


def told():
    return Entry.objects.order_by("number").last()


def the_term(agreement):
    row = agreement.terms.get()
    return row.starts_on.isoformat(), str(row.ends_on), str(row.in_force_until), row.start_basis


def test_a_correction_tells_why_and_just_what_changed():
    agreement = an_agreement(title="見本協程", items=("防災に関すること",))
    correct(agreement, replace(text_facts(agreement), title="見本協定"), reason=REASON, actor=a_user())
    assert told().sentence == "見本 花子が「見本協定」の登録を訂正しました(協定書の写しと照合した。)"
    assert (told().reason, told().changes) == (
        REASON,
        {"agreements.agreement.title": ["見本協程", "見本協定"]},
    )


@pytest.mark.parametrize(
    "change, name, before, after",
    [
        ({"form": Form.COMPREHENSIVE}, "agreement.form", "individual", "comprehensive"),
        ({"document_kind": DocumentKind.MEMORANDUM}, "agreement.document_kind", "agreement", "memorandum"),
        ({"items": ("見守り", "防災")}, "item", ["防災"], ["見守り", "防災"]),
        ({"renewal": replace(AUTOMATIC, months=24)}, "renewalrule.months", 12, 24),
        ({"renewal": replace(AUTOMATIC, clause="3年")}, "renewalrule.clause", None, "3年"),
    ],
    ids=["form", "kind of document", "items", "months of renewal", "clause"],
)
def test_each_fact_of_the_text_can_be_corrected(change, name, before, after):
    agreement = an_agreement(items=("防災",), starts="2024-04-01", ends="2025-03-31", renewal=AUTOMATIC)
    corrected(agreement, **change)
    assert told().changes == {f"agreements.{name}": [before, after]}


def test_when_a_person_last_confirmed_the_rule_is_not_touched():
    agreement = an_agreement(starts="2024-04-01", ends="2025-03-31", renewal=AUTOMATIC)
    corrected(agreement, renewal=RenewalFacts(kind=RenewalKind.AUTOMATIC, months=36))
    assert Agreement.objects.get().renewal_rule.last_confirmed_on == date(2025, 5, 1)


@pytest.mark.parametrize("reason", ["", "  \n"], ids=["nothing", "blanks"])
def test_without_a_reason_nothing_is_corrected(reason):
    with pytest.raises(Refused, match="訂正の理由が空です"):
        corrected(an_agreement(), reason=reason, title="別の名前")
    assert Entry.objects.count() == 1


def test_without_a_change_there_is_no_event():
    with pytest.raises(Refused, match="何も変わっていません"):
        corrected(an_agreement(starts="2024-04-01", ends="2025-03-31", renewal=AUTOMATIC))
    assert Entry.objects.count() == 1


def test_the_least_of_an_agreement_stays_the_least():
    with pytest.raises(Refused, match="相手方が空です"):
        corrected(an_agreement(), parties=(PartyFacts("旭川市", is_town=True),))


def test_another_signing_day_moves_a_term_that_follows_from_it():
    agreement = an_agreement(signed="2024-04")
    corrected(agreement, signed=PartialDay.from_iso("2024-04-15"))
    assert the_term(agreement) == ("2024-04-15", "None", "None", "stated")
    assert told().changes["agreements.agreement.signed_on"] == ["2024-04", "2024-04-15"]
    assert "agreements.term" in told().changes


def test_another_signing_day_leaves_a_stated_term():
    agreement = an_agreement(signed="2024-03-01", starts="2024-04-01", ends="2025-03-31")
    corrected(agreement, signed=PartialDay.from_iso("2024-03-15"))
    assert the_term(agreement) == ("2024-04-01", "2025-03-31", "2025-03-31", "stated")


def test_a_corrected_term_keeps_renewing_itself_as_its_rule_says():
    agreement = an_agreement(starts="2024-04-01", ends="2025-03-31", renewal=AUTOMATIC)
    corrected(agreement, term=TermFacts(date(2024, 4, 1), date(2026, 3, 31)))
    assert the_term(agreement) == ("2024-04-01", "2026-03-31", "None", "stated")
    corrected(agreement, renewal=RenewalFacts(kind=RenewalKind.NONE))
    assert the_term(agreement) == ("2024-04-01", "2026-03-31", "2026-03-31", "stated")


def test_a_limit_of_renewals_survives_the_correction_of_something_else():
    limited = replace(AUTOMATIC, in_force_until=date(2029, 3, 31))
    agreement = an_agreement(starts="2024-04-01", ends="2025-03-31", renewal=limited)
    corrected(agreement, title="別の名前")
    assert the_term(agreement)[2] == "2029-03-31"


def test_a_limit_on_the_last_day_of_the_first_term_survives_other_days():
    limited = replace(AUTOMATIC, in_force_until=date(2025, 3, 31))
    agreement = an_agreement(starts="2024-04-01", ends="2025-03-31", renewal=limited)
    corrected(agreement, term=TermFacts(date(2024, 4, 2), date(2025, 3, 31)))
    assert the_term(agreement) == ("2024-04-02", "2025-03-31", "2025-03-31", "stated")


def test_the_way_out_of_an_end_whose_former_terms_were_not_kept_is_a_correction():
    agreement = an_agreement(starts="2024-04-01", ends="2025-03-31", renewal=AUTOMATIC)
    agreement.terms.update(in_force_until=date(2025, 12, 31))
    Ending.objects.create(agreement=agreement, on=date(2025, 12, 31), reason=EndReason.EXPIRED)
    reopen(agreement, reason="誤り", actor=None)
    corrected(agreement, renewal=replace(AUTOMATIC, in_force_until=None))
    assert the_term(agreement)[2] == "None"


def test_a_term_that_was_amended_is_not_moved_under_its_amendment():
    agreement = an_agreement(starts="2024-04-01", ends="2025-03-31", renewal=AUTOMATIC)
    longer = Amended(last_day=date(2025, 9, 30))
    amend(agreement, longer, on=date(2024, 10, 1), summary="延長", actor=None)
    before = the_term(agreement)
    with pytest.raises(Refused, match="先に「いちばん新しい変更を取り消す」"):
        corrected(agreement, term=TermFacts(date(2024, 4, 2), date(2025, 9, 30)))
    assert the_term(agreement) == before


ENDED = (
    "終了を取り消す",
    lambda agreement: end(agreement, on=date(2024, 12, 31), reason=EndReason.BY_BOTH, actor=None),
)
DECIDED = (
    "先にその判断を取り消し",
    lambda agreement: RenewalDecision.objects.create(
        agreement=agreement, term_ends_on=date(2025, 3, 31), decision=Decision.DECLINE,
        decided_on=date(2025, 1, 10),
    ),
)  # fmt: skip


@pytest.mark.parametrize("sentence, built", [ENDED, DECIDED], ids=["an ending", "a decision"])
@pytest.mark.parametrize(
    "change",
    [
        {"term": TermFacts(date(2024, 4, 1), date(2027, 3, 31))},
        {"term": None},
        {"renewal": RenewalFacts(kind=RenewalKind.NONE)},
        {"renewal": replace(AUTOMATIC, months=24)},
    ],
    ids=["other days", "no days", "another rule", "another length"],
)
def test_a_term_on_which_something_was_built_is_not_moved(sentence, built, change):
    agreement = an_agreement(starts="2024-04-01", ends="2025-03-31", renewal=AUTOMATIC)
    built(agreement)
    before = the_term(agreement)
    with pytest.raises(Refused, match=sentence):
        corrected(agreement, **change)
    assert the_term(agreement) == before


@pytest.mark.parametrize("built", [ENDED[1], DECIDED[1]], ids=["an ending", "a decision"])
def test_everything_else_can_be_corrected_over_an_ending_and_a_decision(built):
    agreement = an_agreement(starts="2024-04-01", ends="2025-03-31", renewal=AUTOMATIC)
    built(agreement)
    before = the_term(agreement)
    corrected(agreement, title="別の名前", items=("防災",))
    assert the_term(agreement) == before
    assert Agreement.objects.get().title == "別の名前"


def three_parties():
    agreement = an_agreement(partners=("株式会社一", "株式会社二", "株式会社三"))
    Party.objects.filter(position=2).update(joined_on=date(2025, 4, 1), left_on=date(2026, 3, 31))
    return agreement, text_facts(agreement).parties


def test_parties_in_another_order_keep_their_rows_their_partners_and_their_days():
    agreement, (one, two, three) = three_parties()
    before = {
        party.pk: (party.organisation_id, party.joined_on, party.left_on) for party in Party.objects.all()
    }
    corrected(agreement, parties=(three, replace(two, letter="乙", unit="旭川支店"), one))
    assert [party.name_as_signed for party in agreement.parties.all()] == [
        "株式会社三",
        "株式会社二",
        "株式会社一",
    ]
    after = {
        party.pk: (party.organisation_id, party.joined_on, party.left_on) for party in Party.objects.all()
    }
    assert after == before
    assert told().changes == {
        "agreements.party": [
            ["株式会社一", "株式会社二", "株式会社三"],
            ["株式会社三", "乙 株式会社二 旭川支店", "株式会社一"],
        ]
    }


def test_a_corrected_name_leads_to_the_partner_that_bears_it():
    agreement, (one, two, three) = three_parties()
    known = an_agreement(partners=("株式会社四",)).partners[0].organisation
    corrected(agreement, parties=(replace(one, name="㈱四"), two, three))
    first = agreement.parties.get(position=1)
    assert (first.pk, first.organisation, first.name_as_signed) == (one.row, known, "㈱四")


def test_another_spelling_of_the_name_stays_with_its_partner():
    agreement, (one, two, three) = three_parties()
    corrected(agreement, parties=(replace(one, name="㈱一"), two, three))
    assert agreement.parties.get(position=1).organisation.name == "株式会社一"
    assert Organisation.objects.count() == 3


def test_a_party_is_added_and_another_left_out():
    agreement, (one, _two, three) = three_parties()
    corrected(agreement, parties=(one, three, PartyFacts("見本市", is_town=True), PartyFacts("株式会社五")))
    rows = [(party.name_as_signed, party.organisation is None) for party in agreement.parties.all()]
    assert rows == [("株式会社一", False), ("株式会社三", False), ("見本市", True), ("株式会社五", False)]


def test_a_row_of_another_agreement_is_not_taken():
    agreement, others = an_agreement(), text_facts(an_agreement(partners=("よその会社",))).parties
    with pytest.raises(Refused, match="当事者の行が、いまの登録と合いません"):
        corrected(agreement, parties=others)
    assert [party.name_as_signed for party in agreement.parties.all()] == ["株式会社見本"]


def test_the_second_of_two_is_refused_and_writes_nothing():
    first = an_agreement()
    second = Agreement.objects.get(pk=first.pk)
    corrected(first, title="一人目の名前")
    with pytest.raises(ChangedMeanwhile):
        corrected(second, title="二人目の名前", items=("防災",))
    assert (Agreement.objects.get().title, Agreement.objects.get().items.count()) == ("一人目の名前", 0)
