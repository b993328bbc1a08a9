"""How long the session still lasts, and going on: what the page's warning asks."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from renkei.desk.staff import StaffRequest, staff_page


@staff_page
def left(request: StaffRequest) -> HttpResponse:
    """Seconds that are left; asking is no activity."""
    return JsonResponse({"left": getattr(request, "idle", {}).get("left", settings.IDLE_SECONDS)})


@staff_page
@require_POST
def extend(request: StaffRequest) -> HttpResponse:
    """Go on for the whole time again."""
    return JsonResponse({"left": settings.IDLE_SECONDS})
