"""The demo town's emergency contacts: invented people with numbers that nobody has."""

from datetime import date

from renkei.agreements.models import Agreement
from renkei.disasters.models import ContactChannel, EmergencyContact
from renkei.disasters.vocabulary import ChannelKind, HowVerified, ReachedWhen
from renkei.municipalities.models import Division, Municipality
from renkei.partners.models import Organisation

Channels = list[tuple[ChannelKind, str]]
FAMILY = ("佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤")
GIVEN = ("見本子", "見本男", "見本実", "見本代")
VERIFIED = (date(2026, 11, 12), date(2026, 10, 28), date(2024, 6, 14), None)
ONE_SWITCHBOARD = ("見本石油2株式会社", "見本石油4株式会社")
"""Two of one group, called on one number: if that line is dead, both are."""
PREPAREDNESS = "防災に関する啓発の協力に関する協定"


def contacts(
    town: Municipality,
    signed: dict[str, list[tuple[Agreement, Organisation]]],
    division: Division,
) -> list[EmergencyContact]:
    """Chains of partners for disasters, and the town's own; some partners have none, some only a switchboard."""
    partners = [
        partner
        for title, pairs in signed.items()
        if title.startswith(("災害時", "福祉避難所", "消防相互"))
        for _agreement, partner in pairs
    ]
    made: list[tuple[EmergencyContact, Channels]] = []
    for number, partner in enumerate(dict.fromkeys(partners), start=1):
        made += _chain(town, partner, number, len(made))
    made += _own(town, division, len(made))
    EmergencyContact.objects.bulk_create([contact for contact, _channels in made])
    ContactChannel.objects.bulk_create(
        ContactChannel(contact=contact, kind=kind, value=value, position=place)
        for contact, channels in made
        for place, (kind, value) in enumerate(channels, start=1)
    )
    return [contact for contact, _channels in made]


def _chain(
    town: Municipality, partner: Organisation, number: int, made: int
) -> list[tuple[EmergencyContact, Channels]]:
    """Of every seventh partner nobody knows whom to call; every fifth has only a switchboard by day."""
    if number % 7 == 0:
        return []
    switchboard = "0166-00-9100" if partner.name in ONE_SWITCHBOARD else f"0166-00-{number:04}"
    day = ("総務課", "", ReachedWhen.DAY, [(ChannelKind.PHONE, switchboard)])
    first = (
        "防災の担当者",
        f"{FAMILY[number % 10]} {GIVEN[number % 4]}",
        ReachedWhen.NIGHT,
        [
            (ChannelKind.MOBILE, f"090-0000-{number:04}"),
            (ChannelKind.MAIL, f"bosai{number}@example.com"),
        ],
    )
    second = (
        "支店長・代表者",
        f"{FAMILY[(number + 3) % 10]} {GIVEN[(number + 1) % 4]}",
        ReachedWhen.ALWAYS,
        [(ChannelKind.MOBILE, f"080-0000-{number:04}")],
    )
    lines = [day] if number % 5 == 0 else [day, first, second][: 2 + number % 2]
    verified = VERIFIED[number % 4]
    return [
        (_contact(town, partner, place, made + place, line, verified), line[3])
        for place, line in enumerate(lines, start=1)
    ]


def _contact(
    town: Municipality,
    partner: Organisation | None,
    place: int,
    made: int,
    line: tuple[str, str, ReachedWhen, Channels],
    verified: date | None,
    division: Division | None = None,
) -> EmergencyContact:
    unit, name, reached_when, _channels = line
    return EmergencyContact(
        municipality=town,
        public_id=f"ec{made:010}",
        organisation=partner,
        division=division,
        position=place,
        unit=unit,
        name=name,
        reached_when=reached_when,
        verified_on=verified,
        verified_how=(HowVerified.PAPER if made % 2 else HowVerified.LINK) if verified else "",
        is_sample=True,
    )


def _own(town: Municipality, division: Division, made: int) -> list[tuple[EmergencyContact, Channels]]:
    """The town's own contacts, which partners are told."""
    lines: list[tuple[str, str, ReachedWhen, Channels]] = [
        (
            "防災課",
            "",
            ReachedWhen.DAY,
            [(ChannelKind.PHONE, "0166-00-9001"), (ChannelKind.FAX, "0166-00-9002")],
        ),
        ("防災課 当番", "", ReachedWhen.NIGHT, [(ChannelKind.MOBILE, "090-0000-9003")]),
        ("防災課長", "見本 防人", ReachedWhen.ALWAYS, [(ChannelKind.MOBILE, "090-0000-9004")]),
    ]
    return [
        (_contact(town, None, place, made + place, line, date(2026, 4, 3), division), line[3])
        for place, line in enumerate(lines, start=1)
    ]
