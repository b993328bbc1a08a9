"""A partner's person comes in with a passkey of this town's counter, and with no other."""

import pytest

from renkei.accounts.passkeys import PasskeyRefused, ask_for_any, ask_for_new, keep_passkey, proved_by
from renkei.audit.models import Entry
from renkei.correspondents.refusals import CorrespondentRefused, EntryRefused
from renkei.correspondents.services.account import add_passkey, remove_passkey
from renkei.correspondents.services.closing import close
from renkei.correspondents.services.signing_in import sign_in_with_passkey
from tests.accounts.test_second_factor import HERE, Device
from tests.factories import a_municipality, a_user
from tests.procedure_factories import AT, a_correspondent

pytestmark = pytest.mark.django_db


@pytest.fixture
def device() -> Device:
    return Device()


@pytest.fixture
def person(device):
    """Somebody with a passkey."""
    person = a_correspondent()
    asked, remembered = ask_for_new(person, HERE)
    add_passkey(person, device.make(asked), remembered, HERE, name="会社のパソコン", at=AT)
    return person


def answered(device: Device, **changed: bytes):
    asked, remembered = ask_for_any(HERE)
    return device.prove(asked, **changed), remembered


def test_it_lets_its_person_in_at_its_own_town_only(person, device):
    handle = person.public_id.encode()
    assert sign_in_with_passkey(a_municipality(), *answered(device, handle=handle), HERE, AT) == person
    assert "窓口に入りました(パスキー)" in Entry.objects.order_by("number").last().sentence
    for town, changed in ((a_municipality("011002"), {}), (a_municipality(), {"handle": b"somebody-else"})):
        with pytest.raises(EntryRefused, match="メールのリンク"):
            sign_in_with_passkey(town, *answered(device, **changed), HERE, AT)


def test_it_opens_nothing_for_somebody_whose_access_has_ended_or_once_it_is_removed(person, device):
    clerk = a_user()
    close(person, clerk, AT)
    with pytest.raises(EntryRefused):
        sign_in_with_passkey(a_municipality(), *answered(device), HERE, AT)
    other = a_correspondent(email="other@example.com")
    remove_passkey(other, person.passkeys.get().public_id)
    assert person.passkeys.exists(), "nobody takes another's passkey away"
    remove_passkey(person, person.passkeys.get().public_id)
    assert not person.passkeys.exists()


def test_a_key_is_kept_once_and_a_wrong_answer_is_refused_in_a_sentence(person, device):
    asked, remembered = ask_for_new(person, HERE)
    for answer in (device.make(asked), {"id": "x"}):
        with pytest.raises(CorrespondentRefused, match="登録できません"):
            add_passkey(person, answer, remembered, HERE, name="x", at=AT)


def test_a_passkey_of_one_door_does_not_open_the_other(person, device):
    with pytest.raises(PasskeyRefused):
        proved_by(*answered(device), HERE, at=AT)
    staff, theirs = a_user(), Device()
    asked, remembered = ask_for_new(staff, HERE)
    keep_passkey(staff, theirs.make(asked), remembered, HERE, name="職場", at=AT)
    with pytest.raises(EntryRefused):
        sign_in_with_passkey(a_municipality(), *answered(theirs), HERE, AT)
