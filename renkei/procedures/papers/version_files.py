"""A version of the agreement's text as files: Word, PDF, and Word with the differences to another version."""

from renkei.agreements.vocabulary import Side
from renkei.documents.contents import AgreementText
from renkei.documents.paper import Paper
from renkei.documents.printing import agreement_pdf
from renkei.documents.word.redline import one_hand, redline_word
from renkei.documents.word.tracks import instant
from renkei.documents.word.writing import agreement_word
from renkei.procedures.comparing import compared_texts
from renkei.procedures.models import DraftVersion

OF_VERSION, OF_CONTENT = "RenkeiVersion", "RenkeiDigest"


def properties_of(version: DraftVersion) -> dict[str, str]:
    """What the file says of itself, so that it is known again when it comes back."""
    return {OF_VERSION: version.public_id, OF_CONTENT: version.digest}


def version_word(version: DraftVersion) -> bytes:
    """The version as a Word file."""
    text = AgreementText.read(version.content)
    return agreement_word(text, town=version.procedure.municipality.name, properties=properties_of(version))


def version_pdf(version: DraftVersion) -> Paper:
    """The version as a PDF, with its digest."""
    text = AgreementText.read(version.content)
    return agreement_pdf(text, town=version.procedure.municipality.name, digests=[version.digest])


def redline_between(old: DraftVersion, new: DraftVersion, *, names_staff: bool = True) -> bytes:
    """The newer version as a Word file in which its differences to the older are tracked as its maker's.

    Where `names_staff` is false, what staff made is the town's: the counter nowhere says who of them did what.
    """
    before, after = AgreementText.read(old.content), AgreementText.read(new.content)
    town = new.procedure.municipality.name
    author = new.maker if names_staff or new.side == Side.PARTNER else ""
    return redline_word(
        [one.difference for one in compared_texts(before, after).clauses],
        old=before,
        new=after,
        town=town,
        by=one_hand(author or town, instant(new.made_at)),
        properties=properties_of(new),
    )


def file_name(version: DraftVersion, ending: str, *, more: str = "") -> str:
    """協定書(案) 第2版 ○○.docx."""
    return f"{version}{more} {version.procedure.title[:80]}.{ending}"
