"""The heads outside: what leaves each day can be read again as it comes back, from whatever program kept it."""

from datetime import date
from email.message import EmailMessage

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from renkei.audit import triggers
from renkei.audit.kept import HeadsRefused, KeptHead, as_text, read_heads
from renkei.audit.models import Entry, Head
from renkei.audit.verification import heads
from renkei.municipalities.daily import daily_work
from tests.factories import a_municipality, an_agreement

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 26)


def notices(town):
    answers = daily_work.send(sender=None, municipality=town, day=DAY, now=timezone.now())
    found = [notice for _receiver, answer in answers for notice in answer or []]
    return [notice for notice in found if notice.key.startswith("audit.head")]


def the_mail(town) -> EmailMessage:
    (notice,) = notices(town)
    mail = EmailMessage()
    mail["Subject"], mail["To"] = notice.subject, "kansa@example.jp"
    mail.set_content(notice.text)
    mail.add_alternative(f"<p>{notice.text}</p>", subtype="html")
    return mail


def test_the_days_letter_carries_the_head_and_says_that_all_is_well():
    town = an_agreement().municipality
    (notice,) = notices(town)
    assert "記録されたときのままです" in notice.text
    assert read_heads(notice.text.encode()) == heads(town)


def test_the_days_letter_says_what_is_wrong():
    town = an_agreement().municipality
    (morning,) = notices(town)
    triggers.remove(connection)
    Entry.objects.update(actor_name="別人")
    triggers.install(connection)
    (notice,) = notices(town)
    assert notice.key != morning.key, "a letter of its own, though that of the day has left"
    assert notice.subject.startswith("【異常】") and "第1号" in notice.text


def test_a_town_that_told_nothing_has_no_letter():
    assert notices(a_municipality()) == []


def test_the_letter_goes_to_whom_the_operator_names(settings):
    settings.HEADS_TO = ["kansa@example.jp"]
    (notice,) = notices(an_agreement().municipality)
    assert notice.addresses == ("kansa@example.jp",)


def test_a_mail_as_saved_is_what_verify_takes(tmp_path, capsys):
    town = an_agreement().municipality
    saved = tmp_path / "控え.eml"
    saved.write_bytes(the_mail(town).as_bytes())
    an_agreement(title="後の協定")
    call_command("audit_verify", heads=[str(saved)])
    assert "2件の記録を調べました" in capsys.readouterr().out


def test_a_tail_cut_off_is_found_by_the_mail_of_the_day_before(tmp_path):
    town = an_agreement().municipality
    an_agreement(title="切られる協定")
    saved = tmp_path / "控え.eml"
    saved.write_bytes(the_mail(town).as_bytes())
    triggers.remove(connection)
    Entry.objects.filter(number=2).delete()
    triggers.install(connection)
    Head.objects.update(number=1, digest=Entry.objects.get().digest)
    call_command("audit_verify")
    with pytest.raises(CommandError, match="1件の異常"):
        call_command("audit_verify", heads=[str(saved)])


HEAD = KeptHead("012041", 3, "0123456789abcdef" * 4)


@pytest.mark.parametrize(
    "kept",
    [
        HEAD.line,
        f"> {HEAD.line}\r\n",
        f">> renkei-head 012041\n>> 3\n>> {HEAD.digest}",
        f"本文の前\n{HEAD.line}\n本文の後",
        f'{{"012041": [3, "{HEAD.digest}"]}}',
        f"Subject: 控え\n\n{HEAD.line}",
    ],
    ids=["plain", "quoted", "broken over lines", "in a text", "as JSON", "with one header"],
)
def test_a_head_is_read_however_it_was_kept(kept):
    assert read_heads(kept.encode()) == [HEAD]


def test_many_days_may_stand_in_one_file():
    later = HEAD._replace(number=7, digest="f" * 64)
    assert read_heads(as_text([HEAD, later]).encode()) == [HEAD, later]


def test_what_holds_no_head_is_refused_with_what_to_give():
    with pytest.raises(HeadsRefused, match="renkei-head"):
        read_heads("今日は晴れです。".encode())
