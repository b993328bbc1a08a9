"""The yearly check on paper (連絡体制調査票), as PDF and Word: the partner's contacts and goods, and the town's own."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import override

from renkei.disasters.book.codes import code_svg
from renkei.disasters.checks.answer import capabilities_of, contacts_of
from renkei.disasters.checks.links import address_of
from renkei.disasters.checks.return_address import return_address
from renkei.disasters.contacts.chains import chain_of_town
from renkei.disasters.models import ContactCampaign, ContactCheck, EmergencyContact
from renkei.disasters.vocabulary import ChannelKind
from renkei.documents.paper import Paper, paper
from renkei.documents.papers.making import sender_of
from renkei.documents.publications.content import Paragraph, Part, Picture, Publication, Table
from renkei.documents.publications.pictures import png_of
from renkei.documents.publications.word import publication_word
from renkei.documents.word.letters import printable
from renkei.rules.japanese_calendar import fiscal_year_name, japanese_date

TEMPLATE = Path(__file__).parent / "sheet.typ"
LEAST_ROWS, LEAST_EMPTY = 4, 2
"""A table has so many rows, and so many of them are empty."""
CONTACT_HEADS = ("順", "いつ", "部署・役職", "氏名", "電話・携帯電話", "FAX・メールなど")
GOODS_HEADS = ("品目・内容", "市の記録", "いまの数量(単位)", "いまの状況(○で囲む)")
CHOICES = "できる ・ 変わった ・ できない"
UNCHANGED = "□ 変更はありません(ほかの欄は書かずに、このまま返してください)"


@override("ja")
def check_pdf(
    checks: Iterable[ContactCheck], *, day: date, at: datetime, has_covers: bool = False, site: str = ""
) -> Paper:
    """One sheet for each partner, each with a letter before it if wanted; raises PaperRefused."""
    sheets = [sheet_facts(one, day=day, at=at, site=site) for one in checks]
    town = sheets[0]["town"] if sheets else ""
    return paper(TEMPLATE, {"title": "連絡体制調査票", "town": town, "covers": has_covers, "sheets": sheets})


@override("ja")
def check_word(check: ContactCheck, *, day: date, at: datetime, site: str = "") -> bytes:
    """One partner's sheet as a Word file, to be written in or changed."""
    told = sheet_facts(check, day=day, at=at, site=site)
    contacts, goods = (1, 2.4, 3.6, 2.8, 4, 4.4), (4, 3.4, 3.6, 4)
    parts = (
        Part("お願い", (Paragraph(told["lead"]), Paragraph(f"返送先: {told['back']}"), *_code_block(told))),
        Part(
            "1 貴社・貴団体の連絡先(先に電話する順)",
            (Paragraph(UNCHANGED, "lead"), Table(CONTACT_HEADS, _rows(told["contacts"]), contacts)),
        ),
        Part("2 いま供給できるもの", (Table(GOODS_HEADS, _rows(told["goods"]), goods),)),
        Part("3 記入した方", (Table(("部署・氏名", "電話番号", "記入日"), (("\n", "", ""),), (5, 4, 3)),)),
        Part("4 市の連絡先(お手元に置いてください)", (Table(CONTACT_HEADS, _rows(told["ours"]), contacts),)),
    )
    made = Publication(told["heading"], f"{told['partner']}　御中", told["sender"], day, parts)
    return publication_word(made, is_close=True)


def paper_name(check: ContactCheck, kind: str) -> str:
    """連絡体制調査票_令和6年度_見本商店.pdf."""
    return f"連絡体制調査票_{fiscal_year_name(check.campaign.fiscal_year)}_{check.partner}.{kind}"


