"""Papers of a series: ordered, made partner by partner, put together, and deleted after a month."""

import io
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from typing import IO

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import F, ProtectedError
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.accounts.models import User
from renkei.agreements import events
from renkei.agreements.models import Agreement, PartnerPapers, Series, SeriesPapers
from renkei.agreements.series_fields import Order, unknown_fields, what_series_lacks
from renkei.agreements.series_making import files_of, papers_for, printed
from renkei.agreements.series_papers import MOST, PapersFacts, old_on, partner_of
from renkei.agreements.services.claiming import Refused
from renkei.audit.services import record
from renkei.documents.bundles import printed_together, zipped
from renkei.documents.filling import UnknownFields
from renkei.documents.models import Document
from renkei.documents.services import forget, keep
from renkei.documents.template_refusals import TemplateRefused
from renkei.municipalities.models import Municipality
from renkei.municipalities.public_id import new_public_id

MOST_TRIES = 3
"""So often a partner's papers are begun; whoever's papers end the program each time is left out and told."""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class PapersRefused(Refused):
    """The papers are not ordered; str() says why and what to do."""


@transaction.atomic
def order_papers(
    series: Series,
    facts: PapersFacts,
    agreements: Sequence[Agreement],
    *,
    at: datetime,
    actor: User | None,
    template: tuple[str, bytes] | Document | None = None,
    public_id: str = "",
) -> SeriesPapers:
    """Order the papers of these partners; `template` is name and bytes of a Word file with fields, or a kept one.

    `public_id` is the id of the order to be, which a form carries: sent twice, it is ordered once.
    """
    Series.objects.select_for_update().get(pk=series.pk)  # of two that are sent at once, one waits here
    if public_id and (known := SeriesPapers.objects.filter(series=series, public_id=public_id).first()):
        return known
    if not facts.makes:
        raise PapersRefused(_("作る文書が選ばれていません。協定書か送付状を選んでください。"))
    if not agreements:
        raise PapersRefused(_("相手方が選ばれていません。一者以上を選んでください。"))
    if len(agreements) > MOST:
        raise PapersRefused(
            _("一度に作れるのは%(most)s者分までです。相手方を選んで、分けて作ってください。") % {"most": MOST}
        )
    kept = (
        keep(template[1], name=template[0], municipality=series.municipality)
        if isinstance(template, tuple)
        else template
    )
    papers = SeriesPapers(
        municipality=series.municipality,
        public_id=public_id or new_public_id(),
        series=series,
        facts=facts.as_told(),
        template=kept,
        asked_by=actor,
        asked_at=at,
    )
    try:
        _refuse_what_cannot_be_filled(papers)
    except PapersRefused:
        if kept and kept != template:
            kept.content.storage.delete(str(kept.content.name))  # its row goes with the transaction
        raise
    papers.save()
    PartnerPapers.objects.bulk_create(
        PartnerPapers(order=papers, agreement=one, position=place, name=str(partner_of(one)))
        for place, one in enumerate(agreements, start=1)
    )
    record(
        events.SERIES_PAPERS_ORDERED,
        actor,
        series,
        municipality=series.municipality,
        partners=len(agreements),
    )
    return papers


def _refuse_what_cannot_be_filled(papers: SeriesPapers) -> None:
    if papers.template and papers.template.media_type != WORD:
        raise PapersRefused(
            _("ひな形はWord文書(.docx)にしてください。Wordで「名前を付けて保存」から選べます。")
        )
    order = Order(papers)
    try:
        unknown = unknown_fields(order)
        lacks = what_series_lacks(order)
    except TemplateRefused as refusal:
        raise PapersRefused(str(refusal)) from refusal
    if lacks:
        raise PapersRefused(
            _(
                "協定書の文には%(lacks)sが要りますが、この同文協定にはありません。同文協定の編集で入れてください。"
            )
            % {"lacks": "、".join(lacks)}
        )
    if unknown:
        raise PapersRefused(
            _("%(unknown)s「ほかの差し込み」に「項目: 値」と書けば、その項目も使えます。")
            % {"unknown": unknown}
        )


