"""A form is sent twice and makes one agreement; what is like a new one is found."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from renkei.agreements.facts import AgreementFacts, PartyFacts
from renkei.agreements.models import Agreement
from renkei.agreements.services import AlreadyRegistered, register_once
from renkei.agreements.similar import known_partners, similar_agreements
from renkei.audit.models import Entry
from tests.factories import LISTED, a_municipality, an_agreement

KEY = "0123456789ab"


def the_facts(title="見本協定", name="株式会社見本", key=KEY):
    return AgreementFacts(title=title, parties=(PartyFacts(name),), listed_on=LISTED, public_id=key)


def sent(town, **facts):
    return register_once(the_facts(**facts), municipality=town, actor=None)


@pytest.mark.django_db
def test_the_second_time_gives_the_same_agreement_and_tells_nothing():
    town = a_municipality()
    assert sent(town) == sent(town)
    assert (Agreement.objects.count(), Entry.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_another_text_from_the_same_form_is_not_taken_for_the_first():
    town = a_municipality()
    sent(town)
    with pytest.raises(AlreadyRegistered, match="「見本協定」を登録済みです"):
        sent(town, title="別の協定")
    assert Agreement.objects.count() == 1


@pytest.mark.django_db
def test_the_key_of_another_town_gives_nothing_away():
    sent(a_municipality("011002"))
    with pytest.raises(IntegrityError):
        sent(a_municipality())


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_it_is_registered_once():
    town, together = a_municipality(), Barrier(4)

    def press(_number):
        together.wait()
        try:
            return sent(town).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        found = set(threads.map(press, range(4)))
    assert len(found) == 1
    assert (Agreement.objects.count(), Entry.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_partner_is_known_under_another_spelling_and_in_its_own_town_only():
    partner = an_agreement(partners=("株式会社見本",)).partners[0].organisation
    an_agreement(partners=("株式会社よそ",), municipality=a_municipality("011002"))
    assert known_partners(["(株)見本", "株式会社よそ", ""], a_municipality()) == {"(株)見本": partner}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "title, name, is_similar",
    [
        ("災害時における物資の供給に関する協定書", "㈱見本", True),
        ("災害時における物資供給に関する協定", "株式会社見本", True),
        ("災害時における物資の供給に関する協定", "株式会社ほか", False),
        ("包括連携協定", "株式会社見本", False),
    ],
)
def test_much_the_same_title_with_the_same_partner_is_similar(title, name, is_similar):
    agreement = an_agreement(title="災害時における物資の供給に関する協定", partners=("株式会社見本",))
    assert similar_agreements(title, [name], a_municipality()) == ([agreement] if is_similar else [])
