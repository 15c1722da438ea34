"""The sentences for results of shapes that have no words of their own, by constraint component."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FOR_ALL_ELSE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "it": "Non soddisfa il vincolo {component}.",
        "en": "Does not meet the constraint {component}.",
    }
)


def _both(it: str, en: str) -> Mapping[str, str]:
    return MappingProxyType({"it": it, "en": en})


# A name in braces is the parameter of the shape, such as {minCount} for sh:minCount.
_PAIRS: Final[Mapping[str, Mapping[str, str]]] = {
    "Class": _both(
        "Il valore non è un'istanza di {class}.", "The value is not an instance of {class}."
    ),
    "Datatype": _both(
        "Il valore non è un {datatype} ben formato.", "The value is not a well-formed {datatype}."
    ),
    "NodeKind": _both("Il valore non è un {nodeKind}.", "The value is not of kind {nodeKind}."),
    "MinCount": _both(
        "I valori sono meno di {minCount}.", "There are fewer values than {minCount}."
    ),
    "MaxCount": _both("I valori sono più di {maxCount}.", "There are more values than {maxCount}."),
    "MinExclusive": _both(
        "Il valore non è maggiore di {minExclusive}.",
        "The value is not greater than {minExclusive}.",
    ),
    "MinInclusive": _both(
        "Il valore è minore di {minInclusive}.", "The value is less than {minInclusive}."
    ),
    "MaxExclusive": _both(
        "Il valore non è minore di {maxExclusive}.", "The value is not less than {maxExclusive}."
    ),
    "MaxInclusive": _both(
        "Il valore è maggiore di {maxInclusive}.", "The value is greater than {maxInclusive}."
    ),
    "MinLength": _both(
        "Il testo ha meno di {minLength} caratteri.",
        "The text has fewer than {minLength} characters.",
    ),
    "MaxLength": _both(
        "Il testo ha più di {maxLength} caratteri.",
        "The text has more than {maxLength} characters.",
    ),
    "Pattern": _both("Il valore non ha la forma {pattern}.", "The value does not match {pattern}."),
    "LanguageIn": _both(
        "La lingua del testo non è una di: {languageIn}.",
        "The language of the text is none of: {languageIn}.",
    ),
    "UniqueLang": _both(
        "Più testi hanno la stessa lingua.", "More than one text has the same language."
    ),
    "Equals": _both(
        "I valori non sono quelli di {equals}.", "The values are not those of {equals}."
    ),
    "Disjoint": _both(
        "Il valore è anche un valore di {disjoint}.", "The value is a value of {disjoint} too."
    ),
    "LessThan": _both(
        "Il valore non è minore di quello di {lessThan}.",
        "The value is not less than that of {lessThan}.",
    ),
    "LessThanOrEquals": _both(
        "Il valore è maggiore di quello di {lessThanOrEquals}.",
        "The value is greater than that of {lessThanOrEquals}.",
    ),
    "Not": _both(
        "Il valore soddisfa una forma che non deve soddisfare.",
        "The value conforms to a shape it must not conform to.",
    ),
    "And": _both(
        "Il valore non soddisfa tutte le forme richieste.",
        "The value does not conform to all of the required shapes.",
    ),
    "Or": _both(
        "Il valore non soddisfa alcuna delle forme possibili.",
        "The value conforms to none of the possible shapes.",
    ),
    "Xone": _both(
        "Il valore non soddisfa esattamente una delle forme possibili.",
        "The value does not conform to exactly one of the possible shapes.",
    ),
    "Node": _both("Il valore non soddisfa {node}.", "The value does not conform to {node}."),
    "QualifiedMinCount": _both(
        "I valori che soddisfano la forma sono meno di {qualifiedMinCount}.",
        "There are fewer values that conform to the shape than {qualifiedMinCount}.",
    ),
    "QualifiedMaxCount": _both(
        "I valori che soddisfano la forma sono più di {qualifiedMaxCount}.",
        "There are more values that conform to the shape than {qualifiedMaxCount}.",
    ),
    "Closed": _both(
        "La proprietà non è tra quelle previste.", "The property is none of those foreseen."
    ),
    "HasValue": _both("Manca il valore {hasValue}.", "The value {hasValue} is missing."),
    "In": _both("Il valore non è uno di: {in}.", "The value is none of: {in}."),
}
SENTENCES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {f"{name}ConstraintComponent": texts for name, texts in _PAIRS.items()}
)
