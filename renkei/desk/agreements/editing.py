"""Editing and correcting an agreement."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from renkei.accounts.models import User
from renkei.agreements import services
from renkei.agreements.comparing import kept_facts, text_facts
from renkei.agreements.models import Agreement
from renkei.desk.agreements.kept_form import EditForm, initial_kept
from renkei.desk.agreements.text_form import CorrectForm
from renkei.desk.agreements.verbs import Verb, the_agreement, verb_page
from renkei.desk.staff import StaffRequest, staff_page, today


def edit_options(agreement: Agreement) -> dict[str, Any]:
    """The agreement as it stands, and what can be chosen."""
    return {
        "town": agreement.municipality,
        "day": today(),
        "held_by": agreement.division_id,
        "initial": initial_kept(kept_facts(agreement)),
    }


def correct_options(agreement: Agreement) -> dict[str, Any]:
    """The text's facts as the register has them."""
    return {"town": agreement.municipality, "facts": text_facts(agreement)}


def edited(agreement: Agreement, asked: dict[str, Any], actor: User) -> object:
    return services.edit(agreement, asked["facts"], actor=actor)


def corrected(agreement: Agreement, asked: dict[str, Any], actor: User) -> object:
    return services.correct(agreement, asked["facts"], reason=asked["reason"], actor=actor)


EDIT = Verb(
    title=gettext_lazy("協定の編集"),
    lead=gettext_lazy(
        "担当課・分野・目的・メモなど、台帳が協定書に足していることを変えます。"
        "協定書に書いてあることは「訂正する」で直します。"
    ),
    button=gettext_lazy("保存する"),
    done=gettext_lazy("編集を保存しました。"),
    form=EditForm,
    act=edited,
    options=edit_options,
)
CORRECT = Verb(
    title=gettext_lazy("登録の訂正"),
    lead=gettext_lazy(
        "協定書に書いてあることと台帳が違うときに、台帳を協定書に合わせます。"
        "協定そのものを変えたときは、訂正ではなく変更として記録してください。"
    ),
    button=gettext_lazy("訂正を保存する"),
    done=gettext_lazy("訂正を保存しました。"),
    form=CorrectForm,
    act=corrected,
    options=correct_options,
)


@staff_page
def edit(request: StaffRequest, public_id: str) -> HttpResponse:
    return verb_page(request, the_agreement(request, public_id), EDIT)


@staff_page
def correct(request: StaffRequest, public_id: str) -> HttpResponse:
    return verb_page(request, the_agreement(request, public_id), CORRECT)
