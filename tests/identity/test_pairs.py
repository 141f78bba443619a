from __future__ import annotations

import pytest

from kg.identity.pairs import PairState, open_pairs, pair_states
from kg.identity.resolve import Decisions, Identity, identify
from kg.knowledge import Knowledge
from kg.mapping.statements import ArticleStatements, Chain
from tests.support.facts import Draft

KNOWLEDGE = Knowledge.load()


def account(
    name: str,
    date: str | None,
    *,
    front: str | None = "eastern",
    kind: str = "soldier",
    rank: str | None = None,
    more: str | None = None,
) -> ArticleStatements:
    """One crossing, told by one article; `more` is the date of a second one that it tells of."""
    draft = Draft(f"{name}: a {kind} crossed ({date}) in the {front}. Another came over ({more}).")
    incident = draft.mention("Incident", "crossed")
    man = draft.mention("Person", f"a {kind}")
    draft.claim(incident, "cx:crosser", man, f"a {kind}")
    draft.claim(man, "cx:actorType", f"actor:{kind}", f"a {kind}")
    draft.claim(incident, "cx:incidentType", "itype:land-crossing", "crossed")
    if rank:
        draft.claim(man, "cx:rank", f"rank:{rank}", f"a {kind}")
    if date:
        draft.claim(incident, "cx:dateEDTF", draft.time(f"({date})", edtf=date), f"({date})")
    if front:
        draft.claim(incident, "cx:front", f"front:{front}", f"the {front}")
    if more:
        other = draft.mention("Incident", "came over")
        draft.claim(other, "cx:dateEDTF", draft.time(f"({more})", edtf=more), f"({more})")
        draft.claim(other, "cx:incidentType", "itype:land-crossing", "came over")
    return ArticleStatements.of(draft.facts(), draft.text)


def chain(article: ArticleStatements) -> Chain:
    return Chain(article.id, article.facts.mentions[0].chain)


def linked(*articles: ArticleStatements, **decided: object) -> tuple[Identity, list[PairState]]:
    decisions = Decisions(**decided)  # type: ignore[arg-type]
    identity = identify(articles, KNOWLEDGE, decisions)
    return identity, pair_states(identity, decisions)


def key(one: ArticleStatements, other: ArticleStatements) -> frozenset[frozenset[Chain]]:
    return frozenset({frozenset((chain(one), chain(other)))})


# Front and kind of person: 3 points, and 4.5 with a year in common; 4 are needed where both are dated.
FIRST, UNDATED = account("One", "2031-05-03"), account("Two", None)
SAME_DAY = account("Three", "2031-05-03")
#: A year and a kind of person in common: 1.5 points, where 4 are needed.
YEAR = account("Four", "2031", front=None)


def test_a_pair_that_the_rules_leave_open_asks_for_a_person() -> None:
    identity, states = linked(FIRST, UNDATED)
    assert [(s.outcome, s.asks, s.open, s.forbids) for s in states] == [("uncertain", True, True, None)]
    assert {states[0].one, states[0].other} == {chain(FIRST), chain(UNDATED)}
    assert len({identity.iris[c] for c in (chain(FIRST), chain(UNDATED))}) == 2


def test_accounts_of_one_incident_are_joined_and_ask_nobody() -> None:
    _, states = linked(FIRST, SAME_DAY)
    assert [(s.outcome, s.asks, s.open) for s in states] == [("joined", False, False)]


def test_what_misses_by_a_little_is_a_near_miss() -> None:
    _, states = linked(FIRST, YEAR)
    assert [(s.outcome, s.comparison.score if s.comparison else None) for s in states] == [("near miss", 1.5)]
    assert not states[0].asks
    assert not states[0].open


def test_what_shares_little_is_not_shown() -> None:
    assert linked(account("Five", "2031", front=None, kind="civilian"), FIRST)[1] == []


def test_what_would_be_one_if_nothing_forbade_it_is_a_near_miss_with_the_reason() -> None:
    _, states = linked(FIRST, account("Six", "2031-05-04"))
    assert [(s.outcome, s.forbids) for s in states] == [("near miss", "dated 2031-05-03 and 2031-05-04")]


def test_two_incidents_are_one_pair_however_many_accounts_they_have() -> None:
    _, states = linked(FIRST, SAME_DAY, UNDATED)
    uncertain = [s for s in states if s.outcome == "uncertain"]
    assert [(s.accounts, s.asks) for s in uncertain] == [(2, True)]
    assert states[0] is uncertain[0], "what asks for a person comes first"


