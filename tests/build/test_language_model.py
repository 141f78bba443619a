"""`kg build` and `kg extract` with a language model, as a user runs them, before a real server."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from kg.facts.model import Facts
from kg.release.home import Home
from tests.support.commands import environment, kg
from tests.support.language_model import MODEL, ModelServer, Question, Reply, answer, claim, completion, entity
from tests.support.model_readings import true_to_the_text
from tests.support.serving import free_port

KEY = "sk-EXAMPLE-0123456789"
WALK = (
    "A North Korean soldier walked over the Military Demarcation Line on Tuesday, the Joint Chiefs of Staff said. "
    "He was taken into custody by South Korean troops, who are asking him about his reasons."
)
COUNT = (
    "Last year 236 North Koreans arrived in the South, the Unification Ministry said on Monday. "
    "The ministry helps those who arrive to find a flat and a job in their first years."
)
SUBJECT = "A North Korean soldier walked over the Military Demarcation Line on Tuesday"


def told(question: Question) -> Reply:
    """A model that reads the two articles well."""
    if "236" in question.text:
        return completion(
            answer(
                [
                    entity("s", "Statistic", "236 North Koreans"),
                    entity("o", "Organization", "the Unification Ministry", name="Unification Ministry"),
                ],
                [
                    claim("s", "cx:value", "236", "236 North Koreans arrived in the South"),
                    claim("s", "cx:measure", "measure:arrivals", "236 North Koreans arrived in the South"),
                    claim("s", "cx:period", "Last year", "Last year 236 North Koreans arrived"),
                    claim("s", "cx:population", "population:nobody", "North Koreans"),
                ],
            )
        )
    return completion(
        answer(
            [
                entity("i", "Incident", SUBJECT),
                entity("p", "Person", "A North Korean soldier", "He"),
                entity("r", "Route", "the Military Demarcation Line", name="Military Demarcation Line"),
                entity("o", "Organization", "South Korean troops", name="South Korean troops"),
            ],
            [
                claim("i", "cx:crosser", "p", "A North Korean soldier walked"),
                claim("i", "cx:dateEDTF", "Tuesday", SUBJECT),
                claim("i", "cx:incidentType", "itype:land-crossing", "walked over the Military Demarcation Line"),
                claim("i", "cx:direction", "direction:north-to-south", "walked over the Military Demarcation Line"),
                claim("i", "cx:viaRoute", "r", "walked over the Military Demarcation Line"),
                claim("i", "cx:outcome", "outcome:custody", "taken into custody by South Korean troops"),
                claim("i", "cx:custodian", "o", "taken into custody by South Korean troops"),
                claim("p", "cx:actorType", "actor:soldier", "A North Korean soldier"),
            ],
        )
    )


class Built(NamedTuple):
    run: subprocess.CompletedProcess[str]
    home: Path
    texts: Path
    url: str
    asked: list[Question]


def run(url: str | None, *arguments: str | Path, key: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run `kg` with the variables of a language model, and whatever it is asked for."""
    variables = {"KG_LLM_URL": url, "KG_LLM_MODEL": MODEL, "KG_LLM_KEY": key, "KG_LLM_RETRIES": "0"}
    given = {**environment(), **{name: value for name, value in variables.items() if value is not None}}
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(command, env=given, capture_output=True, text=True, timeout=300, check=False)


def build(
    url: str | None, home: Path, texts: Path, *options: str, key: str | None = None, extractor: str = "llm"
) -> subprocess.CompletedProcess[str]:
    return run(url, "build", texts, "--home", home, "--curation", "none", "--extractor", extractor, *options, key=key)


