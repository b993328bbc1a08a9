"""Charts as pictures that stand alone (SVG): for files and papers, readable in grey, with the numbers on them.

What a chart says is also a sentence in it (`desc`), so that it can be read aloud.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from renkei.documents.word.letters import printable

WIDE = 680
FONT = "'BIZ UDPGothic','BIZ UDGothic','Noto Sans JP','Noto Sans CJK JP','Hiragino Sans','Yu Gothic',Meiryo,sans-serif"
INK, BLUE, LINE = "#1a1a1c", "#0017c1", "#626264"
LETTER = 15
MOST_ROWS = 60
"""A chart with more rows is not read any more; the table under it has them all."""
MOST_NAMES = 8
LOOKS = (BLUE, "url(#rising)", "#c5d7fb", "url(#dots)", "#626264", "url(#falling)")
"""Fills that differ in grey too; what comes after them is one part together."""
PATTERNS = (
    '<defs><pattern id="rising" width="8" height="8" patternUnits="userSpaceOnUse">'
    '<rect width="8" height="8" fill="#fff"/>'
    f'<path d="M0 8L8 0" stroke="{BLUE}" stroke-width="2"/></pattern>'
    f'<pattern id="falling" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#fff"/>'
    f'<path d="M0 0L8 8" stroke="{INK}" stroke-width="2"/></pattern>'
    f'<pattern id="dots" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="#fff"/>'
    f'<circle cx="4" cy="4" r="2" fill="{INK}"/></pattern></defs>'
)


class Counted(Protocol):
    """A figure with its name."""

    @property
    def label(self) -> str: ...
    @property
    def count(self) -> int | Decimal: ...


@dataclass(frozen=True)
class Bar:
    """A figure with its name, where no other record has both."""

    label: str
    count: int | Decimal


@dataclass(frozen=True)
class Parted:
    """A figure that has parts: one number for each part, in the order of their names."""

    label: str
    counts: tuple[int | Decimal, ...]

    @property
    def count(self) -> int | Decimal:
        """All parts together."""
        return sum(self.counts)


def bar_svg(rows: Iterable[Counted], caption: str, *, unit: str = "件", is_titled: bool = True) -> str:
    """A bar for each figure, its name above it and its number behind it; a paper has its own place for the title."""
    listed = list(rows)[:MOST_ROWS]
    most = _most(listed)
    drawn = []
    for number, row in enumerate(listed):
        top = 44 * number
        width = _share(row.count, most, WIDE - 130)
        drawn += [
            _text(0, top + 16, row.label),
            f'<rect x="0" y="{top + 22}" width="{width}" height="14" fill="{BLUE}"/>',
            _text(width + 8, top + 34, _number(row.count, unit), bold=True),
        ]
    said = described(listed, caption, unit=unit)
    return _svg(caption, said, 44 * len(listed), drawn, is_titled=is_titled)


def stacked_svg(rows: Iterable[Parted], parts: Sequence[str], caption: str, *, unit: str = "件") -> str:
    """A bar for each figure, made of its parts; the whole stands behind it. Small parts bear no number."""
    listed = [_gathered(row) for row in list(rows)[:MOST_ROWS]]
    names = [*parts] if len(parts) <= len(LOOKS) else [*parts[: len(LOOKS) - 1], _("その他")]
    most = _most(listed)
    drawn, top = [*_legend(names)], 30 * len(names)
    for row in listed:
        drawn.append(_text(0, top + 16, row.label))
        left = 0.0
        for number, count in enumerate(row.counts):
            width = _share(count, most, WIDE - 130)
            drawn += _part(left, top + 22, width, count, number)
            left += width
        drawn.append(_text(left + 8, top + 39, _number(row.count, unit), bold=True))
        top += 58
    return _svg(caption, described(listed, caption, unit=unit), top, drawn)


def column_svg(
    rows: Iterable[Counted], caption: str, *, unit: str = "件", by_year: bool = True, is_titled: bool = True
) -> str:
    """A column for each figure in their order, its number above it."""
    listed = list(rows)[-MOST_ROWS:]
    most, step = _most(listed), WIDE / max(len(listed), 1)
    drawn = [f'<path d="M0 200H{WIDE}" stroke="{LINE}"/>']
    for number, row in enumerate(listed):
        high = _share(row.count, most, 170)
        middle = (number + 0.5) * step
        drawn.append(
            f'<rect x="{middle - step * 0.36:.1f}" y="{200 - high:.1f}" width="{step * 0.72:.1f}" height="{high:.1f}"'
            f' fill="{BLUE}"/>'
        )
        if _is_named(number, len(listed)):
            drawn += [
                _text(middle, 194 - high, _number(row.count), bold=True, anchor="middle"),
                _text(middle, 222, _short(row.label), anchor="middle"),
            ]
    said = described(listed, caption, unit=unit, by_year=by_year)
    return _svg(caption, said, 230, drawn, top=50, is_titled=is_titled)


def png_of(svg: str) -> bytes:
    """The chart as a picture of points, twice as fine as on screen, set with our own fonts."""
    from renkei.documents.publications.pictures import png_of as drawn

    return drawn(svg, width=WIDE + 24)


def described(rows: Iterable[Counted], caption: str, *, unit: str = "件", by_year: bool = False) -> str:
    """What the chart says, in a sentence or two: the largest and the smallest, or the latest and how it changed."""
    listed = list(rows)
    if not listed:
        return _("%(caption)s。該当するものはありません。") % {"caption": caption}
    if by_year and len(listed) > 1:
        return _by_year(listed, caption, unit)
    most = max(listed, key=lambda row: row.count)
    least = min(listed, key=lambda row: row.count)
    told = {"caption": caption, "most": most.label, "count": _number(most.count, unit), "rows": len(listed)}
    if most.count == least.count:
        return _("%(caption)s。%(rows)s区分で、どれも%(count)sです。") % told
    told |= {"least": least.label, "few": _number(least.count, unit)}
    return (
        _(
            "%(caption)s。%(rows)s区分のうち、最も多いのは「%(most)s」で%(count)s、最も少ないのは「%(least)s」で%(few)sです。"
        )
        % told
    )


def _by_year(listed: Sequence[Counted], caption: str, unit: str) -> str:
    before, last = listed[-2], listed[-1]
    change = Decimal(last.count) - Decimal(before.count)
    told = {
        "caption": caption, "last": last.label, "count": _number(last.count, unit), "before": before.label,
        "change": _number(abs(change), unit),
        "most": max(listed, key=lambda row: row.count).label,
    }  # fmt: skip
    if change > 0:
        said = _("%(caption)s。%(last)sは%(count)sで、%(before)sより%(change)s増えました。")
    elif change < 0:
        said = _("%(caption)s。%(last)sは%(count)sで、%(before)sより%(change)s減りました。")
    else:
        said = _("%(caption)s。%(last)sは%(count)sで、%(before)sと同じです。")
    return (said + _("最も多いのは%(most)sです。")) % told


def _svg(
    caption: str, said: str, high: float, drawn: Sequence[str], *, top: int = 34, is_titled: bool = True
) -> str:
    top -= 0 if is_titled else 30
    whole = high + top + 12
    title = _text(0, 14, caption, bold=True) if is_titled else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -12 {WIDE + 24} {whole + 12:.0f}" width="{WIDE + 24}"'
        f' height="{whole + 12:.0f}" role="img" font-family="{FONT}" font-size="{LETTER}">'
        f"<title>{_escaped(caption)}</title><desc>{_escaped(said)}</desc>{PATTERNS}"
        f'<rect x="-12" y="-12" width="{WIDE + 24}" height="{whole + 12:.0f}" fill="#fff"/>'
        f'{title}<g transform="translate(0 {top})">{"".join(drawn)}</g></svg>\n'
    )


def _legend(names: Sequence[str]) -> Iterator[str]:
    for number, name in enumerate(names):
        yield _filled(0, 30 * number + 4, 26, 16, number)
        yield _text(34, 30 * number + 18, name)


def _part(left: float, top: float, width: float, count: int | Decimal, number: int) -> list[str]:
    if not count:
        return []
    told = _number(count)
    room = 9 * len(told) + 8
    drawn = [_filled(left, top, width, 24, number)]
    if width > room + 4:
        middle = left + width / 2
        drawn += [
            f'<rect x="{middle - room / 2:.1f}" y="{top + 3}" width="{room}" height="18" fill="#fff"/>',
            _text(middle, top + 17, told, anchor="middle"),
        ]
    return drawn


def _filled(x: float, y: float, width: float, high: float, number: int) -> str:
    look = LOOKS[min(number, len(LOOKS) - 1)]
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{high}" fill="{look}" stroke="{INK}"'
        ' stroke-width="1"/>'
    )


def _gathered(row: Parted) -> Parted:
    """With no more parts than can be told apart."""
    if len(row.counts) <= len(LOOKS):
        return row
    kept = len(LOOKS) - 1
    return Parted(row.label, (*row.counts[:kept], sum(row.counts[kept:])))


def _text(x: float, y: float, said: str, *, bold: bool = False, anchor: str = "start") -> str:
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{INK}" text-anchor="{anchor}"{weight}>{_escaped(_cut(said))}</text>'


def _cut(said: str) -> str:
    """What fits into the width: about 42 letters of full width."""
    room = 42.0
    kept: list[str] = []
    for letter in said:
        room -= 0.6 if letter.isascii() else 1
        if room < 0:
            return "".join(kept)[:-1] + "…"
        kept.append(letter)
    return said


def _short(label: str) -> str:
    """令和5年度 as R5 would lose the reader; so the name stays, without what is in brackets."""
    return label.partition("(")[0]


def _is_named(number: int, count: int) -> bool:
    """With many of them only some bear their name, the latest always."""
    every = -(-count // MOST_NAMES)
    return (count - 1 - number) % every == 0


def _most(rows: Iterable[Counted]) -> int | Decimal:
    return max((row.count for row in rows), default=0)


def _share(count: int | Decimal, most: int | Decimal, whole: int) -> float:
    return round(float(whole * count / most), 1) if most > 0 and count > 0 else 0.0


def _number(count: int | Decimal, unit: str = "") -> str:
    shown = f"{count.normalize():,f}" if isinstance(count, Decimal) else f"{count:,}"
    return f"{shown}{unit}"


def _escaped(said: str) -> str:
    return escape(printable(str(said)))