def sheet_facts(check: ContactCheck, *, day: date, at: datetime, site: str = "") -> dict[str, Any]:
    """All that one partner's sheet says, as plain values."""
    campaign, partner = check.campaign, check.partner
    town, link = campaign.municipality, address_of(check, site)
    due, back = japanese_date(campaign.due_on), return_address(town, day)
    lead = (
        f"災害時の協定にもとづき、災害のときの連絡先と、いま供給できるものを毎年確かめています。"
        f"市の記録を印字しました。違うところを赤字で直し、{due}までに{back.window}へ返してください。"
    )
    told = {
        "town": str(town),
        "sender": sender_of(town),
        "window": back.window,
        "back": back.words,
        "day": japanese_date(day),
        "due": due,
        "partner": partner.name,
        "address": partner.address,
        "heading": f"連絡体制調査票({fiscal_year_name(campaign.fiscal_year)})",
        "lead": lead,
        "request": campaign.request,
        "unchanged": UNCHANGED,
        "contact_heads": list(CONTACT_HEADS),
        "contacts": _contacts(contacts_of(town, partner), has_room=True),
        "goods_heads": list(GOODS_HEADS),
        "goods": _goods(check),
        "ours": _contacts(chain_of_town(town, at=at), has_room=False),
        "link": link,
        "code": code_svg(link) if link else "",
    }
    return {
        name: printable(one) if isinstance(one, str) and name != "code" else one for name, one in told.items()
    }


def asked_on_paper(campaign: ContactCampaign) -> list[ContactCheck]:
    """The checks that go by paper: no address, no answer yet."""
    known = campaign.checks.open().filter(email="").select_related("organisation__merged_into")
    checks = sorted(known, key=lambda one: one.partner.name_kana or one.partner.name)
    for one in checks:
        one.campaign = campaign
    return checks


def _contacts(chain: Sequence[EmergencyContact], *, has_room: bool) -> list[list[str]]:
    rows = []
    for place, one in enumerate(chain, start=1):
        channels = list(one.channels.all())
        spoken = [each.value for each in channels if each.kind in (ChannelKind.MOBILE, ChannelKind.PHONE)]
        others = [str(each) for each in channels if each.kind not in (ChannelKind.MOBILE, ChannelKind.PHONE)]
        own = one.division.name if one.division and one.division.name not in one.unit else ""
        unit = f"{own} {one.unit}".strip()
        when = str(one.get_reached_when_display()).partition("(")[0]
        rows.append([str(place), when, unit, one.name, "\n".join(spoken), "\n".join(others)])
    rows += [[""] * len(CONTACT_HEADS) for _place in range(_empty(rows) if has_room else 0)]
    return [[printable(cell) for cell in row] for row in rows]


def _goods(check: ContactCheck) -> list[list[str]]:
    known = capabilities_of(check.campaign.municipality, check.partner)
    rows = [[str(one), one.amount or one.get_certainty_display(), "", CHOICES] for one in known]
    rows += [[""] * len(GOODS_HEADS) for _place in range(_empty(rows))]
    return [[printable(str(cell)) for cell in row] for row in rows]


def _empty(rows: Sequence[object]) -> int:
    return max(LEAST_EMPTY, LEAST_ROWS - len(rows))


def _rows(rows: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Empty rows get a second line: room for a pen."""
    return tuple(tuple(row) if any(row) else ("\n", *list(row)[1:]) for row in rows)


def _code_block(told: dict[str, Any]) -> tuple[Paragraph | Picture, ...]:
    """The code stands at the left of a wide drawing: so it is as small on the page as it has to be."""
    if not told["link"]:
        return ()
    drawing = told["code"].replace("<svg ", '<svg x="0" y="0" ', 1)
    inner = drawing.replace(f'width="{_size(drawing)}" height="{_size(drawing)}"', 'width="18" height="18"')
    wide = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 18" width="150" height="18">'
        f'<rect width="150" height="18" fill="#fff"/>{inner}</svg>'
    )
    return (Picture(png_of(wide), "image/png", "携帯電話で読み取ると、この調査に画面で答えられます"),)


def _size(drawing: str) -> str:
    return drawing.partition('width="')[2].partition('"')[0]
