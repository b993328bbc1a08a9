"""Charts that stand alone: readable aloud, in grey, and with whatever letters a name has."""

import io
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from renkei.reports.charts import (
    BLUE,
    INK,
    LINE,
    LOOKS,
    Bar,
    Parted,
    bar_svg,
    column_svg,
    described,
    png_of,
    stacked_svg,
)

SVG = "{http://www.w3.org/2000/svg}"
YEARS = [Bar("令和4年度", 12), Bar("令和5年度", 901), Bar("令和6年度", 18)]
PARTED = [Parted("防災", tuple(range(9))), Parted("環境", (1, 0, 0, 0, 0, 0, 0, 0, 5))]
DRAWN = {
    "bars": bar_svg(YEARS, "分野別"),
    "columns": column_svg(YEARS, "年度別"),
    "stacked": stacked_svg(PARTED, list("一二三四五六七八九"), "積み上げ"),
    "nothing": bar_svg([], "分野別"),
    "zeros": column_svg([Bar("令和5年度", 0)], "年度別"),
    "hostile": bar_svg([Bar("<script>&\x00\x0b\ud800" + "長" * 300, 10**15)], "]]>\"'"),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_chart_is_whole_xml_with_a_title_and_a_sentence_and_no_foreign_thing(name):
    root = ElementTree.fromstring(DRAWN[name])
    assert root.find(f"{SVG}title").text
    assert root.find(f"{SVG}desc").text.endswith("。")
    assert "script>" not in DRAWN[name].replace("&lt;script&gt;", "")
    assert not [one for one in root.iter() if {"style", "href", "onload"} & set(one.attrib)]


def test_numbers_stand_at_the_bars_and_many_parts_become_few():
    words = [text.text for text in ElementTree.fromstring(DRAWN["columns"]).iter(f"{SVG}text")]
    assert {"901", "12", "18", "令和4年度"} <= set(words)
    stacked = [text.text for text in ElementTree.fromstring(DRAWN["stacked"]).iter(f"{SVG}text")]
    assert {"36件", "6件", "その他"} <= set(stacked)
    assert "26" in stacked, "what is not told apart is added up"


@pytest.mark.parametrize(
    "rows, by_year, sentence",
    [
        (
            YEARS,
            False,
            "図。3区分のうち、最も多いのは「令和5年度」で901件、最も少ないのは「令和4年度」で12件です。",
        ),
        (YEARS, True, "図。令和6年度は18件で、令和5年度より883件減りました。最も多いのは令和5年度です。"),
        (
            YEARS[:2],
            True,
            "図。令和5年度は901件で、令和4年度より889件増えました。最も多いのは令和5年度です。",
        ),
        (
            [YEARS[0], YEARS[0]],
            True,
            "図。令和4年度は12件で、令和4年度と同じです。最も多いのは令和4年度です。",
        ),
        ([Bar("環境", Decimal("1234.50"))], False, "図。1区分で、どれも1,234.5件です。"),
        ([], False, "図。該当するものはありません。"),
    ],
)
def test_a_chart_can_be_read_aloud(rows, by_year, sentence):
    assert described(rows, "図", by_year=by_year) == sentence


@pytest.mark.parametrize("colour", [INK, BLUE, LINE, *(look for look in LOOKS[4:5])])
def test_what_is_drawn_stands_out_from_white(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (light + 0.05) >= 4.5


def test_a_chart_becomes_a_picture_twice_as_fine():
    from PIL import Image

    picture = Image.open(io.BytesIO(png_of(DRAWN["bars"])))
    root = ElementTree.fromstring(DRAWN["bars"])
    assert picture.format == "PNG"
    assert picture.width >= 2 * float(root.attrib["width"]) - 2
