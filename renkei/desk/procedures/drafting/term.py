"""The clause on the term and its rule at the desk: as it is read, and written anew from a choice."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from renkei.agreements.proposing import Proposal, proposal
from renkei.desk.procedures.drafting.forms import note_field
from renkei.desk.procedures.drafting.term_form import TermFields, typed_of_choice
from renkei.desk.procedures.drafting.texts import written
from renkei.desk.procedures.drafting.versions import the_version, writing_page
from renkei.desk.procedures.verbs import ProcedureVerb, the_procedure
from renkei.desk.staff import StaffRequest, staff_page
from renkei.documents.contents import AgreementText
from renkei.documents.sheets import lines_of
from renkei.procedures.models import DraftVersion, Procedure, SigningPlan
from renkei.procedures.planned import newest
from renkei.procedures.register_facts import term_disagreements
from renkei.procedures.term_article import rewritten, term_article, with_rule
from renkei.procedures.vocabulary import DraftKind
from renkei.rules.japanese_calendar import PartialDay
from renkei.rules.term_wording import TermChoice
from renkei.rules.written_numbers import article_number


class TermForm(TermFields):
    """The rule from which the clause is written, and what the new version changes."""

    note = note_field()


def plan_of(procedure: Procedure) -> SigningPlan | None:
    """The plan of the signing, where there is one."""
    return SigningPlan.objects.filter(procedure=procedure).first()


@staff_page
def page(request: StaffRequest, public_id: str, one: str) -> HttpResponse:
    procedure = the_procedure(request, public_id)
    version = the_version(procedure, one, DraftKind.TEXT)
    text, plan = AgreementText.read(version.content), plan_of(procedure)
    day = plan.signs_on if plan else None
    choice = _choice_of(text, day)
    verb = ProcedureVerb(
        title=_("%(version)sの有効期間と更新") % {"version": version},
        lead=gettext_lazy(
            "期間と更新の規則を選ぶと、条文が書かれます。登録簿は同じ条文から期限を計算します。保存すると新しい版になります。"
        ),
        button=gettext_lazy("この条文で新しい版を作る"),
        done=gettext_lazy("有効期間の条を書き直した版を作りました。"),
        form=TermForm,
        act=lambda asked: written(asked, with_rule(text, asked.form.term_choice(), day), version),
        back="drafts",
        template="desk/procedures/drafting/term.html",
    )
    more = _as_it_stands(procedure, version, text, day) | {"disagreements": term_disagreements(text, plan)}
    more["preview"] = _preview(text, _typed_choice(request) or choice, day)
    initial = typed_of_choice(choice) if choice else {}
    return writing_page(request, procedure, verb, more=more | {"choice": choice}, initial=initial)


def _choice_of(text: AgreementText, day: date | None) -> TermChoice | None:
    """The rule that the article says, or the nearest."""
    from renkei.rules.term_reading import choice_read

    article = term_article(text)
    return choice_read(article.text, day) if article else None


def _as_it_stands(
    procedure: Procedure, version: DraftVersion, text: AgreementText, day: date | None
) -> dict[str, Any]:
    """The article as the version has it, and how it is read."""
    article = term_article(text)
    return {
        "version": version,
        "newest": newest(procedure, DraftKind.TEXT),
        "day": day,
        "article": article,
        "number": article_number(text.articles.index(article) + 1) if article else "",
        "lines": lines_of(article.text) if article else (),
        "reading": _read(article.text if article else "", day),
    }


def _read(clause: str, day: date | None) -> Proposal | None:
    return proposal(clause, PartialDay(day.year, day.month, day.day) if day else None)


def _typed_choice(request: StaffRequest) -> TermChoice | None:
    """What is chosen at this moment, where it can be written."""
    if request.method != "POST":
        return None
    form = TermForm(request.POST)
    return form.term_choice() if form.is_valid() else None


def _preview(text: AgreementText, choice: TermChoice | None, day: date | None) -> dict[str, Any]:
    """The clause that a choice writes, how it will be read, and which paragraphs go and stay."""
    if choice is None:
        return {}
    letters = [party.letter for party in text.parties]
    rewriting = rewritten(term_article(text), choice, letters, day)
    return {
        "lines": lines_of(rewriting.text),
        "replaced": rewriting.replaced,
        "kept": rewriting.kept,
        "reading": _read(rewriting.text, day),
        "is_same": rewriting.text == (article.text if (article := term_article(text)) else ""),
    }
