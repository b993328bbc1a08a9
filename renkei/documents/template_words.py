"""What may stand in a Word template: fields, rows repeated over a list, and parts left out where a field is empty."""

import re
from collections.abc import Iterator

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from renkei.documents.template_refusals import BROKEN, NESTED, NOT_ALLOWED, WHOLE_ROW, TemplateRefused

TAG = re.compile(r"<[^>]+>")
PLACE_SHOWN = 60


def words_of(environment: ImmutableSandboxedEnvironment, source: str) -> tuple[str, ...]:
    """The fields that a part's text asks for; refused with its place whatever is more than fields, rows and parts."""
    try:
        parsed = environment.parse(source)
    except (TemplateSyntaxError, RecursionError) as error:
        raise TemplateRefused(BROKEN, _place(source, getattr(error, "lineno", 0))) from None
    return tuple(dict.fromkeys(_Reader(source).names(parsed.body, {})))


class _Reader:
    """Walks a parsed part; `rows` are the names that a row has inside `for`, with the list that it is of."""

    def __init__(self, source: str) -> None:
        self.source = source

    def names(self, body: list[nodes.Node], rows: dict[str, str]) -> Iterator[str]:
        for node in body:
            if isinstance(node, nodes.Output):
                for one in node.nodes:
                    if not isinstance(one, nodes.TemplateData):
                        yield self.name(one, rows)
            elif isinstance(node, nodes.For):
                yield from self.repeated(node, rows)
            elif isinstance(node, nodes.If):
                yield from self.left_out(node, rows)
            else:
                raise self.refused(NOT_ALLOWED, node)

    def repeated(self, node: nodes.For, rows: dict[str, str]) -> Iterator[str]:
        if rows:
            raise self.refused(NESTED, node)
        target, listed = node.target, node.iter
        if not (isinstance(target, nodes.Name) and isinstance(listed, nodes.Name)):
            raise self.refused(NOT_ALLOWED, node)
        if node.test or node.recursive:
            raise self.refused(NOT_ALLOWED, node)
        yield listed.name
        yield from self.names(node.body, {target.name: listed.name})
        yield from self.names(node.else_, {})

    def left_out(self, node: nodes.If, rows: dict[str, str]) -> Iterator[str]:
        test = node.test.node if isinstance(node.test, nodes.Not) else node.test
        yield self.name(test, rows)
        yield from self.names(node.body, rows)
        yield from self.names(list(node.elif_), rows)
        yield from self.names(node.else_, rows)

    def name(self, node: nodes.Node, rows: dict[str, str]) -> str:
        """件名, or for a cell of a row the list's name before it: 取組事項.取組."""
        if isinstance(node, nodes.Name):
            if node.name in rows:
                raise self.refused(WHOLE_ROW, node)
            return node.name
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name in rows:
            return f"{rows[node.node.name]}.{node.attr}"
        raise self.refused(NOT_ALLOWED, node)

    def refused(self, sentence: str, node: nodes.Node) -> TemplateRefused:
        return TemplateRefused(sentence, _place(self.source, node.lineno))


def _place(source: str, line: int) -> str:
    """The letters around a line of the source: each paragraph is a line of its own."""
    lines = source.splitlines()
    near = TAG.sub("", lines[line - 1] if 0 < line <= len(lines) else source).strip()
    return near[:PLACE_SHOWN]
