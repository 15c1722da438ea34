# A year, month or day begins on a first day: the earliest day the source's words allow.
# Stores do not order years and months among days; days they do.
PREFIX reti: <https://w3id.org/reti-graph/ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT { GRAPH ?passage { ?thing ?derived ?day } }
WHERE {
    VALUES (?given ?derived) {
        (reti:date reti:earliest)
        (reti:notBefore reti:earliest)
        (reti:since reti:sinceEarliest)
        (reti:until reti:untilEarliest)
        (reti:during reti:sinceEarliest)
        (reti:during reti:untilEarliest)
        (reti:attestedOn reti:untilEarliest)
    }
    VALUES (?type ?rest) { (xsd:gYear "-01-01") (xsd:gYearMonth "-01") (xsd:date "") }
    GRAPH ?passage { ?thing ?given ?time }
    FILTER(DATATYPE(?time) = ?type)
    BIND(xsd:date(CONCAT(STR(?time), ?rest)) AS ?day)
    FILTER(BOUND(?day))
}
