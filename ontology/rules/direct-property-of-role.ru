# Whoever has a role in a network or body has the direct property that the role names:
# a chair chairs, a member is a member of. Roles name it with org:roleProperty.
PREFIX org: <http://www.w3.org/ns/org#>

INSERT { GRAPH ?passage { ?agent ?property ?organization } }
WHERE {
    GRAPH ?passage {
        ?membership org:member ?agent ;
            org:organization ?organization ;
            org:role ?role .
    }
    GRAPH <https://w3id.org/reti-graph/concept/roles> { ?role org:roleProperty ?property }
}
