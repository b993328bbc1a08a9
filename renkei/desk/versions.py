"""The version of a record that a person had before their eyes when they wrote."""

from django.http import HttpRequest


def version_seen(request: HttpRequest, present: int) -> int:
    """As the form carries it; the present one where it carries none that can be read."""
    written = request.POST.get("version", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else present
