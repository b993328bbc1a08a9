"""Each door by itself: it answers, and links to no door that is closed."""

import importlib
import sys
from itertools import combinations

import pytest
from django.urls import clear_url_caches, reverse

from tests.crawling import links
from tests.factories import a_user, an_agreement

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DOORS = ("desk", "counter", "portal")
SUBSETS = [some for count in (1, 2, 3) for some in combinations(DOORS, count)]


@pytest.fixture
def only(settings):
    """Opens the named doors alone, as a process started with RENKEI_DOORS would."""

    def opened(*doors: str) -> None:
        settings.DOORS = list(doors)
        importlib.reload(sys.modules[settings.ROOT_URLCONF])
        clear_url_caches()

    importlib.import_module(settings.ROOT_URLCONF)
    yield opened
    opened(*DOORS)


@pytest.mark.parametrize("doors", SUBSETS, ids="+".join)
def test_no_page_leads_to_a_closed_door(only, client, doors):
    agreement = an_agreement(published=True)
    only(*doors)
    starts = ["/"]
    if "desk" in doors:
        client.force_login(a_user())
        starts += [reverse("desk:agreements"), reverse("desk:agreement", args=[agreement.public_id])]
    if "portal" in doors:
        starts += [reverse("portal:agreement", args=[agreement.public_id]), "/about/"]
    if "counter" in doors:
        starts += ["/counter/"]
    for address in starts:
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        for link in links(answer.content.decode(), address):
            if "sign-out" in link or "publish" in link:
                continue
            found = client.get(link, follow=True)
            b"".join(found)
            assert found.status_code == 200, (address, link)


@pytest.mark.parametrize("doors", SUBSETS, ids="+".join)
def test_an_address_that_is_not_there_is_said_to_be_so(only, client, doors):
    only(*doors)
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "ページが見つかりません" in answer.content.decode()
