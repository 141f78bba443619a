"""The grammar of SPARQL as data: SPARQL 1.1 Query, section 19.8, SPARQL 1.1 Update, and the triple terms of 1.2.

It is for saying where a refused text goes wrong. So it may take a little more than the engine does, such as a variable
in DELETE DATA, and must take all that the engine takes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import count

__all__ = ["AGGREGATES", "FUNCTIONS", "KEYWORDS", "SMALL_WORDS", "Grammar", "sparql_grammar"]

_ONE = "STR LANG DATATYPE IRI URI ABS CEIL FLOOR ROUND STRLEN UCASE LCASE ENCODE_FOR_URI YEAR MONTH DAY HOURS MINUTES"
_ONE_MORE = "SECONDS TIMEZONE TZ MD5 SHA1 SHA256 SHA384 SHA512 ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC"
_ONE_OF_1_2 = "LANGDIR HASLANG HASLANGDIR ISTRIPLE SUBJECT PREDICATE OBJECT"
_TWO = "LANGMATCHES CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER STRLANG STRDT SAMETERM ADJUST"
_THREE = "IF STRLANGDIR TRIPLE"
_AGGREGATES_OF_ONE = "SUM MIN MAX AVG SAMPLE"

AGGREGATES = frozenset({"COUNT", "GROUP_CONCAT", *_AGGREGATES_OF_ONE.split()})


def _any(words: str) -> str:
    return " | ".join(f"'{word}'" for word in words.split())


#: Capitals are kinds of tokens; quoted words are keywords, in any case but for the small words; a line that begins with
#: a space goes on with the rule before it.
_RULES = f"""
Query ::= Prologue ( SelectQuery | ConstructQuery | DescribeQuery | AskQuery ) ValuesClause? END
Prologue ::= ( 'BASE' IRIREF | 'PREFIX' NAME IRIREF | 'VERSION' STRING )*
SelectQuery ::= SelectClause DatasetClause* WhereClause SolutionModifier
SubSelect ::= SelectClause WhereClause SolutionModifier ValuesClause?
SelectClause ::= 'SELECT' ( 'DISTINCT' | 'REDUCED' )? ( '*' | ( VAR | '(' Expression 'AS' VAR ')' )+ )
ConstructQuery ::= 'CONSTRUCT' ( Template DatasetClause* WhereClause SolutionModifier
 | DatasetClause* 'WHERE' Template SolutionModifier )
DescribeQuery ::= 'DESCRIBE' ( VarOrIri+ | '*' ) DatasetClause* WhereClause? SolutionModifier
AskQuery ::= 'ASK' DatasetClause* WhereClause SolutionModifier
DatasetClause ::= 'FROM' 'NAMED'? Iri
WhereClause ::= 'WHERE'? Group
SolutionModifier ::= GroupClause? HavingClause? OrderClause? LimitOffset?
GroupClause ::= 'GROUP' 'BY' ( VAR | '(' Expression ( 'AS' VAR )? ')' | Call )+
HavingClause ::= 'HAVING' Constraint+
OrderClause ::= 'ORDER' 'BY' ( VAR | Constraint | ( 'ASC' | 'DESC' ) Bracketed )+
LimitOffset ::= 'LIMIT' INTEGER ( 'OFFSET' INTEGER )? | 'OFFSET' INTEGER ( 'LIMIT' INTEGER )?
ValuesClause ::= 'VALUES' DataBlock

Group ::= '{{' ( SubSelect | Patterns ) '}}'
Patterns ::= Triples? ( Pattern '.'? Triples? )*
Triples ::= SameSubject ( '.' Triples? )?
Pattern ::= Filter | Bind | Optional | Minus | Union | Graph | Service | Lateral | ValuesClause
Optional ::= 'OPTIONAL' Group
Minus ::= 'MINUS' Group
Union ::= Group ( 'UNION' Group )*
Graph ::= 'GRAPH' VarOrIri Group
Service ::= 'SERVICE' 'SILENT'? VarOrIri Group
Lateral ::= 'LATERAL' Group
Filter ::= 'FILTER' Constraint
Bind ::= 'BIND' '(' Expression 'AS' VAR ')'
DataBlock ::= VAR '{{' Value* '}}' | ( NIL | '(' VAR* ')' ) '{{' Row* '}}'
Row ::= '(' Value* ')' | NIL
Value ::= Iri | Literal | 'UNDEF' | '<<(' Value ( Iri | 'a' ) Value ')>>'