def order_again(
    papers: SeriesPapers, *, at: datetime, actor: User | None, public_id: str = ""
) -> SeriesPapers:
    """The same papers for the same partners, from the records as they are now."""
    agreements = [one.agreement for one in _with_agreements(papers)]
    facts = PapersFacts.read(papers.facts)
    return order_papers(
        papers.series,
        facts,
        agreements,
        at=at,
        actor=actor,
        template=papers.template,
        public_id=public_id,
    )


def _with_agreements(papers: SeriesPapers) -> list[PartnerPapers]:
    found = papers.partners.select_related("agreement")
    return list(found.prefetch_related("agreement__parties__organisation"))


def make_next(order: Order, *, at: datetime) -> bool:
    """Make the papers of one partner that still has none; False where there is none left.

    A partner is taken with one statement: of two workers one makes its papers. One that was begun and never
    finished, because its worker was killed, is begun again.
    """
    partner = order.papers.partners.waiting().first()
    if partner is None:
        return False
    own = PartnerPapers.objects.filter(pk=partner.pk)
    if not own.filter(tries=partner.tries, made_at=None).update(tries=F("tries") + 1):
        return True
    if partner.tries >= MOST_TRIES:
        own.filter(made_at=None).update(
            problem=_("作っている途中で、続けて止まりました。管理者に知らせてください。")
        )
        return True
    _make(order, partner, at)
    return True


def _make(order: Order, partner: PartnerPapers, at: datetime) -> None:
    own = PartnerPapers.objects.filter(pk=partner.pk, made_at=None)
    agreement = Agreement.objects.prefetch_related("parties__organisation").get(pk=partner.agreement_id)
    try:
        made = papers_for(order, agreement)
    except (TemplateRefused, UnknownFields) as refusal:
        own.update(problem=str(refusal))
        return
    together = io.BytesIO()
    zipped(made.files, together, at=timezone.localtime(at))
    partner.files.save(new_public_id(), ContentFile(together.getvalue()), save=False)
    kinds = [name for name, _content in made.files]
    facts = {"files": partner.files.name, "kinds": kinds, "remark": "\n".join(made.remarks), "made_at": at}
    if not own.update(**facts, problem=""):
        partner.files.delete(save=False)  # another worker was first


def put_together(papers: SeriesPapers, *, at: datetime) -> None:
    """Make the zip and the file to print of what was made, once; then the partners' own files are deleted."""
    open_one = SeriesPapers.objects.filter(pk=papers.pk, ended_at=None)
    if papers.tries >= MOST_TRIES:
        open_one.update(ended_at=at)
        return
    if not open_one.filter(tries=papers.tries).update(tries=F("tries") + 1):
        return
    if papers.partners.made().exists():
        _written(papers.archive, partial(zipped, files_of(papers), at=timezone.localtime(at)))
        if pages := printed_together(printed(papers)):
            papers.printout.save(new_public_id(), ContentFile(pages), save=False)
    with transaction.atomic():
        ended = open_one.update(archive=papers.archive.name, printout=papers.printout.name, ended_at=at)
        if ended:
            partners = list(papers.partners.made())
            papers.partners.update(files="")
    for file in [one.files for one in partners] if ended else [papers.archive, papers.printout]:
        _delete(file)


def _written(file: FieldFile, write: Callable[[IO[bytes]], None]) -> None:
    with tempfile.TemporaryFile() as made:
        write(made)
        made.seek(0)
        file.save(new_public_id(), File(made), save=False)


def _delete(file: FieldFile) -> None:
    if file:
        file.storage.delete(str(file.name))


def forget_old_papers(municipality: Municipality, *, day: date) -> int:
    """Delete orders with all their files after a month; how many there were."""
    old = list(SeriesPapers.objects.of(municipality).filter(old_on(day)))
    for papers in old:
        files = [papers.archive, papers.printout, *(one.files for one in papers.partners.all())]
        with transaction.atomic():
            papers.delete()
            _forget_template(papers.template)
        for file in files:
            _delete(file)
    return len(old)


def _forget_template(template: Document | None) -> None:
    """A Word file that was given for the order alone goes with it; one that something else holds stays."""
    if template is None or SeriesPapers.objects.filter(template=template).exists():
        return
    with suppress(ProtectedError), transaction.atomic():
        forget(template)
