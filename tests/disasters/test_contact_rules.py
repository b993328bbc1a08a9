"""Whom to call, as far as no record is needed: the hour, and what is a number."""

from datetime import UTC, datetime

import pytest

from renkei.disasters.contacts.chains import is_night
from renkei.disasters.contacts.checks import MOST_CHANNELS, lacks_night, refuse_unusable, tidied
from renkei.disasters.contacts.facts import ChannelFacts, ContactFacts
from renkei.disasters.models.contact import in_words
from renkei.disasters.refusals import ContactRefused
from renkei.disasters.vocabulary import ChannelKind, ReachedWhen
from renkei.ui import contact_form


@pytest.mark.parametrize(
    ("there", "is_dark"),
    [
        ("2024-09-02 03:00", True),
        ("2024-09-02 08:29", True),
        ("2024-09-02 08:30", False),
        ("2024-09-02 17:14", False),
        ("2024-09-02 17:15", True),
        ("2024-09-01 12:00", True),  # a Sunday
        ("2024-09-16 12:00", True),  # 敬老の日
        ("2024-12-31 12:00", True),  # offices are closed
    ],
)
def test_it_is_night_when_offices_in_japan_are_closed(there, is_dark):
    at = datetime.fromisoformat(f"{there}:00+09:00").astimezone(UTC)
    assert is_night(at) is is_dark


def someone(kind: ChannelKind, value: str, **facts) -> ContactFacts:
    return ContactFacts(**{"unit": "総務課", "channels": (ChannelFacts(kind, value),), **facts})


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (ChannelKind.PHONE, "０１６６(００)００００ 内線１２", "0166-00-0000 内線12"),
        (ChannelKind.MOBILE, "090 0000 0001", "090-0000-0001"),
        (ChannelKind.FAX, "0166ー00ー0001", "0166-00-0001"),
        (ChannelKind.MAIL, " bosai@example.com ", "bosai@example.com"),
        (ChannelKind.MAIL, "ｂｏｓａｉ＠example.com", "bosai@example.com"),
        (ChannelKind.RADIO, "ぼうさい  見本", "ぼうさい 見本"),
    ],
)
def test_numbers_are_kept_in_one_way_of_writing(kind, typed, kept):
    assert tidied(someone(kind, typed)).channels == (ChannelFacts(kind, kept),)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (someone(ChannelKind.PHONE, "代表"), "電話番号として読めません"),
        (someone(ChannelKind.FAX, "12"), "電話番号として読めません"),
        (someone(ChannelKind.MAIL, "bosai＠"), "メールアドレスとして読めません"),
        (someone(ChannelKind.PHONE, "  "), "番号がありません"),
        (someone(ChannelKind.PHONE, "0166-00-0000", unit=" "), "部署・役職か氏名"),
    ],
)
def test_what_cannot_be_called_is_refused_with_what_to_do(facts, sentence):
    with pytest.raises(ContactRefused, match=sentence):
        tidied(facts)


def test_a_chain_needs_a_telephone_and_a_switchboard_by_day_is_pointed_out():
    mail = someone(ChannelKind.MAIL, "bosai@example.com")
    by_day = someone(ChannelKind.PHONE, "0166-00-0000", reached_when=ReachedWhen.DAY)
    by_night = someone(ChannelKind.MOBILE, "090-0000-0001", reached_when=ReachedWhen.NIGHT)
    for unusable in ([], [mail]):
        with pytest.raises(ContactRefused, match="電話番号が一つもありません"):
            refuse_unusable(unusable, is_agreements=False)
    refuse_unusable([], is_agreements=True)
    refuse_unusable([mail, by_day], is_agreements=False)
    assert lacks_night([mail, by_day])
    assert not lacks_night([by_day, by_night])


def test_a_row_of_a_form_holds_as_many_channels_as_a_contact_may_have():
    assert contact_form.MOST_CHANNELS == MOST_CHANNELS


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "きょう"), (59, "59日前"), (90, "2か月前"), (365, "12か月前"), (366, "1年前"), (800, "2年前")],
)
def test_age_is_told_as_people_say_it(days, words):
    assert in_words(days) == words
