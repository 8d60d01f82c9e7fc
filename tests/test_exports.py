"""Claims as other programs want them, read back by those programs or by a parser that is not ours."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from conftest import FLOOD, flood_claims
from quotes import layers, writers
from quotes.errors import QuotesError, UsageError
from quotes.models import Article, Attribution, Claim, Extent, Resolution, Review, Run, Speaker
from quotes.store import COLUMNS, Filters, Store
from quotes.writers import annotators, workbook


@pytest.fixture
def store(database: Path):
    with Store(database) as opened:
        yield opened


def exported(store: Store, path: Path, form: str, filters: Filters | None = None) -> str:
    with path.open("w", encoding="utf-8", newline="") as stream:
        if form in writers.DOCUMENTS:
            writers.export_documents(store.documents(filters), stream, form)
        else:
            writers.export(store.claims(filters), stream, form)
    return path.read_text(encoding="utf-8")


def test_a_claim_is_a_quotation_or_a_claim_of_schema_org_and_a_review_only_with_a_verdict(store, tmp_path):
    graph = json.loads(exported(store, tmp_path / "a.jsonld", "jsonld"))
    assert graph["@context"] == "https://schema.org"
    assert [node["@type"] for node in graph["@graph"]] == ["Claim"] * 4 + ["Quotation"] * 2 + ["Claim"]
    lucky = graph["@graph"][4]
    assert lucky["spokenByCharacter"] == {"@type": "Person", "name": "Nora Wells", "description": "the mayor of Ashby"}
    assert lucky["isPartOf"]["@type"] == "NewsArticle"
    assert lucky["isPartOf"]["url"] == FLOOD.url
    assert "not said" in graph["@graph"][3]["description"]
    store.review(list(store.claims())[4]["id"], Review("accepted", verdict="false"), "ann")
    graph = json.loads(exported(store, tmp_path / "b.jsonld", "jsonld"))
    [review] = [node for node in graph["@graph"] if node["@type"] == "ClaimReview"]
    required = {"@type", "claimReviewed", "itemReviewed", "reviewRating", "author", "datePublished"}
    assert required <= review.keys()
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "false"}
    assert review["itemReviewed"]["@id"] == lucky["@id"]


def test_web_annotations_have_what_the_model_requires_and_lead_to_the_words(store, tmp_path):
    page = json.loads(exported(store, tmp_path / "a.json", "annotations"))
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    assert len(page["items"]) == 7
    for item in page["items"]:
        assert item["type"] == "Annotation"
        assert item["id"].startswith("urn:quotes:claim:")
        for target in item["target"]:
            quote, place = target["selector"]
            assert target["source"] == FLOOD.url
            assert (quote["type"], place["type"]) == ("TextQuoteSelector", "TextPositionSelector")
            assert FLOOD.text[place["start"] : place["end"]] == quote["exact"]
            before, after = quote.get("prefix", ""), quote.get("suffix", "")
            assert FLOOD.text[: place["start"]].endswith(before)
            assert FLOOD.text[place["end"] :].startswith(after)
    assert [len(item["target"]) for item in page["items"]] == [1, 1, 1, 1, 1, 2, 1]


def test_a_workbook_is_read_back_by_another_library(store, tmp_path):
    hostile = '=HYPERLINK("https://evil.example")'
    rows = [{**row, "notes": hostile, "context": "x" * 40_000} for row in store.claims()]
    path = tmp_path / "a.xlsx"
    assert writers.export(rows, path, columns=COLUMNS, about={"made by": "quotes"}) == 7
    book = load_workbook(path)
    sheet, about = book["claims"], book["export"]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    place = {name: COLUMNS.index(name) for name in COLUMNS}
    for cells, row in zip(sheet.iter_rows(min_row=2), rows, strict=True):
        assert (cells[place["notes"]].value, cells[place["notes"]].data_type) == (hostile, "s")
        assert cells[place["quote"]].value == row["quote"]
        assert (cells[place["start"]].value, cells[place["negated"]].value) == (row["start"], row["negated"])
        assert cells[place["url"]].hyperlink.target == FLOOD.url
        assert len(cells[place["context"]].value) == workbook.CELL
        assert cells[place["quote"]].alignment.wrap_text
    assert (sheet.freeze_panes, sheet.auto_filter.ref[:2]) == ("C2", "A1")
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["W2:W8"]
    assert {row[0].value: row[1].value for row in about.iter_rows()} == {"made by": "quotes", "claims": "7"}


def test_a_sheet_that_would_be_too_long_says_so_and_leaves_no_file(store, tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "ROWS", 3)
    with pytest.raises(QuotesError, match="3 claims at most"):
        writers.export(store.claims(), tmp_path / "a.xlsx", columns=COLUMNS)
    assert [path.name for path in tmp_path.glob("*a.xlsx*")] == []


def page_of(store: Store, tmp_path: Path) -> lxml.html.HtmlElement:
    [(article, claims)] = store.documents(Filters(attitudes=True))
    folder = tmp_path / article["uid"]
    writers.export_documents([(article, claims)], folder, "html")
    return lxml.html.document_fromstring((folder / f"{article['uid']}.html").read_bytes())


def test_a_page_has_the_very_text_with_marks_and_nothing_that_runs(store, tmp_path):
    page = page_of(store, tmp_path)
    assert page.get_element_by_id("text").text_content() == FLOOD.text
    said = [piece.text_content() for piece in page.find_class("content")]
    assert all(words in said for words in ('"We were lucky,"', '"Next time,"', '"we may not be."'))
    assert page.xpath("//script | //img | //link | //@onclick | //@style") == []
    policy = page.xpath("//meta[@http-equiv]/@content")[0]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert {a.get("href")[1:] for a in page.xpath("//td/a")} == {a.get("id") for a in page.xpath("//a[@id]")}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_a_text_holds_and_however_extents_overlap_the_page_has_the_text(tmp_path_factory, data):
    """Nested, overlapping, broken: the text in the page is the text, and every role's words carry its class."""
    folder = tmp_path_factory.mktemp("page")
    letters = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("<>&\"'\n\r\t")
    fragments = st.sampled_from(["<script>alert(1)</script>", "</div>", "&amp;", "<!--", "]]>", 'x" onload="y'])
    text = data.draw(st.lists(st.text(letters, min_size=1) | fragments, min_size=1).map("".join))
    place = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda p: p[0] != p[1])
    extents = st.lists(place.map(lambda p: Extent(*sorted(p))), min_size=1, max_size=3).map(lambda e: tuple(sorted(e)))
    claims = [
        Claim(Attribution(*(data.draw(extents) for _ in range(3))), Resolution(Speaker(text, "person")))
        for _ in range(data.draw(st.integers(1, 4)))
        if text.strip()
    ]
    with Store(folder / "a.db", create=True) as store:
        store.save(Article(text, title=text, url=text, where="x"), claims, Run("1", "m"))
        if not claims:
            return
        page = page_of(store, folder)
        marked = page.get_element_by_id("text")
        assert marked.text_content() == text
        assert page.xpath("//script | //@onload") == []
        for role, column in (("content", "content"), ("source", "source_extents"), ("cue", "cue_extents")):
            places = {n for row in store.claims() for start, end, _ in row[column] for n in range(start, end)}
            words = "".join(piece.text_content() for piece in marked.find_class(role))
            assert words == "".join(text[n] for n in sorted(places))


