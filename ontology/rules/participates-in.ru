# The participant of a participation takes part in the project, programme or event,
# whatever the role.
PREFIX reti: <https://w3id.org/reti-graph/ontology#>

INSERT { GRAPH ?passage { ?participant reti:participatesIn ?undertaking } }
WHERE {
    GRAPH ?passage {
        ?participation reti:participant ?participant ;
            reti:participationIn ?undertaking .
    }
}
