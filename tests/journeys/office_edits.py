"""What a person does in LibreOffice: run with the machine's own Python, which can speak to a running LibreOffice.

python3 office_edits.py PIPE EDIT FROM.docx TO.docx
"""

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.text.ControlCharacter import PARAGRAPH_BREAK

WORD, ODT = "MS Word 2007 XML", "writer8"
HEAD = re.compile(r"^第([０-９0-9]+)条")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def desktop(pipe: str) -> Any:
    """The running LibreOffice; it takes a moment until it listens."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _attempt in range(300):
        try:
            found = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return found.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", found)
        except NoConnectException:
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not listen.")


def opened(office: Any, path: Path) -> Any:
    return office.loadComponentFromURL(path.as_uri(), "_blank", 0, (PropertyValue("Hidden", 0, True, 0),))


def save(document: Any, path: Path, kind: str = WORD) -> None:
    document.storeToURL(path.as_uri(), (PropertyValue("FilterName", 0, kind, 0),))


def paragraphs(document: Any) -> Iterator[Any]:
    found = document.Text.createEnumeration()
    while found.hasMoreElements():
        one = found.nextElement()
        if one.supportsService("com.sun.star.text.Paragraph"):
            yield one


def the_paragraph(document: Any, words: str) -> Any:
    return next(one for one in paragraphs(document) if words in one.String)


def the_words(document: Any, words: str) -> Any:
    """The place of these words."""
    search = document.createSearchDescriptor()
    search.SearchString = words
    found = document.findFirst(search)
    assert found, words
    return found


def insert_after(document: Any, paragraph: Any, *lines: str) -> None:
    """Put the cursor at the paragraph's end, press Enter and type."""
    cursor = document.Text.createTextCursorByRange(paragraph.End)
    for line in lines:
        document.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        document.Text.insertString(cursor, line, False)


def remove(document: Any, paragraph: Any) -> None:
    """Mark from the end of the line before to the end of this one, and press Delete."""
    cursor = document.Text.createTextCursorByRange(paragraph.Start)
    cursor.goLeft(1, False)
    cursor.gotoRange(paragraph.End, True)
    cursor.String = ""


def say(document: Any, place: Any, author: str, words: str) -> None:
    """A comment at the marked words."""
    comment = document.createInstance("com.sun.star.text.textfield.Annotation")
    comment.Author, comment.Content = author, words
    document.Text.insertTextContent(place, comment, True)


def tracked(document: Any) -> None:
    """With recording on: a sentence changed, an item put in, a paragraph taken out, and a comment."""
    document.RecordChanges = True
    the_words(document, "それぞれの役割に応じて負担する").String = "二分の一ずつ負担する"
    insert_after(document, the_paragraph(document, "子育て世帯への情報提供"), "（４）食育の推進に関すること")
    remove(document, the_paragraph(document, "２　個人情報は"))
    say(document, the_words(document, "１年間とする"), "見本 保", "3年間にできませんか。")


def untracked(document: Any) -> None:
    """With recording off: words changed, an article moved before another, and the numbers put right by hand."""
    document.RecordChanges = False
    the_words(document, "必要に応じて協議を行う").String = "年2回以上の協議を行う"
    move_article(document, "（公表）", before="（協議）")
    renumber(document)


def move_article(document: Any, head: str, *, before: str) -> None:
    """Cut the article with its heading and type it again before the other."""
    lines = [one.String for one in article(document, head)]
    for line in reversed(lines):
        remove(document, the_paragraph(document, line))
    target = the_paragraph(document, before)
    cursor = document.Text.createTextCursorByRange(target.Start)
    for line in lines:
        document.Text.insertString(cursor, line, False)
        document.Text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)


def article(document: Any, head: str) -> list[Any]:
    """The paragraphs of an article, from its heading to before the next one's."""
    found: list[Any] = []
    for one in paragraphs(document):
        if found and one.String.startswith("（") and not one.String[1:2].isdigit():
            return found
        if found or one.String == head:
            found.append(one)
    return found


def renumber(document: Any) -> None:
    place = 0
    for one in list(paragraphs(document)):
        if number := HEAD.match(one.String):
            place += 1
            cursor = document.Text.createTextCursorByRange(one.Start)
            cursor.goRight(len(number[0]), True)
            told = str(place).translate(WIDE) if place < 10 else str(place)
            if cursor.String != f"第{told}条":
                cursor.String = f"第{told}条"


def another_article(document: Any) -> None:
    """A new article before the closing words."""
    document.RecordChanges = False
    last = the_paragraph(document, "誠意をもって協議して定める")
    insert_after(document, last, "（連絡先）", "第11条　甲及び乙は、連絡の担当者を互いに書面で知らせる。")


def main(pipe: str, edit: str, source: Path, target: Path) -> None:
    office = desktop(pipe)
    document = opened(office, source)
    {"tracked": tracked, "untracked": untracked, "by way of odt": another_article}[edit](document)
    if edit == "by way of odt":
        between = target.with_suffix(".odt")
        save(document, between, ODT)
        document.close(True)
        document = opened(office, between)
    save(document, target)
    document.close(True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