def write(folder: Path) -> Path:
    folder.mkdir()
    (folder / "walk.md").write_text(f"---\npublished: 2025-03-06\n---\n{WALK}\n", encoding="utf-8")
    (folder / "count.md").write_text(f"---\npublished: 2025-03-11\n---\n{COUNT}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("model")
    texts, home = write(folder / "texts"), folder / "home"
    with ModelServer(told) as server:
        made = build(server.url, home, texts, key=KEY)
        return Built(made, home, texts, server.url, server.asked)


def data(home: Path) -> bytes:
    release = Home(home).require_current()
    release.verify()
    return release.data_path.read_bytes()


def asked_of(home: Path, query: str) -> list[str]:
    found = kg("query", query, "--format", "csv", "--home", home)
    assert found.returncode == 0, found.stderr
    return found.stdout.split()[1:]


def test_it_builds_and_says_where_the_articles_went(built: Built) -> None:
    assert built.run.returncode == 0, built.run.stdout + built.run.stderr
    host = built.url.removeprefix("http://").removesuffix("/v1")
    assert built.run.stderr.splitlines()[0] == (
        f"articles without a kept answer leave this machine: they are sent to {host} ({MODEL})"
    )
    assert "  Incident: 1\n" in built.run.stdout
    assert "  Statistic: 1\n" in built.run.stdout
    taken = "2 answered, 0 replayed, 1,800 tokens; left out of the answers: 1 not a concept of its vocabulary"
    assert f"  language model: {taken}\n" in built.run.stdout
    assert len(built.asked) == 2


def test_values_are_those_that_the_rules_read_in_the_quoted_words(built: Built) -> None:
    days = asked_of(built.home, "SELECT ?d { ?i a cx:Incident ; cx:dateEDTF ?d }")
    assert days == ["2025-03-04"], "the Tuesday before the article, which the model was not told of"
    assert asked_of(built.home, "SELECT ?n { ?s a cx:Statistic ; cx:value ?n }") == ["236"]


def test_every_claim_names_the_model(built: Built) -> None:
    names = asked_of(built.home, "SELECT DISTINCT ?l { GRAPH ?g { ?c cx:extractor ?e . ?e skos:prefLabel ?l } }")
    assert " ".join(names) == f"llm {MODEL}"


def test_the_manifest_names_the_extractor_the_model_and_the_prompt(built: Built) -> None:
    manifest = json.loads((Home(built.home).require_current().path / "manifest.json").read_text())
    named = manifest["inputs"]["extractor"]
    assert (named["name"], named["model"]) == ("llm", MODEL)
    for part in ("prompt", "hash", "answers"):
        assert len(bytes.fromhex(named[part])) == 32


def test_the_key_is_sent_and_stands_nowhere(built: Built) -> None:
    assert {question.headers["authorization"] for question in built.asked} == {f"Bearer {KEY}"}
    assert KEY not in built.run.stdout + built.run.stderr
    files = [path for path in built.home.rglob("*") if path.is_file()]
    assert len(files) > 10
    for path in files:
        assert KEY.encode() not in path.read_bytes(), path


def test_a_second_build_replays_the_answers_without_the_network(built: Built, tmp_path: Path) -> None:
    shutil.copytree(built.home / "cache" / "llm", tmp_path / "home" / "cache" / "llm")
    again = build(built.url, tmp_path / "home", built.texts)
    assert again.returncode == 0, again.stderr
    assert "0 answered, 2 replayed, 0 tokens" in again.stdout
    assert data(tmp_path / "home") == data(built.home)
    unchanged = build(built.url, tmp_path / "home", built.texts)
    assert unchanged.stdout.startswith("unchanged release ")


def test_both_extractors_stand_behind_one_claim(built: Built, tmp_path: Path) -> None:
    shutil.copytree(built.home / "cache" / "llm", tmp_path / "home" / "cache" / "llm")
    made = build(built.url, tmp_path / "home", built.texts, extractor="both")
    assert made.returncode == 0, made.stdout + made.stderr
    assert "0 answered, 2 replayed" in made.stdout
    assert "  Incident: 1\n" in made.stdout, "what both read is one incident"
    assert "  Statistic: 1\n" in made.stdout
    query = "SELECT ?n (COUNT(*) AS ?k) { SELECT ?c (COUNT(?e) AS ?n) { GRAPH ?g { ?c cx:extractor ?e } } GROUP BY ?c }"
    counts = dict(row.split(",") for row in asked_of(tmp_path / "home", f"{query} GROUP BY ?n"))
    assert set(counts) == {"1", "2"}, counts
    assert int(counts["2"]) >= 4
    names = asked_of(tmp_path / "home", "SELECT DISTINCT ?e { GRAPH ?g { ?c cx:extractor ?e } } ORDER BY ?e")
    assert [name.rsplit("/", 1)[1].split("-")[0] for name in names] == ["llm", "rules"]
    manifest = json.loads((Home(tmp_path / "home").require_current().path / "manifest.json").read_text())
    assert manifest["inputs"]["extractor"]["name"] == "both"


def test_rules_alone_ask_nobody(built: Built, tmp_path: Path) -> None:
    with ModelServer(told) as server:
        made = run(server.url, "build", built.texts, "--home", tmp_path, "--curation", "none", key=KEY)
        assert made.returncode == 0, made.stderr
        assert server.asked == []
    assert "leave this machine" not in made.stderr
    assert not (tmp_path / "cache" / "llm").exists()


def failing(reply: Reply) -> Callable[[Question], Reply]:
    """A model that answers one of the two articles well, and the other so."""
    return lambda question: reply if "236" in question.text else told(question)


def test_one_article_that_fails_is_named_and_the_others_are_built(tmp_path: Path) -> None:
    texts, home = write(tmp_path / "texts"), tmp_path / "home"
    with ModelServer(failing(completion('{"entities": ['))) as server:
        first = build(server.url, home, texts)
        assert first.returncode == 1
        assert f"left out: {texts / 'count.md'}: the answer is not JSON" in first.stdout
        assert "Traceback" not in first.stderr
        assert "  Incident: 1\n" in first.stdout
        assert "  Article: 1\n" in first.stdout
        server.model = told
        then = build(server.url, home, texts)
        assert then.returncode == 0, then.stdout
        assert "1 answered, 1 replayed" in then.stdout, "what failed is asked again, what was answered is not"


def test_a_late_answer_is_named(tmp_path: Path) -> None:
    texts = write(tmp_path / "texts")
    with ModelServer(failing(Reply(told_late(), delay=2.0))) as server:
        made = build(server.url, tmp_path / "home", texts, "--llm-timeout", "0.7")
    assert made.returncode == 1
    assert "count.md: 127.0.0.1" in made.stdout
    assert "gave no answer in 0.7 seconds" in made.stdout


def told_late() -> bytes:
    return completion(answer([], [])).body


def test_a_refused_key_builds_nothing_and_the_old_release_stands(built: Built, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(built.home, home, symlinks=True)
    shutil.rmtree(home / "cache")
    before = data(home)
    with ModelServer(lambda question: Reply(status=401)) as server:
        made = build(server.url, home, built.texts, key=KEY)
        assert len(server.asked) == 1
    assert made.returncode == 2
    last = made.stderr.splitlines()[-1]
    assert last.startswith("kg: none of the files can be built: ")
    assert "refuses the key (status 401): set KG_LLM_KEY" in last
    assert KEY not in made.stdout + made.stderr
    assert data(home) == before


def test_a_budget_that_does_not_suffice_spends_nothing(built: Built, tmp_path: Path) -> None:
    with ModelServer(told) as server:
        made = build(server.url, tmp_path, built.texts, "--llm-budget", "500")
        assert server.asked == []
    assert made.returncode == 2
    assert "of the budget of 500 are left: raise --llm-budget" in made.stderr


@pytest.mark.parametrize(
    ("url", "options", "message"),
    [
        (None, (), "no language model to ask: give its address with --llm-url URL or KG_LLM_URL"),
        ("http://127.0.0.1:1/v1", ("--llm-model", ""), "give its name with --llm-model NAME or KG_LLM_MODEL"),
        ("http://127.0.0.1:1/v1", ("--llm-budget", "none"), "--llm-budget"),
        ("http://127.0.0.1:1/v1", ("--extractor", "oracle"), "--extractor"),
        ("nowhere", (), "--llm-url is no address"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_read(
    built: Built, tmp_path: Path, url: str | None, options: tuple[str, ...], message: str
) -> None:
    made = build(url, tmp_path / "home", built.texts, *options)
    assert made.returncode == 2
    (line,) = made.stderr.splitlines()
    assert line.startswith("kg: ")
    assert message in line
    assert not (tmp_path / "home").exists()


def test_nobody_at_the_address_is_one_sentence(built: Built, tmp_path: Path) -> None:
    made = build(f"http://127.0.0.1:{free_port()}/v1", tmp_path, built.texts)
    assert made.returncode == 2
    assert "takes no connection" in made.stderr.splitlines()[-1]
    assert "Traceback" not in made.stderr


def test_the_facts_of_one_article(built: Built, tmp_path: Path) -> None:
    article = built.texts / "walk.md"
    with ModelServer(told) as server:
        options = ("--home", tmp_path, "--extractor", "llm")
        first = run(server.url, "extract", article, *options)
        assert first.returncode == 0, first.stderr
        again = run(server.url, "extract", article, *options)
        assert len(server.asked) == 1, "kept under the home"
        merged = run(server.url, "extract", article, "--home", tmp_path, "--extractor", "both")
        assert len(server.asked) == 1
    assert again.stdout == first.stdout
    facts = msgspec.json.decode(first.stdout, type=Facts)
    true_to_the_text(facts, f"{WALK}\n")
    assert (facts.extractor.name, facts.extractor.version) == ("llm", MODEL)
    both = msgspec.json.decode(merged.stdout, type=Facts)
    true_to_the_text(both, f"{WALK}\n")
    assert [extractor.name for extractor in both.extractors] == ["rules", "llm"]
    assert ("rules", "llm") in {c.extractors for c in both.claims}


@pytest.mark.parametrize(
    ("reply", "code", "message"),
    [
        (completion("{}"), 1, "kg: the answer is not of the schema (at $)"),
        (completion("", finish="length"), 1, "kg: the answer was cut off at its longest: raise --llm-max-output"),
        (completion(None, finish="content_filter"), 1, "kg: the content filter of 127.0.0.1"),
        (Reply(status=403), 2, "refuses the key (status 403)"),
    ],
)
def test_the_facts_of_an_article_that_was_not_answered(
    built: Built, tmp_path: Path, reply: Reply, code: int, message: str
) -> None:
    with ModelServer(lambda question: reply) as server:
        made = run(server.url, "extract", built.texts / "walk.md", "--home", tmp_path, "--extractor", "llm")
    assert made.returncode == code
    assert made.stdout == ""
    assert message in made.stderr.splitlines()[-1]
    assert "Traceback" not in made.stderr
