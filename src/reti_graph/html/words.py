"""The words of the pages themselves, in Italian and in English."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_ITALIAN: Final = MappingProxyType(
    {
        "skip": "Vai al contenuto",
        "menu": "Pagine principali",
        "queries": "Interrogazioni",
        "ontology": "Ontologia",
        "language": "Lingua",
        "networks": "Reti",
        "facts": "Il grafo in cifre",
        "count_networks": "reti",
        "count_things": "cose descritte",
        "count_statements": "affermazioni",
        "count_passages": "passi citati",
        "count_sources": "fonti",
        "release": "Versione dei dati",
        "licence": "Licenza",
        "publisher": "A cura di",
        "formats": "Questa pagina come dati",
        "identifier": "Identificativo",
        "statements": "Che cosa si dice",
        "statements_caption": "Affermazioni, ciascuna con le parole che la dicono",
        "mentions": "Dove compare",
        "mentions_caption": "Affermazioni che parlano di questa voce",
        "subject": "Soggetto",
        "property": "Proprietà",
        "value": "Valore",
        "words": "Le parole della fonte",
        "no_words": "Nessuna citazione",
        "passage": "Passo",
        "says": "Che cosa dicono queste parole",
        "contents": "Contenuto",
        "query": "Interrogazione",
        "queries_intro": "Domande pronte: ognuna ha un indirizzo, dei parametri "
        "e una risposta in più formati.",
        "parameters": "Parametri",
        "optional": "facoltativo",
        "required": "obbligatorio",
        "example": "Esempio",
        "any": "qualsiasi",
        "run": "Esegui",
        "results": "Risultati",
        "results_caption": "Risultati dell’interrogazione",
        "results_formats": "Questi risultati come dati",
        "no_results": "Nessun risultato.",
        "rows_one": "riga",
        "rows_many": "righe",
        "first_rows": "La tabella mostra solo le prime; i formati qui sotto le hanno tutte.",
        "query_text": "Testo SPARQL",
        "open_in_sparql": "Modifica in SPARQL",
        "sparql_intro": "Si può interrogare tutto il grafo in SPARQL 1.1. Sono ammesse "
        "SELECT, ASK, CONSTRUCT e DESCRIBE; SERVICE no.",
        "yes": "sì",
        "no": "no",
        "error_400": "Richiesta non valida",
        "error_404": "Pagina non trovata",
        "error_405": "Metodo non ammesso",
        "error_406": "Formato non disponibile",
        "error_413": "Richiesta troppo grande",
        "error_415": "Tipo di contenuto non ammesso",
        "error_500": "Errore interno",
        "error_503": "Servizio non disponibile",
        "error_other": "Errore",
        "nearest": "Forse si cercava",
        "back_home": "Torna all’inizio",
        "months": "gennaio febbraio marzo aprile maggio giugno luglio agosto "
        "settembre ottobre novembre dicembre",
        "thousands": ".",
        "decimal": ",",
    }
)

_ENGLISH: Final = MappingProxyType(
    {
        "skip": "Skip to content",
        "menu": "Main pages",
        "queries": "Queries",
        "ontology": "Ontology",
        "language": "Language",
        "networks": "Networks",
        "facts": "The graph in figures",
        "count_networks": "networks",
        "count_things": "things described",
        "count_statements": "statements",
        "count_passages": "quoted passages",
        "count_sources": "sources",
        "release": "Data version",
        "licence": "Licence",
        "publisher": "Published by",
        "formats": "This page as data",
        "identifier": "Identifier",
        "statements": "What is said",
        "statements_caption": "Statements, each with the words that say it",
        "mentions": "Where it appears",
        "mentions_caption": "Statements that speak of this entry",
        "subject": "Subject",
        "property": "Property",
        "value": "Value",
        "words": "The source’s words",
        "no_words": "No quotation",
        "passage": "Passage",
        "says": "What these words say",
        "contents": "Contents",
        "query": "Query",
        "queries_intro": "Ready-made questions: each has an address, parameters "
        "and an answer in several formats.",
        "parameters": "Parameters",
        "optional": "optional",
        "required": "required",
        "example": "Example",
        "any": "any",
        "run": "Run",
        "results": "Results",
        "results_caption": "Results of the query",
        "results_formats": "These results as data",
        "no_results": "No results.",
        "rows_one": "row",
        "rows_many": "rows",
        "first_rows": "The table shows only the first ones; the formats below have them all.",
        "query_text": "SPARQL text",
        "open_in_sparql": "Edit in SPARQL",
        "sparql_intro": "The whole graph can be queried in SPARQL 1.1. SELECT, ASK, "
        "CONSTRUCT and DESCRIBE are answered; SERVICE is not.",
        "yes": "yes",
        "no": "no",
        "error_400": "Bad request",
        "error_404": "Page not found",
        "error_405": "Method not allowed",
        "error_406": "Format not available",
        "error_413": "Request too large",
        "error_415": "Content type not accepted",
        "error_500": "Internal error",
        "error_503": "Service unavailable",
        "error_other": "Error",
        "nearest": "Perhaps you were looking for",
        "back_home": "Back to the start",
        "months": "January February March April May June July August "
        "September October November December",
        "thousands": ",",
        "decimal": ".",
    }
)

LANGUAGES: Final = ("it", "en")


def words(language: str) -> Mapping[str, str]:
    """Return the words of the pages in a language; for one that is not here, in English."""
    return _ITALIAN if language.partition("-")[0] == "it" else _ENGLISH