def test_a_docbin_gives_back_the_claims_and_their_spans(store, tmp_path):
    import spacy
    from spacy.tokens import DocBin

    store.save(replace(FLOOD, text=FLOOD.text + " End.", url=None, where="b", id="b"), flood_claims(), Run("1", "m"))
    target = tmp_path / "a.spacy"
    assert writers.export_documents(store.documents(), target, "docbin") == 2
    docs = list(DocBin().from_bytes(target.read_bytes()).get_docs(spacy.blank("en").vocab))
    assert docs[0].text == FLOOD.text
    assert docs[0].user_data["title"] == FLOOD.title
    stored = [claim for claim in flood_claims() if claim.attribution.mode == "statement"]
    assert [claim.attribution.content for claim in layers.claims(docs[0])] == [c.attribution.content for c in stored]
    named = [(claim.resolution.speaker.name if claim.resolution.speaker else None) for claim in layers.claims(docs[0])]
    assert named == [c.resolution.speaker.name if c.resolution.speaker else None for c in stored]
    assert {span.label_ for span in docs[0].spans["claims"]} == {"SOURCE", "CUE", "CONTENT"}


def test_annotators_get_spans_and_relations_that_lead_to_the_words(store, tmp_path):
    [task] = json.loads(exported(store, tmp_path / "ls.json", "labelstudio"))
    result = task["predictions"][0]["result"]
    spans = {one["id"]: one["value"] for one in result if one["type"] == "labels"}
    for value in spans.values():
        assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
    relations = [one for one in result if one["type"] == "relation"]
    assert all({one["from_id"], one["to_id"]} <= spans.keys() for one in relations)
    assert sum(one["labels"] == ["continued"] for one in relations) == 1
    [line] = exported(store, tmp_path / "d.jsonl", "doccano").splitlines()
    row = json.loads(line)
    found = {row["text"][one["start_offset"] : one["end_offset"]] for one in row["entities"]}
    assert {"Nora Wells, the mayor of Ashby", "did not say", '"we may not be."'} <= found
    assert len(row["relations"]) == len(relations)


def test_a_claim_of_a_row_is_the_claim_that_was_stored(store):
    for row, claim in zip(store.claims(Filters(attitudes=True)), flood_claims(), strict=True):
        found = annotators.claim_of(row)
        assert found.attribution == replace(claim.attribution, cited=found.attribution.cited)
        assert found.resolution == claim.resolution
        assert [via.extent for via in found.chain] == [via.extent for via in claim.chain]


def test_what_is_no_stream_of_text_needs_a_file(store):
    with pytest.raises(UsageError, match="xlsx needs a file"):
        writers.export(store.claims(), io.StringIO(), "xlsx")
    for form in ("html", "docbin"):
        with pytest.raises(UsageError, match=f"{form} needs a file"):
            writers.export_documents(store.documents(), io.StringIO(), form)


def test_a_page_that_is_there_is_replaced_only_on_purpose(store, tmp_path):
    folder = tmp_path / "pages"
    assert writers.export_documents(store.documents(), folder, "html") == 1
    assert len(list(folder.iterdir())) == 2
    with pytest.raises(UsageError, match="exists already"):
        writers.export_documents(store.documents(), folder, "html")
    assert writers.export_documents(store.documents(), folder, "html", force=True) == 1
    assert [path.suffix for path in folder.iterdir()] == [".html"] * 2


def test_a_folder_of_pages_has_an_index_that_links_to_each(store, tmp_path):
    hostile = "</a><script>alert(1)</script> & floods"
    documents = [({**article, "title": hostile}, claims) for article, claims in store.documents()]
    folder = tmp_path / "pages"
    writers.export_documents(documents, folder, "html")
    index = lxml.html.document_fromstring((folder / "index.html").read_bytes())
    [link] = index.iter("a")
    assert (folder / link.get("href")).is_file()
    assert link.text_content() == hostile
    assert not list(index.iter("script"))
    assert index.xpath("//td[last()]")[0].text_content() == str(len(documents[0][1]))
