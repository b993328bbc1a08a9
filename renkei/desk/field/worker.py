"""The script that answers for the disaster pages when the network or the server is away."""

import hashlib
import json
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.templatetags.static import static
from django.urls import reverse

from renkei.desk.staff import StaffRequest, staff_page, stop_if, today
from renkei.disasters.permissions import why_not_see_contacts

MODULES = (
    "board", "cards", "chains", "elements", "finding", "keep", "merged", "page", "queue", "reading", "recording",
    "sending", "shown", "store",
)  # fmt: skip
KEPT = (
    "ui/variables.css", "ui/components.css", "ui/pages.css", "ui/print.css", "ui/mark.svg", "ui/forms.js",
    "desk/field/field.css", *(f"desk/field/{name}.js" for name in MODULES),
)  # fmt: skip
"""The static files of the page: a file that is missing here is missing without network."""


@staff_page
def script(request: StaffRequest) -> HttpResponse:
    """The worker, told which files it keeps; changed files make another worker."""
    stop_if(why_not_see_contacts(request.user, day=today()))
    kept = {
        "version": version(),
        "scope": reverse("desk:disasters"),
        "page": reverse("desk:field"),
        "files": [static(name) for name in KEPT],
    }
    answer = HttpResponse(
        f"const KEPT = {json.dumps(kept)};\n{_content('desk/field/worker.js').decode()}",
        content_type="text/javascript; charset=utf-8",
    )
    answer["Service-Worker-Allowed"] = reverse("desk:disasters")
    return answer


def version() -> str:
    """Another one as soon as one of the files is another."""
    digest = hashlib.sha256()
    for name in (*KEPT, "desk/field/worker.js"):
        digest.update(_content(name))
    return digest.hexdigest()[:12]


def _content(name: str) -> bytes:
    found = finders.find(name)
    return Path(str(found)).read_bytes() if found else b""
