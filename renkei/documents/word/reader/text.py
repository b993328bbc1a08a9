"""A Word file from its bytes to its text; only called in the process that opens foreign files."""

from collections.abc import Iterator

from renkei.documents.word.reader.blocks import Blocks, lines_of
from renkei.documents.word.reader.kinds import BROKEN, WordRefused
from renkei.documents.word.reader.numbering import Lists
from renkei.documents.word.reader.package import Element, Package, R, Relation, W
from renkei.documents.word.reader.remarks import comments_of, remarks_of
from renkei.documents.word.reader.runs import Found
from renkei.documents.word.told import WordText

MOST_PROPERTIES = 200
LONGEST_TOLD = 2_000
_NAMES_OF_NOTES = {"footnotes": "脚注", "endnotes": "文末脚注"}
_COUNTED = {
    "undone": "入れてから消された変更履歴が{count}か所あります。どちらの文にも残らないので、読んでいません。",
    "hidden": "隠し文字が{count}か所あります。見えない文字も本文として読みました。",
    "unknown": "読み取れない記号が{count}か所あり、「〓」としました。",
    "pictures": "図や画像が{count}個あります。その中の文字は読んでいません。",
    "objects": "埋め込まれた別のファイルが{count}個あります。中は読んでいません。",
}


def word_text(content: bytes) -> WordText:
    """What a Word file says; raises WordRefused."""
    package = Package(content)
    root = package.parsed(package.main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise WordRefused(BROKEN)
    lists = Lists(package)
    comments = comments_of(package, lists)
    blocks = Blocks(lists, [one.number for one in comments])
    read = tuple(blocks.of(body))
    return WordText(
        read,
        remarks_of(package, comments, blocks.letters.quotes),
        properties_of(package),
        tuple(told(package, body, lists, blocks.letters.found)),
    )


def properties_of(package: Package) -> dict[str, str]:
    """The file's own custom properties."""
    names = [
        one.target
        for one in package.relations("").values()
        if one.kind in ("custom-properties", "customProperties")
    ]
    root = package.parsed(names[0]) if names else None
    found = [] if root is None else list(root)[:MOST_PROPERTIES]
    return {one.get("name", ""): "".join(one.itertext()) for one in found if one.get("name")}


def told(package: Package, body: Element, lists: Lists, found: Found) -> Iterator[str]:
    """Sentences about what is in the file and not in the text."""
    yield from (
        sentence.format(count=found.counted[key]) for key, sentence in _COUNTED.items() if found.counted[key]
    )
    boxes = [_text(box, lists) for box in found.boxes]
    yield from (f"テキストボックスの文字は本文に入れていません: 「{_cut(text)}」" for text in boxes if text)
    for kind, number in found.notes:
        if text := _note(package, lists, kind, number):
            yield f"{_NAMES_OF_NOTES[kind]}は本文に入れていません: 「{_cut(text)}」"
    yield from _margins(package, body, lists)
    if any(name.lower().endswith("vbaproject.bin") for name in package.names):
        yield "マクロが入っています。実行せず、本文だけを読みました。"
    if any(one.is_outside and one.kind == "attachedTemplate" for one in _settings(package)):
        yield "外部のひな形を参照しています。ひな形は読まず、本文だけを読みました。"


def _settings(package: Package) -> Iterator[Relation]:
    name = package.target("settings")
    yield from package.relations(name).values() if name else ()


def _text(holder: Element, lists: Lists) -> str:
    return "\n".join(lines_of(Blocks(lists).of(holder))).strip()


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TOLD else f"{text[:LONGEST_TOLD]}…"


def _note(package: Package, lists: Lists, kind: str, number: str) -> str:
    root = package.pointed_to(kind)
    notes = () if root is None else root
    return next((_text(one, lists) for one in notes if one.get(f"{W}id") == number), "")


def _margins(package: Package, body: Element, lists: Lists) -> Iterator[str]:
    """Heads and feet of the pages, if they hold more than a page number."""
    relations = package.relations(package.main)
    seen = set()
    for tag, name in (("headerReference", "ヘッダー"), ("footerReference", "フッター")):
        for reference in body.iter(f"{W}{tag}"):
            relation = relations.get(reference.get(f"{R}id", ""))
            root = package.parsed(relation.target) if relation and not relation.is_outside else None
            text = "" if root is None else _text(root, lists)
            if _says_more_than_a_number(text) and text not in seen:
                seen.add(text)
                yield f"{name}の文字は本文に入れていません: 「{_cut(text)}」"


def _says_more_than_a_number(text: str) -> bool:
    return any(letter.isalpha() and letter not in "ページ頁目全中の第Pp" for letter in text)
