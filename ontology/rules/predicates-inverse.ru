# A statement with one of our properties is also true the other way round with its inverse.
# Inverses are read from the ontology, in whichever direction owl:inverseOf is written.
PREFIX owl: <http://www.w3.org/2002/07/owl#>

INSERT { GRAPH ?passage { ?object ?inverse ?subject } }
WHERE {
    GRAPH <https://w3id.org/reti-graph/ontology> { ?property owl:inverseOf|^owl:inverseOf ?inverse }
    FILTER(STRSTARTS(STR(?inverse), "https://w3id.org/reti-graph/ontology#"))
    GRAPH ?passage { ?subject ?property ?object }
    FILTER(isIRI(?object))
}
