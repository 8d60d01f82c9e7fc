"""The real pipeline with the shipped model: exact offsets, Docs that travel, bounded time on hostile texts."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import DocBin

import quotes
from quotes import layers, pipeline, pool
from quotes.models import Article, Claim, Extent
from quotes.offsets import unwrapped
from quotes.pipeline import COMPONENTS, extract, extract_many, segments

SEED = (Path(__file__).parent.parent / "seeds" / "isis-on-the-defensive.txt").read_text(encoding="utf-8")
FORECAST = '"It will rain," Mary Smith said. She denied that it would snow.'


@pytest.fixture(scope="module")
def nlp() -> Language:
    return quotes.load()


def extents(claim: Claim) -> list[Extent]:
    a = claim.attribution
    chain = [e for via in claim.chain for e in (via.extent, *via.resolution.mentions)]
    return [*a.content, *a.cue, *a.source, *a.cited, *a.told, *claim.resolution.mentions, *chain]


def test_without_a_doc_the_claims_are_those_of_the_doc(nlp: Language) -> None:
    for text in (SEED, FORECAST, "", '"" said'):
        with nlp.memory_zone():
            assert extract(Article(text), nlp) == layers.claims(nlp(unwrapped(text)))


def test_several_processes_find_the_same_in_the_same_order(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "WORTHWHILE", 1)
    monkeypatch.setattr(pool, "cores", lambda: 2)
    articles = [Article(text, where=text[:9]) for text in (SEED, FORECAST, FORECAST, "Nobody spoke.")]
    assert list(extract_many(articles, nlp, jobs=2)) == [(article, extract(article, nlp)) for article in articles]


def test_who_said_what(nlp: Language) -> None:
    first, second = extract(Article(FORECAST), nlp)
    assert first.attribution.content[0].of(FORECAST) == '"It will rain,"'
    assert [c.resolution.speaker and c.resolution.speaker.name for c in (first, second)] == ["Mary Smith"] * 2
    assert (second.attribution.stance, second.attribution.negated) == ("deny", False)


def test_the_seed_article_is_read_as_people_read_it(nlp: Language) -> None:
    claims = extract(Article(SEED), nlp)
    speakers = {c.resolution.speaker.name: c for c in claims if c.resolution.speaker}
    assert speakers["senior US official"].resolution.speaker.type == "anonymous"
    agency = speakers["Anadolu Agency"]
    assert agency.resolution.speaker.type == "organisation"
    assert [(v.relation, v.extent.of(SEED)) for v in agency.chain] == [("citing", "military sources")]
    envoy = "US President Barack Obama's special envoy in the fight against ISIS"
    assert speakers["Brett McGurk"].resolution.speaker.role == envoy
    quoted = [c for c in claims if c.attribution.kind == "direct"]
    assert {c.resolution.speaker.name for c in quoted if c.resolution.speaker} == {"Brett McGurk"}
    for words in ("precision strikes", "synchronized pressure", "pressure campaign on Raqqa", "cleaning these cities"):
        assert any(words in e.of(SEED) for c in quoted for e in c.attribution.content), words
    assert any(c.attribution.negated for c in claims)


def test_the_same_article_gives_the_same_claims_whatever_came_before(nlp: Language) -> None:
    alone = extract(Article(SEED), quotes.load())
    _, after = extract_many([Article(FORECAST), Article(SEED)], nlp)
    assert after[1] == alone


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(st.text(max_size=12), st.sampled_from([*FORECAST.split(), "\n", "“", "”", "he", "said"])), max_size=40
    )
)
def test_every_extent_of_every_claim_lies_in_the_text(nlp: Language, words: list[str]) -> None:
    text = " ".join(words).encode("utf-8", "ignore").decode().replace("\0", "")
    for claim in extract(Article(text), nlp):
        assert claim.attribution.content
        assert all(0 <= e.start < e.end <= len(text) for e in extents(claim))


def test_claims_survive_bytes_and_docbin_and_n_process(nlp: Language) -> None:
    doc = nlp(FORECAST)
    expected = layers.claims(doc)
    kept = next(iter(DocBin(store_user_data=True, docs=[doc]).get_docs(nlp.vocab)))
    assert layers.claims(kept) == expected
    assert {s.label_ for s in kept.spans[layers.CLAIMS]} == {"SOURCE", "CUE", "CONTENT"}
    assert [layers.claims(d) for d in nlp.pipe([FORECAST] * 3, n_process=2)] == [expected] * 3


def test_components_are_found_by_entry_point() -> None:
    nlp = spacy.blank("en")
    for component in COMPONENTS:
        nlp.add_pipe(component)
    assert layers.claims(nlp(FORECAST))


def test_segments_cover_a_text_and_cut_at_lines() -> None:
    text = ("word " * 30 + "\n") * 40
    parts = list(segments(text, limit=1000))
    assert "".join(p for _, p in parts) == text
    assert all(text[offset : offset + len(p)] == p for offset, p in parts)
    assert all(p.endswith("\n") for _, p in parts[:-1])


def test_offsets_carry_over_segments(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    filler = "Nothing happened on the long road to town.\n"
    monkeypatch.setattr("quotes.pipeline.SEGMENT", 4000)
    text = filler * 100 + FORECAST
    assert [e.of(text) for c in extract(Article(text), nlp)[:1] for e in c.attribution.content] == ['"It will rain,"']


@pytest.mark.parametrize(
    "text",
    ["", " \n ", "…!?", "x" * 1_000_000, '"' * 50_000, "“" * 20_000, "日本語の記事です。" * 200, "said " * 4000],
    ids=["empty", "space", "marks", "one word", "unbalanced", "opening", "japanese", "said"],
)
def test_hostile_texts_take_bounded_time(nlp: Language, text: str) -> None:
    began = time.monotonic()
    claims = extract(Article(text), nlp)
    assert time.monotonic() - began < 30
    assert all(e.end <= len(text) for c in claims for e in extents(c))


def test_a_broken_model_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"rubbish")
    (tmp_path / "tokenizer.json").write_text(json.dumps({}))
    with pytest.raises(quotes.QuotesError, match="no usable"):
        extract(Article(FORECAST), quotes.load(model=tmp_path))
