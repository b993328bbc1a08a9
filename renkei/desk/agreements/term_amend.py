"""The pages of an amendment: record it, take the latest one back."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from renkei.accounts.models import User
from renkei.agreements import services
from renkei.agreements.models import Agreement
from renkei.agreements.spans import span_on
from renkei.desk.agreements.term_amend_form import AmendForm
from renkei.desk.agreements.term_forms import ReasonForm
from renkei.desk.agreements.term_verbs import papers_refused
from renkei.desk.agreements.verbs import Verb, the_agreement, verb_page
from renkei.desk.staff import StaffRequest, staff_page, today


def recorded(agreement: Agreement, asked: dict[str, Any], actor: User) -> object:
    """Record what the form says otherwise than it stands."""
    names = ("on", "summary", "signed_on", "document")
    with papers_refused():
        return services.amend(
            agreement, asked["amended"], actor=actor, **{name: asked[name] for name in names}
        )


AMEND = Verb(
    title=gettext_lazy("変更の記録"),
    lead=gettext_lazy(
        "変更協定や覚書で変わった所を書き直します。変更が効く日より前の日には、元の内容が示されます。"
        "台帳の間違いを直すときは「訂正する」を使ってください。"
    ),
    button=gettext_lazy("変更を記録する"),
    done=gettext_lazy("変更を記録しました。元の内容は「変更の経過」で読めます。"),
    form=AmendForm,
    act=recorded,
    options=lambda agreement: {"agreement": agreement, "running": span_on(agreement, today())},
)


@staff_page
def amend(request: StaffRequest, public_id: str) -> HttpResponse:
    return verb_page(request, the_agreement(request, public_id), AMEND)


UNDO = Verb(
    title=gettext_lazy("変更の取消し"),
    lead=gettext_lazy("いちばん新しい変更を取り消し、変更の前の内容に戻します。添付した文書は残ります。"),
    button=gettext_lazy("変更を取り消す"),
    done=gettext_lazy("変更を取り消しました。内容は変更の前のとおりです。"),
    form=ReasonForm,
    act=lambda agreement, asked, actor: services.undo_amendment(agreement, actor=actor, **asked),
)


@staff_page
def undo(request: StaffRequest, public_id: str) -> HttpResponse:
    return verb_page(request, the_agreement(request, public_id), UNDO)
