from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.namespaces import PREFIXES
from kg.query_scope import misuse
from kg.query_syntax import Parsed, parse
from kg.query_text import QueryText
from tests.support.w3c import w3c_sparql

#: What the engine takes and the specification forbids: `?x<?a&&?b>?y` has an IRI in it.
_LAX = {"syn-bad-26.rq"}
_LIBRARY = Path(__file__).parents[1] / "queries"


def read(text: str, start: str = "Query") -> Parsed:
    return parse(text, QueryText(text).tokens, start)


def taken(text: str, *, update: bool) -> bool:
    """Whether the engine takes a text; it may fail to evaluate what it has read."""
    with suppress(RuntimeError, OSError, ValueError):
        try:
            if update:
                Store().update(text, base_iri="https://example.org/", prefixes=PREFIXES)
            else:
                Store().query(text, base_iri="https://example.org/", prefixes=PREFIXES)
        except SyntaxError:
            return False
    return True


def faultless(path: Path) -> bool:
    text = path.read_text(errors="replace")
    parsed = read(text, "Update" if path.suffix == ".ru" else "Query")
    return parsed.fault is None and misuse(parsed.nodes) is None


def test_what_the_library_asks_follows_the_grammar() -> None:
    paths = sorted(_LIBRARY.glob("*.rq"))
    assert [path.name for path in paths if not faultless(path)] == []
    assert len(paths) > 30


@pytest.mark.skipif(w3c_sparql() is None, reason="the W3C suites are not here")
def test_what_the_engine_takes_of_the_w3c_suites_follows_the_grammar() -> None:
    folder = w3c_sparql()
    assert folder is not None
    paths = [
        path
        for path in sorted(folder.rglob("*.r[qu]"))
        if taken(path.read_text(errors="replace"), update=path.suffix == ".ru")
    ]
    assert {path.name for path in paths if not faultless(path)} == _LAX
    assert len(paths) > 1000


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("1 1.5 .5 1e6 -1 +.5", ["INTEGER", "NUMBER", "NUMBER", "NUMBER", "SIGNED", "SIGNED"]),
        ("( ) [\n] (1)", ["NIL", "ANON", "(", "INTEGER", ")"]),
        ("<< <<( )>> {| |} && || ^^ <= !=", ["<<", "<<(", ")>>", "{|", "|}", "&&", "||", "^^", "<=", "!="]),
        ("sha256 Optional a A true True x1", ["SHA256", "OPTIONAL", "a", "WORD", "true", "WORD", "WORD"]),
        ("'a'@en-GB--ltr <a:b> a:b ?a _:a", ["STRING", "LANGTAG", "IRIREF", "NAME", "VAR", "BLANK"]),
        ("1. ?a", ["INTEGER", ".", "VAR"]),
    ],
)
def test_a_terminal_may_be_of_several_tokens(text: str, kinds: list[str]) -> None:
    # Nothing of the kind begins a query: each is the fault where it stands first.
    found = []
    rest = text
    while rest:
        fault = read(rest).fault
        assert fault is not None
        found.append(fault.leaf.kind)
        rest = rest[fault.leaf.start + len(fault.leaf.text) :]
    assert found == kinds


def test_a_fault_knows_what_is_open_and_what_could_stand_there() -> None:
    fault = read("SELECT * { ?s ?p ( 1 [ ?q '").fault
    assert fault is not None
    assert [leaf.text for leaf in fault.opened] == ["{", "(", "["]
    assert (fault.leaf.text, fault.leaf.start, fault.before and fault.before.text) == ("'", 26, "?q")
    assert {"VAR", "STRING", "[", "("} <= fault.expected
    assert "}" not in fault.expected


def test_the_nodes_come_with_those_in_them_first() -> None:
    nodes = read("SELECT ?a { FILTER(?a > COUNT(?b)) }").nodes
    rules = [node.rule for node in nodes]
    assert rules.index("Aggregate") < rules.index("Filter") < rules.index("Group") < rules.index("SelectQuery")
    clause = nodes[rules.index("SelectClause")]
    assert [leaf.text for leaf in clause.leaves("VAR")] == ["?a"]
    assert nodes[rules.index("SelectQuery")].nodes("SelectClause") == [clause]
