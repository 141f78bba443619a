"""`/queries` and the page of a question, without a script: forms, labels, errors beside their control, the answer."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import httpx
import lxml.html
import pytest

from kg.namespaces import expand
from kg.query_text import QueryText
from kg.questions import Question, questions
from server.questions.forms import forms

_BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def page(client: httpx.Client, path: str, status: int = 200, /, **parameters: str) -> lxml.html.HtmlElement:
    answer = client.get(path, params=parameters or None, headers=_BROWSER)
    assert answer.status_code == status, answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    return lxml.html.document_fromstring(answer.text)


def test_the_list_has_every_question_once_below_its_tag(reader: httpx.Client) -> None:
    found = page(reader, "/queries")
    linked = found.xpath("//ul[contains(@class, 'asked')]//h3/a/@href")
    assert sorted(linked) == sorted(f"/queries/{question.name}" for question in questions())
    for section in found.xpath("//section[ul]"):
        tag = section.xpath("string(h2)").lower()
        names = {href.rpartition("/")[2] for href in section.xpath(".//h3/a/@href")}
        assert names == {question.name for question in questions() if question.tags[0] == tag}
    assert found.xpath("//nav[@aria-label='Pages']/a[@aria-current='page']/@href") == ["/queries"]


def test_a_tag_lists_all_that_have_it(reader: httpx.Client) -> None:
    links = page(reader, "/queries").xpath("//nav[@aria-label='Tags']//a/@href")
    tag = next(parse_qs(urlsplit(link).query)["tag"][0] for link in links if "tag=" in link)
    found = page(reader, "/queries", tag=tag)
    linked = {href.rpartition("/")[2] for href in found.xpath("//ul[contains(@class, 'asked')]//h3/a/@href")}
    assert linked == {question.name for question in questions() if tag in question.tags}


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_every_question_has_a_page_with_a_labelled_control_a_parameter(
    reader: httpx.Client, question: Question
) -> None:
    found = page(reader, f"/queries/{question.name}")
    assert found.xpath("string(//h1)") == question.title
    controls = found.xpath("//form[@class='asking']//*[self::input[not(@type='hidden')] or self::select]")
    assert [control.get("name") for control in controls] == [parameter.name for parameter in question.parameters]
    for control, parameter in zip(controls, question.parameters, strict=True):
        (label,) = found.xpath("//label[@for=$id]", id=control.get("id"))
        assert label.text_content().lower() == parameter.name.replace("_", " ").lower()
        (told,) = found.xpath("//*[@id=$id]", id=control.get("aria-describedby"))
        assert parameter.meaning.lower() in told.text_content().lower()
    # The form as it stands asks the same again.
    form = next((form for form in found.forms if form.get("class") == "asking"), None)
    if form is not None:
        again = page(reader, form.action, **dict(form.form_values()))
        assert again.xpath("//table//td/text()") == found.xpath("//table//td/text()")
    rows = reader.get(f"/queries/{question.name}", headers={"Accept": "application/json"}).json()["rows"]
    assert len(found.xpath("//table[@class='results']/tbody/tr")) == min(100, len(rows))


def test_concepts_are_chosen_by_their_labels(reader: httpx.Client) -> None:
    found = page(reader, "/queries/hedged-and-denied", certainty="possible")
    options = {option.get("value"): option.text_content() for option in found.xpath("//select/option")}
    assert options[""] == "all"
    assert options["possible"].startswith("possible")
    assert found.xpath("//select/option[@selected]/@value") == ["possible"]


def test_rows_have_labels_and_lead_to_what_they_name(reader: httpx.Client) -> None:
    found = page(reader, "/queries/incidents")
    links = found.xpath("//table//td[1]/a")
    assert links
    for link in links:
        assert link.get("href").startswith("/id/incident/")
        assert not link.text_content().startswith("id:")
    assert found.xpath("string(//table/thead/tr/th[1]/@title)") == "the incident"


def test_an_entity_is_named_and_proposed(reader: httpx.Client) -> None:
    found = page(reader, "/queries/routes", route="dmz")
    assert found.xpath("//p[contains(@class, 'named')]/a/@href") == ["/id/route/dmz"]
    assert not found.xpath("string(//p[contains(@class, 'named')]/a)").startswith("id:")
    assert "dmz" in found.xpath("//datalist/option/@value")
    assert found.xpath("//a[@href='/search?class=Route']")
    nothing = page(reader, "/queries/routes", route="nowhere")
    assert "the release has nothing called" in nothing.xpath("string(//section//p[@class='aside'])")
    assert "Nothing in this release has this name" in nothing.xpath("string(//p[contains(@class, 'named')])")
    assert not nothing.xpath("//table")


def test_the_query_behind_it_is_bound_and_opens_in_the_editor(reader: httpx.Client) -> None:
    found = page(reader, "/queries/routes", route="dmz")
    (shown,) = [
        details.xpath("string(pre)") for details in found.xpath("//details") if "query behind" in details.text_content()
    ]
    assert f"VALUES ?route {{ <{expand('id:route/dmz')}> }}" in shown
    assert QueryText(shown).form == "SELECT"
    (editor,) = [link.get("href") for link in found.xpath("//a") if link.text_content() == "Open in the editor"]
    assert parse_qs(urlsplit(editor).query)["query"] == [shown]
    assert reader.get(editor).status_code == 200


def test_a_view_leads_to_the_same_answer_in_the_editor(reader: httpx.Client) -> None:
    shown = next(question for question in questions() if question.view == "chart")
    (chart,) = [
        link.get("href")
        for link in page(reader, f"/queries/{shown.name}").xpath("//a")
        if link.text_content() == "As a chart"
    ]
    assert parse_qs(urlsplit(chart).query)["query"][0].startswith("#view:chart\n")
    assert reader.get(chart).status_code == 200


def test_every_download_is_there(reader: httpx.Client) -> None:
    found = page(reader, "/queries/routes", route="dmz")
    wanted = {form.label: form.media_type for form in forms() if form.made in ("table", "engine")}
    assert list(wanted) == ["JSON", "CSV", "SPARQL JSON", "SPARQL XML", "TSV", "Parquet", "Arrow"]
    downloads = {link.text_content().strip(): link.get("href") for link in found.xpath("//a[@download]")}
    assert list(downloads) == list(wanted)
    for name, address in downloads.items():
        answer = reader.get(address)
        assert answer.headers["content-type"].partition(";")[0] == wanted[name]
        assert "route=dmz" in address


def test_programs_ask_this_address_with_these_parameters(reader: httpx.Client) -> None:
    found = page(reader, "/queries/routes", route="dmz")
    texts = [details.xpath("string(pre)") for details in found.xpath("//div[@class='snippets']/details")]
    assert len(texts) == 3
    for text in texts:
        assert f"{reader.base_url}".rstrip("/") + "/queries/routes" in text
        assert "dmz" in text
    (permalink,) = [link.get("href") for link in found.xpath("//a") if link.text_content().startswith("Permalink")]
    pinned = page(reader, permalink)
    release = parse_qs(urlsplit(permalink).query)["release"][0]
    assert pinned.xpath("//form[@class='asking']/input[@type='hidden']/@value") == [release]


def test_an_error_stands_beside_its_control(reader: httpx.Client) -> None:
    found = page(reader, "/queries/routes", 422, route="<script>alert(1)</script>", zz="1")
    (control,) = found.xpath("//*[@aria-invalid='true']")
    assert (control.get("name"), control.get("value")) == ("route", "<script>alert(1)</script>")
    (told,) = found.xpath("//*[@id=$id]//p[@class='error']", id=control.get("aria-describedby"))
    assert "id or IRI of a route" in told.text_content()
    assert "zz" in found.xpath("string(//p[contains(@class, 'problem')])")
    assert not found.xpath("//table")
    assert not [text for text in found.xpath("//script/text()") if "alert" in text]


def test_a_concept_that_is_none_can_be_seen_in_its_control(reader: httpx.Client) -> None:
    found = page(reader, "/queries/hedged-and-denied", 422, certainty="maybe")
    assert found.xpath("//select[@aria-invalid]/option[@selected]/@value") == ["maybe"]


def test_a_default_is_chosen_or_all(reader: httpx.Client) -> None:
    found = page(reader, "/queries/names-withheld")
    (options,) = (select.xpath("option") for select in found.xpath("//select[@name='name_status']"))
    assert (options[0].get("value"), options[0].text_content()) == ("any", "all")
    assert found.xpath("//select[@name='name_status']/option[@selected]/@value") == ["withheld"]
    every = page(reader, "/queries/names-withheld", name_status="any")
    assert every.xpath("//select[@name='name_status']/option[@selected]/@value") == ["any"]
    pre = "string(//details[summary[contains(., 'query behind')]]/pre)"
    assert "VALUES ?name_status { namestatus:withheld }" in found.xpath(pre)
    assert "VALUES ?name_status { UNDEF }" in every.xpath(pre)
    (permalink,) = [link.get("href") for link in every.xpath("//a") if link.text_content().startswith("Permalink")]
    assert parse_qs(urlsplit(permalink).query)["name_status"] == ["any"]
    text = page(reader, "/queries/crosser-descriptions", month="any")
    (control,) = text.xpath("//input[@name='month']")
    assert (control.get("type"), control.get("value")) == ("text", "any")
    assert "the word any asks for all" in text.xpath("string(//*[@id=$id])", id=control.get("aria-describedby"))
    assert text.xpath("//input[@name='year']/@type") == ["number"]
    assert "any" in text.xpath("//datalist[@id='l-month']/option/@value")
    assert "any" in page(reader, "/queries/place-mentions").xpath("//datalist/option/@value")


def test_an_error_is_not_kept(reader: httpx.Client) -> None:
    answer = reader.get("/queries/routes", params={"route": "a b"}, headers=_BROWSER)
    assert (answer.status_code, answer.headers["cache-control"]) == (422, "no-store")
    assert "etag" not in answer.headers
    good = reader.get("/queries/routes", headers=_BROWSER)
    again = reader.get("/queries/routes", headers={**_BROWSER, "If-None-Match": good.headers["etag"]})
    assert again.status_code == 304


def test_an_unknown_question_is_a_page_that_names_near_ones(reader: httpx.Client) -> None:
    found = page(reader, "/queries/routs", 404)
    assert "did you mean routes" in found.text_content()
