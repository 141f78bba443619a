from __future__ import annotations

import pytest

from kg.namespaces import PREFIXES, SCHEMES, curie, expand, graph_iri, prefix_header
from kg.resources import ontology_dir


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_prefixed_name_comes_back(prefix: str) -> None:
    assert curie(expand(f"{prefix}:name")) == f"{prefix}:name"


def test_an_unknown_prefix_is_an_error_and_an_iri_is_itself() -> None:
    with pytest.raises(KeyError):
        expand("nope:name")
    assert expand("https://example.org/x") == curie("https://example.org/x") == "https://example.org/x"


def test_every_scheme_has_its_file() -> None:
    files = {path.stem for path in (ontology_dir() / "vocabulary").glob("*.ttl")}
    assert set(SCHEMES.values()) == files


def test_the_header_declares_every_prefix() -> None:
    assert prefix_header().count("PREFIX ") == len(PREFIXES)
    assert graph_iri("meta").startswith(PREFIXES["graph"])
