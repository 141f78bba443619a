"""The cases of the W3C suites that fail, by the reason; each is the engine's, which fails them when asked directly.

A case that passes and stands here is as wrong as one that fails and does not.
"""

from __future__ import annotations

__all__ = ["BY_VALUE", "ENTAILMENT", "EVALUATION_FAILURES", "SYNTAX_FAILURES"]

BY_VALUE = "numbers and dates are kept by value and written in one way: 2.50 comes back as 2.5"
ENTAILMENT = "the answer follows under an entailment regime only, and the service offers simple entailment"

#: Reasons, and the cases that fail for each.
EVALUATION_FAILURES: dict[str, tuple[str, ...]] = {
    BY_VALUE: (
        "sparql10/distinct/no-distinct-1",
        "sparql10/distinct/no-distinct-9",
        "sparql10/open-world/date-3",
        "sparql10/open-world/open-eq-03",
        "sparql10/open-world/open-eq-04",
        "sparql11/aggregates/agg-avg-02",
        "sparql11/aggregates/agg-err-02",
        "sparql11/aggregates/agg-max-01",
        "sparql11/aggregates/agg-max-02",
        "sparql11/aggregates/agg-max-distinct",
        "sparql11/aggregates/agg-min-01",
        "sparql11/aggregates/agg-min-02",
        "sparql11/aggregates/agg-min-distinct",
        "sparql11/aggregates/agg-sum-02",
        "sparql11/cast/cast-bool",
        "sparql11/cast/cast-decimal",
        "sparql11/cast/cast-double",
        "sparql11/cast/cast-float",
        "sparql11/cast/cast-int",
        "sparql11/cast/cast-string",
        "sparql11/csv-tsv-res/tsv03",
        "sparql11/functions/coalesce01",
        "sparql11/functions/plus-1-corrected",
        "sparql11/functions/plus-2-corrected",
    ),
    "numbers are kept by value, so 1 and 01 are one term, or have one text": (
        "sparql10/distinct/distinct-1",
        "sparql10/distinct/distinct-9",
        "sparql10/expr-builtin/dawg-str-1",
        "sparql10/expr-builtin/dawg-str-2",
        "sparql10/expr-builtin/sameTerm-eq",
        "sparql10/expr-builtin/sameTerm-not-eq",
        "sparql10/expr-builtin/sameTerm-simple",
        "sparql10/expr-equals/eq-graph-1",
        "sparql10/expr-equals/eq-graph-2",
        "sparql10/open-world/open-eq-01",
        "sparql11/csv-tsv-res/csv03",
    ),
    "a date without a zone is unequal to every date with one, where the suite has an error": (
        "sparql10/open-world/date-2",
    ),
    "a literal without a datatype is an xsd:string since RDF 1.1, so both sort alike": ("sparql10/sort/dawg-sort-11",),
    "the variable of GRAPH is seen, or is not, inside its group where the algebra has it otherwise": (
        "sparql10/graph/graph-optional",
        "sparql10/graph/graph-variable-scope",
        "sparql11/aggregates/agg-empty-group-count-graph",
        "sparql11/bindings/graph",
        "sparql11/negation/graph-minus",
    ),
    "a group inside the group of OPTIONAL keeps its filter to itself (the suite has this case both ways)": (
        "sparql10/optional-filter/dawg-optional-filter-005-simplified",
    ),
    "a path of no length from a term that is not in the data finds nothing": (
        "sparql11/property-path/zero_or_more_set_end",
        "sparql11/property-path/zero_or_more_set_start",
        "sparql11/property-path/zero_or_one_set_end",
        "sparql11/property-path/zero_or_one_set_start",
    ),
    "GROUP_CONCAT keeps a language that all parts share, as SPARQL 1.2 may": (
        "sparql11/aggregates/agg-groupconcat-04",
        "sparql11/aggregates/agg-groupconcat-06",
    ),
    "BNODE of a text is one node for all solutions": ("sparql11/functions/bnode01",),
    "TRUE and FALSE are keywords in small letters only": ("sparql10/expr-builtin/case-insensitive-booleans",),
    ENTAILMENT: tuple(
        f"sparql11/entailment/{name}"
        for name in (
            *("paper-sparqldl-Q1", "paper-sparqldl-Q1-rdfs", "paper-sparqldl-Q2", "paper-sparqldl-Q3"),
            *("paper-sparqldl-Q4", "parent3", "parent4", "parent5", "parent6", "parent7", "parent8", "parent9"),
            *("parent10", "rdf01", "rdfs01", "rdfs02", "rdfs03", "rdfs04", "rdfs05", "rdfs06", "rdfs07", "rdfs09"),
            *("rdfs10", "rdfs11", "rif01", "rif03", "rif04", "rif06", "simple1", "simple2", "simple3", "simple4"),
            *("simple5", "simple6", "simple7", "simple8", "sparqldl-02", "sparqldl-03", "sparqldl-10"),
            *("sparqldl-11", "sparqldl-12", "sparqldl-13"),
        )
    ),
}

#: The same for the cases that ask what is SPARQL.
SYNTAX_FAILURES: dict[str, tuple[str, ...]] = {
    "?x<?a&&?b>?y is read as comparisons, where the longest token would be an IRI": (
        "sparql10/syntax-sparql3/syn-bad-26",
    ),
}
