"""Writing the text at the desk: a first one from choices, and any version edited into the next."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.models import Agreement
from renkei.agreements.vocabulary import Form
from renkei.desk.procedures.drafting.forms import FirstTextForm, RenewalForm
from renkei.desk.procedures.drafting.from_library import LibraryBeside
from renkei.desk.procedures.drafting.table_fields import MOST_TABLES
from renkei.desk.procedures.drafting.text_form import (
    MOST_PARTIES,
    AmendmentForm,
    TextForm,
    rows_of,
    typed_of,
)
from renkei.desk.procedures.drafting.versions import remarks_of, the_version, writing_page
from renkei.desk.procedures.verbs import Asked, ProcedureVerb, the_procedure
from renkei.desk.staff import StaffRequest, staff_page
from renkei.documents.clauses.agreements import agreement_template
from renkei.documents.contents import AgreementText, SigningParty
from renkei.documents.filling import UnknownFields, fields_in, fill
from renkei.documents.sheets import plain_text
from renkei.documents.vocabulary import Subject
from renkei.municipalities.models import MunicipalityKind
from renkei.procedures.models import DraftVersion, Procedure
from renkei.procedures.permissions import why_not_conduct
from renkei.procedures.planned import agreed_items, headings_of, newest, parties_of_the_last_text
from renkei.procedures.reviews import label_of, left_to_word
from renkei.procedures.services import ProcedureRefused
from renkei.procedures.services.drafting import write_text
from renkei.procedures.vocabulary import DraftKind, Kind
from renkei.procedures.wording import (
    LETTERS,
    Original,
    TextFacts,
    amending_text,
    chosen_at_first,
    first_text,
    renewing_text,
    subject_for,
    text_from_template,
)

FIRST_WORDS: dict[str, Any] = {
    "title": gettext_lazy("協定書(案)の第一版を作る"),
    "button": gettext_lazy("この内容で版を作る"),
    "done": gettext_lazy("協定書(案)を作りました。確かめて、直す所があれば次の版を作ってください。"),
    "back": "drafts",
    "template": "desk/procedures/drafting/first.html",
}


def written(asked: Asked, text: AgreementText, made_from: DraftVersion | None = None) -> DraftVersion:
    """Keep the text as a version."""
    return write_text(
        asked.procedure,
        text,
        made_from=made_from,
        note=asked.given["note"],
        by=asked.user,
        at=timezone.now(),
        public_id=asked.once,
    )


def written_from_choices(asked: Asked) -> object:
    told, procedure = asked.given, asked.procedure
    items = headings_of(agreed_items(procedure))
    subject = asked.form.data.get("subject", "")
    if not items and lists_items(procedure, subject):
        raise ProcedureRefused(_("合意した連携事項がありません。協議の記録で連携事項を合意にしてください。"))
    facts = TextFacts(
        title=told["title"],
        parties=parties_of(procedure, told),
        items=tuple(items),
        term=asked.form.term_choice(),
        purpose=told.get("purpose", ""),
        articles=tuple(told.get("articles", ())),
        copies=told["copies"],
    )
    if subject not in Subject.values:
        return written(asked, first_text(facts))
    try:
        return written(asked, text_from_template(facts, subject, procedure.municipality))
    except UnknownFields as unknown:
        lead = _("協定書のひな形に、埋められない項目があります。ひな形を直してください。")
        raise ProcedureRefused(f"{lead}{unknown}") from None


def lists_items(procedure: Procedure, subject: str) -> bool:
    """Whether the text numbers the agreed items."""
    template = template_for(procedure, subject)
    return template is None or "連携事項" in fields_in(plain_text(template))


def template_for(procedure: Procedure, subject: str) -> AgreementText | None:
    """The template of a subject; None where the text is put together article by article."""
    known = subject in Subject.values
    return agreement_template(subject, procedure.municipality) if known else None


def parties_of(procedure: Procedure, told: Mapping[str, Any]) -> tuple[SigningParty, ...]:
    """The town, the partner and any others in the order that was chosen, with their letters."""
    town = (procedure.municipality.name, told["town_signatory"], True, told["town_address"])
    partner = (told["partner_name"], told["partner_signatory"], False, told["partner_address"])
    both = [town, partner] if told["order"] == "town" else [partner, town]
    others = [_further(*one) for one in told["more_parties"]]
    return tuple(SigningParty(letter, *one) for letter, one in zip(LETTERS, [*both, *others], strict=False))


def _further(name: str, signatory: str = "", address: str = "") -> tuple[str, str, bool, str]:
    return name, signatory, False, address


def the_original(procedure: Procedure) -> tuple[Agreement, Original, tuple[SigningParty, ...]]:
    """The agreement that is changed or renewed, and its parties as it names them."""
    agreement = procedure.agreement
    if agreement is None:
        raise ProcedureRefused(
            _("もとの協定が分かりません。協定のページから、変更か更新の手続を始めてください。")
        )
    parties = [party for party in agreement.parties.order_by("position") if party.left_on is None]
    named = tuple(
        SigningParty(
            party.letter or letter, party.name_as_signed, party.signatory, party.organisation_id is None
        )
        for letter, party in zip(LETTERS, parties, strict=False)
    )
    return agreement, Original(agreement.title, agreement.signed_on), named


def written_amendment(asked: Asked) -> object:
    _agreement, original, parties = the_original(asked.procedure)
    changes = asked.form.changes()
    return written(asked, amending_text(original, parties, changes, copies=asked.given["copies"]))


def written_renewal(asked: Asked) -> object:
    _agreement, original, parties = the_original(asked.procedure)
    told = asked.given
    days = {"first_day": told["first_day"], "last_day": told["last_day"]}
    return written(asked, renewing_text(original, parties, **days, copies=told["copies"]))


FIRST = ProcedureVerb(
    lead=gettext_lazy(
        "合意した連携事項と、ここで選ぶことから、協定書(案)を書きます。できた案は、条ごとに直せます。"
    ),
    form=FirstTextForm,
    act=written_from_choices,
    **FIRST_WORDS,
)
AMENDMENT = ProcedureVerb(
    lead=gettext_lazy("変える条と、改めた後の文を書くと、変更協定書(案)になります。"),
    form=AmendmentForm,
    act=written_amendment,
    **FIRST_WORDS,
)
RENEWAL = ProcedureVerb(
    lead=gettext_lazy("更新後の期間を決めると、更新の協定書(案)になります。"),
    form=RenewalForm,
    act=written_renewal,
    **FIRST_WORDS,
)


@staff_page
def first(request: StaffRequest, public_id: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    if procedure.kind == Kind.AMENDMENT:
        return writing_page(request, procedure, AMENDMENT, rows=[{}])
    if procedure.kind == Kind.RENEWAL:
        return writing_page(request, procedure, RENEWAL)
    subject = asked_subject(request, procedure)
    template = template_for(procedure, subject)
    more = {
        "items": agreed_items(procedure) if lists_items(procedure, subject) else None,
        "proposal": getattr(procedure, "proposal", None),
        "subject": subject,
        "subjects": Subject.choices,
        "text_template": template,
    }
    return writing_page(
        request, procedure, FIRST, more=more, initial=_begun(procedure, template), template=template
    )


def asked_subject(request: StaffRequest, procedure: Procedure) -> str:
    """The template that was chosen, or the one proposed; "" where the text is put together article by article."""
    if request.method == "POST":
        return request.POST.get("subject", "")
    if "subject" in request.GET:
        return request.GET["subject"]
    partner = procedure.organisation.name if procedure.organisation else procedure.partner_name
    return subject_for(procedure.form, procedure.fields, procedure.title, partner) or ""


def _begun(procedure: Procedure, template: AgreementText | None) -> dict[str, Any]:
    """What the form begins with; a title of its own where the template is about something else than the form."""
    found = proposed(procedure)
    if template is not None and procedure.form == Form.COMPREHENSIVE:
        names = {"市の名称": procedure.municipality.name, "相手方の名称": found["partner_name"]}
        if set(fields_in(template.title)) <= set(names):
            found["title"] = fill(template.title, names)
    return found


def proposed(procedure: Procedure) -> dict[str, Any]:
    """What the form begins with: what the proposal and the town's last text say."""
    town, proposal = procedure.municipality, getattr(procedure, "proposal", None)
    partner = procedure.organisation.name if procedure.organisation else procedure.partner_name
    head = "知事" if town.kind == MunicipalityKind.PREFECTURE else "長"
    found = {
        "title": title_for(procedure, partner),
        "town_signatory": f"{town.name}{head}　",
        "partner_name": partner,
        "partner_address": proposal.address if proposal else "",
        "partner_signatory": proposal.representative if proposal else "",
        "articles": chosen_at_first(procedure.form),
    }
    for party in parties_of_the_last_text(town):
        if party.is_town:
            found |= {"town_signatory": party.signatory, "town_address": party.address}
    return found


