# The host of a hosting hosts the body.
PREFIX reti: <https://w3id.org/reti-graph/ontology#>

INSERT { GRAPH ?passage { ?host reti:hosts ?body } }
WHERE {
    GRAPH ?passage {
        ?hosting reti:host ?host ;
            reti:hosted ?body .
    }
}
