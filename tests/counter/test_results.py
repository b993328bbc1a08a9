"""Results at the counter: a partner reports, confirms and corrects what is its own, and sees nothing else."""

import pytest
from django.urls import reverse

from renkei.agreements.vocabulary import Side
from renkei.initiatives.models import Result
from renkei.initiatives.vocabulary import InitiativeState, ResultState
from tests.factories import an_agreement
from tests.procedure_factories import a_correspondent, visit
from tests.work_factories import a_result, an_initiative

pytestmark = pytest.mark.django_db
SECRET, RIVAL = "庁内のカナリア", "競合のカナリア"
TYPED = {"fiscal_year": "2023", "kind": "event", "what": "講座を開いた。", "partner_cost": "12,000円"}


@pytest.fixture
def agreement():
    return an_agreement(partners=("見本製薬株式会社", "見本銀行"), starts="2020-04-01", notes=SECRET)


@pytest.fixture
def partner(agreement):
    return a_correspondent(organisation=agreement.partners[0].organisation)


@pytest.fixture
def window(client, partner):
    return visit(client, partner)


def page_of(name: str, *arguments: object) -> str:
    return reverse(f"counter:{name}", args=["012041", *arguments])


def test_a_partner_reports_and_corrects_after_it_was_sent_back(window, partner, agreement):
    initiative = an_initiative(agreement)
    assert agreement.title in window.get(page_of("work")).content.decode()
    address = page_of("result_new", initiative.public_id)
    assert window.post(address, TYPED | {"done_on": "R6.7.1"}).status_code == 422
    for _click in range(2):
        window.post(address, TYPED | {"notes": "書けない", "once": "abcdefgh0123"})
    result = Result.objects.get()
    assert (result.reported_by_partner, result.notes, result.partner_cost) == (partner, "", 12_000)
    assert window.post(page_of("result_confirm", result.public_id)).status_code == 422, "not one's own"
    Result.objects.update(
        state=ResultState.SENT_BACK, sent_back_reason="人数も書いてください。", notes=SECRET
    )
    waiting = window.get(page_of("work_agreement", agreement.public_id)).content.decode()
    assert "市から差し戻されました" in waiting
    assert "人数も書いてください。" in window.get(page_of("result", result.public_id)).content.decode()
    window.post(
        page_of("result_correct", result.public_id), TYPED | {"what": "120人に開いた。", "reason": "人数"}
    )
    result.refresh_from_db()
    assert (result.what, result.state, result.notes) == ("120人に開いた。", ResultState.REPORTED, SECRET)
    window.post(page_of("result_take_back", result.public_id), {"reason": "二重"})
    assert not Result.objects.valid().exists()


def test_a_partner_confirms_or_sends_back_what_the_town_reported(window, partner, agreement):
    one, other = (a_result(an_initiative(agreement, title=title)) for title in ("一", "二"))
    assert "お待ちしています" in window.get(page_of("work")).content.decode()
    assert window.post(page_of("result_confirm", one.public_id)).status_code == 302
    window.post(page_of("result_send_back", other.public_id), {"reason": "回数が違います。"})
    assert window.post(page_of("result_correct", other.public_id), TYPED | {"reason": "x"}).status_code == 422
    told = dict(Result.objects.values_list("initiative__title", "state"))
    assert told == {"一": "confirmed", "二": "sent_back"}
    assert Result.objects.get(pk=one.pk).confirmed_by_partner == partner


def test_a_partner_sees_neither_notes_nor_ideas_nor_what_is_another_partners(window, agreement):
    rival = agreement.partners[1].organisation
    shown = a_result(an_initiative(agreement, title="一緒の取組"), notes=SECRET, public_text=SECRET)
    theirs = a_result(
        an_initiative(agreement, title=RIVAL, organisation=rival), what=RIVAL, organisation=rival
    )
    reported = {"organisation": rival, "reported_side": Side.PARTNER, "what": RIVAL, "place": RIVAL}
    hidden = [theirs, a_result(shown.initiative, **reported)]
    idea = an_initiative(agreement, title=SECRET, state=InitiativeState.IDEA)
    foreign = a_result(
        an_initiative(an_agreement(title=RIVAL, partners=("よその会社",), starts="2020-04-01"))
    )
    pages = [
        page_of("work"),
        page_of("work_agreement", agreement.public_id),
        page_of("result", shown.public_id),
    ]
    pages += [
        page_of(f"result_{verb}", shown.public_id)
        for verb in ("confirm", "send_back", "correct", "take_back")
    ]
    for page in pages:
        answer = window.get(page)
        assert answer.status_code == 200
        assert not [word for word in (SECRET, RIVAL) if word in answer.content.decode()], page
    for one in (*hidden, foreign):
        for verb in ("", "_confirm", "_send_back", "_correct", "_take_back", "_paper_new"):
            assert window.get(page_of(f"result{verb}", one.public_id)).status_code == 404
    for initiative in (idea, theirs.initiative, foreign.initiative):
        assert window.post(page_of("result_new", initiative.public_id), TYPED).status_code == 404
    assert window.get(page_of("work_agreement", foreign.agreement.public_id)).status_code == 404


def test_whom_the_town_has_not_accepted_sees_no_agreement(client, agreement):
    a_result(an_initiative(agreement))
    window = visit(client, a_correspondent(email="new@example.jp", company="見本製薬株式会社"))
    assert "登録されると" in window.get(page_of("work")).content.decode()
    assert window.get(page_of("work_agreement", agreement.public_id)).status_code == 404
