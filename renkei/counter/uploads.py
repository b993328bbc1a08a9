"""Refused files are counted: to look at one may cost the server seconds, so that a session has only so many a day."""

from django.utils.translation import gettext as _

from renkei.counter.visitor import VisitorRequest, today

REFUSED = "counter_refused_files"
MOST_REFUSED = 30


def why_not_upload(request: VisitorRequest) -> str | None:
    """None while files may be sent; otherwise the sentence to show."""
    if _refused_today(request) < MOST_REFUSED:
        return None
    return _("今日は受け取れないファイルが続きました。明日もう一度送るか、市に連絡してください。")


def count_refused(request: VisitorRequest) -> None:
    """One more that was looked at and refused."""
    request.session[REFUSED] = (today().isoformat(), _refused_today(request) + 1)


def _refused_today(request: VisitorRequest) -> int:
    day, count = request.session.get(REFUSED, ("", 0))
    return int(count) if day == today().isoformat() else 0
