"""What a setting may be: types with their ranges, read from text and told in words.

The types are msgspec's: `msgspec.convert` keeps the ranges wherever a value comes from.
"""

from __future__ import annotations

import re
import types
from typing import Annotated, Final, Literal, TypeAlias, Union, get_args, get_origin

import msgspec
from msgspec import Meta

Seconds: TypeAlias = Annotated[float, Meta(gt=0, le=86_400)]
Count: TypeAlias = Annotated[int, Meta(ge=1, le=1_000_000_000)]
# The engine's stack ends after some thousands of nested groups or operators: design, 6.
Nesting: TypeAlias = Annotated[int, Meta(ge=1, le=1_000)]
QueryBytes: TypeAlias = Annotated[int, Meta(ge=1, le=1_000_000)]
Bytes: TypeAlias = Annotated[int, Meta(ge=1, le=1_000_000_000_000)]
BytesOrNone: TypeAlias = Annotated[int, Meta(ge=0, le=1_000_000_000_000)]
PageSize: TypeAlias = Annotated[int, Meta(ge=1, le=10_000)]
Port: TypeAlias = Annotated[int, Meta(ge=0, le=65_535)]
Workers: TypeAlias = Annotated[int, Meta(ge=1, le=1_024)]
# Codes of the EU's authority tables, and of the kinds of publishers in ADMS: all have labels.
Theme: TypeAlias = Literal[
    "AGRI",
    "ECON",
    "EDUC",
    "ENER",
    "ENVI",
    "GOVE",
    "HEAL",
    "INTR",
    "JUST",
    "REGI",
    "SOCI",
    "TECH",
    "TRAN",
]
Frequency: TypeAlias = Literal[
    "UNKNOWN",
    "OTHER",
    "NEVER",
    "NOT_PLANNED",
    "AS_NEEDED",
    "IRREG",
    "CONT",
    "UPDATE_CONT",
    "1MIN",
    "5MIN",
    "10MIN",
    "15MIN",
    "30MIN",
    "HOURLY",
    "BIHOURLY",
    "TRIHOURLY",
    "12HRS",
    "DAILY",
    "DAILY_2",
    "WEEKLY",
    "WEEKLY_2",
    "WEEKLY_3",
    "BIWEEKLY",
    "MONTHLY",
    "MONTHLY_2",
    "MONTHLY_3",
    "BIMONTHLY",
    "QUARTERLY",
    "ANNUAL",
    "ANNUAL_2",
    "ANNUAL_3",
    "BIENNIAL",
    "TRIENNIAL",
    "QUADRENNIAL",
    "QUINQUENNIAL",
    "DECENNIAL",
    "BIDECENNIAL",
    "TRIDECENNIAL",
]
PublisherType: TypeAlias = Literal[
    "Academia-ScientificOrganisation",
    "Company",
    "IndustryConsortium",
    "LocalAuthority",
    "NationalAuthority",
    "NonGovernmentalOrganisation",
    "NonProfitOrganisation",
    "RegionalAuthority",
    "StandardisationBody",
    "SupraNationalAuthority",
]
Log: TypeAlias = Literal["problems", "requests"]
Retries: TypeAlias = Annotated[int, Meta(ge=0, le=20)]
# How a store elsewhere wants to be told who asks.
Auth: TypeAlias = Literal["basic", "digest", "bearer"]
# What the default graph of a store elsewhere is (`stores.remote.values.Dialect`).
DefaultGraph: TypeAlias = Literal["union", "own", "repeated"]

# What CKAN takes for a tag: from 2 to 100 letters, digits, spaces and three signs.
KEYWORD: Final = re.compile(r"[\w .-]{2,100}")

_UNIONS: Final = (Union, types.UnionType)


def read(text: str, wanted: object) -> object:
    """Return the value that a text stands for, as an environment variable writes it.

    A list is separated by commas, and an empty text is the empty list. Raises ValueError when
    the text is no value of the type.
    """
    kind = _without_none(wanted)
    if get_origin(kind) is tuple:
        value: object = [part.strip() for part in text.split(",")] if text.strip() else []
    else:
        value = text
    # msgspec's ValidationError is a ValueError.
    return msgspec.convert(value, kind, strict=False)


def takes(wanted: object) -> str:
    """Return in words which texts `read` takes for a type."""
    match msgspec.inspect.type_info(_without_none(wanted)):
        case msgspec.inspect.BoolType():
            return "true, false, 1 or 0"
        case msgspec.inspect.IntType(ge=least, le=most):
            return f"a whole number from {least} to {most}"
        case msgspec.inspect.FloatType(gt=below, le=most):
            return f"a number above {below:g}, at most {most:g}"
        case msgspec.inspect.LiteralType(values=values):
            return " or ".join(map(str, values))
        case msgspec.inspect.VarTupleType():
            return "a list separated by commas"
        case _:
            return "a text"


def _without_none(wanted: object) -> object:
    """No text stands for None: a variable that is not set does."""
    if get_origin(wanted) not in _UNIONS:
        return wanted
    (kind,) = (part for part in get_args(wanted) if part is not types.NoneType)
    return kind
