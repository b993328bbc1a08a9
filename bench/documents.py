"""`./run bench documents`: Word files and PDFs a second, against the bare programs beneath them in the same run.

Bare docxtpl renders the same template with the same fields, bare Typst compiles the same source with the same facts,
bare python-docx writes the same paragraphs. Each is the fastest of several runs, ours and theirs in turn.
"""

import argparse
import io
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

TOWN = "見本市"
AIM = 1.3
DAY = "令和8年12月1日"


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run bench documents", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--times", type=int, default=15, help="runs of which the fastest counts")
    parser.add_argument("--papers", type=int, default=500, help="PDFs that go into one zip")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:  # nothing here asks a database
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/none.sqlite3")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "renkei.settings")
        import django

        django.setup()
        print(
            f"documents a second, the fastest of {options.times} runs; aim: within {AIM} × the bare program\n"
        )
        for name, ours, bare in pairs():
            report(name, *in_turn(ours, bare, options.times))
        print()
        changes(options.times)
        many(options.papers)
    return 0


def in_turn(ours: Callable[[], object], bare: Callable[[], object], times: int) -> tuple[float, float]:
    """Seconds of the fastest run of each; they take turns, so that what else the machine does meets both."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for one in (ours, bare):
        one()
    for _turn in range(times):
        for place, one in enumerate((ours, bare)):
            begin = time.perf_counter()
            one()
            seconds[place].append(time.perf_counter() - begin)
    return min(seconds[0]), min(seconds[1])


def report(name: str, ours: float, bare: float) -> None:
    told = "" if ours <= AIM * bare else "   over the aim"
    print(f"{name:<44}{1 / ours:>9,.1f} /s{1 / bare:>9,.1f} /s bare   {ours / bare:.2f} ×{told}", flush=True)


def pairs() -> Iterator[tuple[str, Callable[[], object], Callable[[], object]]]:
    """What is measured: its name, ours, and the bare program doing the same."""
    from renkei.documents.filling import fill_word
    from renkei.documents.papers.fields import sample_of, with_blanks
    from renkei.documents.papers.kinds import FIELDS
    from renkei.documents.papers.templates_in_use import our_template
    from renkei.documents.printing import TEMPLATE, agreement_pdf, word_pdf
    from renkei.documents.vocabulary import PaperKind
    from renkei.documents.word.writing import agreement_word

    source = TEMPLATE.read_bytes()
    for kind in (PaperKind.COVER, PaperKind.INITIATIVES):
        template, fields = our_template(kind), with_blanks(FIELDS[kind], sample_of(FIELDS[kind]))
        filled = fill_word(template, fields)
        yield (
            f"fill_word, {kind}",
            partial(fill_word, template, fields),
            partial(bare_docxtpl, template, fields),
        )
        yield (
            f"word_pdf, {kind}",
            partial(word_pdf, filled, title="見本", town=TOWN),
            partial(bare_typst, source, facts_of("見本", filled)),
        )
    text = an_agreement()
    word = agreement_word(text, town=TOWN, day=DAY)
    yield (
        "agreement_word, 20 articles",
        partial(agreement_word, text, town=TOWN, day=DAY),
        partial(bare_python_docx, paragraphs(text)),
    )
    yield (
        "agreement_pdf, 20 articles",
        partial(agreement_pdf, text, town=TOWN, day=DAY),
        partial(bare_typst, source, facts_of(text.title, word)),
    )


def facts_of(title: str, word: bytes) -> dict[str, Any]:
    """What the Typst template is told of a Word file."""
    from renkei.documents.word.blocks import blocks_of

    return {"title": title, "town": TOWN, "digests": [], **blocks_of(word)}


def bare_docxtpl(template: bytes, fields: dict[str, Any]) -> bytes:
    """As its documentation says: open, render, save."""
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]

    made = DocxTemplate(io.BytesIO(template))
    made.render(fields, autoescape=True)
    into = io.BytesIO()
    made.save(into)
    return into.getvalue()


@cache
def bare_fonts() -> Any:
    """The same fonts, kept in the process as ours are."""
    from pathlib import Path

    import pylopdf_fonts_jp
    import typst

    folder = str(Path(pylopdf_fonts_jp.__file__).parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


def bare_typst(source: bytes, facts: dict[str, Any]) -> bytes:
    """One compilation with the same fonts and the same standards, nothing looked at before or after."""
    import json

    import typst

    inputs = {"facts": json.dumps(facts, ensure_ascii=False), "missing": "[]"}
    compiler: Any = typst.Compiler(source, font_paths=bare_fonts(), sys_inputs=inputs)
    made: bytes = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"])
    return made


def paragraphs(text: Any) -> list[str]:
    """The lines of the agreement as it is printed."""
    from renkei.documents.sheets import plain_text

    return [line for line in plain_text(text).splitlines() if line]


def bare_python_docx(words: list[str]) -> bytes:
    from docx import Document

    made = Document()
    for one in words:
        made.add_paragraph(one)
    into = io.BytesIO()
    made.save(into)
    return into.getvalue()


def an_agreement() -> Any:
    """Twenty articles, of a text that towns use."""
    from renkei.documents.clauses.agreements import agreement_template, filled_text
    from renkei.documents.clauses.fields import AgreementFacts, agreement_fields
    from renkei.documents.contents import SigningParty
    from renkei.documents.vocabulary import Subject
    from renkei.rules.term_wording import TermChoice

    parties = (
        SigningParty("甲", TOWN, "見本市長　見本 一郎", True, "見本市本町1丁目1番1号"),
        SigningParty("乙", "株式会社見本", "代表取締役　見本 二郎", False, "見本市本町2丁目2番2号"),
    )
    fields = agreement_fields(
        AgreementFacts(parties, TermChoice(), ("見守りに関すること", "情報発信に関すること"))
    )
    text = filled_text(agreement_template(Subject.SUPPLIES), fields, parties)
    more = filled_text(agreement_template(Subject.RESEARCH), fields, parties).articles
    articles = (*text.articles, *(replace(one, key=f"more-{one.key}") for one in more))[:20]
    assert len(articles) == 20
    return replace(text, articles=articles)


def changed(text: Any) -> Any:
    """The agreement with thirty changes: words replaced, sentences added, an article in, one out, one moved."""
    articles = [
        replace(
            one,
            text=f"{one.text.replace('ものとする', 'こととする', 1)}ただし、緊急のときは{place}日以内とする。",
            heading=f"{one.heading}等",
        )
        for place, one in enumerate(text.articles[:14], start=1)
    ] + list(text.articles[14:])
    moved = articles.pop(15)
    del articles[17]
    return replace(
        text, articles=(*articles[:3], moved, *articles[3:], replace(moved, key="new", heading="雑則"))
    )


def changes(times: int) -> None:
    """A redline of an agreement with tracked changes, and the way back: opened, recognised, compared."""
    from renkei.documents.word.opening import open_word
    from renkei.documents.word.redline import one_hand, redline_word
    from renkei.procedures.comparing import compared_texts
    from renkei.procedures.returning import compare_returned

    old = an_agreement()
    new = changed(old)

    def redline() -> bytes:
        told = [one.difference for one in compared_texts(old, new).clauses]
        return redline_word(told, old=old, new=new, town=TOWN, by=one_hand("株式会社見本"))

    content = redline()
    found = compare_returned(old, open_word(content)).changes
    print(f"20 articles, {len(found)} single changes: seconds, the fastest of {times} runs")
    for name, one in (
        ("redline: compared and written as .docx", redline),
        ("opened in its own process", lambda: open_word(content)),
        ("opened, recognised and compared", lambda: compare_returned(old, open_word(content))),
    ):
        one()
        seconds = []
        for _turn in range(times):
            begin = time.perf_counter()
            one()
            seconds.append(time.perf_counter() - begin)
        print(f"{name:<44}{min(seconds):>9.3f} s", flush=True)
    print()


def many(count: int) -> None:
    """A job: so many agreements printed, named, and put into one zip and one file to print."""
    from renkei.agreements.series_papers import paper_name
    from renkei.documents.bundles import printed_together, zipped
    from renkei.documents.printing import agreement_pdf

    text, begin = an_agreement(), time.perf_counter()
    made = []
    for place in range(1, count + 1):
        partner = replace(text.parties[1], name=f"株式会社見本{place}")
        one = replace(text, parties=(text.parties[0], partner))
        made.append(
            (
                paper_name(place, partner.name, "協定書", ".pdf"),
                agreement_pdf(one, town=TOWN, day=DAY).content,
            )
        )
    printed = time.perf_counter()
    into = io.BytesIO()
    zipped(made, into, at=datetime(2026, 11, 26, tzinfo=UTC))
    packed = time.perf_counter()
    together = printed_together(content for _name, content in made)
    ended = time.perf_counter()
    print(f"{count} agreements as PDF: {printed - begin:.1f} s ({count / (printed - begin):.1f} a second)")
    print(f"one zip of {len(into.getvalue()) / 1e6:.1f} MB: {packed - printed:.2f} s")
    print(f"one PDF to print of {len(together) / 1e6:.1f} MB: {ended - packed:.1f} s")


if __name__ == "__main__":
    sys.exit(main())
