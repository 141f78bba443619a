"""Places of statements against the engine's own parser: on documents made up by hypothesis, and on files at hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat

from kg.resources import ontology_dir
from kg.shapes.turtle_positions import Places, UnplacedError, turtle_places
from tests.support.commands import shared

#: What may stand between two tokens; a comment hides marks that would mean something.
GAPS = st.sampled_from([" ", "\n", "  \n\t", ' # no [ ( " . end\n', "\r\n"])


@dataclass
class Writer:
    """Writes one document; every term of it holds a number of its own, so that its place can be told."""

    draw: st.DrawFn
    text: list[str] = field(default_factory=list)
    last: int = 0

    def put(self, token: str) -> None:
        self.text.append(token + self.draw(GAPS))

    def number(self) -> int:
        self.last += 1
        return self.last

    def iri(self) -> None:
        number = self.number()
        self.put(
            self.draw(st.sampled_from([f":t{number}", f"<http://x/t{number}>", f":a.t{number}", f":t{number}\\,"]))
        )

    def term(self, depth: int) -> None:
        number = self.number()
        kinds = ["iri", "blank", "word", "literal"] + (["bracket", "list"] if depth else ["anonymous", "nil"])
        match self.draw(st.sampled_from(kinds)):
            case "iri":
                self.iri()
            case "blank":
                self.put(f"_:b{number}")
            case "word":
                self.put(self.draw(st.sampled_from([str(number), f"-{number}.5", f"{number}e1", f".{number}"])))
            case "literal":
                quoted = self.draw(st.sampled_from(['"v{}."', "'v{}['", '"""v{} "q" \n]"""', "'''v{}'\\''''"]))
                suffix = self.draw(st.sampled_from(["", "@en", "@en-GB", "^^:d", "^^<http://x/d>", " ^^ :d"]))
                self.put(quoted.replace("{}", str(number)) + suffix)
            case "bracket":
                self.put("[")
                if self.draw(st.booleans()):
                    self.pairs(depth - 1)
                self.put("]")
            case "list":
                self.put("(")
                for _ in range(self.draw(st.integers(0, 3))):
                    self.term(depth - 1)
                self.put(")")
            case "anonymous":
                self.put("[]")
            case _:
                self.put("()")

    def pairs(self, depth: int) -> None:
        for index in range(self.draw(st.integers(1, 3))):
            if index:
                self.put(";" * self.draw(st.integers(1, 2)))
            if self.draw(st.booleans()):
                self.iri()
            else:
                self.put("a")
            for other in range(self.draw(st.integers(1, 3))):
                if other:
                    self.put(",")
                self.term(depth)
        if self.draw(st.booleans()):
            self.put(";")

    def statement(self) -> None:
        match self.draw(st.sampled_from(["iri", "blank", "alone", "bracket", "list"])):
            case "iri":
                self.iri()
            case "blank":
                self.put(f"_:b{self.number()}")
            case "list":
                self.put("(")
                for _ in range(self.draw(st.integers(0, 3))):
                    self.term(1)
                self.put(")")
            case kind:
                self.put("[")
                self.pairs(2)
                self.put("]")
                if kind == "alone":
                    return
        self.pairs(2)

    def block(self) -> None:
        for index in range(self.draw(st.integers(1, 2))):
            if index:
                self.put(".")
            self.statement()
        if self.draw(st.booleans()):
            self.put(".")


@st.composite
def turtle(draw: st.DrawFn) -> str:
    writer = Writer(draw)
    writer.put("@prefix : <http://x/> .")
    for _ in range(draw(st.integers(1, 4))):
        if draw(st.integers(0, 3)) == 0:
            writer.put(draw(st.sampled_from(["PREFIX q: <http://q/>", "@base <http://b/> .", "base <http://c/>"])))
        writer.statement()
        writer.put(".")
    return "".join(writer.text)


@st.composite
def trig(draw: st.DrawFn) -> str:
    writer = Writer(draw)
    writer.put("PREFIX : <http://x/>")
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(["", ":g", "GRAPH <http://x/g>", "_:g", "[]", "none"]))
        if name == "none":
            writer.statement()
            writer.put(".")
        else:
            writer.put(name + " {")
            writer.block()
            writer.put("}")
    return "".join(writer.text)


def marks(term: object) -> str:
    """What must be read at the place of a term."""
    if isinstance(term, NamedNode):
        end = term.value.rsplit("/", 1)[-1].rstrip(",")
        return "" if end.endswith("nil") else end
    return term.value.partition(".")[0].split(" ")[0].rstrip("['") if isinstance(term, Literal) else ""


def holds(text: str, places: Places, quads: list[Quad]) -> None:
    assert len(places) == len(quads)
    blank: dict[str, tuple[int, int]] = {}
    for number, quad in enumerate(quads):
        own = text[places.starts[number] : places.ends[number]]
        subject = text[places.subject_starts[number] : places.subject_ends[number]]
        link = quad.predicate.value.startswith("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
        listed = link and quad.predicate.value.endswith(("#first", "#rest"))
        if not (listed and quad.predicate.value.endswith("#rest")):
            assert marks(quad.object).strip("-.") in own
        if isinstance(quad.subject, NamedNode):
            assert subject == "(" or (marks(quad.subject) and marks(quad.subject) in subject)
        elif isinstance(quad.subject, BlankNode) and not subject.startswith("_:"):
            # An unlabelled node has one place, its bracket; that of an item of a list is the item's.
            assert listed or subject in "[("
            place = places.subject_starts[number], places.subject_ends[number]
            assert blank.setdefault(quad.subject.value, place) == place
    assert len({*blank.values()}) >= len(blank) - sum(q.predicate.value.endswith("#rest") for q in quads)


@given(turtle())
@settings(max_examples=100, deadline=None)
def test_every_statement_of_turtle_has_its_place(text: str) -> None:
    holds(text, turtle_places(text), list(pyoxigraph.parse(text, format=RdfFormat.TURTLE)))


@given(trig())
@settings(max_examples=100, deadline=None)
def test_every_statement_of_trig_has_its_place(text: str) -> None:
    holds(text, turtle_places(text), list(pyoxigraph.parse(text, format=RdfFormat.TRIG)))


def test_where_a_statement_begins_and_ends() -> None:
    text = '@prefix : <x:> .\n:a :p "one"@en , [ :q 2.5 ] ;\n  a :T .'
    places = turtle_places(text)
    own = [text[places.starts[n] : places.ends[n]] for n in range(len(places))]
    assert own == [':p "one"@en', ":q 2.5", "[", "a :T"]
    subjects = [text[places.subject_starts[n] : places.subject_ends[n]] for n in range(len(places))]
    assert subjects == [":a", "[", ":a", ":a"]


def test_no_depth_of_nesting_is_too_deep() -> None:
    depth = 20_000
    text = f"<x:a> <x:p> {'[ <x:q> ' * depth}1{' ]' * depth} ."
    assert len(turtle_places(text)) == depth + 1


@pytest.mark.parametrize(
    "text", ["<x:a> <x:b> <x:c> ~ <x:r> .", "<< <x:a> <x:b> <x:c> >> <x:p> 1 .", "<x:a> <x:b> <<( <x:a> <x:b> 1 )>> ."]
)
def test_what_is_newer_than_turtle_has_no_places(text: str) -> None:
    assert list(pyoxigraph.parse(text, format=RdfFormat.TURTLE))
    with pytest.raises(UnplacedError):
        turtle_places(text)


def files() -> list[Path]:
    """Turtle and TriG that others wrote, and ours."""
    found = sorted(ontology_dir().rglob("*.ttl"))
    folder = shared()
    if folder is not None and (folder / "w3c").is_dir():
        found += sorted(path for path in (folder / "w3c").rglob("*") if path.suffix in (".ttl", ".trig"))
    return found


def test_the_places_of_files_at_hand() -> None:
    """Every literal of every file is where it is said to be; files that are broken on purpose have no places."""
    checked = 0
    for path in files():
        syntax = RdfFormat.TRIG if path.suffix == ".trig" else RdfFormat.TURTLE
        try:
            quads = list(pyoxigraph.parse(path.read_bytes(), format=syntax, base_iri=path.as_uri()))
            text = path.read_bytes().decode()
        except (SyntaxError, UnicodeDecodeError):
            continue
        if any(mark in text for mark in ("<<", "{|", "~")):
            continue  # RDF 1.2
        places = turtle_places(text)
        assert len(places) == len(quads), path
        for number, quad in enumerate(quads):
            value = quad.object
            if isinstance(value, Literal) and not set(value.value) & set("\\\"'\n\r\t") and value.value.isascii():
                own = text[places.starts[number] : places.ends[number]]
                assert value.value in own or "\\" in own, f"{path}: {value} is not in {own}"
                checked += 1
    assert checked > 2_000
