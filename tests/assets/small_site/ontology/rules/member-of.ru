# A member of an organisation has the direct property, too.
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX reti: <https://w3id.org/reti-graph/ontology#>

INSERT { GRAPH ?passage { ?member reti:memberOf ?organization } }
WHERE { GRAPH ?passage { ?membership org:member ?member ; org:organization ?organization } }
