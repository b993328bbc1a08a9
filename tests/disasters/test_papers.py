"""The asking paper: filled in at once, of one request or of all, and a drill that nobody takes for a disaster."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from docx import Document

from renkei.disasters.incidents.papers import ALL, facts_of, papers_of_request, why_no_paper
from renkei.disasters.vocabulary import ChannelKind, DisasterFunction, IncidentKind
from renkei.partners.models import PartnerKind
from tests.disaster_factories import (
    AT,
    a_call,
    a_contact,
    a_district,
    a_need,
    a_request,
    an_incident,
    the_partner,
)
from tests.factories import an_agreement

pytestmark = pytest.mark.django_db
DAY = date(2024, 9, 2)


def words_of(paper, town) -> str:
    document = Document(BytesIO(paper.word(town)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_the_paper_says_what_is_asked_why_where_until_when_and_that_somebody_called_first():
    agreement = an_agreement(partners=("見本商店",))
    incident = an_incident(summary="東光地区で断水。")
    place = a_district()
    water = a_need(incident, district=place, place="公民館")
    first = a_request(agreement, water, wanted="9月2日 6時まで", conditions="給水車でも可")
    second = a_request(
        agreement, a_need(incident, goods="毛布", quantity=Decimal(50), unit="枚", district=place)
    )
    a_request(agreement, a_need(incident, goods="乾パン"), state="declined")
    a_call(first, at=AT + timedelta(minutes=5), spoke_with="佐藤")
    number = (ChannelKind.PHONE, "0166-00-9001")
    a_contact(agreement, organisation=None, unit="防災課", name="防災 次郎", channels=(number,))
    one, every = papers_of_request(first, day=DAY, clerk="防災 太郎")
    text = words_of(one, incident.municipality)
    for told in (
        "見本商店",
        "令和6年9月2日",
        "東光地区で断水。",
        "飲料水 2,000本 給水車でも可",
        "東光地区 公民館",
        "9月2日 6時まで",
        "先に電話で要請したもの",
        "3時05分",
        "佐藤 様",
        "防災 太郎 電話 0166-00-9001(防災課)",
        agreement.title,
    ):
        assert told in text, told
    assert "訓練" not in text
    assert "毛布" not in text
    assert (every.of, "毛布 50枚" in every.told["要請の内容"]) == (ALL, True)
    assert "乾パン" not in every.told["要請の内容"]
    assert every.told["引渡しの場所"] == "東光地区 公民館\n東光地区"
    assert second.pk != first.pk


def test_a_drill_says_so_in_every_place_and_another_town_reads_the_kind_of_help():
    agreement = an_agreement(partners=("みどり市",))
    partner = the_partner(agreement)
    partner.kind = PartnerKind.MUNICIPALITY
    partner.save()
    incident = an_incident(kind=IncidentKind.DRILL)
    need = a_need(
        incident, function=DisasterFunction.STAFF, goods="給水の応援", quantity=Decimal(4), unit="人"
    )
    paper = facts_of([a_request(agreement, need)], day=DAY, clerk="防災 太郎")
    marked = [name for name, said in paper.told.items() if "訓練" in said]
    assert set(marked) >= {"文書番号", "要請の理由", "要請の内容", "引渡しの場所", "希望する日時", "連絡先"}
    assert "応援の種類「職員・要員の派遣」 給水の応援 4人" in paper.told["要請の内容"]
    assert paper.title.startswith("要請書 【訓練】")


def test_without_an_agreement_there_is_no_paper_and_a_sentence_says_what_to_do():
    request = a_request(an_agreement())
    request.agreement = None
    assert "電話で頼み" in str(why_no_paper(request))
    assert papers_of_request(request, day=DAY, clerk="") == []
