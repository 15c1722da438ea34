"""The one layout of `data/**/*.trig`.

Prefixes that are used, sorted; blocks, subjects and predicates in the order given, but the type
first; one predicate a line. Comments stay with what follows them, or at the end of their line.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from reti_graph.problems import Location, Problem
from reti_graph.sources.findings import finding
from reti_graph.sources.lines import parse_text
from reti_graph.sources.trigtree import (
    Block,
    Comments,
    Directive,
    Document,
    Lexeme,
    Object,
    Predicate,
    Statement,
    lexemes,
    parse,
)
from reti_graph.sources.turtle_tokens import place, tokens
from reti_graph.terms import RDF, RDF_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_WIDTH: Final = 100
_INDENT: Final = "    "


def format_trig(text: str, name: str) -> str | Problem:
    """Return a TriG text in the one layout, with the same quads and all its comments.

    Returns the problem, with its place in file `name`, when the text is no TriG or holds what
    the layout cannot keep: blank nodes, a base, or one prefix for two namespaces.
    """
    _, problems = parse_text(text, _trig_name(name))
    if problems:
        return replace(problems[0], location=_renamed(problems[0], name))
    found = lexemes(text)
    refused = _refused(found, text, name)
    if refused is not None:
        return refused
    document = parse(found)
    twice = _declared_twice(document.directives, name)
    if twice is not None:
        return twice
    written = _written(document)
    return written if _says_the_same(text, written) else _changed(name)


def _trig_name(name: str) -> str:
    return name if name.endswith(".trig") else f"{name}.trig"


def _renamed(problem: Problem, name: str) -> Location:
    where = problem.location or Location(name)
    return replace(where, file=name)


def _says_the_same(text: str, written: str) -> bool:
    before, after = (
        (set(ox.parse(each.encode(), format=ox.RdfFormat.TRIG)), _comments(each))
        for each in (text, written)
    )
    return before == after


def _comments(text: str) -> list[str]:
    return sorted(token.text.rstrip() for token in tokens(text) if token.kind == "comment")


def _refused(found: Sequence[Lexeme], text: str, name: str) -> Problem | None:
    for index, lexeme in enumerate(found):
        tag = index > 0 and found[index - 1].token.kind == "string"
        if lexeme.token.kind == "blank":
            it, en = "nodi anonimi", "blank nodes"
        elif lexeme.is_word("base", "version") and not tag:
            it, en = "dichiarazioni di base o versione", "base or version declarations"
        elif lexeme.token.kind == "unknown":
            it, en = "questa scrittura", "this notation"
        else:
            continue
        return finding(
            "cannot-format",
            Location(name, *place(text, lexeme.token.start)),
            it=f"Il formattatore non può conservare {it}.",
            en=f"The formatter cannot keep {en}.",
            hint="Give the node a name." if lexeme.token.kind == "blank" else None,
        )
    return None


def _declared_twice(directives: Iterable[Directive], name: str) -> Problem | None:
    first: dict[str, str] = {}
    for directive in directives:
        if first.setdefault(directive.prefix, directive.iri) != directive.iri:
            return finding(
                "cannot-format",
                Location(name),
                it=f"Il prefisso {directive.prefix} è dichiarato due volte, in modi diversi.",
                en=f"The prefix {directive.prefix} is declared twice, in different ways.",
            )
    return None


def _changed(name: str) -> Problem:
    return finding(
        "cannot-format",
        Location(name),
        it="Il formattatore cambierebbe i dati o i commenti: è un suo difetto.",
        en="The formatter would change the data or the comments, which is a fault of its own.",
    )


def _written(document: Document) -> str:
    namespaces = {known.prefix: known.iri for known in document.directives}
    items = ["\n".join(_item_lines(item, namespaces)) for item in document.items]
    ending = ["\n".join(document.ending)] if document.ending else []
    used = {
        token.text.partition(":")[0] + ":"
        for token in chain.from_iterable(map(tokens, items))
        if token.kind == "name"
    }
    header, prefixes = _header(document.directives, used)
    if prefixes:
        sections = ["\n".join([*header, *prefixes]), *items, *ending]
    else:
        sections = [*items, *ending] or [""]
        sections[0] = "\n".join([*header, *filter(None, sections[:1])])
    return "\n\n".join(filter(None, sections)) + "\n" * any(sections)


def _header(directives: Sequence[Directive], used: set[str]) -> tuple[list[str], list[str]]:
    """Return the comments at the head of the file and the lines of the prefixes that are used.

    What stands before the first prefix is about the file; so is from now on what was said of a
    prefix that is dropped.
    """
    header = list(directives[0].before) if directives else []
    kept: dict[str, list[str]] = {}
    for index, directive in enumerate(directives):
        before = directive.before if index else ()
        if directive.prefix in used and directive.prefix not in kept:
            line = _with_comment(f"@prefix {directive.prefix} {directive.iri} .", directive.after)
            kept[directive.prefix] = [*before, line]
        else:
            header += [*before, *filter(None, [directive.after])]
    return header, list(chain.from_iterable(lines for _, lines in sorted(kept.items())))


def _item_lines(item: Block | Statement, namespaces: Mapping[str, str]) -> Iterator[str]:
    if isinstance(item, Statement):
        yield from _statement_lines(item, namespaces, "")
        return
    yield from item.before
    yield _with_comment(f"{item.graph} {{".lstrip(), item.opening)
    for statement in item.statements:
        yield from _statement_lines(statement, namespaces, _INDENT)
    yield from _indented(item.ending, _INDENT)
    yield _with_comment("}", item.closing)


def _statement_lines(
    statement: Statement, namespaces: Mapping[str, str], indent: str
) -> Iterator[str]:
    predicates = _in_order(statement.predicates, namespaces)
    first, last = predicates[0], predicates[-1]
    yield from _indented(statement.before + first.before, indent)
    for predicate in predicates:
        if predicate is first:
            start = f"{indent}{statement.subject} {predicate.verb}"
        else:
            start = f"{indent}{_INDENT}{predicate.verb}"
            yield from _indented(predicate.before, indent + _INDENT)
        end = " ." if predicate is last else " ;"
        yield from _object_lines(start, predicate.objects, end, indent + _INDENT * 2)


def _in_order(
    predicates: Sequence[Predicate], namespaces: Mapping[str, str]
) -> Sequence[Predicate]:
    """Join what is said with the same predicate, and put the type first."""
    joined: dict[str, Predicate] = {}
    for predicate in predicates:
        verb = "a" if _is_type(predicate.verb, namespaces) else predicate.verb
        known = joined.get(verb)
        if known is None:
            joined[verb] = replace(predicate, verb=verb)
        else:
            head, *rest = predicate.objects
            head = replace(head, before=predicate.before + head.before)
            joined[verb] = replace(known, objects=(*known.objects, head, *rest))
    return sorted(joined.values(), key=lambda predicate: predicate.verb != "a")


def _is_type(verb: str, namespaces: Mapping[str, str]) -> bool:
    prefix, _, local = verb.partition(":")
    named = local == "type" and namespaces.get(f"{prefix}:") == f"<{RDF}>"
    return named or verb == f"<{RDF_TYPE.value}>"


def _object_lines(start: str, objects: Sequence[Object], end: str, indent: str) -> Iterator[str]:
    line = f"{start} {', '.join(each.text for each in objects)}{end}"
    if len(objects) == 1 or (len(line) <= _WIDTH and not _comment_between(objects)):
        yield _with_comment(line, objects[-1].after)
        return
    for index, each in enumerate(objects):
        yield from _indented(each.before, indent)
        head = indent if index else f"{start} "
        tail = end if index == len(objects) - 1 else ","
        yield _with_comment(f"{head}{each.text}{tail}", each.after)


def _comment_between(objects: Sequence[Object]) -> bool:
    return any(each.after for each in objects[:-1]) or any(each.before for each in objects[1:])


def _indented(comments: Comments, indent: str) -> Iterator[str]:
    return (indent + comment for comment in comments)


def _with_comment(line: str, comment: str | None) -> str:
    return line if comment is None else f"{line}  {comment}"