def title_for(procedure: Procedure, partner: str) -> str:
    """A title as agreements have it."""
    if procedure.form == Form.COMPREHENSIVE:
        return f"{procedure.municipality.name}と{partner}との包括連携に関する協定書"
    title = procedure.title.strip()
    if title.endswith("協定書"):
        return title
    if title.endswith(
        "に関する連携"
    ):  # what procedures are usually called; not 「連携に関する」 a second time
        return f"{title}協定書"
    return f"{title}書" if title.endswith("協定") else f"{title}に関する協定書"


def why_not_here(text: AgreementText) -> str | None:
    """None where the form holds the whole text; otherwise what would be lost, and the way that there is."""
    if len(text.parties) <= MOST_PARTIES and len(text.tables) <= MOST_TABLES:
        return None
    return _(
        "当事者が%(parties)s者か表が%(tables)sを超える案は、この画面では直せません。Wordで書き出して直し、取り込んでください。"
    ) % {"parties": MOST_PARTIES, "tables": MOST_TABLES}


@staff_page
def edit(request: StaffRequest, public_id: str, one: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    version = the_version(procedure, one, DraftKind.TEXT)
    text, last = AgreementText.read(version.content), newest(procedure, DraftKind.TEXT)
    library = LibraryBeside(procedure.municipality, headings_of(agreed_items(procedure)))
    beginning = {"initial": typed_of(text), "rows": rows_of(text), "library": library}
    verb = ProcedureVerb(
        title=_("%(version)sを直して、次の版を作る") % {"version": version},
        lead=gettext_lazy(
            "保存すると新しい版になります。もとの版は変わりません。条の番号は、並びの順に付きます。"
        ),
        button=gettext_lazy("新しい版として保存する"),
        done=gettext_lazy("新しい版を作りました。"),
        form=TextForm,
        act=lambda asked: written(asked, asked.form.text(), version),
        back="drafts",
        template="desk/procedures/drafting/text_edit.html",
        why_not=lambda *asked, **day: why_not_conduct(*asked, **day) or why_not_here(text),
    )
    if request.method == "POST":
        typed = TextForm(request.POST, rows=[])
        text = typed.text() if typed.is_valid() else text
    more: dict[str, Any] = {"version": version, "newest": last, "remarks": remarks_of(procedure, text)}
    more["adopted"] = [(label_of(said.version, said.clause), said) for said in left_to_word(version)]
    return writing_page(request, procedure, verb, more=more, **beginning)
