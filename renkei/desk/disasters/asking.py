"""What the list of readiness and its tasks can be narrowed by."""

from typing import Any

from django.utils.translation import gettext as _

from renkei.desk.staff import StaffRequest, today, town
from renkei.disasters.readiness.finding import NOBODY, Wanted
from renkei.disasters.readiness.signs import Sign
from renkei.disasters.vocabulary import DisasterFunction
from renkei.municipalities.models import Division


def asked(request: StaffRequest) -> Wanted:
    """What the address asks for."""
    return Wanted.asked({name: str(request.GET[name]) for name in request.GET})


def choices(request: StaffRequest) -> dict[str, Any]:
    """The lists to choose from."""
    divisions = [one for one in Division.objects.of(town(request)) if one.existed_on(today())]
    return {
        "divisions": [*((one.public_id, str(one)) for one in divisions), (NOBODY, _("担当課なし・防災担当"))],
        "functions": DisasterFunction.choices,
        "signs": Sign.choices,
        "wanted": asked(request),
        "asked": request.GET.urlencode(),
    }
