from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.namespaces import expand
from server.describing import Description
from server.labels import Label, Labels
from server.views.evidence import claims_of

ARTICLE, CLAIM = expand("id:article/aa"), expand("id:claim/cc")
ARMY = "id:organization/army"
HELD = [expand(name) for name in ("certainty:asserted", "tense:past", "specificity:specific")]
LABELS = Labels({HELD[0]: Label("asserted")}, HELD)


def quad(subject: str, name: str, value: str | Literal) -> Quad:
    node = value if isinstance(value, Literal) else NamedNode(expand(value) if "://" not in value else value)
    return Quad(NamedNode(subject), NamedNode(expand(name)), node, DefaultGraph())


def number(value: int) -> Literal:
    return Literal(str(value), datatype=NamedNode(expand("xsd:integer")))


def claim(iri: str = CLAIM, changed: Mapping[str, str | Literal] | None = None) -> list[Quad]:
    """A claim without evidence; a change gives another value of one of its properties."""
    values: dict[str, str | Literal] = {
        "rdf:subject": "id:incident/i",
        "rdf:predicate": "cx:front",
        "rdf:object": "front:eastern",
        "cx:inArticle": ARTICLE,
        "cx:certainty": "certainty:asserted",
        "cx:tense": "tense:past",
        "cx:specificity": "specificity:specific",
        "cx:negated": Literal("false", datatype=NamedNode(expand("xsd:boolean"))),
    }
    values |= {f"cx:{name}": value for name, value in (changed or {}).items()}
    return [quad(iri, name, value) for name, value in values.items()]


def evidence(name: str, start: int, end: int, exact: str | None, iri: str = CLAIM) -> list[Quad]:
    node, position, quote = (expand(f"id:{kind}/{name}") for kind in ("evidence", "position", "quote"))
    found = [
        quad(iri, "cx:evidence", node),
        quad(node, "oa:hasSelector", position),
        quad(position, "oa:start", number(start)),
        quad(position, "oa:end", number(end)),
    ]
    if exact is None:
        return [*found, quad(node, "cx:quoteWithheld", number(7))]
    return [*found, quad(node, "oa:hasSelector", quote), quad(quote, "oa:exact", Literal(exact))]


def described(*quads: Quad, text: str | None = None) -> Description:
    title = quad(ARTICLE, "dcterms:title", Literal("a title"))
    return Description(expand("id:incident/i"), [title, *quads], texts={ARTICLE: text} if text is not None else {})


def test_a_claim_shows_who_says_what_and_where() -> None:
    said = claim(
        changed={"attributionText": Literal("the army said"), "attributedTo": ARMY, "rawValue": Literal("east")}
    )
    [found] = claims_of(described(*said, *evidence("e1", 3, 8, "words")), [CLAIM], LABELS)
    assert (found.subject, found.predicate) == (expand("id:incident/i"), expand("cx:front"))
    assert found.value.iri == expand("front:eastern")
    assert (found.speaker, found.raw) == ("the army said", "east")
    assert [who for who, _label in found.speakers] == [expand(ARMY)]
    assert (found.certainty.text, found.held, found.marks) == ("asserted", True, ())
    [words] = found.words
    assert (words.quote, words.start, words.end, words.withheld) == ("words", 3, 8, 0)
    assert words.anchor == f"{ARTICLE}#e-e1"


def test_what_cannot_be_a_fact_is_not_held() -> None:
    true = Literal("true", datatype=NamedNode(expand("xsd:boolean")))
    changed: list[tuple[dict[str, str | Literal], tuple[str, ...]]] = [
        ({"certainty": "certainty:possible"}, ()),
        ({"tense": "tense:future"}, ("planned or expected",)),
        ({"negated": true}, ("negated",)),
    ]
    for change, marks in changed:
        [found] = claims_of(described(*claim(changed=change)), [CLAIM], LABELS)
        assert not found.held
        assert found.marks == marks
    [general] = claims_of(described(*claim(changed={"specificity": "specificity:general"})), [CLAIM], LABELS)
    assert general.marks == ("general",)


def test_withheld_words_are_counted_and_have_no_surroundings() -> None:
    [found] = claims_of(described(*claim(), *evidence("e1", 3, 8, None), text="of no words at all"), [CLAIM], LABELS)
    [words] = found.words
    assert (words.quote, words.withheld, words.before, words.after) == (None, 7, "", "")


def test_claims_stand_in_the_order_of_the_text() -> None:
    other = expand("id:claim/bb")
    quads = [*claim(), *evidence("e1", 30, 38, "later"), *claim(other), *evidence("e2", 3, 8, "first", other)]
    assert [found.iri for found in claims_of(described(*quads), [CLAIM, other], LABELS)] == [other, CLAIM]


def test_what_is_no_whole_claim_is_left_out() -> None:
    for missing in ("rdf:object", "rdf:predicate", "cx:inArticle"):
        quads = [found for found in claim() if found.predicate != NamedNode(expand(missing))]
        assert claims_of(described(*quads), [CLAIM], LABELS) == []


def test_a_digest_is_named_as_ours() -> None:
    publisher = quad(ARTICLE, "dcterms:publisher", Literal("The Paper"))
    [own] = claims_of(described(*claim(), publisher, quad(ARTICLE, "rdf:type", "cx:Digest")), [CLAIM], LABELS)
    [theirs] = claims_of(described(*claim(), publisher), [CLAIM], LABELS)
    assert (own.article.what, theirs.article.what) == ("our digest of The Paper", "The Paper")


@given(st.text(alphabet="ab \n", min_size=1, max_size=600), st.data())
def test_the_surroundings_are_those_of_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quads = [*claim(), *evidence("e1", start, end, text[start:end])]
    [words] = claims_of(described(*quads, text=text), [CLAIM], LABELS)[0].words
    assert "\n" not in words.before + words.after
    assert text[:start].endswith(words.before.removeprefix("… "))
    assert text[end:].startswith(words.after.removesuffix(" …"))
