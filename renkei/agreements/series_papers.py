"""An order of papers for a series: for whom they are, what is the same on all of them, how their files are called."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement, Attachment, Party, Series
from renkei.rules.file_names import file_name

KEPT_DAYS = 30
"""Days after which the files of an order are deleted: they can be made again."""
MOST = 500
"""Partners of one order."""
AGREEMENT, COVER = "agreement", "cover"


@dataclass(frozen=True)
class PapersFacts:
    """What is ordered: which papers, from which text, and what is the same on all of them; days are in ISO."""

    makes: tuple[str, ...] = (AGREEMENT,)
    subject: str = ""
    day: str = ""
    sent_on: str = ""
    number: str = ""
    first_number: int = 1
    signatory: str = ""
    address: str = ""
    clerk: str = ""
    request: str = ""
    more: Mapping[str, str] = field(default_factory=dict)

    def as_told(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "PapersFacts":
        """From what is stored."""
        return cls(**{**told, "makes": tuple(told["makes"])})


def going_on(series: Series, day: date) -> list[Agreement]:
    """The agreements of the series that nobody has ended, in the order in which they were added."""
    present = Party.objects.present_on(day).filter(agreement=OuterRef("pk"), organisation__isnull=False)
    found = Agreement.objects.filter(Exists(present), series=series, ending__isnull=True).order_by("pk")
    signed = Attachment.objects.attached().filter(agreement=OuterRef("pk"))
    return list(found.annotate(has_paper=Exists(signed)).prefetch_related("parties__organisation"))


def unsigned(agreements: Iterable[Agreement]) -> list[Agreement]:
    """Those of `going_on` to which no document is attached, a signed copy neither."""
    return [one for one in agreements if not one.has_paper]  # type: ignore[attr-defined]


def signing(agreement: Agreement) -> list[Party]:
    """The parties that have not left: who signs, in the order of the agreement."""
    return [one for one in agreement.parties.all() if one.left_on is None]


def partner_of(agreement: Agreement) -> Party:
    """The party with whom the agreement of a series is made; where all have left, the first of them."""
    every: list[Party] = [*signing(agreement), *agreement.parties.all()]
    return next(one for one in every if one.organisation_id)


def paper_name(place: int, partner: str, paper: str, ending: str) -> str:
    """A file's name in the zip: 001 株式会社見本 協定書.docx."""
    room = 120 - len(paper) - 8
    return file_name(f"{place:03} {partner[:room]} {paper}", ending)


def old_on(day: date) -> Q:
    """Orders whose files are deleted on the day."""
    return Q(asked_at__date__lt=day - timedelta(days=KEPT_DAYS))


def names_of_papers(facts: PapersFacts) -> Sequence[str]:
    """What is made, in words."""
    words = {AGREEMENT: _("協定書"), COVER: _("送付状")}
    return [words[one] for one in (AGREEMENT, COVER) if one in facts.makes]
