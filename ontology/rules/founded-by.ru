# An organisation that came out of a founding is founded by each of its founders.
# Those who only took the initiative or gave support are not founders.
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX reti: <https://w3id.org/reti-graph/ontology#>

INSERT { GRAPH ?passage { ?organization reti:foundedBy ?founder } }
WHERE {
    GRAPH ?passage {
        ?founding org:resultingOrganization ?organization ;
            reti:founder ?founder .
    }
}
