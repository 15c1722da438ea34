# The two partners of a partnership partner with each other.
PREFIX reti: <https://w3id.org/reti-graph/ontology#>

INSERT { GRAPH ?passage { ?one reti:partnersWith ?other } }
WHERE {
    GRAPH ?passage { ?partnership reti:partner ?one, ?other }
    FILTER(?one != ?other)
}
