"""Coming to the counter by a link: asked for at the entrance, sent by mail, used once."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts import lock_out
from renkei.audit.events import Event
from renkei.audit.services import record
from renkei.correspondents import events
from renkei.correspondents.letters import tell
from renkei.correspondents.links import address_of, link_of, make_link, use_link
from renkei.correspondents.models import Correspondent, CounterLink, Purpose
from renkei.correspondents.refusals import EntryRefused, FloodedToday, TooOften
from renkei.municipalities.models import Municipality

LINKS_FOR_AN_ADDRESS = 5
LINKS_FROM_A_PLACE = 20
ONE_DAY = timedelta(days=1)
LASTING = {
    Purpose.ENTER: gettext_lazy("このリンクは1時間のあいだ、1回だけ使えます。"),
    Purpose.BEGIN: gettext_lazy("このリンクは7日のあいだ、1回だけ使えます。"),
    Purpose.INVITATION: gettext_lazy("このリンクは7日のあいだ、1回だけ使えます。"),
}


def key_of_address(town: Municipality, email: str) -> str:
    """Under what tries with a mail address are counted."""
    return lock_out.key_of("counter-link", f"{town.code}:{email}")


def ask_to_enter(
    town: Municipality,
    email: str,
    purpose: Purpose,
    target: str,
    at: datetime,
    *,
    place: str = "",
    site: str = "",
) -> None:
    """Send a link to the address, known or not; whose access was ended is told that instead, by the same mail.

    `place` is the network address that asks. Nothing in answer or time tells whether the address is known.
    """
    from_there = lock_out.key_of("counter-links-from", place)
    if not (
        lock_out.take_a_try(from_there, limit=LINKS_FROM_A_PLACE, at=at)
        and lock_out.take_a_try(key_of_address(town, email), limit=LINKS_FOR_AN_ADDRESS, at=at)
    ):
        raise TooOften
    flooded = _is_flooded(town, at)
    with transaction.atomic():
        person = Correspondent.objects.of(town).with_address(email).first()
        if person is None and not flooded:
            person = newcomer(town, email)
        if person and (person.confirmed_at or not flooded):
            send_link(person, make_link(person, purpose, target=target, at=at), at=at, site=site)
    if flooded:
        raise FloodedToday


def _is_flooded(town: Municipality, at: datetime) -> bool:
    """Whether strangers have asked for all the links that the town sends in a day; those who came before go on."""
    asked = CounterLink.objects.of(town).filter(made_at__gt=at - ONE_DAY, correspondent__confirmed_at=None)
    most: int = settings.COUNTER_LINKS_A_DAY
    return asked.count() >= most


def newcomer(town: Municipality, email: str, name: str = "") -> Correspondent:
    """Somebody under an address that nobody has confirmed yet."""
    try:
        with transaction.atomic():
            return Correspondent.objects.create(municipality=town, email=email, name=name)
    except IntegrityError:  # asked twice at once, and the other of the two was a moment earlier
        return Correspondent.objects.of(town).with_address(email).get()


def send_link(
    person: Correspondent, link: CounterLink, *, at: datetime, site: str = "", lead: str = ""
) -> None:
    """The letter that carries a link, for the receiver alone; whose access was ended is told that, without a link."""
    if person.closed_at:
        words = [
            _("このメールアドレスでの窓口の利用は止められています。市の窓口の課に問い合わせてください。")
        ]
        tell(person, f"link:{link.public_id}", _("窓口の利用について"), words, at=at)
        return
    facts = {"town": person.municipality}
    told = [lead] if lead else []
    tell(
        person,
        f"link:{link.public_id}",
        _("%(town)sの窓口に入るリンク") % facts,
        [
            *told,
            _("下のページを開き、「窓口に入る」を押してください。") + str(LASTING[Purpose(link.purpose)]),
            _("心当たりがないときは、何もしないでください。このリンクをほかの人に渡さないでください。"),
        ],
        at=at,
        links=[(_("%(town)sの窓口に入る") % facts, address_of(link, site))],
        is_secret=True,
    )


@transaction.atomic
def expect(
    town: Municipality,
    email: str,
    *,
    name: str = "",
    company: str = "",
    phone: str = "",
    unit: str = "",
    target: str = "",
    at: datetime,
    site: str = "",
) -> Correspondent:
    """Somebody whose proposal the town took by telephone or post: known under the address, and sent a link.

    What is known of the person already stays as the person wrote it.
    """
    person = Correspondent.objects.of(town).with_address(email).first()
    if person is None:
        person = newcomer(town, email)
    if not person.name:
        known = {"name": name, "organisation_name": company, "phone": phone, "unit": unit}
        Correspondent.objects.of(town).filter(pk=person.pk).update(**known)
        person.refresh_from_db()
    if person.closed_at:
        raise EntryRefused(
            _("このメールアドレスの担当者は利用を止めてあります。元に戻すか、別のアドレスを入れてください。")
        )
    lead = _("%(town)sが、あなたの提案を受け付けました。手続の続きは窓口のページで見られます。") % {
        "town": town
    }
    send_link(person, make_link(person, Purpose.BEGIN, target=target, at=at), at=at, site=site, lead=lead)
    return person


@transaction.atomic
def enter_by_link(token: str, at: datetime) -> CounterLink:
    """Use the link: the address is confirmed, and the link's person may be let in; forged and late ones are refused."""
    link = link_of(token, at=at)
    if link is None or not use_link(link, at=at):
        raise EntryRefused(
            _("このリンクは使い終わったか、期限が過ぎています。もう一度メールアドレスを入れてください。")
        )
    person = link.correspondent
    people = Correspondent.objects.of(link.municipality).filter(pk=person.pk)
    if person.confirmed_at is None:
        people.update(confirmed_at=at)
        _told(events.CONFIRMED, person)
    else:
        _told(events.ENTERED, person, how=_("メールのリンク"))
    if link.organisation and people.filter(organisation=None).update(organisation=link.organisation):
        _told(events.JOINED, person, partner=link.organisation.name)
    lock_out.forgive(key_of_address(link.municipality, person.email))
    person.refresh_from_db()
    return link


def _told(event: Event, person: Correspondent, **facts: str) -> None:
    record(event, person.as_actor, person, municipality=person.municipality, **facts)  # type: ignore[arg-type]