SameSubject ::= Term Properties | ( Nested | Reified ) Properties?
Properties ::= Verb Objects ( ';' ( Verb Objects )? )*
Objects ::= Object ( ',' Object )*
Object ::= ( Term | Nested | Reified ) ( '~' ( VarOrIri | BLANK | ANON )? | '{{|' Properties '|}}' )*
Nested ::= '(' ( Term | Nested | Reified )+ ')' | '[' Properties ']'
Verb ::= VAR | Path
Path ::= Steps ( '|' Steps )*
Steps ::= Step ( '/' Step )*
Step ::= '^'? ( Iri | 'a' | '!' Excluded | '(' Path ')' ) ( '?' | '*' | '+' )?
Excluded ::= '^'? ( Iri | 'a' ) | NIL | '(' '^'? ( Iri | 'a' ) ( '|' '^'? ( Iri | 'a' ) )* ')'

Template ::= '{{' PlainTriples? '}}'
PlainTriples ::= PlainSubject ( '.' PlainTriples? )?
PlainSubject ::= Term PlainProperties | ( PlainNested | Reified ) PlainProperties?
PlainProperties ::= PlainVerb PlainObjects ( ';' ( PlainVerb PlainObjects )? )*
PlainObjects ::= PlainObject ( ',' PlainObject )*
PlainObject ::= ( Term | PlainNested | Reified ) ( '~' ( VarOrIri | BLANK | ANON )? | '{{|' PlainProperties '|}}' )*
PlainNested ::= '(' ( Term | PlainNested | Reified )+ ')' | '[' PlainProperties ']'
PlainVerb ::= VarOrIri | 'a'

Term ::= VarOrIri | Literal | BLANK | ANON | NIL | TripleTerm
Part ::= VarOrIri | Literal | BLANK | ANON | TripleTerm | Reified
TripleTerm ::= '<<(' Part PlainVerb Part ')>>'
Reified ::= '<<' Part PlainVerb Part ( '~' ( VarOrIri | BLANK | ANON )? )? '>>'
VarOrIri ::= VAR | Iri
Iri ::= IRIREF | NAME
Literal ::= STRING ( LANGTAG | '^^' Iri )? | INTEGER | NUMBER | SIGNED | 'true' | 'false'

Constraint ::= Bracketed | Call
Bracketed ::= '(' Expression ')'
Call ::= Iri Arguments | BuiltIn
Arguments ::= NIL | '(' 'DISTINCT'? Expression ( ',' Expression )* ')'
List ::= NIL | '(' Expression ( ',' Expression )* ')'
Expression ::= Both ( '||' Both )*
Both ::= Compared ( '&&' Compared )*
Compared ::= Sum ( ( '=' | '!=' | '<' | '>' | '<=' | '>=' ) Sum | 'IN' List | 'NOT' 'IN' List )?
Sum ::= Product ( ( '+' | '-' ) Product | SIGNED ( ( '*' | '/' ) Unary )* )*
Product ::= Unary ( ( '*' | '/' ) Unary )*
Unary ::= ( '!' | '+' | '-' )* Primary
Primary ::= VAR | Literal | Iri Arguments? | Bracketed | BuiltIn | TripleTerm
BuiltIn ::= ( {_any(f"{_ONE} {_ONE_MORE} {_ONE_OF_1_2}")} ) '(' Expression ')'
 | ( {_any(_TWO)} ) '(' Expression ',' Expression ')'
 | ( {_any(_THREE)} ) '(' Expression ',' Expression ',' Expression ')'
 | ( 'RAND' | 'NOW' | 'UUID' | 'STRUUID' ) NIL | 'BNODE' ( NIL | '(' Expression ')' ) | ( 'CONCAT' | 'COALESCE' ) List
 | ( 'SUBSTR' | 'REGEX' ) '(' Expression ',' Expression ( ',' Expression )? ')'
 | 'REPLACE' '(' Expression ',' Expression ',' Expression ( ',' Expression )? ')'
 | Bound | Exists | Aggregate
Bound ::= 'BOUND' '(' VAR ')'
Exists ::= 'EXISTS' Group | 'NOT' 'EXISTS' Group
Aggregate ::= 'COUNT' '(' 'DISTINCT'? ( '*' | Expression ) ')'
 | ( {_any(_AGGREGATES_OF_ONE)} ) '(' 'DISTINCT'? Expression ')'
 | 'GROUP_CONCAT' '(' 'DISTINCT'? Expression ( ';' 'SEPARATOR' '=' STRING )? ')'

