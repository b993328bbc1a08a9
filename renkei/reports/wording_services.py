"""The town's own words of its papers: written, and put back to ours."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.agreements.services.claiming import Refused
from renkei.audit.services import record
from renkei.documents.filling import UnknownFields, fields_in
from renkei.municipalities.models import Municipality
from renkei.reports import events
from renkei.reports.models import Wording
from renkei.reports.wording_fields import known
from renkei.reports.wording_places import Place
from renkei.reports.wordings import Words

MOST_LETTERS = 4000
MEANWHILE = gettext_lazy("ほかの人が先に変更しました。画面を読み直してください。")


class WordingRefused(Refused):
    """The words of the papers do not change; str() says why and what to do."""


@dataclass(frozen=True)
class WordingFacts:
    """What a town writes at a place, for which day where the place speaks of one, and where it is quoted from."""

    text: str
    on: date | None = None
    source: str = ""


def write_wording(
    town: Municipality, place: Place, facts: WordingFacts, *, day: date, version: int = 0, actor: User | None
) -> Wording:
    """Put words at a place; `version` is that of the words that were seen, 0 where the town had none.

    `day` is the day by which fields are tried out where the place speaks of none.
    """
    text = facts.text.replace("\r\n", "\n").strip("\n")
    on = facts.on if place.of_a_day else None
    _refuse_what_cannot_be(town, place, text, on or day)
    if place.of_a_day and on is None:
        raise WordingRefused(_("いつの数を述べた文か、基準日を入れてください。"))
    columns = {"text": text, "source": facts.source.strip()}
    try:
        with transaction.atomic():
            mine = Wording.objects.filter(municipality=town, place=place.key, on=on)
            if version:
                _claim(mine, version, columns)
                wording = mine.get()
            else:
                wording = Wording.objects.create(municipality=town, place=place.key, on=on, **columns)
            record(events.WORDED, actor, wording, municipality=town)
    except IntegrityError:  # somebody else wrote the first words of this place
        raise WordingRefused(str(MEANWHILE)) from None
    return wording


@transaction.atomic
def back_to_ours(wording: Wording, *, version: int, actor: User) -> None:
    """Let our words stand at the place again; what the town had written is told in the log."""
    _claim(Wording.objects.filter(pk=wording.pk), version, {})
    changes = {"reports.wording.text": (wording.text, "")}
    record(events.WORDED_AS_OURS, actor, wording, municipality=wording.municipality, changes=changes)
    wording.delete()


@transaction.atomic
def tell_made(
    subject: models.Model, paper: str, *, town: Municipality, day: str, kind: str, actor: User
) -> None:
    """Tell who made which paper, as of which day, in which format."""
    record(events.PAPER_MADE, actor, subject, municipality=town, paper=paper, day=day, format=kind)


def _claim(mine: "models.QuerySet[Wording]", version: int, columns: dict[str, str]) -> None:
    if not mine.filter(version=version).update(version=F("version") + 1, **columns):
        raise WordingRefused(str(MEANWHILE))


def _refuse_what_cannot_be(town: Municipality, place: Place, text: str, day: date) -> None:
    if not text.strip():
        raise WordingRefused(
            _("文を入れてください。標準の文に戻すときは「標準の文に戻す」を押してください。")
        )
    if len(text) > MOST_LETTERS:
        raise WordingRefused(
            _("文は%(most)s字までです。いま%(now)s字あります。") % {"most": MOST_LETTERS, "now": len(text)}
        )
    if place.is_agreement:
        if not Agreement.objects.of(town).filter(public_id=text).exists():
            raise WordingRefused(_("その協定は登録簿にありません。一覧から選んでください。"))
        return
    fields = Words(town, day).fields
    if unknown := [name for name in fields_in(text) if name not in fields]:
        raise WordingRefused(str(UnknownFields(unknown, known(fields))))
