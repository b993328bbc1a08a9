"""The yearly check of contacts: who is asked and how, what an answer does, who is reminded and called, and closing."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from renkei.accounts.models import Role, User
from renkei.agreements.models import Agreement
from renkei.audit.models import Entry
from renkei.disasters.checks.answer import CheckAnswer, Supply, SupplyAnswer, differences
from renkei.disasters.checks.daily import remind_of_checks
from renkei.disasters.checks.links import check_of, token_of
from renkei.disasters.checks.progress import progress, to_call
from renkei.disasters.contacts.facts import ChannelFacts, ContactFacts, facts_of
from renkei.disasters.models import Capability, ContactCampaign, ContactCheck, EmergencyContact
from renkei.disasters.refusals import CheckRefused, ContactRefused
from renkei.disasters.services.check_calls import CheckCallFacts
from renkei.disasters.services.checking import (
    answer_check,
    ask_newcomers,
    change_due,
    close_check,
    give_up,
    log_call,
    open_check,
    remind_now,
    reopen_check,
    send_to,
)
from renkei.disasters.vocabulary import CallOutcome, CapabilityState, ChannelKind, CheckState, HowVerified
from renkei.reminders.models import Letter
from tests.disaster_factories import AT, DAY, a_capability, a_contact, the_partner
from tests.factories import a_division, a_user, an_agreement
from tests.procedure_factories import a_correspondent

pytestmark = pytest.mark.django_db
DUE = date(2024, 9, 30)
CHANNELS = ((ChannelKind.MOBILE, "090-0000-0001"), (ChannelKind.MAIL, "kinkyu@example.com"))
UNCHANGED = CheckAnswer(is_unchanged=True)


@pytest.fixture
def clerk() -> User:
    user = a_user(role=Role.DISASTER_OFFICER, sign_in_name="bosai")
    User.objects.filter(pk=user.pk).update(email="bosai@example.jp")
    user.refresh_from_db()
    return user


@pytest.fixture
def agreement(clerk: User) -> Agreement:
    """For disasters, with a contact that has a mail address and 2,000 bottles promised."""
    made = an_agreement(form="disaster", division=a_division())
    a_contact(made, channels=CHANNELS, verified_on=date(2022, 4, 1))
    a_capability(made)
    return made


def opened(agreement: Agreement, clerk: User) -> ContactCampaign:
    return open_check(
        agreement.municipality, fiscal_year=2024, due_on=DUE, actor=clerk, at=AT, site="https://a.jp"
    )


def the_check(agreement: Agreement, clerk: User) -> ContactCheck:
    return opened(agreement, clerk).checks.get(organisation=the_partner(agreement))


def by_link(check: ContactCheck, answer: CheckAnswer) -> bool:
    return answer_check(check, answer, how=HowVerified.LINK, by_name="佐藤", actor=None, at=AT)


def test_each_partner_is_asked_once_by_the_way_that_reaches_it(agreement, clerk):
    twin = an_agreement(title="燃料の協定", form="disaster", partners=("見本商店",))
    old = the_partner(twin)
    an_agreement(title="応援の協定", form="mutual_aid", partners=("富良野町",))
    an_agreement(title="子育ての協定", partners=("保育の会",))
    old.merged_into = the_partner(agreement)
    old.save()
    another = an_agreement(title="輸送の協定", form="disaster", partners=("運送",))
    person = a_correspondent(organisation=the_partner(another), email="unso@example.com")
    campaign = opened(agreement, clerk)
    asked = {str(one): one.email for one in campaign.checks.all()}
    assert asked == {"株式会社見本": "kinkyu@example.com", "富良野町": "", "運送": person.email}
    letters = Letter.objects.all()
    assert {one.address for one in letters} == {"kinkyu@example.com", person.email}
    check = campaign.checks.get(email="kinkyu@example.com")
    assert token_of(check) in letters.get(address=check.email).plain
    assert "090-0000-0001" not in letters.get(address=check.email).plain
    with pytest.raises(CheckRefused, match="もう始まっています"):
        opened(agreement, clerk)


def test_a_link_is_for_one_partner_until_the_check_is_closed(agreement, clerk):
    check = the_check(agreement, clerk)
    token = token_of(check)
    assert check_of(token, AT) == check
    assert check_of(f"{check.public_id}:forged", AT) is None
    assert check_of(token, AT - timedelta(days=1)) is None
    with pytest.raises(CheckRefused, match="回答のない相手方が1者"):
        close_check(check.campaign, note="", actor=clerk, at=AT)
    meanwhile = check_of(token, AT)
    close_check(check.campaign, note="廃業の見込み", actor=clerk, at=AT)
    with pytest.raises(CheckRefused, match="締められています"):
        by_link(meanwhile, UNCHANGED)  # read before, pressed after
    assert check_of(token, AT + timedelta(seconds=1)) is None
    check.refresh_from_db()
    with pytest.raises(CheckRefused, match="締められています"):
        by_link(check, UNCHANGED)


def test_nothing_changed_verifies_all_and_pressed_twice_it_is_one_answer(agreement, clerk):
    check = the_check(agreement, clerk)
    only = a_contact(agreement, verified_on=None)
    EmergencyContact.objects.filter(pk=only.pk).update(agreement=agreement)
    assert by_link(check, UNCHANGED)
    told = Entry.objects.count()
    assert not by_link(check, UNCHANGED)
    assert Entry.objects.count() == told
    assert check.state == CheckState.CONFIRMED
    kept = EmergencyContact.objects.all()
    assert {(one.verified_on, one.verified_how, one.verified_by) for one in kept} == {(DAY, "link", "佐藤")}
    assert Capability.objects.get().confirmed_on == DAY
    assert "090" not in "".join(one.sentence for one in Entry.objects.all())


def test_who_has_no_contact_cannot_say_that_nothing_changed(clerk):
    agreement = an_agreement(form="disaster")
    check = the_check(agreement, clerk)
    with pytest.raises(CheckRefused, match="連絡先がまだ一つもありません"):
        by_link(check, UNCHANGED)
    check.refresh_from_db()
    with pytest.raises(ContactRefused, match="電話番号が一つもありません"):
        by_link(check, CheckAnswer())
    check.refresh_from_db()
    assert check.state == CheckState.WAITING


def test_a_correction_is_taken_at_once_and_a_lesser_promise_is_told_to_the_division(agreement, clerk):
    check, contact = the_check(agreement, clerk), EmergencyContact.objects.get()
    lost = a_capability(agreement, goods="毛布", unit="枚", quantity=Decimal(300))
    water = Capability.objects.get(goods="飲料水")
    changed = replace(facts_of(contact), name="鈴木 二郎")
    night = ContactFacts(unit="守衛室", channels=(ChannelFacts(ChannelKind.PHONE, "0166-00-0000"),))
    answer = CheckAnswer(
        contacts=(night, changed),
        capabilities=(
            SupplyAnswer(capability=water.public_id, says=Supply.CHANGED, quantity=Decimal(500), unit="本"),
            SupplyAnswer(capability=lost.public_id, says=Supply.ENDED, note="在庫なし"),
            SupplyAnswer(goods="軽油", quantity=Decimal(200), unit="L"),
        ),
        note="夜は守衛室へ",
    )
    assert by_link(check, answer)
    chain = EmergencyContact.objects.in_use().order_by("position")
    assert [str(one) for one in chain] == ["守衛室", "総務部長 鈴木 二郎"]
    assert all(one.is_verified(DAY) for one in chain)
    assert chain[1].public_id == contact.public_id
    now = {one.goods: (one.state, one.quantity, one.confirmed_how) for one in Capability.objects.all()}
    assert now["飲料水"] == (CapabilityState.CURRENT, 500, "link")
    assert now["毛布"][0] == CapabilityState.ENDED
    added = Capability.objects.get(goods="軽油")
    assert (added.function, added.source, added.confirmed_on) == ("fuel", "partner", DAY)
    assert check.state == CheckState.CORRECTED
    assert len(check.answer["withdrawn"]) == 2
    letter = Letter.objects.get(address="bosai@example.jp")
    assert "飲料水 2,000本" in letter.plain
    assert "毛布" in letter.plain
    assert ("-", "毛布 300枚(確保されている数量)") in differences(check.answer)["capabilities"]
    assert not by_link(check, answer)


def test_an_answer_that_names_what_is_gone_changes_nothing(agreement, clerk):
    check = the_check(agreement, clerk)
    other = a_capability(an_agreement(title="別の協定", partners=("別の会社",), form="disaster"))
    contact = facts_of(EmergencyContact.objects.get())
    with pytest.raises(CheckRefused, match="ほかの人が先に変えた支援内容"):
        by_link(
            check, CheckAnswer(contacts=(contact,), capabilities=(SupplyAnswer(capability=other.public_id),))
        )
    check.refresh_from_db()
    stranger = facts_of(a_contact(other.agreement))
    with pytest.raises(CheckRefused, match="ほかの人が先に外した連絡先"):
        by_link(check, CheckAnswer(contacts=(contact, stranger)))


def test_who_lets_it_lie_is_reminded_near_on_and_after_the_day_and_then_called(agreement, clerk):
    check = the_check(agreement, clerk)
    town, campaign = agreement.municipality, check.campaign

    def daily(day: date) -> int:
        before = Letter.objects.count()
        remind_of_checks(None, town, day, AT + (day - DAY))
        return Letter.objects.count() - before

    days = (date(2024, 9, 3), date(2024, 9, 24), date(2024, 9, 25), date(2024, 9, 30), date(2024, 10, 1))
    assert [daily(day) for day in days] == [0, 1, 0, 1, 1]
    assert daily(days[-1]) == 0
    with pytest.raises(CheckRefused, match="催促する相手方がいません"):
        remind_now(campaign, actor=clerk, at=AT + timedelta(days=29))
    late = date(2024, 10, 2)
    assert [one.check for one in to_call(progress(campaign, late).lines, campaign, late)] == [check]
    assert to_call(progress(campaign, DAY).lines, campaign, DAY) == []
    by_link(ContactCheck.objects.get(pk=check.pk), UNCHANGED)
    assert daily(date(2024, 10, 8)) == 0
    done = progress(campaign, late)
    assert (done.total.percent, done.divisions[0].answered) == (100, 1)


def test_a_changed_day_is_told_moves_the_reminders_and_leaves_the_link(agreement, clerk):
    without = an_agreement(title="輸送の協定", form="disaster", partners=("運送",))
    a_contact(without)
    check = the_check(agreement, clerk)
    campaign, seen = check.campaign, ContactCampaign.objects.get()
    later = date(2024, 10, 31)
    for day, why in ((DUE, "同じ日"), (date(2024, 9, 1), "過ぎています")):
        with pytest.raises(CheckRefused, match=why):
            change_due(campaign, day, actor=clerk, at=AT)
    untold = change_due(campaign, later, actor=clerk, at=AT, site="https://a.jp")
    assert [str(one) for one in untold] == ["運送"]
    letter = Letter.objects.latest("pk")
    assert (letter.address, "10月31日" in letter.plain, token_of(check) in letter.plain) == (
        check.email,
        True,
        True,
    )
    with pytest.raises(CheckRefused, match="先に変更しました"):
        change_due(seen, date(2024, 10, 15), actor=clerk, at=AT)
    assert "から令和6年10月31日に変えました" in Entry.objects.latest("number").sentence
    before = Letter.objects.count()
    remind_of_checks(None, agreement.municipality, DUE, AT + (DUE - DAY))
    assert Letter.objects.count() == before, "nobody is reminded of the old day"
    remind_of_checks(None, agreement.municipality, later, AT + (later - DAY))
    assert Letter.objects.count() == before + 1
    assert check_of(token_of(check), AT + (later - DAY)) == check


def test_a_closed_check_is_opened_again_and_takes_answers_by_the_same_link(agreement, clerk):
    check = the_check(agreement, clerk)
    campaign = check.campaign
    with pytest.raises(CheckRefused, match="締められていません"):
        reopen_check(campaign, DUE, reason="遅れて届いた", actor=clerk, at=AT)
    close_check(campaign, note="廃業の見込み", actor=clerk, at=AT)
    with pytest.raises(CheckRefused, match="締められています"):
        change_due(campaign, date(2024, 10, 31), actor=clerk, at=AT)
    for day, reason, why in ((DUE, " ", "理由"), (date(2024, 9, 1), "遅れて届いた", "過ぎています")):
        with pytest.raises(CheckRefused, match=why):
            reopen_check(campaign, day, reason=reason, actor=clerk, at=AT)
    other = open_check(agreement.municipality, fiscal_year=2025, due_on=DUE, actor=clerk, at=AT)
    with pytest.raises(CheckRefused, match="先に締めてください"):
        reopen_check(campaign, DUE, reason="遅れて届いた", actor=clerk, at=AT)
    other.delete()
    later = AT + timedelta(days=1)
    reopen_check(
        campaign, date(2024, 10, 31), reason="遅れて届いた", actor=clerk, at=later, site="https://a.jp"
    )
    assert "もう一度受け付けます" in Letter.objects.latest("pk").plain
    found = check_of(token_of(check), later)
    assert found
    assert by_link(found, UNCHANGED)
    assert progress(campaign, DAY).newcomers == []
    with pytest.raises(CheckRefused, match="後から加わった相手方はいません"):
        ask_newcomers(campaign, actor=clerk, at=later)
    campaign.refresh_from_db()
    twin = the_partner(an_agreement(title="燃料の協定", form="disaster", partners=("見本商店",)))
    twin.merged_into = the_partner(agreement)
    twin.save()
    joined = an_agreement(title="輸送の協定", form="disaster", partners=("運送", "倉庫"))
    a_contact(joined, channels=((ChannelKind.MAIL, "unso@example.com"),))
    assert [str(one) for one in progress(campaign, DAY).newcomers] == ["運送", "倉庫"], (
        "merged ones are asked"
    )
    with pytest.raises(CheckRefused, match="は過ぎています"):
        ask_newcomers(
            campaign, actor=clerk, at=later + timedelta(days=90)
        )  # nobody is asked until a day gone by
    seen = ContactCampaign.objects.get(pk=campaign.pk)
    ask_newcomers(campaign, actor=clerk, at=later, site="https://a.jp")
    with pytest.raises(CheckRefused, match="先に変更しました"):
        ask_newcomers(seen, actor=clerk, at=later)
    new = campaign.checks.get(email="unso@example.com")
    assert token_of(new) in Letter.objects.get(address="unso@example.com").plain
    assert campaign.checks.count() == 3
    assert "後から加わった2者にも尋ねました(うちメール1者)" in Entry.objects.latest("number").sentence
    assert (
        "開き直しました(遅れて届いた)"
        in Entry.objects.filter(event="contact_campaigns.reopened").get().sentence
    )


def test_a_partner_without_an_address_gets_the_link_once_one_is_known(clerk):
    agreement = an_agreement(form="disaster")
    a_contact(agreement)
    check = the_check(agreement, clerk)
    with pytest.raises(CheckRefused, match="メールアドレスとして読めません"):
        send_to(check, "nobody", actor=clerk, at=AT)
    send_to(check, "new@example.com", actor=clerk, at=AT, site="https://a.jp")
    assert token_of(check) in Letter.objects.get(address="new@example.com").plain
    with pytest.raises(CheckRefused, match="今日はもう"):
        send_to(check, "new@example.com", actor=clerk, at=AT)


def test_calls_are_logged_once_and_after_three_nobody_is_reached(agreement, clerk):
    check, contact = the_check(agreement, clerk), EmergencyContact.objects.get()
    facts = CheckCallFacts(called="090-0000-0001", outcome=CallOutcome.NO_ANSWER, contact=contact)
    seen = ContactCheck.objects.get(pk=check.pk)
    log_call(check, facts, actor=clerk, at=AT)
    with pytest.raises(CheckRefused, match="ほかの人が先に"):
        log_call(seen, facts, actor=clerk, at=AT)
    with pytest.raises(CheckRefused, match="電話の記録が1回"):
        give_up(check, note="", actor=clerk, at=AT)
    for hour in (1, 2):
        log_call(check, facts, actor=clerk, at=AT + timedelta(hours=hour))
    give_up(check, note="", actor=clerk, at=AT + timedelta(hours=3))
    contact.refresh_from_db()
    assert (check.state, contact.failed_on) == (CheckState.UNREACHABLE, DAY)
    assert not contact.is_verified(DAY)
    log_call(check, replace(facts, outcome=CallOutcome.REACHED), actor=clerk, at=AT + timedelta(hours=4))
    answer_check(check, UNCHANGED, how=HowVerified.TELEPHONE, by_name="佐藤", actor=clerk, at=AT)
    contact.refresh_from_db()
    assert (check.state, contact.is_verified(DAY)) == (CheckState.CONFIRMED, True)
