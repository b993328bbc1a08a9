"""The papers of one partner of a series, as Word files and PDFs; and all of them named and put in order."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from renkei.agreements.models import Agreement, PartnerPapers, SeriesPapers
from renkei.agreements.series_fields import Order
from renkei.agreements.series_papers import AGREEMENT, COVER, paper_name
from renkei.documents.bundles import Named, unzipped
from renkei.documents.filling import fill_word
from renkei.documents.paper import PaperRefused
from renkei.documents.papers.making import paper_word
from renkei.documents.printing import word_pdf
from renkei.documents.vocabulary import PaperKind
from renkei.documents.word.writing import agreement_word
from renkei.rules.file_names import apart

WORD, PDF = ".docx", ".pdf"


@dataclass
class PapersMade:
    """The files of one partner, by paper and ending, and what a person should look at."""

    files: list[Named] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def papers_for(order: Order, agreement: Agreement) -> PapersMade:
    """Make what was ordered for one partner; a PDF in which a letter would be missing is not made, and named."""
    made = PapersMade()
    if AGREEMENT in order.facts.makes:
        _add(made, AGREEMENT, _("協定書"), _agreement_word(order, agreement), order)
    if COVER in order.facts.makes:
        cover = paper_word(order.town, PaperKind.COVER, order.cover_fields(agreement))
        _add(made, COVER, _("送付状"), cover, order)
        if gaps := order.cover_gaps(agreement):
            made.remarks.append(_("送付状の次の欄は空いています: %(gaps)s。") % {"gaps": "、".join(gaps)})
    return made


def _agreement_word(order: Order, agreement: Agreement) -> bytes:
    if order.word:
        return fill_word(order.word, order.fields(agreement))
    return agreement_word(order.filled_text(agreement), town=order.town.name, day=order.day)


def _add(made: PapersMade, key: str, name: str, word: bytes, order: Order) -> None:
    made.files.append((key + WORD, word))
    try:
        paper = word_pdf(word, title=f"{order.title} {name}", town=order.town.name)
    except PaperRefused as refusal:
        made.remarks.append(_("%(paper)sのPDFは作れませんでした。%(why)s") % {"paper": name, "why": refusal})
        return
    if paper.missing:
        told = {"paper": name, "letters": "、".join(map(_with_code, paper.missing))}
        made.remarks.append(
            _(
                "%(paper)sのPDFは作っていません。印刷できない文字があります: %(letters)s。Wordから印刷してください。"
            )
            % told
        )
        return
    made.files.append((key + PDF, paper.content))


def _with_code(letter: str) -> str:
    return f"{letter}(U+{ord(letter):04X})"


def files_of(papers: SeriesPapers) -> Iterator[Named]:
    """All files of an order by the names that they get in the zip, partner by partner."""
    words = {AGREEMENT: _("協定書"), COVER: _("送付状")}
    made = list(papers.partners.made())
    keys = [(one, key) for one in made for key in one.kinds]
    names = apart(_name(one, key, words) for one, key in keys)
    named = dict(zip([(one.pk, key) for one, key in keys], names, strict=True))
    for one in made:
        for key, content in _opened(one).items():
            yield named[one.pk, key], content


def _name(partner: PartnerPapers, key: str, words: dict[str, str]) -> str:
    kind, dot, ending = key.partition(".")
    return paper_name(partner.position, partner.name, words[kind], dot + ending)


def printed(papers: SeriesPapers) -> Iterator[bytes]:
    """The PDFs in the order in which they are printed: all agreements, then all cover letters."""
    for kind in (AGREEMENT, COVER):
        for one in papers.partners.made():
            if kind + PDF in one.kinds:
                yield _opened(one)[kind + PDF]


def _opened(partner: PartnerPapers) -> dict[str, bytes]:
    with partner.files.open("rb") as kept:
        return unzipped(kept)
