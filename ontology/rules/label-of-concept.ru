# A concept's preferred label is also its rdfs:label, so that one property names everything.
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { GRAPH ?graph { ?concept rdfs:label ?label } }
WHERE { GRAPH ?graph { ?concept skos:prefLabel ?label } }
