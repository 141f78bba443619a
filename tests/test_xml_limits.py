from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Triple

from kg.xml_limits import UnwritableError, carried, named_predicates

TEXT = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("\r\n\t\x00\x1f\ufffe\uffff<&")))


def _escaped(text: str) -> bytes:
    return text.replace("&", "&amp;").replace("<", "&lt;").encode()


@given(TEXT)
def test_what_is_carried_is_read_as_it_was_written_and_the_rest_no_reader_takes(text: str) -> None:
    try:
        body = carried(_escaped(text), "XML")
    except UnwritableError:
        # Without what is refused there is nothing more to refuse.
        kept = [mark for mark in text if (mark >= " " or mark in "\t\n\r") and mark not in "\ufffe\uffff"]
        assert len(kept) < len(text)
        assert carried(_escaped("".join(kept)), "XML") or not kept
    else:
        assert (ElementTree.fromstring(b"<a>" + body + b"</a>").text or "") == text


def test_a_character_that_is_cut_in_two_is_refused() -> None:
    cut = "a\ufffe".encode()
    with pytest.raises(UnwritableError, match="which RDF/XML cannot carry"):
        carried(cut[3:], "RDF/XML", before=cut[:3])


def test_statements_pass_unchanged_up_to_the_one_that_cannot_be_written() -> None:
    node = NamedNode("http://a.example/b")
    good, bad = Triple(node, node, node), Triple(node, NamedNode("http://a.example/7"), node)
    passed = named_predicates([good, good, bad])
    assert [next(passed), next(passed)] == [good, good]
    with pytest.raises(UnwritableError, match=r"<http://a\.example/7>"):
        next(passed)