Update ::= Operations END
Operations ::= Prologue ( Operation ( ';' Operations )? )?
Operation ::= 'LOAD' 'SILENT'? Iri ( 'INTO' 'GRAPH' Iri )? | ( 'CLEAR' | 'DROP' ) 'SILENT'? ( 'GRAPH' Iri
 | 'DEFAULT' | 'NAMED' | 'ALL' )
 | 'CREATE' 'SILENT'? 'GRAPH' Iri | ( 'ADD' | 'MOVE' | 'COPY' ) 'SILENT'? OneGraph 'TO' OneGraph
 | 'INSERT' ( 'DATA' Quads | Quads Using ) | 'DELETE' ( ( 'DATA' | 'WHERE' ) Quads | Quads ( 'INSERT' Quads )? Using )
 | 'WITH' Iri ( 'INSERT' Quads Using | 'DELETE' Quads ( 'INSERT' Quads )? Using )
OneGraph ::= 'DEFAULT' | 'GRAPH'? Iri
Using ::= ( 'USING' 'NAMED'? Iri )* 'WHERE' Group
Quads ::= '{{' PlainTriples? ( 'GRAPH' VarOrIri '{{' PlainTriples? '}}' '.'? PlainTriples? )* '}}'
"""

_SYMBOL = re.compile(r"'([^']+)'|([()|?*+])|([A-Za-z]+)")
#: The words that the engine takes in small letters alone.
SMALL_WORDS = frozenset({"a", "true", "false"})
KEYWORDS = frozenset(re.findall(r"'([A-Z][A-Z0-9_]+)'", _RULES))
FUNCTIONS = frozenset(
    re.findall(r"'([A-Z][A-Z0-9_]+)'", re.findall(r"BuiltIn ::=.*?\nBound", _RULES, re.DOTALL)[0])
) | {"BOUND", *AGGREGATES}


@dataclass(frozen=True)
class Grammar:
    """An LL(1) grammar: which production of a rule a token chooses.

    Args:
        choices: Of each rule, the production that begins with each terminal.
        optional: The rules that may be left out.
    """

    choices: dict[str, dict[str, tuple[str, ...]]]
    optional: frozenset[str]

    def begins(self, rule: str) -> frozenset[str]:
        """The terminals that can begin what a rule stands for."""
        return frozenset(self.choices[rule])


@cache
def sparql_grammar() -> Grammar:
    """The grammar of queries (`Query`) and updates (`Update`)."""
    rules: dict[str, list[tuple[str, ...]]] = {}
    for text in re.split(r"\n(?=[A-Z])", _RULES.strip()):
        name, _, right = text.partition(" ::= ")
        _Reader(rules, _SYMBOL.findall(right)).alternatives(name)
    return _compiled(rules)


class _Reader:
    """The right side of a rule; what is in brackets or repeated becomes a rule of its own, named by a number."""

    numbers = count()

    def __init__(self, rules: dict[str, list[tuple[str, ...]]], symbols: list[tuple[str, str, str]]) -> None:
        self.rules = rules
        self.symbols = symbols

    def alternatives(self, name: str) -> str:
        self.rules[name] = [self._sequence()]
        while self.symbols and self.symbols[0][1] == "|":
            self.symbols.pop(0)
            self.rules[name].append(self._sequence())
        return name

    def _sequence(self) -> tuple[str, ...]:
        found: list[str] = []
        while self.symbols and self.symbols[0][1] not in ("|", ")"):
            quoted, mark, named = self.symbols.pop(0)
            symbol = quoted or named
            if mark == "(":
                symbol = self.alternatives(f"#{next(self.numbers)}")
                self.symbols.pop(0)
            repeated = self.symbols[0][1] if self.symbols and self.symbols[0][1] in ("?", "*", "+") else ""
            if repeated:
                self.symbols.pop(0)
                again = f"#{next(self.numbers)}"
                self.rules[again] = [(symbol,) if repeated == "?" else (symbol, again), ()]
                found += [symbol, again] if repeated == "+" else [again]
            else:
                found.append(symbol)
        return tuple(found)


def _compiled(rules: dict[str, list[tuple[str, ...]]]) -> Grammar:
    optional: set[str] = set()
    choices: dict[str, dict[str, tuple[str, ...]]] = {name: {} for name in rules}
    changed = True
    while changed:
        changed = False
        for name, productions in rules.items():
            for production in productions:
                for symbol in production:
                    for terminal in choices[symbol] if symbol in rules else (symbol,):
                        changed |= terminal not in choices[name]
                        known = choices[name].setdefault(terminal, production)
                        if known is not production:
                            raise ValueError(f"{name} is not LL(1) at {terminal}")
                    if symbol not in optional:
                        break
                else:
                    changed |= name not in optional
                    optional.add(name)
    return Grammar(choices, frozenset(optional))
