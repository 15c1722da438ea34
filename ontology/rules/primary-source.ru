# A relation has each passage that says something of it as its primary source.
# A passage that only names the relation is none: names are the editors' work.
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX reti: <https://w3id.org/reti-graph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT { GRAPH ?passage { ?relation prov:hadPrimarySource ?passage } }
WHERE {
    VALUES ?class {
        org:Membership reti:Commitment reti:Figure reti:Founding
        reti:Hosting reti:Participation reti:Partnership reti:TermOfOffice
    }
    GRAPH ?any { ?relation a ?class }
    GRAPH ?passage {
        ?passage a reti:Passage .
        ?relation ?property ?value .
    }
    FILTER(?property NOT IN (rdfs:label, skos:altLabel, prov:hadPrimarySource))
}
