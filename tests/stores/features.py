"""Small data with a bit of everything, and queries that use each feature of SPARQL 1.1 on it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "": "http://example.org/",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
# Longer than what engines keep with a row; what begins alike is told apart by its end.
_LONG: Final = "ab é😀" * 900
_TRIG: Final = f"""
PREFIX : <{PREFIXES[""]}>
PREFIX rdfs: <{PREFIXES["rdfs"]}>
PREFIX xsd: <{PREFIXES["xsd"]}>
:g1 {{
  :a :int 1 ; :str "a" , "b" , "é" , "A" , "a b" ; :link :b , :c ;
    :lab "a"@en , "a"@it , "b"@en-GB ;
    :val 1 , 2.5 , "1" , "x"@en , "2020-01-01"^^xsd:date , :b ; rdfs:label "Alpha"@en , "Alfa"@it .
  :b :int 2 ; :str "b" ; :link :c ; rdfs:label "Beta"@en ; :val 1.0 , "2020"^^xsd:gYear ,
    "2020-05"^^xsd:gYearMonth , "2020-01-01T00:00:00Z"^^xsd:dateTime .
}}
:g2 {{
  :a :link :b ; :dec 1.0 ; :str "a" ; :flag true .
  :c :int 10 ; :dec 2.0 ; :dbl 1.0e1 ; :str "10" , "a" ; :flag false ; :link :a , :é , :Z , :z .
}}
:g3 {{
  :g3 :about :a , :b ; rdfs:label "three" .
  :a :link :b .
  :d :str "a\\nb" , "say \\"b\\"" , "tab\\t" , "back\\\\slash" , "😀" , " lead trail " ;
    :same "a"@en , "a" ;
    :day "2020-01-01"^^xsd:date , "2019-12-31"^^xsd:date ; :year "2020"^^xsd:gYear .
}}
:g4 {{
  :f :link :a ; :lab "A"@en . :link :link :a . :e :link :e , :link ; :c :b .
  :x :link :X . :X :link :x .
  :v3 :val 1e0 . :v4 :val true , 0 . :v5 :val false .
  :l1 :text "{_LONG}1" , "{_LONG}2" ; :lab "{_LONG}"@en , "{_LONG}"@it . :l2 :text "{_LONG}1" .
}}
"""
FEATURES: Final = (
    "ASK { :a :link :b }",
    "ASK { :a :link :nothing }",
    "SELECT * { ?s ?p ?o }",
    "SELECT * { ?s :link ?o . ?o :link ?s }",
    "SELECT * { ?s :link ?s }",
    "SELECT * { ?a :int ?x . ?b :dec ?x }",
    "SELECT * { ?a :val ?x . ?b :val ?x }",
    "SELECT * { ?s :val 1 }",
    "SELECT * { ?s ?p true }",
    "SELECT * { ?s ?p '2020-01-01'^^xsd:date }",
    "SELECT * { ?s :str 'é' }",
    "SELECT * { ?s ?p 'a'@en }",
    "SELECT * { ?s :link [ :link ?o ] }",
    "SELECT ?x ?X { ?x :link ?X }",
    # What is joined, and how.
    "SELECT * { ?s :link ?o OPTIONAL { ?o :lab ?l FILTER(LANG(?l)='it') } OPTIONAL { ?o ?p ?l } }",
    "SELECT * { ?s :str ?o OPTIONAL { ?s :lab ?l } ?s :link ?l }",
    "SELECT * { ?s :int ?o OPTIONAL { ?s :flag ?f . ?s :dec ?d OPTIONAL { ?s :dbl ?e } } }",
    "SELECT * { GRAPH ?g { ?s :str ?x } OPTIONAL { ?s :lab ?y FILTER(BOUND(?g)) } }",
    "SELECT * { OPTIONAL { ?s :flag ?f } ?s :str ?o }",
    "SELECT * { { ?s :str ?o } UNION { ?s :lab ?l } ?s :flag ?f }",
    "SELECT * { ?s :link ?o MINUS { ?o :link ?s } }",
    "SELECT * { ?s :link ?o MINUS { ?x :flag ?y } }",
    "SELECT * { ?s :link ?o FILTER EXISTS { ?o :link ?s } }",
    "SELECT * { ?s :link ?o FILTER NOT EXISTS { ?o :link ?s } }",
    "SELECT * { VALUES (?s ?o) { (:a UNDEF) (UNDEF :c) } ?s :link ?o }",
    "SELECT * { ?s :link ?o } VALUES ?s { :a :b }",
    "SELECT * { ?s :str ?x { SELECT ?s (COUNT(*) AS ?n) { ?s :link ?o } GROUP BY ?s } }",
    "SELECT * { { SELECT DISTINCT ?s { ?s :link ?o } ORDER BY ?s LIMIT 3 OFFSET 1 } ?s :str ?x }",
    # Graphs.
    "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * { GRAPH ?g {} }",
    "SELECT * { GRAPH ?g { ?g :about ?x } }",
    "SELECT * { GRAPH ?g { ?s :link ?o } GRAPH ?h { ?s :link ?o } FILTER(?g != ?h) }",
    "SELECT * { GRAPH :g1 { ?s :link ?o } ?o :str ?x }",
    "SELECT * { ?s :link ?o OPTIONAL { GRAPH ?g { ?s :link ?o } } }",
    "SELECT * FROM :g1 FROM :g2 { ?s :link ?o }",
    "SELECT * FROM :g1 { ?s :link ?o OPTIONAL { ?o :lab ?l } }",
    "SELECT * FROM :g1 FROM NAMED :g2 { ?s :link ?o GRAPH ?g { ?s :str ?x } }",
    "SELECT * FROM :g1 FROM NAMED :g2 FROM NAMED :g3 { ?s ?p ?o GRAPH :g3 { ?s ?q ?x } }",
    "SELECT * FROM :g1 { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM :release { ?s ?p ?o }",
    "SELECT * { VALUES ?g { :g1 :release } GRAPH ?g { ?s :link ?o } }",
    "SELECT * { GRAPH <http://example.org/release/union> { ?s :link ?o } }",
    "SELECT * FROM NAMED :g1 { GRAPH ?g { ?s :link ?o } }",
    # Paths.
    "SELECT * { ?s :link/:link ?o }",
    "SELECT * { ?s ^:link ?o }",
    "SELECT * { ?s :link|:c ?o }",
    "SELECT * { ?s !(:link|:val|:str|:text) ?o }",
    "SELECT * { :a :link+ ?o }",
    "SELECT * { :a :link* ?o }",
    "SELECT * { ?s :link? :a }",
    "SELECT * { ?s :link+ ?o }",
    # Expressions.
    "SELECT * { ?s ?p ?o FILTER(?o > 1) }",
    "SELECT * { ?s ?p ?o FILTER(?o < '2020-06-01'^^xsd:date) }",
    "SELECT * { ?s ?p ?o FILTER(?o != 'a') }",
    "SELECT * { ?s :int ?o FILTER(?o IN (1, 10)) }",
    "SELECT * { ?s :int ?o FILTER(?o NOT IN (1, 10)) }",
    "SELECT * { ?s ?p ?o FILTER(ISNUMERIC(?o)) }",
    "SELECT * { ?s ?p ?o FILTER(STRSTARTS(STR(?o), '')) }",
    "SELECT * { ?s ?p ?o FILTER(STRSTARTS(?o, 'a')) }",
    "SELECT * { ?s ?p ?o FILTER REGEX(?o, '^A', 'i') }",
    "SELECT * { ?s ?p ?o FILTER LANGMATCHES(LANG(?o), 'en') }",
    "SELECT * { ?s :int ?i BIND(?i > 1 AS ?large) }",
    "SELECT * { ?s :int ?i BIND(IF(?i > 1, true, false) AS ?large) }",
    "SELECT * { ?s :int ?i BIND(?i / 4 AS ?quarter) }",
    "SELECT * { ?s :int ?i OPTIONAL { ?s :dbl ?d } BIND(COALESCE(?d, ?i, 0) AS ?x) }",
    "SELECT * { ?s ?p ?o BIND(DATATYPE(?o) AS ?t) }",
    "SELECT * { ?s :str ?o BIND(CONCAT(UCASE(?o), '-', STR(STRLEN(?o)), SUBSTR(?o, 1, 2)) AS ?x) }",
    "SELECT * { :d :day ?d BIND(YEAR(?d) + MONTH(?d) * DAY(?d) AS ?x) }",
    "SELECT * { ?s :str ?o BIND(STRBEFORE(?o, 'b') AS ?x) BIND(REPLACE(?o, 'a', 'o') AS ?y) }",
    "SELECT * { ?s :lab ?o BIND(STRLANG(STR(?o), 'de') AS ?x) }",
    "SELECT * { ?s :str ?o BIND(IRI(CONCAT('urn:x:', ENCODE_FOR_URI(?o))) AS ?x) }",
    "SELECT * { ?s :int ?i BIND(xsd:boolean(?i) AS ?x) BIND(xsd:string(?i) AS ?y) }",
    "SELECT * { ?s :dec ?i BIND(ROUND(?i / 3) AS ?x) BIND(ABS(0 - ?i) AS ?y) }",
    # Aggregates.
    "SELECT (COUNT(*) AS ?n) (COUNT(*) AS ?m) { ?s ?p ?o }",
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n) ?p",
    "SELECT ?p (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o } GROUP BY ?p HAVING(COUNT(*) > 2)",
    "SELECT (SUM(?x) AS ?sum) (AVG(?x) AS ?avg) (MIN(?x) AS ?min) (MAX(?x) AS ?max) { ?s :int ?x }",
    "SELECT (GROUP_CONCAT(?l; SEPARATOR=', ') AS ?ls) { { SELECT ?l { ?s :str ?l } ORDER BY ?l } }",
    "SELECT ?t (COUNT(*) AS ?n) { ?s :text ?t . ?s :text ?u } GROUP BY ?t",
    # Order and limits.
    "SELECT DISTINCT ?o { ?s :link ?o } ORDER BY DESC(?o)",
    "SELECT ?s ?l { ?s :int ?i OPTIONAL { ?s :flag ?l } } ORDER BY ?l DESC(?i)",
    "SELECT ?o { :a :val ?o } ORDER BY ?o",
    "SELECT ?s ?o { ?s :link ?o } ORDER BY ?s ?o OFFSET 3 LIMIT 4",
    "SELECT DISTINCT ?s { ?s :link ?o } ORDER BY ?s OFFSET 4",
    "SELECT ?s ?t { ?s :int ?i BIND(?s AS ?t) } ORDER BY ?t ?s LIMIT 2",
    # Graphs for an answer.
    "CONSTRUCT { ?s :is ?l ; :by :me } WHERE { ?s :str ?o OPTIONAL { ?s :lab ?l } }",
    "CONSTRUCT { ?o :of ?s } WHERE { ?s :val ?o }",
    "CONSTRUCT WHERE { ?s :link ?o }",
    "DESCRIBE :a",
    "DESCRIBE ?s { ?s :link :a }",
)


def feature_quads() -> list[ox.Quad]:
    """Return the data, each quad in a graph of its own name."""
    return list(ox.parse(_TRIG, format=ox.RdfFormat.TRIG))
