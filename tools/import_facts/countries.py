"""Countries: their codes in ISO 3166-1 (pycountry) and their names in CLDR (Babel)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import babel
import pycountry

from tools.import_facts.graph import Passage
from tools.import_facts.record_says import literal

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES: Final = ("it", "en")
QUOTE: Final = (
    "I nomi dei paesi sono quelli del CLDR, i codici quelli di ISO 3166-1: li dà la redazione."
)


def is_country(code: str) -> bool:
    """Tell whether two capitals are a country's code in ISO 3166-1."""
    return _alpha_3(code) is not None


def country(code: str) -> str:
    """Return the prefixed name of a country by its two letters: `eu-country:ITA`.

    Raises LookupError when there is none.
    """
    found = _alpha_3(code)
    if found is None:
        raise LookupError(code)
    return f"eu-country:{found}"


def _alpha_3(code: str) -> str | None:
    found = pycountry.countries.get(alpha_2=code)
    # The library takes small letters too.
    return found.alpha_3 if found and found.alpha_2 == code else None


def countries(codes: Iterable[str]) -> Passage:
    """Return the editors' passage that describes these countries."""
    return Passage(
        source="editorial",
        slug="countries",
        quote=QUOTE,
        language="it",
        says={country(code): _described(code) for code in sorted(set(codes), key=country)},
    )


def _described(code: str) -> tuple[str, ...]:
    names = (literal(babel.Locale(tongue).territories[code], tongue) for tongue in LANGUAGES)
    return ("a reti:Country", f"rdfs:label {', '.join(names)}", f"skos:notation {literal(code)}")
