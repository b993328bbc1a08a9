"""Every public address is listed, and each door opens its own addresses only."""

import importlib
import sys

import pytest
from django.urls import Resolver404, clear_url_caches, resolve

from machine import addresses

FIRST = {"desk": "/desk/", "counter": "/counter/", "portal": "/agreements/"}


def test_the_list_of_addresses_is_complete():
    assert addresses.PAGE.read_text() == addresses.page(), (
        "Type ./run docs and commit docs/reference/addresses.md."
    )


def test_an_address_reads_as_a_person_writes_it():
    assert addresses.readable("agreements/<slug:public_id>/") == "agreements/‹public_id›/"


@pytest.fixture
def only(settings):
    """Opens the named doors alone, as a process started with RENKEI_DOORS would."""

    def opened(*doors: str) -> None:
        settings.DOORS = list(doors)
        importlib.reload(sys.modules[settings.ROOT_URLCONF])
        clear_url_caches()

    importlib.import_module(settings.ROOT_URLCONF)
    yield opened
    settings.DOORS = ["desk", "counter", "portal"]
    importlib.reload(sys.modules[settings.ROOT_URLCONF])
    clear_url_caches()


def is_open(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


@pytest.mark.parametrize("door", FIRST)
def test_a_door_alone_opens_only_its_own_addresses(only, door):
    only(door)
    assert {name: is_open(address) for name, address in FIRST.items()} == {
        name: name == door for name in FIRST
    }


@pytest.mark.parametrize("door", FIRST)
def test_a_door_alone_answers_at_its_root(only, door, client, db):
    only(door)
    assert client.get("/", follow=True).status_code == 200


def test_all_doors_are_open_by_default(only):
    only("desk", "counter", "portal")
    assert all(is_open(address) for address in FIRST.values())
