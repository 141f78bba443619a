from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from kg.errors import UsageError
from kg.shapes.read import file_quads, prefixes_of, rdf_files, read_quads

XML = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
RUN = b"<rdf:Description><e:p>" + b"&b;" * 1000 + b"</e:p></rdf:Description></rdf:RDF>"


def test_blank_nodes_of_two_files_are_kept_apart_and_named_alike_each_time(tmp_path: Path) -> None:
    for name in ("a.ttl", "b.ttl"):
        (tmp_path / name).write_text("_:x <p:p> [ <p:q> _:x ] .", "utf-8")
    paths = rdf_files([tmp_path])
    first, second = (list(read_quads(paths)) for _ in range(2))
    assert first == second
    labels = [{str(t) for q in first[start : start + 2] for t in (q.subject, q.object)} for start in (0, 2)]
    assert len(labels[0]) == len(labels[1]) == 2
    assert not labels[0] & labels[1]


def test_a_folder_gives_its_files_once_and_leaves_out_shapes_and_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b.nt", "sub/a.ttl.gz", ".hidden.ttl", ".git/x.ttl", "shapes.ttl", "read.me", "c.owl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    found = rdf_files([tmp_path / "b.nt", tmp_path], [tmp_path / "shapes.ttl"])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["b.nt", "c.owl", "sub/a.ttl.gz"]
    assert rdf_files([tmp_path / "shapes.ttl"], [tmp_path / "shapes.ttl"]) == [tmp_path / "shapes.ttl"]


def test_a_folder_without_rdf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no RDF file"):
        rdf_files([tmp_path])


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [("a.ttl", "<a:a> <a:b>\n  nonsense .", ":2:3"), ("a.jsonld", '{"@context": "http://x.example/c"}', "")],
)
def test_a_broken_file_is_refused_with_line_and_column(tmp_path: Path, name: str, content: str, where: str) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    with pytest.raises(UsageError) as caught:
        list(read_quads([path]))
    assert str(caught.value).startswith(f"{path}{where} cannot be read as ")
    assert "\n" not in str(caught.value)


_DEEP = 10_000
HOSTILE = {
    "deep.jsonld": b'{"@id":"a:a","a:p":' * _DEEP + b"1" + b"}" * _DEEP,
    "deep.rdf": XML + b"<rdf:Description><e:p>" * _DEEP,
    "bomb.rdf": b'<!DOCTYPE r [<!ENTITY a "' + b"x" * 1000 + b'"><!ENTITY b "' + b"&a;" * 1000 + b'">]>' + XML + RUN,
    "terms.nt": b"<a:a> <a:b> " + b"<<( <a:a> <a:b> " * _DEEP + b"<a:c>" + b" )>>" * _DEEP + b" .",
    "terms.ttl": b"<a:a> <a:b> " + b"<<(<a:a> <a:b>\n" * _DEEP,
    "bytes.nq": b"<a:a> <a:b> <a:c> .\n\xff",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_end_the_process_is_refused_with_its_place(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    for read in (lambda: list(file_quads(path, 0)), lambda: prefixes_of(path)):
        with pytest.raises(
            UsageError, match=rf"{name}:[0-9]+:[0-9]+ cannot be read as [-A-Za-z/ ]+: the document "
        ) as caught:
            read()
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["some.nt", "some.ttl"])
def test_triple_terms_that_are_not_deep_are_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"<a:a> <a:b> <<( <a:a> <a:b> <a:c> )>> .\n" * 300)
    assert len(list(file_quads(path, 0))) == 300


def test_the_prefixes_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("@prefix ex: <http://example.org/> .\nex:a ex:b ex:c .\n", "utf-8")
    assert prefixes_of(path) == {"ex": "http://example.org/"}
    assert pyoxigraph.NamedNode("http://example.org/a") == next(read_quads([path])).subject
