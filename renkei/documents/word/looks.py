"""How paragraphs of a Word file look: what stands in themselves, in their styles and in the defaults, resolved."""

from typing import Any

from renkei.documents.word.ours import qn

Look = dict[str, Any]
GOTHIC = ("ゴシック", "Gothic", "Sans")
OFF = {"0", "false", "off", "none", "nil"}
ALIGNED = {"center": "center", "right": "right", "end": "right", "both": "justify", "distribute": "justify"}


class Looks:
    """The styles of a file; asked for one of them it answers with everything that it inherits."""

    def __init__(self, styles: Any) -> None:
        found = [one for one in styles.iter(qn("w:style")) if one.get(qn("w:styleId"))]
        self.styles = {one.get(qn("w:styleId")): one for one in found}
        self.usual = next((one.get(qn("w:styleId")) for one in found if _is_usual(one)), "")
        self.known: dict[str, Look] = {}
        defaults = styles.find(qn("w:docDefaults"))
        self.defaults: Look = {"size": 10.0, **(_of_default(defaults) if defaults is not None else {})}

    def of_style(self, name: str) -> Look:
        """What a style and those that it is based on say."""
        if name not in self.known:
            self.known[name] = self.defaults
            style = self.styles.get(name)
            if style is not None:
                base = style.find(qn("w:basedOn"))
                inherited = self.of_style(base.get(qn("w:val"), "")) if base is not None else self.defaults
                self.known[name] = inherited | said_by(style.find(qn("w:pPr")), style.find(qn("w:rPr")))
        return self.known[name]

    def of_paragraph(self, properties: Any) -> Look:
        """What a paragraph looks like."""
        style = properties.find(qn("w:pStyle")) if properties is not None else None
        name = style.get(qn("w:val")) if style is not None else self.usual
        found = self.of_style(name) | said_by(properties, None)
        if "left_letters" in found:
            found.setdefault("left", found["left_letters"] * found["size"])
        return found

    def of_table(self, properties: Any) -> bool:
        """Whether a table has lines."""
        style = properties.find(qn("w:tblStyle")) if properties is not None else None
        own = properties.find(qn("w:tblBorders")) if properties is not None else None
        if own is not None:
            return _has_lines(own)
        name = style.get(qn("w:val")) if style is not None else ""
        seen: set[str] = set()
        while name in self.styles and name not in seen:
            seen.add(name)
            borders = next(self.styles[name].iter(qn("w:tblBorders")), None)
            if borders is not None:
                return _has_lines(borders)
            base = self.styles[name].find(qn("w:basedOn"))
            name = base.get(qn("w:val"), "") if base is not None else ""
        return False


def _is_usual(style: Any) -> bool:
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true")


def _has_lines(borders: Any) -> bool:
    return any(one.get(qn("w:val")) not in OFF for one in borders)


def _of_default(defaults: Any) -> Look:
    return said_by(next(defaults.iter(qn("w:pPr")), None), next(defaults.iter(qn("w:rPr")), None))


def said_by(paragraph: Any, run: Any) -> Look:
    """What properties of a paragraph and of letters say, in points."""
    found: Look = {}
    if paragraph is not None:
        found |= _said_by_paragraph(paragraph)
    if run is not None:
        found |= of_letters(run)
    return found


def _said_by_paragraph(told: Any) -> Look:
    found: Look = {}
    parts = {one.tag: one for one in told}  # most say only their style: asked once, not for each of ten
    if (align := parts.get(qn("w:jc"))) is not None:
        found["align"] = ALIGNED.get(align.get(qn("w:val")), "left")
    for name, tag in (("tied", "w:keepNext"), ("whole", "w:keepLines"), ("new_page", "w:pageBreakBefore")):
        if (flag := parts.get(qn(tag))) is not None:
            found[name] = is_on(flag)
    if (level := parts.get(qn("w:outlineLvl"))) is not None:
        found["level"] = int(level.get(qn("w:val"), "9")) + 1
    if (number := parts.get(qn("w:numPr"))) is not None:
        found["numbered"] = next((one.get(qn("w:val")) != "0" for one in number.iter(qn("w:numId"))), False)
    if qn("w:tabs") in parts:
        found["right_tab"] = any(one.get(qn("w:val")) in ("right", "end") for one in told.iter(qn("w:tab")))
    return found | _indented(parts.get(qn("w:ind"))) | _spaced(parts.get(qn("w:spacing")))


def _indented(told: Any) -> Look:
    found: Look = {}
    if told is None:
        return found
    names = {"left": ("left", "start"), "right": ("right", "end"), "first": ("firstLine",)}
    for name, attributes in names.items():
        for attribute in attributes:
            if (value := told.get(qn(f"w:{attribute}"))) is not None:
                found[name] = points(value)
    if (letters := told.get(qn("w:leftChars"))) and "left" not in found:
        found["left_letters"] = float(letters) / 100
    if (hanging := told.get(qn("w:hanging"))) is not None and points(hanging):
        found["first"] = -points(hanging)
    return found


def _spaced(told: Any) -> Look:
    found: Look = {}
    if told is None:
        return found
    for name in ("before", "after"):
        if (value := told.get(qn(f"w:{name}"))) is not None:
            found[name] = points(value)
    if (line := told.get(qn("w:line"))) is not None:
        fixed = told.get(qn("w:lineRule")) in ("exact", "atLeast")
        found |= {"line": points(line), "lines": 0} if fixed else {"lines": float(line) / 240, "line": 0}
    return found


def of_letters(told: Any) -> Look:
    """What the properties of letters say: size, bold, underlined, with or without serifs."""
    found: Look = {}
    if (size := told.find(qn("w:sz"))) is not None:
        found["size"] = float(size.get(qn("w:val"))) / 2
    if (bold := told.find(qn("w:b"))) is not None:
        found["bold"] = is_on(bold)
    if (fonts := told.find(qn("w:rFonts"))) is not None and (font := fonts.get(qn("w:eastAsia"))):
        found["gothic"] = any(word in font for word in GOTHIC)
    if (line := told.find(qn("w:u"))) is not None:
        found["underlined"] = is_on(line)
    return found


def is_on(flag: Any) -> bool:
    """Whether a switch is on: it is where nothing is said."""
    return flag.get(qn("w:val"), "1") not in OFF


def points(value: str) -> float:
    """Twentieths of a point as points."""
    return float(value) / 20
