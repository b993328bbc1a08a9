"""The reason of an evaluation, carried along to the act on the agreement that follows from it."""

from renkei.agreements.models import Agreement
from renkei.desk.staff import StaffRequest, town
from renkei.initiatives.models import Evaluation
from renkei.procedures.services.following import reason_of


def note_carried(request: StaffRequest, agreement: Agreement) -> dict[str, str]:
    """What the form begins with where the address names an evaluation of this agreement."""
    named = request.GET.get("evaluation", "")[:12]
    evaluation = Evaluation.objects.of(town(request)).about(agreement).filter(public_id=named).first()
    return {"note": reason_of(evaluation)} if evaluation else {}
