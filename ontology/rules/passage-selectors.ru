# A passage as the W3C Web Annotation model has it: its source, and how to find the words there,
# by the words themselves and by where they stand.
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX reti: <https://w3id.org/reti-graph/ontology#>

INSERT {
    GRAPH ?passage {
        ?passage oa:hasSource ?source ;
            oa:hasSelector ?words, ?place .
        ?words a oa:TextQuoteSelector ;
            oa:exact ?exact .
        ?place a oa:TextPositionSelector ;
            oa:start ?start ;
            oa:end ?end .
    }
}
WHERE {
    GRAPH ?passage { ?passage a reti:Passage ; prov:wasQuotedFrom ?source }
    OPTIONAL {
        GRAPH ?passage { ?passage reti:quote ?quote }
        BIND(STR(?quote) AS ?exact)
        BIND(IRI(CONCAT(STR(?passage), "#text-quote")) AS ?words)
    }
    OPTIONAL {
        GRAPH ?passage { ?passage reti:start ?start ; reti:end ?end }
        BIND(IRI(CONCAT(STR(?passage), "#text-position")) AS ?place)
    }
}
