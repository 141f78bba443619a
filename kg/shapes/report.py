"""The report of a validation: its results, for people, for programs, and as the standard's own Turtle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg.ids import digest
from kg.namespaces import BASE, PREFIXES, curie

__all__ = ["GENID", "NOT_CHECKED", "SEVERITIES", "Report", "Result", "Term"]

Term = NamedNode | Literal

#: From the worst to the mildest.
SEVERITIES = ("violation", "warning", "info")

#: The message of a result that says that something could not be looked at.
NOT_CHECKED = "not-checked"

#: Before the label of what is or would be a blank node (RDF 1.1 Concepts, section 3.5).
GENID = f"{BASE}.well-known/genid/"

_SH = PREFIXES["sh"]
_NO_PATHS: Mapping[str, Sequence[Triple]] = {}


@dataclass(frozen=True)
class Result:
    """One validation result.

    Args:
        focus: The focus node: an IRI (a blank node's is made from its label), or a literal in N-Triples.
        path: The IRI of the property, where the result is about one.
        value: The value node.
        shape: The IRI of the shape that fired.
        severity: One of `SEVERITIES`.
        message: What is wrong, for a person.
        component: The IRI of the constraint component.
        constraint: The IRI of the SPARQL constraint, for a SPARQL-based one.
    """

    focus: str
    path: str | None
    value: Term | None
    shape: str
    severity: str
    message: str
    component: str = ""
    constraint: str | None = None

    @property
    def value_text(self) -> str:
        """The value in N-Triples, or nothing."""
        return "" if self.value is None else str(self.value)

    def order(self) -> tuple[object, ...]:
        """The sort key: the worst first, then by shape, focus, path, value."""
        return (
            SEVERITIES.index(self.severity),
            self.shape,
            self.focus,
            self.path or "",
            self.value_text,
            self.message,
            self.component,
            self.constraint or "",
        )


@dataclass(frozen=True)
class Report:
    """The outcome of a validation; `results` are sorted, and no two are equal."""

    results: tuple[Result, ...] = ()

    @classmethod
    def of(cls, results: set[Result]) -> Report:
        """The report of some results."""
        return cls(tuple(sorted(results, key=Result.order)))

    @property
    def conforms(self) -> bool:
        """Whether there is no result at all, of any severity (SHACL, section 3.6.1)."""
        return not self.results

    @property
    def not_checked(self) -> int:
        """How many results say that something could not be checked."""
        return sum(r.message == NOT_CHECKED for r in self.results)

    def counts(self) -> dict[str, int]:
        """How many results there are of each severity, those of none included, and how many `not-checked`."""
        found = Counter(result.severity for result in self.results)
        return {**{severity: found[severity] for severity in SEVERITIES}, NOT_CHECKED: self.not_checked}

    def triples(self, paths: Mapping[str, Sequence[Triple]] = _NO_PATHS) -> list[Triple]:
        """The report as a `sh:ValidationReport`: sorted, without blank nodes, the same for the same results.

        Args:
            paths: The triples of the path of a shape, by the shape's name, where that path is more than a property; the
                first of them has the path itself as its subject.
        """
        named = {_name(result): result for result in self.results}
        report = NamedNode(GENID + digest("report", *named))
        triples = [
            _triple(report, PREFIXES["rdf"] + "type", NamedNode(_SH + "ValidationReport")),
            _triple(report, _SH + "conforms", _boolean(self.conforms)),
            *(_triple(report, _SH + "result", NamedNode(name)) for name in sorted(named)),
        ]
        for name, result in named.items():
            triples.extend(_describe(NamedNode(name), result))
            path = paths.get(result.shape, ()) if result.path is None else ()
            if path and isinstance(path[0].subject, NamedNode):
                triples += [_triple(NamedNode(name), _SH + "resultPath", path[0].subject), *path]
        return triples

    def turtle(self, paths: Mapping[str, Sequence[Triple]] = _NO_PATHS) -> str:
        """The same as Turtle.

        Args:
            paths: As `triples` takes them.
        """
        prefixes = {p: n for p, n in PREFIXES.items() if p in {"cx", "cxsh", "id", "sh", "xsd", "rdf"}}
        return (serialize(self.triples(paths), format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()

    def text(self) -> str:
        """The report for a person: a line of counts, then what was found, grouped by shape."""
        counts = self.counts()
        shown = ", ".join(f"{counts[s]} {s}{'' if counts[s] == 1 else 's'}" for s in ("violation", "warning"))
        lines = [f"{'The graph conforms.' if self.conforms else 'Results:'} {shown}, {counts['info']} info."]
        if self.not_checked:
            lines.append(f"{self.not_checked} quotes were not checked, for the texts they come from are not at hand.")
        by_shape: dict[tuple[str, str], list[Result]] = {}
        for result in self.results:
            by_shape.setdefault((result.severity, result.shape), []).append(result)
        for (severity, shape), results in by_shape.items():
            lines += ["", f"{severity.upper()} {curie(shape)} ({len(results)})"]
            if severity == "info":
                lines.append(f"  {results[0].message}")
                continue
            for result in results:
                where = curie(result.focus) + (f" {curie(result.path)}" if result.path else "")
                lines += [f"  {where}{f' = {_shown(result.value)}' if result.value is not None else ''}"]
                lines += [f"    {result.message}"]
        return "\n".join(lines) + "\n"


def _name(result: Result) -> str:
    return GENID + digest(*(str(part) for part in result.order()))


def _describe(node: NamedNode, result: Result) -> list[Triple]:
    focus = Literal(result.focus) if result.focus.startswith('"') else NamedNode(result.focus)
    pairs: list[tuple[str, Term | None]] = [
        (PREFIXES["rdf"] + "type", NamedNode(_SH + "ValidationResult")),
        (_SH + "focusNode", focus),
        (_SH + "resultPath", NamedNode(result.path) if result.path else None),
        (_SH + "value", result.value),
        (_SH + "sourceShape", NamedNode(result.shape)),
        (_SH + "sourceConstraintComponent", NamedNode(result.component) if result.component else None),
        (_SH + "sourceConstraint", NamedNode(result.constraint) if result.constraint else None),
        (_SH + "resultSeverity", NamedNode(_SH + result.severity.capitalize())),
        (_SH + "resultMessage", Literal(result.message, language="en")),
    ]
    return [_triple(node, predicate, value) for predicate, value in pairs if value is not None]


def _triple(subject: NamedNode, predicate: str, value: Term) -> Triple:
    return Triple(subject, NamedNode(predicate), value)


def _boolean(value: bool) -> Literal:
    return Literal("true" if value else "false", datatype=NamedNode(PREFIXES["xsd"] + "boolean"))


def _shown(value: Term | None) -> str:
    """A value for a person, cut where it is long."""
    words = curie(value.value) if isinstance(value, NamedNode) else (value.value if value is not None else "")
    return words if len(words) <= 80 else f"{words[:77]}..."
