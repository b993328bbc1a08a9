"""Readiness and its tasks as rows for machines and for spreadsheets: every cell is text, and nothing in it is run."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from renkei.disasters.readiness.judging import function_name
from renkei.disasters.readiness.one import AgreementReadiness
from renkei.disasters.readiness.signs import Sign
from renkei.disasters.readiness.tasks import Task
from renkei.rules.written_cells import SEPARATOR

WIDE, NARROW = 36, 16
AGREEMENT_WIDTHS = (WIDE, WIDE, NARROW, NARROW, NARROW, *(NARROW, WIDE) * len(Sign), NARROW)
TASK_WIDTHS = (NARROW, WIDE, WIDE, WIDE, WIDE, NARROW, NARROW)


def agreement_rows(agreements: Iterable[AgreementReadiness]) -> Iterator[list[str]]:
    """The head, then each agreement with every sign and why."""
    signs = [head for sign in Sign for head in (str(sign.label), _("%(sign)sの理由") % {"sign": sign.label})]
    yield [_("協定"), _("相手方"), _("担当課"), _("支援の種類"), _("満たす項目"), *signs, _("番号")]
    for one in agreements:
        told = [text for state in one.signs.values() for text in (state.word, state.sentence)]
        yield [
            one.agreement.title,
            SEPARATOR.join(partner.name for partner in one.partners),
            str(one.holder or ""),
            SEPARATOR.join(function_name(each) for each in one.functions),
            str(one.fulfilled),
            *told,
            one.agreement.public_id,
        ]


def task_rows(tasks: Iterable[Task]) -> Iterator[list[str]]:
    """The head, then each task."""
    yield [_("担当"), _("相手方"), _("協定"), _("すること"), _("いまの状態"), _("項目"), _("番号")]
    for one in tasks:
        yield [
            str(one.division or _("防災担当")),
            one.partner.name if one.partner else "",
            one.agreement.title,
            one.to_do,
            one.state.sentence,
            str(one.sign.label),
            one.agreement.public_id,
        ]
