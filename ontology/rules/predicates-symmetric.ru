# A statement with one of our symmetric properties is also true the other way round.
PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT { GRAPH ?passage { ?object ?property ?subject } }
WHERE {
    GRAPH <https://w3id.org/reti-graph/ontology> { ?property a owl:SymmetricProperty }
    FILTER(STRSTARTS(STR(?property), "https://w3id.org/reti-graph/ontology#"))
    GRAPH ?passage { ?subject ?property ?object }
    FILTER(isIRI(?object))
}
