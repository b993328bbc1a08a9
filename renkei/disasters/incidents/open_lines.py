"""What is open in an incident, as lines for the next shift and for who closes it."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from renkei.disasters.models import Incident
from renkei.disasters.situation.board import Board, NeedLine, board


def open_lines(incident: Incident, *, at: datetime) -> list[str]:
    """Contradictions and records without a place first, then needs and returns, in the order of the board."""
    return lines_of(board(incident, at=at))


def lines_of(seen: Board) -> list[str]:
    """The open lines of a board."""
    lines = [
        _("食い違いが片づいていない: %(partner)s %(what)s")
        % {"partner": one.request.organisation, "what": one}
        for one in seen.conflicts
    ]
    lines += [_("取り込めなかった記録: %s") % one.reason for one in seen.unplaced]
    lines += [_("リンクの回答を電話で確かめていない: %s") % one.request for one in seen.call_backs]
    return lines + [_need_line(one) for one in seen.open]


def _need_line(line: NeedLine) -> str:
    need = line.need
    what = " ".join(part for part in (f"No.{need.number}", str(need), need.amount, need.where) if part)
    if line.is_unasked:
        return _("%s: どこにも要請していない") % what
    partners = "、".join(
        f"{one.request.organisation}({one.request.get_state_display()})" for one in line.live
    )
    if line.waits_since is None:
        return f"{what}: {partners}"
    since = timezone.localtime(line.waits_since)
    return _("%(what)s: %(partners)s。%(at)sから待っている") % {
        "what": what, "partners": partners, "at": f"{since:%m/%d %H:%M}",
    }  # fmt: skip
