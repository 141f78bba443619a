from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kg.consolidate.values import group_values
from kg.dates import parse_edtf
from kg.knowledge import Knowledge
from kg.mapping.statements import Amount, ArticleStatements, Plain, Statement, When
from tests.support.facts import Draft

KNOWLEDGE = Knowledge.load()
DATES = st.sampled_from(["2024", "2024-08", "2024-08-06", "2024-08-20", "2024-08-10/2024-08-22", "2024-09", "2023"])


def dated(*values: str) -> list[Statement]:
    draft = Draft("He came. " + " ".join(f"[{n}]" for n in range(len(values))))
    incident = draft.mention("Incident", "He came")
    for number, value in enumerate(values):
        draft.claim(incident, "cx:dateEDTF", draft.time(f"[{number}]", edtf=value), f"[{number}]")
    return list(ArticleStatements.of(draft.facts(), draft.text).statements)


def counted(*values: dict[str, str]) -> list[Statement]:
    draft = Draft("People came. " + " ".join(f"[{n}]" for n in range(len(values))))
    total = draft.mention("Statistic", "People")
    for number, value in enumerate(values):
        draft.claim(total, "cx:value", draft.amount(f"[{number}]", **value), f"[{number}]")
    return list(ArticleStatements.of(draft.facts(), draft.text).statements)


@given(st.lists(DATES, min_size=1, max_size=5))
def test_every_date_is_in_one_group_and_agrees_with_its_value(values: list[str]) -> None:
    statements = dated(*values)
    groups = group_values(statements, KNOWLEDGE)
    assert sorted(s.id for g in groups for s in g.statements) == sorted(s.id for s in statements)
    for group in groups:
        assert isinstance(group.value, When)
        assert group.value.interval is not None
        for statement in group.statements:
            assert isinstance(statement.value, When)
            assert statement.value.interval is not None
            assert statement.value.interval.contains(group.value.interval)


def test_less_precise_is_not_conflicting() -> None:
    (group,) = group_values(dated("2025-10", "2025-10-19", "2025"), KNOWLEDGE)
    assert isinstance(group.value, When)
    assert group.value.interval == parse_edtf("2025-10-19")
    assert group.exact


def test_what_only_both_together_give_is_not_exact() -> None:
    (group,) = group_values(dated("2024-08-01/2024-08-15", "2024-08-10/2024-08-30"), KNOWLEDGE)
    assert isinstance(group.value, When)
    assert group.value.interval is not None
    assert group.value.interval.edtf == "2024-08-10/2024-08-15"
    assert not group.exact


def test_two_days_are_two_values() -> None:
    assert len(group_values(dated("2024-08-06", "2024-08-20"), KNOWLEDGE)) == 2


def values_of(*values: dict[str, str]) -> list[Amount]:
    groups = group_values(counted(*values), KNOWLEDGE)
    return [g.value for g in groups if isinstance(g.value, Amount)]


def test_the_exact_number_speaks_for_the_approximate_one() -> None:
    (amount,) = values_of({"value": "34000", "qualifier": "approximately"}, {"value": "34314"})
    assert amount.value == Decimal(34314)


def test_bounds_that_exclude_a_number_are_another_value() -> None:
    assert len(values_of({"value": "100"}, {"lower": "200", "qualifier": "more-than"})) == 2
    assert len(values_of({"lower": "10", "upper": "20", "qualifier": "between"}, {"value": "15"})) == 1


def test_two_exact_numbers_are_two_values() -> None:
    assert len(values_of({"value": "196"}, {"value": "197"})) == 2


def test_words_without_a_number_contradict_none() -> None:
    (amount,) = values_of({"qualitative": "tens of thousands"}, {"value": "34000"})
    assert amount.value == Decimal(34000)


def test_names_agree_whatever_their_case() -> None:
    draft = Draft("Kim said. KIM said.")
    person = draft.mention("Person", "Kim")
    draft.claim(person, "cx:jobTitle", "Analyst", "Kim said")
    draft.claim(person, "cx:jobTitle", "analyst", "KIM said")
    statements = ArticleStatements.of(draft.facts(), draft.text).statements
    (group,) = group_values(statements, KNOWLEDGE)
    assert isinstance(group.value, Plain)
