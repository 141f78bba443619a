"""Queries and requests that are nearly well-formed, for the tests that send many."""

from __future__ import annotations

from hypothesis import strategies as st

from kg.formats import FORMATS
from kg.namespaces import PREFIXES
from tests.release.content import ARTICLE_GRAPH

__all__ = ["HEADERS", "PARAMETERS", "VALUE", "queries"]

SEEDS = [
    "SELECT ?i (COUNT(*) AS ?n) { ?i a cx:Incident ; cx:dateEarliest ?d FILTER(YEAR(?d) > 2000) } GROUP BY ?i "
    "HAVING(?n > 0)",
    "PREFIX a: <http://a.example/> BASE <http://b.example/> SELECT * { ?s a:b/^<c>*|!(a:d|^a:e)+ ?o . "
    "VALUES (?x ?y) { (1 UNDEF) } }",
    "CONSTRUCT { ?s ?p [ a:b 'x'@en ] } WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } MINUS { ?s ?p 1.5e3 } }",
    f"SELECT * FROM <{ARTICLE_GRAPH}> FROM NAMED <{ARTICLE_GRAPH}> "
    "{ ?s ?p ?o OPTIONAL { ?o ?q '''long \\u0041''' } }",
    "ASK { ?s ?p ?o FILTER(EXISTS { ?o ?q 'x'^^xsd:date } && REGEX(STR(?s), '(a+)+$', 'i')) }",
    "DESCRIBE ?s WHERE { SELECT DISTINCT ?s { ?s ?p ?o } ORDER BY DESC(?s) LIMIT 2 OFFSET 1 } # a comment",
    "SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } BIND(RAND() + NOW() AS ?r) }",
    "SELECT (REPLACE(STR(?l), '(.)', '$1$1') AS ?r) { << ?s ?p ?l >> ?q ?o . ?x skos:prefLabel ?l }",
    "INSERT DATA { GRAPH <http://a.example/> { <http://a.example/s> a cx:Incident } } ; LOAD <http://127.0.0.1:1/>",
]
WORDS = r"""
SELECT * WHERE { } ( ) [ ] < > ?x $y ?? a . ; , ^^ @en ' " ''' \"\"\" # \ \u0041 \uD800 \U00110000 <http://[> <a> <> _:b
1 -1 1e999 .5 true UNDEF BASE PREFIX FROM NAMED GRAPH SERVICE SILENT OPTIONAL MINUS UNION VALUES BIND AS FILTER EXISTS
COUNT( DISTINCT GROUP_CONCAT( IF( IN || && ! != * / | ^ + cx:Incident cx: : zz:z %41 é
"""
PIECES = st.sampled_from([*WORDS.replace('\\"', '"').split(), "\0", "\u0300", "\U0001f600", "\ufffe\n\r\t", " "])


@st.composite
def queries(draw: st.DrawFn) -> str:
    """A query with pieces taken out, put in, doubled, or of another."""
    text = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        other = draw(st.sampled_from(SEEDS))
        cut = draw(st.integers(0, len(other)))
        many = st.builds(lambda piece, times: piece * times, PIECES, st.integers(2, 300))
        put = draw(st.one_of(PIECES, st.just(""), st.just(other[cut : cut + 20]), many, st.text(max_size=5)))
        text = text[:start] + put + text[end:]
    return text


TEXT = st.text(max_size=20)
GRAPHS = st.sampled_from([ARTICLE_GRAPH, f"{PREFIXES['graph']}vocabulary", "http://[", "a:", "", "x:\ud7ff"]) | TEXT
PARAMETERS = st.lists(
    st.one_of(
        st.tuples(st.just("query"), queries()),
        st.tuples(st.sampled_from(["default-graph-uri", "named-graph-uri", "graph", "using-graph-uri"]), GRAPHS),
        st.tuples(st.just("format"), st.sampled_from([*(format.name for format in FORMATS), "html", "srj", "", "\0"])),
        st.tuples(
            st.just("timeout"), st.sampled_from(["1", "0.2", "0", "-1", "nan", "inf", "1e308", "", "x", "\uff11"])
        ),
        st.tuples(st.just("release"), st.sampled_from(["", "0", "..", "a" * 70, "%", "\0", "/"])),
        st.tuples(st.sampled_from(["default", "update"]), TEXT),
        st.tuples(TEXT, TEXT),
    ),
    max_size=5,
)
#: What a header may hold: visible characters of ASCII, spaces inside, and bytes beyond.
VALUE = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=40).map(
    str.strip
)
RANGES = ["*/*", "text/*", "text/html", "application/json;q=0", "text/csv;q=0.5", 'a/b;c="d,e"', "*/*;q=2", 'a/b;c="']
MEDIA = (
    st.lists(st.sampled_from([*RANGES, *(format.media_type for format in FORMATS)]) | VALUE, max_size=4)
    .map(", ".join)
    .map(str.strip)
)
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "Accept": MEDIA,
        "Accept-Encoding": st.sampled_from(["gzip", "zstd", "*;q=0", "gzip;q=nan", "identity;q=0"]) | VALUE,
        "If-None-Match": st.sampled_from(["*", '"a"', 'W/"a", "b"', ","]) | VALUE,
        "Host": st.sampled_from(["[", "[::1]", "a b", "x:99999", "[:::::]", "é"]) | VALUE,
        "X-Forwarded-For": VALUE,
        "Origin": VALUE,
        "Range": st.sampled_from(["bytes=0-1", "bytes=-1", "x"]),
    },
)
