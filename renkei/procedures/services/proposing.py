"""Writing a proposal: begun, filled in part by part, kept for later, dropped, and sent.

Until it is sent it is the author's own paper: the town neither sees it nor is told of it, and nothing is told in the
log. From `send` on there is a procedure, and everything is told.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.lock_out import key_of, take_a_try
from renkei.correspondents.models import Correspondent
from renkei.documents import services as documents
from renkei.municipalities.models import Municipality
from renkei.municipalities.pages import counter_page
from renkei.municipalities.post import PostedLetter, post
from renkei.procedures.models import Enclosure, Procedure, Proposal
from renkei.procedures.proposal_form import lacking, read_facts
from renkei.procedures.proposal_lines import UnreadableLine
from renkei.procedures.services.claiming import ProcedureRefused, made_once
from renkei.procedures.services.receive import receive
from renkei.procedures.settings import settings_of
from renkei.procedures.vocabulary import Source
from renkei.rules.japanese_calendar import japanese_date

MOST_DRAFTS = 5
MOST_BEGUN_A_DAY = 10
"""Those that were dropped again included: their files lie until they are erased."""

MOST_SENT_A_DAY = 5
MOST_FILES = 10
MOST_FROM_A_NETWORK = 30
"""Drafts begun and proposals sent from one network address within half an hour: a company may share one."""
LARGEST_FILE = 20 * 1024**2
LARGEST_TOGETHER = 50 * 1024**2
ONE_DAY = timedelta(days=1)
KEPT_FOR = timedelta(days=365)
DROPPED_FOR = timedelta(days=30)
"""How long a dropped draft lies before it is erased."""


class ProposalRefused(ProcedureRefused):
    """The proposal does not change; str() says why and what to do."""


@transaction.atomic
def begin(
    town: Municipality, *, author: Correspondent, at: datetime, public_id: str, network: str = ""
) -> Proposal:
    """Begin a draft, filled with what is known of the author; sent again it gives the one that is there.

    `network` is the address it comes from, counted so that nobody fills the counter with drafts.
    """
    known = Proposal.objects.of(town).begun_by(author)
    if again := known.filter(public_id=public_id).first():
        return again
    _refuse_closed(town)
    if known.count() >= MOST_DRAFTS:
        raise ProposalRefused(
            _(
                "書きかけの提案が%(count)s件あります。続きを書いて提出するか、要らないものをやめてから始めてください。"
            )
            % {"count": MOST_DRAFTS}
        )
    begun_lately = Proposal.objects.of(town).filter(author=author, begun_at__gt=at - ONE_DAY)
    if begun_lately.count() >= MOST_BEGUN_A_DAY:
        raise ProposalRefused(
            _("書き始められるのは一日に%(count)s件までです。明日、もう一度お試しください。")
            % {"count": MOST_BEGUN_A_DAY}
        )
    _count(network, at)
    proposal = Proposal(
        municipality=town, public_id=public_id, author=author, begun_at=at, saved_at=at, **known_of(author)
    )
    return made_once(proposal, author=author)[0]


def known_of(author: Correspondent) -> dict[str, Any]:
    """What the form need not ask again: of the person, and of a partner that the town has accepted."""
    facts = {
        "partner_name": author.company,
        "contact_name": author.name,
        "contact_unit": author.unit,
        "contact_phone": author.phone,
        "contact_email": author.email,
    }
    if partner := author.organisation:
        facts |= {
            "partner_kind": partner.kind,
            "corporate_number": partner.corporate_number,
            "address": partner.address,
        }
    return facts


def _refuse_closed(town: Municipality) -> None:
    if not settings_of(town).takes_proposals:
        raise ProposalRefused(
            _("いま、このページでは提案を受け付けていません。%(town)sの窓口に電話でお尋ねください。")
            % {"town": town}
        )


def _count(network: str, at: datetime) -> None:
    if network and not take_a_try(key_of("proposals", network), limit=MOST_FROM_A_NETWORK, at=at):
        raise ProposalRefused(
            _("同じ所から多くの提案が続いています。30分ほど待ってから、もう一度お試しください。")
        )


@transaction.atomic
def write(proposal: Proposal, facts: Mapping[str, Any], *, at: datetime) -> Proposal:
    """Write what was typed into the draft, by the names of lines; raises ProposalRefused for what fits no line."""
    try:
        read = read_facts(facts)
    except UnreadableLine as refusal:
        raise ProposalRefused(str(refusal)) from refusal
    _touch(proposal, at, **read)
    proposal.refresh_from_db()
    return proposal


def _touch(proposal: Proposal, at: datetime, **columns: Any) -> None:
    """Take the draft for a change; of a proposal that was sent or dropped nothing changes."""
    drafts = Proposal.objects.filter(pk=proposal.pk, sent_at=None, dropped_at=None)
    if not drafts.update(saved_at=at, **columns):
        raise ProposalRefused(
            _("提出したか、やめた提案です。書き足すことがあれば、手続のページの質問で知らせてください。")
        )


@transaction.atomic
def keep_for_later(proposal: Proposal, *, at: datetime) -> None:
    """Send the author the way back to the draft; once a day, however often it is pressed."""
    _touch(proposal, at)
    day = timezone.localdate(at)
    words = _("提案を途中まで預かっています。次のリンクから続きを書けます。提出するまで、市には見えません。")
    _write_to_author(proposal, f"kept-{day}", _("書きかけの提案"), words, at)


def _write_to_author(proposal: Proposal, key: str, subject: str, words: str, at: datetime) -> None:
    author, town = proposal.author, proposal.municipality
    assert author
    letter = PostedLetter(
        key=f"proposal:{proposal.public_id}:{key}",
        address=author.email,
        name=str(author),
        subject=f"【連携】{subject}",
        paragraphs=(words, _("件名: %(title)s") % {"title": proposal.title or _("(まだありません)")}),
        links=((_("書きかけの提案"), counter_page(f"{town.code}/proposals/{proposal.public_id}/")),),
    )
    post(town, letter, now=at)


def enclose(proposal: Proposal, content: bytes, *, name: str, at: datetime) -> Enclosure:
    """Keep a file with the draft; raises ProposalRefused, which names the file."""
    if len(content) > LARGEST_FILE:
        raise _file_refused(name, _("一つのファイルは20MBまでです。分けるか、小さくしてください。"))
    try:
        documents.look_at(content)
        return _enclose(proposal, content, name, at)
    except documents.DocumentRefused as refusal:
        raise _file_refused(name, str(refusal)) from refusal


@transaction.atomic
def _enclose(proposal: Proposal, content: bytes, name: str, at: datetime) -> Enclosure:
    _touch(proposal, at)
    held = proposal.enclosures.select_related("document")
    together = sum(one.document.size for one in held) + len(content)
    reason = ""
    if len(held) >= MOST_FILES:
        reason = _("添付は%(count)s件までです。要らないものを外してください。") % {"count": MOST_FILES}
    elif together > LARGEST_TOGETHER:
        reason = _("添付は合わせて50MBまでです。要らないものを外すか、小さくしてください。")
    if reason:
        raise _file_refused(name, reason)
    document = documents.keep(content, name=name, municipality=proposal.municipality)
    return Enclosure.objects.create(proposal=proposal, document=document)


def _file_refused(name: str, reason: str) -> ProposalRefused:
    return ProposalRefused(f"「{name[-80:]}」 {reason}")


@transaction.atomic
def take_out(enclosure: Enclosure, *, at: datetime) -> None:
    """Take a file out of the draft again; its bytes are erased, for the town never saw them."""
    _touch(enclosure.proposal, at)
    _erase(enclosure)


def _erase(enclosure: Enclosure) -> None:
    document = enclosure.document
    enclosure.delete()
    documents.forget(document)


@transaction.atomic
def drop(proposal: Proposal, *, at: datetime) -> None:
    """Give up a draft; it is erased a month later."""
    _touch(proposal, at, dropped_at=at)


@transaction.atomic
def send(proposal: Proposal, *, by: Correspondent, at: datetime, network: str = "") -> Procedure:
    """Send the proposal to the town, complete and within the bounds; sent again it gives the same procedure."""
    proposal.refresh_from_db()
    if proposal.procedure:
        return proposal.procedure
    _touch(proposal, at)
    proposal.refresh_from_db()
    _refuse_closed(proposal.municipality)
    if missing := lacking(proposal):
        lines = "、".join(str(line.label) for _part, line in missing)
        raise ProposalRefused(_("まだ提出できません。次の項目を埋めてください: %(lines)s") % {"lines": lines})
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    sent_today = Proposal.objects.of(proposal.municipality).filter(
        author=by, taken_by=None, sent_at__gte=midnight
    )
    if sent_today.count() >= MOST_SENT_A_DAY:
        raise ProposalRefused(
            _("提出は一日に%(count)s件までです。書いたものは預かっていますので、明日提出してください。")
            % {"count": MOST_SENT_A_DAY}
        )
    _count(network, at)
    return receive(proposal, source=Source.COUNTER, by=by, at=at)


@transaction.atomic
def forget(proposal: Proposal) -> None:
    """Erase a draft with its files; a proposal that was sent is the town's record and stays."""
    if proposal.sent_at:
        raise ProposalRefused(_("提出された提案は消せません。"))
    for enclosure in proposal.enclosures.select_related("document"):
        _erase(enclosure)
    proposal.delete()


@transaction.atomic
def warn_of_forgetting(proposal: Proposal, *, at: datetime) -> None:
    """Tell the author a month before that an untouched draft will be erased; once for each time it lies untouched."""
    until = timezone.localdate(proposal.saved_at + KEPT_FOR)
    words = _("一年近く書き足されていないため、%(day)sに消えます。要るときは、開いて保存してください。") % {
        "day": japanese_date(until)
    }
    _write_to_author(proposal, f"fading-{until}", _("書きかけの提案がまもなく消えます"), words, at)
