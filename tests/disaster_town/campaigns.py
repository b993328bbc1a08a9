"""Of campaigns: one of each record, and the addresses that are about them."""

from renkei.accounts.models import User
from renkei.agreements.models import Agreement
from renkei.disasters.checks.links import token_of
from renkei.disasters.models import ContactCheck
from renkei.disasters.vocabulary import CallOutcome
from renkei.documents.services import keep
from tests.disaster_factories import AT, a_contact_check
from tests.disaster_town.filling import Filled, Work, of


def by_link(work: Work) -> list[object]:
    """The signed id of the check."""
    check = work["contact_check"]
    assert isinstance(check, ContactCheck)
    return [token_of(check)]


OF_CHECK = ("", "_send", "_call", "_unreachable", "_answer", "_pdf", "_word", "_scan")
DESK: dict[str, tuple[str, Filled]] = {
    "contact_campaigns": ("list", of()),
    "contact_campaign_new": ("town", of()),
    "contact_campaign": ("record", of("contact_campaign")),
    **{
        f"contact_campaign_{verb}": ("plan", of("contact_campaign"))
        for verb in ("remind", "close", "due", "reopen", "join", "papers")
    },
    **{f"contact_check{verb}": ("plan", of("contact_check")) for verb in OF_CHECK},
}
COUNTER: dict[str, Filled] = {f"contact_check{verb}": by_link for verb in ("", "_change", "_done", "_paper")}
NOT_PAGES: set[str] = {
    "contact_campaign_papers", "contact_check_pdf", "contact_check_word", "contact_check_scan", "contact_check_paper",
}  # fmt: skip
ONLY_SENT: set[str] = {
    "contact_campaign_remind", "contact_campaign_join", "contact_check_send", "contact_check_unreachable",
}  # fmt: skip


def made(agreement: Agreement, clerk: User, work: Work) -> Work:
    """A running campaign, a partner's part with a call in it and a paper that came back."""
    paper = keep(b"%PDF-1.7", name="戻った調査票.pdf", municipality=agreement.municipality)
    check = a_contact_check(agreement, email="", written_by=clerk, paper=paper)
    check.calls.create(called="0166-00-0000", at=AT, outcome=CallOutcome.NO_ANSWER, by=clerk)
    return {"contact_campaign": check.campaign, "contact_check": check}
