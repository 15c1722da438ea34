"""The labels of codes that portals know, in Italian and English: facts of tables kept by others.

Themes, frequencies, file types, languages, access rights and availabilities are tables of the
Publications Office of the EU; kinds of licences and of publishers are of ADMS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

THEMES: Final[Mapping[str, tuple[str, str]]] = {
    "AGRI": (
        "Agricoltura, pesca, silvicoltura e prodotti alimentari",
        "Agriculture, fisheries, forestry and food",
    ),
    "ECON": ("Economia e finanze", "Economy and finance"),
    "EDUC": ("Istruzione, cultura e sport", "Education, culture and sport"),
    "ENER": ("Energia", "Energy"),
    "ENVI": ("Ambiente", "Environment"),
    "GOVE": ("Governo e settore pubblico", "Government and public sector"),
    "HEAL": ("Salute", "Health"),
    "INTR": ("Tematiche internazionali", "International issues"),
    "JUST": (
        "Giustizia, sistema giuridico e sicurezza pubblica",
        "Justice, legal system and public safety",
    ),
    "REGI": ("Regioni e città", "Regions and cities"),
    "SOCI": ("Popolazione e società", "Population and society"),
    "TECH": ("Scienza e tecnologia", "Science and technology"),
    "TRAN": ("Trasporti", "Transport"),
}
FREQUENCIES: Final[Mapping[str, tuple[str, str]]] = {
    "UNKNOWN": ("sconosciuto", "unknown"),
    "OTHER": ("altro", "other"),
    "NEVER": ("mai", "never"),
    "NOT_PLANNED": ("non previsto", "not planned"),
    "AS_NEEDED": ("secondo necessità", "as needed"),
    "IRREG": ("irregolare", "irregular"),
    "CONT": ("continuo", "continuous"),
    "UPDATE_CONT": ("in continuo aggiornamento", "continuously updated"),
    "1MIN": ("ogni minuto", "every minute"),
    "5MIN": ("ogni cinque minuti", "every five minutes"),
    "10MIN": ("ogni dieci minuti", "every ten minutes"),
    "15MIN": ("ogni quindici minuti", "every fifteen minutes"),
    "30MIN": ("ogni trenta minuti", "every thirty minutes"),
    "HOURLY": ("ogni ora", "hourly"),
    "BIHOURLY": ("ogni due ore", "bihourly"),
    "TRIHOURLY": ("ogni tre ore", "trihourly"),
    "12HRS": ("ogni dodici ore", "every twelve hours"),
    "DAILY": ("quotidiano", "daily"),
    "DAILY_2": ("due volte al giorno", "twice a day"),
    "WEEKLY": ("settimanale", "weekly"),
    "WEEKLY_2": ("due volte alla settimana", "twice a week"),
    "WEEKLY_3": ("tre volte alla settimana", "three times a week"),
    "BIWEEKLY": ("quindicinale", "biweekly"),
    "MONTHLY": ("mensile", "monthly"),
    "MONTHLY_2": ("due volte al mese", "twice a month"),
    "MONTHLY_3": ("tre volte al mese", "three times a month"),
    "BIMONTHLY": ("bimestrale", "bimonthly"),
    "QUARTERLY": ("trimestrale", "quarterly"),
    "ANNUAL": ("annuale", "annual"),
    "ANNUAL_2": ("semestrale", "semiannual"),
    "ANNUAL_3": ("quadrimestrale", "three times a year"),
    "BIENNIAL": ("biennale", "biennial"),
    "TRIENNIAL": ("triennale", "triennial"),
    "QUADRENNIAL": ("quadriennale", "quadrennial"),
    "QUINQUENNIAL": ("quinquennale", "quinquennial"),
    "DECENNIAL": ("decennale", "decennial"),
    "BIDECENNIAL": ("ventennale", "bidecennial"),
    "TRIDECENNIAL": ("trentennale", "tridecennial"),
}
# The official languages of the EU: the code in the table, and the name.
LANGUAGES: Final[Mapping[str, tuple[str, tuple[str, str]]]] = {
    "bg": ("BUL", ("bulgaro", "Bulgarian")),
    "cs": ("CES", ("ceco", "Czech")),
    "da": ("DAN", ("danese", "Danish")),
    "de": ("DEU", ("tedesco", "German")),
    "el": ("ELL", ("greco", "Greek")),
    "en": ("ENG", ("inglese", "English")),
    "es": ("SPA", ("spagnolo", "Spanish")),
    "et": ("EST", ("estone", "Estonian")),
    "fi": ("FIN", ("finlandese", "Finnish")),
    "fr": ("FRA", ("francese", "French")),
    "ga": ("GLE", ("irlandese", "Irish")),
    "hr": ("HRV", ("croato", "Croatian")),
    "hu": ("HUN", ("ungherese", "Hungarian")),
    "it": ("ITA", ("italiano", "Italian")),
    "lt": ("LIT", ("lituano", "Lithuanian")),
    "lv": ("LAV", ("lettone", "Latvian")),
    "mt": ("MLT", ("maltese", "Maltese")),
    "nl": ("NLD", ("neerlandese", "Dutch")),
    "pl": ("POL", ("polacco", "Polish")),
    "pt": ("POR", ("portoghese", "Portuguese")),
    "ro": ("RON", ("rumeno", "Romanian")),
    "sk": ("SLK", ("slovacco", "Slovak")),
    "sl": ("SLV", ("sloveno", "Slovenian")),
    "sv": ("SWE", ("svedese", "Swedish")),
}
# By the extension of the format.
FILE_TYPES: Final[Mapping[str, tuple[str, str]]] = {
    "ttl": ("RDF_TURTLE", "RDF Turtle"),
    "trig": ("RDF_TRIG", "RDF TriG"),
    "nt": ("RDF_N_TRIPLES", "RDF N-Triples"),
    "nq": ("RDF_N_QUADS", "RDF N-Quads"),
    "jsonld": ("JSON_LD", "JSON-LD"),
    "rdf": ("RDF_XML", "RDF XML"),
    "csv": ("CSV", "CSV"),
}
LICENCE_TYPES: Final[Mapping[str, tuple[str, str]]] = {
    "PublicDomain": ("Pubblico dominio", "Public domain"),
    "Attribution": ("Attribuzione", "Attribution"),
    "ViralEffect-ShareAlike": (
        "Effetto virale (condivisione allo stesso modo)",
        "Viral effect (share-alike)",
    ),
    "NonCommercialUseOnly": ("Solo uso non commerciale", "Non-commercial use only"),
    "NoDerivativeWork": ("Non opere derivate", "No derivative work"),
}
PUBLISHER_TYPES: Final[Mapping[str, tuple[str, str]]] = {
    "Academia-ScientificOrganisation": (
        "Università o organizzazione scientifica",
        "Academia/Scientific organisation",
    ),
    "Company": ("Impresa", "Company"),
    "IndustryConsortium": ("Consorzio di imprese", "Industry consortium"),
    "LocalAuthority": ("Autorità locale", "Local authority"),
    "NationalAuthority": ("Autorità nazionale", "National authority"),
    "NonGovernmentalOrganisation": (
        "Organizzazione non governativa",
        "Non-governmental organisation",
    ),
    "NonProfitOrganisation": ("Organizzazione senza fini di lucro", "Non-profit organisation"),
    "RegionalAuthority": ("Autorità regionale", "Regional authority"),
    "StandardisationBody": ("Ente di normazione", "Standardisation body"),
    "SupraNationalAuthority": ("Autorità sovranazionale", "Supra-national authority"),
}
