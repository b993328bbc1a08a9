"""The daily proof: the chain is verified, and its head leaves the machine with the result."""

from datetime import date
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from renkei.audit.kept import as_text
from renkei.audit.verification import faults, heads
from renkei.municipalities.daily import Notice
from renkei.municipalities.models import Municipality
from renkei.rules.japanese_calendar import japanese_date

SHOWN = 20


def verify_chain(sender: Any, municipality: Municipality, day: date, **kwargs: Any) -> list[Notice]:
    """Read the town's chain again and ask for the letter that carries its head away."""
    kept = heads(municipality)
    if not kept:
        return []
    # The head is taken first: what is told while the chain is read only comes after it.
    wrong = list(islice(faults(municipality=municipality), SHOWN + 1))
    text = f"{_result(wrong)}\n\n{_how()}\n\n{as_text(kept)}"
    # What is wrong is told also where the day's work is done again and its letter has left already.
    key = f"audit.head {day} fault" if wrong else f"audit.head {day}"
    return [Notice(key=key, subject=_subject(day, wrong), text=text, addresses=_addresses())]


def _addresses() -> tuple[str, ...]:
    return tuple(settings.HEADS_TO)


def _subject(day: date, wrong: list[str]) -> str:
    words = {"day": japanese_date(day)}
    if wrong:
        return _("【異常】できごとの記録が変えられています(%(day)s)") % words
    return _("できごとの記録の末尾の控え(%(day)s)") % words


def _result(wrong: list[str]) -> str:
    if not wrong:
        return _("記録をすべて調べました。記録されたときのままです。")
    shown = "\n".join(wrong[:SHOWN])
    more = "\n" + _("ほかにもあります。") if len(wrong) > SHOWN else ""
    return (
        _("記録に異常が見つかりました。監査の担当に知らせ、データベースの控えを取ってください。")
        + f"\n{shown}{more}"
    )


def _how() -> str:
    return _(
        "このメールを消さずに取っておいてください。記録が後から切られたり作り直されたりしたことは、下の行と比べて分かります。"
        "比べるには、このメールを保存して次の命令を使います: ./run manage audit_verify --heads 保存したファイル"
    )
