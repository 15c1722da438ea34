# A year, month or day ends on a last day: the latest day the source's words allow.
# Of the 31st, 30th, 29th and 28th, a month's last day is the first that is a date.
PREFIX reti: <https://w3id.org/reti-graph/ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT { GRAPH ?passage { ?thing ?derived ?day } }
WHERE {
    VALUES (?given ?derived) {
        (reti:date reti:latest)
        (reti:notAfter reti:latest)
        (reti:since reti:sinceLatest)
        (reti:until reti:untilLatest)
        (reti:attestedOn reti:sinceLatest)
        (reti:during reti:sinceLatest)
        (reti:during reti:untilLatest)
    }
    VALUES (?type ?rest) { (xsd:gYear "-12") (xsd:gYearMonth "") (xsd:date "") }
    GRAPH ?passage { ?thing ?given ?time }
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