def test_what_forbids_one_account_forbids_its_incident() -> None:
    # The undated account may be the first's, but the joined one of the same day says another front.
    west = account("Seven", None, front=None)
    other = account("Eight", "2031-05-03", front="western")
    identity, states = linked(FIRST, UNDATED, other, west)
    open_ = [s for s in states if s.open]
    assert identity.iris[chain(FIRST)] != identity.iris[chain(other)]
    assert all({s.one, s.other} != {chain(UNDATED), chain(other)} for s in open_)
    _, told = linked(FIRST, account("Nine", None, more="2031-05-03"))
    assert [s.forbids for s in told if s.outcome == "near miss"] == ["an article tells of both"]


@pytest.mark.parametrize(
    ("decided", "outcome", "open_"),
    [("same", "one", False), ("different", "two", False), ("unsure", "unsure", True)],
)
def test_a_person_s_judgement_takes_the_pair_off_the_list(decided: str, outcome: str, open_: bool) -> None:
    identity, states = linked(FIRST, UNDATED, **{decided: key(FIRST, UNDATED)})
    assert [(s.outcome, s.asks, s.open) for s in states] == [(outcome, False, open_)]
    iris = {identity.iris[chain(a)] for a in (FIRST, UNDATED)}
    assert len(iris) == (1 if decided == "same" else 2)


def test_unsure_keeps_apart_what_the_weights_would_join() -> None:
    identity, states = linked(FIRST, SAME_DAY, unsure=key(FIRST, SAME_DAY))
    assert identity.iris[chain(FIRST)] != identity.iris[chain(SAME_DAY)]
    assert [s.outcome for s in states] == ["unsure"]


def test_a_judgement_on_one_account_is_one_on_its_incident() -> None:
    _, states = linked(FIRST, SAME_DAY, UNDATED, different=key(UNDATED, SAME_DAY))
    assert not [s for s in states if s.asks]


def test_a_program_joins_what_the_rules_leave_open_and_a_person_is_still_asked() -> None:
    identity, states = linked(FIRST, UNDATED, suggested=key(FIRST, UNDATED))
    assert identity.iris[chain(FIRST)] == identity.iris[chain(UNDATED)]
    assert [(s.outcome, s.suggested, s.asks) for s in states] == [("joined", True, True)]


@pytest.mark.parametrize("other", [YEAR, account("Six", "2031-05-04")])
def test_a_program_outranks_no_rule(other: ArticleStatements) -> None:
    identity, states = linked(FIRST, other, suggested=key(FIRST, other))
    assert identity.iris[chain(FIRST)] != identity.iris[chain(other)]
    assert [(s.outcome, s.suggested) for s in states] == [("near miss", True)]


def test_a_program_outranks_no_person() -> None:
    pair = key(FIRST, UNDATED)
    for decided in ("different", "unsure"):
        identity, _ = linked(FIRST, UNDATED, suggested=pair, **{decided: pair})
        assert identity.iris[chain(FIRST)] != identity.iris[chain(UNDATED)]


def test_what_the_rules_join_is_joined_before_what_a_program_suggests() -> None:
    # By its rank the undated account is the sergeant's of June; a program takes it for the soldier of May.
    june, some_time = account("Ten", "2031-06-20", rank="sergeant"), account("Eleven", None, rank="sergeant")
    identity, _ = linked(FIRST, june, some_time, suggested=key(FIRST, some_time))
    assert identity.iris[chain(some_time)] == identity.iris[chain(june)]
    assert identity.iris[chain(some_time)] != identity.iris[chain(FIRST)]


def test_a_person_may_be_unsure_of_two_accounts_of_one_article() -> None:
    both = account("Twelve", "2031-05-03", more="2031-05-04")
    second = Chain(both.id, both.facts.mentions[-1].chain)
    _, states = linked(both, unsure=frozenset({frozenset((chain(both), second))}))
    assert [(s.outcome, s.comparison, s.open) for s in states] == [("unsure", None, True)]


def test_open_pairs_are_those_of_which_nobody_knows() -> None:
    decisions = Decisions(unsure=key(FIRST, SAME_DAY))
    identity = identify([FIRST, SAME_DAY, UNDATED, YEAR], KNOWLEDGE, decisions)
    assert {s.outcome for s in open_pairs(identity, decisions)} == {"uncertain", "unsure"}
