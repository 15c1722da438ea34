# A source is of the day it was issued or, if it carries no date, of the day it was seen.
# Where two limits date it, first-day and last-day give its days.
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX reti: <https://w3id.org/reti-graph/ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT { GRAPH ?source { ?source reti:earliest ?day } }
WHERE {
    VALUES ?given { dcterms:issued reti:seenOn }
    VALUES (?type ?rest) { (xsd:gYear "-01-01") (xsd:gYearMonth "-01") (xsd:date "") }
    GRAPH ?source {
        ?source a reti:Source ;
            ?given ?time .
    }
    FILTER(DATATYPE(?time) = ?type)
    BIND(xsd:date(CONCAT(STR(?time), ?rest)) AS ?day)
    FILTER(BOUND(?day))
}
