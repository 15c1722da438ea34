# A source is of the day it was issued or, if it carries no date, of the day it was seen.
# Of the 31st, 30th, 29th and 28th, a month's last day is the first that is a date.
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX reti: <https://w3id.org/reti-graph/ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT { GRAPH ?source { ?source reti:latest ?day } }
WHERE {
    VALUES ?given { dcterms:issued reti:seenOn }
    VALUES (?type ?rest) { (xsd:gYear "-12") (xsd:gYearMonth "") (xsd:date "") }
    GRAPH ?source {
        ?source a reti:Source ;
            ?given ?time .
    }
    FILTER(DATATYPE(?time) = ?type)
    BIND(CONCAT(STR(?time), ?rest) AS ?month)
    BIND(COALESCE(
        xsd:date(?month),
        xsd:date(CONCAT(?month, "-31")),
        xsd:date(CONCAT(?month, "-30")),
        xsd:date(CONCAT(?month, "-29")),
        xsd:date(CONCAT(?month, "-28"))
    ) AS ?day)
    FILTER(BOUND(?day))
}
