# A passage is of the days its source is of, so that one join tells how old the evidence is.
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX reti: <https://w3id.org/reti-graph/ontology#>

INSERT { GRAPH ?passage { ?passage ?bound ?day } }
WHERE {
    VALUES ?bound { reti:earliest reti:latest }
    GRAPH ?source {
        ?source a reti:Source ;
            ?bound ?day .
    }
    GRAPH ?passage {
        ?passage a reti:Passage ;
            prov:wasQuotedFrom ?source .
    }
}
