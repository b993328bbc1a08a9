"""The plain facts from which an agreement is registered, edited and corrected: no form, no request, no file."""

from dataclasses import dataclass
from datetime import date

from renkei.agreements.vocabulary import DocumentKind, Form, NoticeEffect, RenewalKind
from renkei.rules.japanese_calendar import PartialDay


@dataclass(frozen=True)
class PartyFacts:
    """A party as the text names it; `is_town` for the municipality itself, `row` the key of a row it already has.

    `organisation_id` where the partner is known by something else than its name, as its corporate number.
    """

    name: str
    kind: str | None = None
    letter: str = ""
    unit: str = ""
    signatory: str = ""
    duties: str = ""
    remark: str = ""
    is_town: bool = False
    row: int | None = None
    organisation_id: int | None = None


@dataclass(frozen=True)
class TermFacts:
    """The first term: last day inclusive, None where no end is stated."""

    first_day: date
    last_day: date | None = None


@dataclass(frozen=True)
class RenewalFacts:
    """What happens after the term; `in_force_until` None where renewals have no limit."""

    kind: RenewalKind
    months: int | None = None
    notice_months: int | None = None
    notice_days: int | None = None
    in_force_until: date | None = None
    clause: str = ""
    last_confirmed_on: date | None = None
    notice_effect: NoticeEffect | str = ""

    @property
    def goes_on(self) -> bool:
        """Whether the agreement stays in force after its term when nobody acts."""
        return self.kind in (RenewalKind.AUTOMATIC, RenewalKind.UNTIL_NOTICE)


@dataclass(frozen=True)
class AgreementFacts:
    """An agreement as it is brought to the register; the least is a title and a partner.

    `listed_on` is the day on which the source listed it as in force: the first certain day where the
    signing day is unknown.
    """

    title: str
    parties: tuple[PartyFacts, ...]
    listed_on: date
    signed: PartialDay | None = None
    form: Form = Form.INDIVIDUAL
    document_kind: DocumentKind = DocumentKind.AGREEMENT
    title_kana: str = ""
    purpose: str = ""
    notes: str = ""
    remarks: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    main_field: str | None = None
    items: tuple[str, ...] = ()
    term: TermFacts | None = None
    renewal: RenewalFacts | None = None
    division_id: int | None = None
    series_id: int | None = None
    is_published: bool = False
    source: str = ""
    is_sample: bool = False
    public_id: str | None = None


@dataclass(frozen=True)
class KeptFacts:
    """What the register adds to the text by itself, and `edit` changes; None for a series or rule that is not there."""

    division_id: int | None = None
    main_field: str | None = None
    fields: tuple[str, ...] = ()
    title_kana: str = ""
    purpose: str = ""
    notes: str = ""
    source: str = ""
    series_id: int | None = None
    notice_effect: NoticeEffect | str = ""
    last_confirmed_on: date | None = None


@dataclass(frozen=True)
class TextFacts:
    """What the signed text says, and `correct` mends where the register has it wrong."""

    title: str
    parties: tuple[PartyFacts, ...]
    form: Form | str = Form.INDIVIDUAL
    document_kind: DocumentKind | str = DocumentKind.AGREEMENT
    signed: PartialDay | None = None
    items: tuple[str, ...] = ()
    term: TermFacts | None = None
    renewal: RenewalFacts | None = None
