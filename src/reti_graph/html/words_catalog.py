"""The words of the catalogue's page, in Italian and in English."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

ITALIAN: Final = MappingProxyType(
    {
        "catalogue": "Catalogo",
        "holder": "Titolare",
        "contact": "Contatti",
        "issued": "Pubblicato",
        "modified": "Ultima modifica",
        "themes": "Temi",
        "dataset_identifier": "Identificativo",
        "dataset_version": "Versione",
        "dataset_frequency": "Aggiornamento",
        "dataset_period": "Periodo",
        "dataset_places": "Luoghi",
        "dataset_languages": "Lingue",
        "dataset_keywords": "Parole chiave",
        "dataset_provenance": "Provenienza",
        "dataset_derived": "Ricavato da",
        "dataset_conforms": "Conforme a",
        "dataset_statements": "Triple",
        "dataset_entities": "Entità",
        "dataset_within": "Il catalogo di tutti gli insiemi di dati",
        "datasets": "Il grafo e ciò che lo descrive",
        "sources": "Fonte per fonte",
        "sources_intro": "Ciò che dice ciascuna fonte è un insieme di dati a sé. "
        "Licenza, temi e date sono quelli del grafo intero, se non si dice altro. "
        "Di ogni file c’è anche la forma compressa, allo stesso indirizzo con .gz in fondo.",
        "files_graph": "File",
        "files_tables": "Tabelle",
        "files_answers": "Risposte alle interrogazioni",
        "files_of": "File di",
        "file_name": "Contenuto",
        "file": "File",
        "file_packed": "Compresso",
        "download": "scarica",
        "record": "Scheda completa",
        "services": "Servizi",
        "address": "Indirizzo",
        "format": "Formato",
        "feeds": "Per i portali",
        "feeds_caption": "Il catalogo intero, in una sola pagina, per chi lo raccoglie",
        "feeds_intro": "Un portale raccoglie il catalogo da uno di questi indirizzi: "
        "ognuno lo dà intero e in una sola pagina, secondo DCAT-AP_IT e DCAT-AP 3. In CKAN si crea "
        "una sorgente di harvesting di tipo «DCAT RDF» con l’indirizzo scelto. Gli identificativi "
        "degli insiemi di dati non cambiano da una versione all’altra, perciò il portale aggiorna "
        "quelli che conosce invece di ricrearli.",
    }
)

ENGLISH: Final = MappingProxyType(
    {
        "catalogue": "Catalogue",
        "holder": "Rights holder",
        "contact": "Contact",
        "issued": "Published",
        "modified": "Last changed",
        "themes": "Themes",
        "dataset_identifier": "Identifier",
        "dataset_version": "Version",
        "dataset_frequency": "Updated",
        "dataset_period": "Period",
        "dataset_places": "Places",
        "dataset_languages": "Languages",
        "dataset_keywords": "Keywords",
        "dataset_provenance": "Provenance",
        "dataset_derived": "Derived from",
        "dataset_conforms": "Conforms to",
        "dataset_statements": "Triples",
        "dataset_entities": "Entities",
        "dataset_within": "The catalogue of all datasets",
        "datasets": "The graph and what describes it",
        "sources": "Source by source",
        "sources_intro": "What each source says is a dataset of its own. "
        "Licence, themes and dates are those of the whole graph unless said otherwise. "
        "Each file is there compressed, too, at the same address with .gz at its end.",
        "files_graph": "Files",
        "files_tables": "Tables",
        "files_answers": "Answers of queries",
        "files_of": "Files of",
        "file_name": "Contents",
        "file": "File",
        "file_packed": "Compressed",
        "download": "download",
        "record": "Full record",
        "services": "Services",
        "address": "Address",
        "format": "Format",
        "feeds": "For portals",
        "feeds_caption": "The whole catalogue, in one page, for harvesters",
        "feeds_intro": "A portal harvests the catalogue from one of these addresses: each "
        "gives all of it in one page, as DCAT-AP_IT and DCAT-AP 3. In CKAN, make a harvest source "
        "of type “DCAT RDF” with the address of your choice. The identifiers of the datasets stay "
        "the same from one release to the next, so the portal updates those it knows and does not "
        "make them anew.",
    }
)
