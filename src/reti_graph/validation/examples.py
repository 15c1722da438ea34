"""Examples: small data that must conform, or must fail in exactly the way its first line says.

`shapes/examples/{shape}/valid-….ttl` gives no result. `invalid-….ttl` begins with a line
`# fails: sh:MinCountConstraintComponent rdfs:label` (component and path, `-` for no path) and
gives that one result. `shapes/examples/check-{check}/….trig` is data for a check, and
`# finds: {check} network:c40` names the check and the focus node of its one finding.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reti_graph.errors import did_you_mean
from reti_graph.naming import compact, expand, nearest
from reti_graph.problems import Location, Problem
from reti_graph.sources.example_folders import FOR_A_CHECK
from reti_graph.sources.findings import finding
from reti_graph.terms import SHACL
from reti_graph.validation.paths import parse_path, path_text
from reti_graph.validation.together import check_each

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pyoxigraph as ox

    from reti_graph.config import Settings
    from reti_graph.sources.site import Example
    from reti_graph.validation.check_files import Check
    from reti_graph.validation.checks import CheckStore
    from reti_graph.validation.engine import Checker, Result

_FAILS: Final = re.compile(r"#\s*fails:\s+(\S+)\s+(.+?)\s*")
_FINDS: Final = re.compile(r"#\s*finds:\s+(\S+)\s+(\S+)\s*")
_IRI: Final = re.compile(r"<([^<>]*)>")


def is_for_a_check(example: Example) -> bool:
    """Tell whether an example is data for a check, not for the shapes."""
    return example.shape.startswith(FOR_A_CHECK)


def shape_problems(
    examples: Sequence[Example],
    checker: Checker,
    shapes: Sequence[ox.Triple],
    ontology: Sequence[ox.Triple],
    settings: Settings,
) -> Iterator[Problem]:
    """Yield a problem for every example that the shapes judge otherwise than it says.

    Examples are validated beside the ontology, with nothing derived.
    """
    own = [[quad.triple for quad in example.source.quads] for example in examples]
    found = check_each(checker, shapes, ontology, own)
    for example, results in zip(examples, found, strict=True):
        try:
            expected = _expected_result(example, settings.prefixes)
        except ValueError as error:
            yield _unreadable(example, str(error))
            continue
        yield from _compared(example, expected, map(_said, results), settings.prefixes)


def _expected_result(example: Example, prefixes: Mapping[str, str]) -> tuple[str, ...]:
    """Return what the first line says must fail, written as `_said` writes results."""
    match = _FAILS.fullmatch(_first_line(example))
    if example.valid and match is None:
        return ()
    if example.valid or match is None:
        raise ValueError(
            "a valid example has no line # fails:"
            if example.valid
            else "its first line must be: # fails: sh:…ConstraintComponent path"
        )
    known = {**prefixes, **example.source.prefixes, "sh": SHACL}
    component = expand(match[1], known)
    if component is None or not component.startswith(SHACL):
        raise ValueError(f"{match[1]} is no constraint component")
    path = None if match[2] == "-" else path_text(parse_path(match[2], known))
    return (_written(component, path),)


def _said(result: Result) -> str:
    return _written(result.component, result.path)


def _written(component: str, path: str | None) -> str:
    return f"{component.replace(SHACL, 'sh:')} {path or '-'}"


def check_problems(
    examples: Iterable[Example], checks: Sequence[Check], store: CheckStore, settings: Settings
) -> Iterator[Problem]:
    """Yield a problem for every example that its check judges otherwise than it says.

    `store` holds the ontology and the shapes; each example is held beside them in its turn.
    """
    by_name = {check.name: check for check in checks}
    for example in examples:
        name = example.shape.removeprefix(FOR_A_CHECK)
        check = by_name.get(name)
        if check is None:
            yield _without_check(example, name, by_name)
            continue
        try:
            expected = _expected_finding(example, name, settings.prefixes)
        except ValueError as error:
            yield _unreadable(example, str(error))
            continue
        with store.holding(example.source.quads) as held:
            found = [f"{name} {row.focus}" for row in held.rows(check)]
        yield from _compared(example, expected, found, settings.prefixes)


def _expected_finding(example: Example, check: str, prefixes: Mapping[str, str]) -> tuple[str, ...]:
    match = _FINDS.fullmatch(_first_line(example))
    if example.valid and match is None:
        return ()
    if example.valid or match is None or match[1] != check:
        raise ValueError(
            "a valid example has no line # finds:"
            if example.valid
            else f"its first line must be: # finds: {check} focus-node"
        )
    known = {**prefixes, **example.source.prefixes}
    focus = match[2].strip("<>") if match[2].startswith("<") else expand(match[2], known)
    if focus is None:
        raise ValueError(f"{match[2]} is no IRI and no prefixed name")
    return (f"{check} <{focus}>",)


def _first_line(example: Example) -> str:
    return example.text.partition("\n")[0].rstrip("\r")


def _compared(
    example: Example, expected: Sequence[str], found: Iterable[str], prefixes: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield a problem when what came out is not, once each, what was expected."""
    came_out = sorted(set(found))
    if not example.source.quads:
        yield _unreadable(example, "it holds no triples")
    elif came_out != sorted(expected):
        wanted, got = _listed(expected, prefixes), _listed(came_out, prefixes)
        yield finding(
            "example",
            Location(example.name, 1),
            it=f"L'esempio deve dare: {wanted or 'nulla'}. Dà invece: {got or 'nulla'}.",
            en=f"The example must give: {wanted or 'nothing'}. It gives: {got or 'nothing'}.",
        )


def _listed(texts: Iterable[str], prefixes: Mapping[str, str]) -> str:
    return _IRI.sub(lambda match: compact(match[1], prefixes), "; ".join(texts))


def _unreadable(example: Example, reason: str) -> Problem:
    return finding(
        "example",
        Location(example.name, 1),
        it=f"L'esempio non dice bene che cosa deve dare: {reason}.",
        en=f"The example does not say rightly what it must give: {reason}.",
    )


def _without_check(example: Example, name: str, known: Iterable[str]) -> Problem:
    close = nearest(name, known, count=1)
    return finding(
        "example",
        Location(example.name, 1),
        it=f'Non c\'è un controllo "{name}".',
        en=f'There is no check "{name}".',
        hint=did_you_mean(close),
    )
