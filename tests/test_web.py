"""The pages as a browser gets them, without one: what stands on them, what is refused, what is escaped."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import FLOOD, flood_claims
from quotes import runs
from quotes.models import Article, Extent, Review, Run
from quotes.store import Filters, Store

httpx = pytest.importorskip("httpx")
pytest.importorskip("datasette")

from quotes.web import asking, drawing, guard, server, summary  # noqa: E402

HOME = "http://localhost"
EDITOR = guard.Editor("token", "Jo")
COOKIE = {"cookie": f"{guard.COOKIE}=token"}
OURS = {**COOKIE, "origin": HOME}


def ask(path: Path, address: str, *, method: str = "GET", editing: guard.Editor | None = None, **more: Any) -> Any:
    """The answer to one request, as ``quotes serve`` would give it."""

    async def request() -> Any:
        app = server.application(path, editing=editing)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=HOME) as client:
            return await client.request(method, address, **more)

    return asyncio.run(request())


class Words(HTMLParser):
    """What is read on a page, and the tags on it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self.tags = list[str](), list[str]()
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


def seen(path: Path, address: str, **more: Any) -> str:
    """The words on a page, blanks as one."""
    answer = ask(path, address, **more)
    assert answer.status_code == 200, answer.text
    return " ".join(" ".join(Words(answer.text).words).split())


@pytest.fixture
def uid(database: Path) -> str:
    with Store(database, readonly=True) as store:
        return str(store.claim(5)["claim_id"])


# Pages


def test_home_has_who_is_quoted_most_the_newest_articles_and_unnamed_sources_by_outlet(database: Path) -> None:
    words = seen(database, "/")
    assert "Nora Wells the mayor of Ashby 3" in words
    assert "River breaks its banks at Ashby Ashby Courier · 2024-03-05 · 7 claims" in words
    assert "Ashby Courier 2 28.6 %" in words


def test_an_article_is_its_text_with_every_claim_marked(database: Path) -> None:
    with Store(database, readonly=True) as store:
        article = store.article(1)
    page = ask(database, f"/article/{article['uid']}").text
    texts = ["".join(Words(part).words) for part in re.findall(r'<p class="text">(.*?)</p>', page, re.DOTALL)]
    assert texts == [line for line in article["text"].split("\n") if line]
    assert re.search(r'<mark class="source h1">Nora Wells, the mayor of Ashby</mark>, <mark class="cue h1">told', page)
    assert page.count('<mark class="content h1">&#34;We were lucky,&#34;</mark>') == 1
    assert "another night of rain</mark>" not in page
    assert "another night of rain</mark>" in ask(database, f"/article/{article['uid']}?attitudes=1").text


def test_a_speaker_has_role_counts_outlets_time_and_claims(database: Path) -> None:
    words = seen(database, "/speaker/1")
    assert "Nora Wells the mayor of Ashby · person" in words
    assert "Claims 3 Word for word 3 Articles 1 First 2024-03-05" in words
    assert "Claims by month of publication, at most 3 a month" in words
    assert "In Ashby Courier (3)" in words
    assert '"Next time," … "we may not be."' in words
    assert "Next time" in seen(database, "/speaker/1?when=2024-03")
    assert "Next time" not in seen(database, "/speaker/1?when=2024-04")
    assert "senior engineer unnamed source" in seen(database, f"/speaker/{number(database, 'senior engineer')}")


def number(database: Path, name: str) -> int:
    with Store(database, readonly=True) as store:
        return int(store.speaker(name)["speaker_id"])


def test_listings_of_speakers_and_unnamed_sources(database: Path) -> None:
    assert "Ministry 2" in seen(database, "/speakers")
    assert "Ministry" not in seen(database, "/speakers?name=wells")
    assert "Nobody is called “Zog”" in seen(database, "/speakers?name=Zog")
    assert "senior engineer 1" in seen(database, "/speakers?unnamed=1")
    assert "engineer Ashby Courier · 1 claim · 14.3 % of the outlet’s claims" in seen(database, "/unnamed")
    assert "No claim has an unnamed source" in seen(database, "/unnamed?publisher=Nobody")


def test_sources_named_alike_in_several_articles_are_one_row_that_leads_to_each(database: Path) -> None:
    with Store(database) as store:
        other = replace(FLOOD, id="other", url="https://courier.example/other", where="other.txt", place="other")
        store.save(replace(other, text=FLOOD.text + "\n"), flood_claims(), Run("1", "by hand"))
    assert "senior engineer in 2 articles apart 2" in seen(database, "/speakers?unnamed=1")
    address = "/speakers?unnamed=1&name=senior%20engineer"
    assert f'href="{address}"' in unescape(ask(database, "/speakers?unnamed=1").text)
    apart = ask(database, address).text
    assert len(set(re.findall(r'href="/speaker/\d+"', apart))) == 2


def test_what_is_kept_of_the_whole_is_counted_anew_when_something_changes(database: Path, uid: str) -> None:
    with Store(database) as store:
        before = summary.summary(store)
        assert summary.summary(store) is before
        store.review(uid, Review(speaker="Ministry"), "Jo")
        after = summary.summary(store)
        assert [row["claims"] for row in before.named] == [3, 2]
        assert [row["claims"] for row in after.named] == [3, 2]
        assert (before.named[0]["speaker"], after.named[0]["speaker"]) == ("Nora Wells", "Ministry")
        store.merge("Ministry", "Nora Wells", reviewer="Jo")
        assert [row["claims"] for row in summary.summary(store).named] == [5]


def test_hits_of_a_search_are_marked_and_near_words_are_offered(database: Path) -> None:
    page = ask(database, "/search?q=lucky").text
    assert 'We were <b class="hit">lucky</b>,' in page
    assert "For “luckyy”: lucky" in seen(database, "/search?q=luckyy")
    assert "No claim has these words" in seen(database, "/search?q=nowhere+atall")
    assert "Words that were said" in seen(database, "/search?q=")
    assert ask(database, "/search?q=%22").status_code == 404


def test_an_altered_quotation_is_shown_with_its_difference_and_as_an_alarm(database: Path) -> None:
    page = ask(database, "/check?words=the+wall+had+sic+always+been+checked").text
    assert "<del>always</del>" in page
    assert "<ins>never</ins>" in page
    assert 'class="verdict wrong"' in page
    assert 'class="verdict exact"' in ask(database, "/check?words=We+were+lucky").text
    assert "7 claims searched" in seen(database, "/check?words=Penguins+dance+at+midnight")


def test_a_claim_has_its_provenance_and_its_neighbours(database: Path, uid: str) -> None:
    with Store(database) as store:
        store.save(
            replace(FLOOD, id="b", url="https://b.example", publisher="Borough Mail"),
            flood_claims(),
            Run("0.1.0", "by-hand"),
        )
        store.review(uid, Review(note="heard it myself"), "Jo")
    words = seen(database, f"/claim/{uid}")
    assert "As printed Wells Cue said Kind direct" in words
    assert 'Elsewhere "We were lucky," wire copy · Nora Wells · River breaks its banks at Ashby · Borough Mail' in words
    assert "Jo: note “heard it myself”" in words


def test_a_claim_for_programs(database: Path, uid: str) -> None:
    linked = ask(database, f"/claim/{uid}.jsonld")
    assert linked.headers["content-type"].startswith("application/ld+json")
    assert json.loads(linked.text)["@graph"][0]["text"] == '"We were lucky,"'
    note = json.loads(ask(database, f"/claim/{uid}.annotation").text)
    assert note["items"][0]["target"][0]["selector"][0]["exact"] == '"We were lucky,"'


@pytest.mark.parametrize(
    "address", ["/claim/c0123", "/article/a0123", "/speaker/99", "/nothing", "/claim/c0123.jsonld"]
)
def test_what_is_not_there_is_said_so(database: Path, address: str) -> None:
    answer = ask(database, address)
    assert answer.status_code == 404
    assert "<h1>Not found</h1>" in answer.text


def test_pages_of_a_long_listing_have_every_row_once_newest_first(tmp_path: Path) -> None:
    path = tmp_path / "many.db"
    days = [f"2024-{month:02}-{day:02}" for month in (1, 2) for day in range(1, 28)] + ["Tuesday", None]
    with Store(path, create=True) as store:
        for n, day in enumerate(days):
            article = Article(f"{FLOOD.text} Edition {n}.", id=str(n), title=f"Edition {n}", published=day)
            store.save(article, flood_claims(), Run("0.1.0", "by-hand"))
        wells = Filters(speaker="Wells", limit=7)
        found = list(store.newest_claims(wells))
        while rows := list(store.newest_claims(replace(wells, after=found[-1]["id"]))):
            found += rows
    assert [row["id"] for row in found] == list(dict.fromkeys(row["id"] for row in found))
    assert len(found) == 3 * len(days)
    assert [row["published"] for row in found[:3]] == ["2024-02-27"] * 3
    first = ask(path, "/articles").text
    assert first.index("Edition 53<") < first.index("Edition 52<")
    after = re.search(r'href="\?after=(\d+)"', first)
    assert after
    second = ask(path, f"/articles?after={after[1]}").text
    assert "Edition 54<" in second
    titles = re.findall(r">(Edition \d+)<", first + second)
    assert len(titles) == len(set(titles)) == len(days)


# Datasette's own pages


def test_tables_are_there_with_links_to_our_pages(database: Path, uid: str) -> None:
    assert f'<a href="/claim/{uid}">{uid}</a>' in ask(database, "/claims/who_said_what").text
    assert ask(database, "/claims/claims").status_code == 200
    assert ask(database, "/claims/claims.json?_shape=array").json()[0]["kind"] == "indirect"
    rows = ask(database, "/claims/claims_of_a_speaker.json?speaker=nora+wells&_shape=array").json()
    assert len(rows) == 3


def test_every_table_is_shown_by_plain_datasette_too(database: Path) -> None:
    from datasette.app import Datasette

    async def statuses() -> dict[str, int]:
        plain = Datasette([str(database)])
        await plain.invoke_startup()
        with Store(database, readonly=True) as store:
            tables = store.db.table_names()
        addresses = [f"/{database.stem}/{table}{form}" for table in tables for form in ("", ".json?_labels=on")]
        addresses += [f"/{database.stem}/{table}/1" for table in ("articles", "claims", "speakers")]
        return {address: (await plain.client.get(address)).status_code for address in addresses}

    assert {address: status for address, status in asyncio.run(statuses()).items() if status != 200} == {}


def test_a_database_of_others_is_left_to_datasette(tmp_path: Path) -> None:
    from datasette.app import Datasette

    from quotes import web

    assert web.register_routes(Datasette([])) == []


# Hostile text and addresses

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}[/b]\u202e</mark></title>'


def test_hostile_text_in_every_field_is_only_text(tmp_path: Path) -> None:
    path = tmp_path / "hostile.db"
    claim = flood_claims()[1]
    text = f"{HOSTILE} {HOSTILE}: {HOSTILE}"
    places = tuple((Extent(n * (len(HOSTILE) + 1), n * (len(HOSTILE) + 1) + len(HOSTILE)),) for n in range(3))
    seen_ = replace(claim.attribution, content=places[0], source=places[1], cue=places[2], lemma=HOSTILE)
    who = replace(claim.resolution.speaker, name=HOSTILE, role=HOSTILE) if claim.resolution.speaker else None
    said = replace(claim, attribution=seen_, resolution=replace(claim.resolution, speaker=who, mentions=()))
    article = Article(
        text, id=HOSTILE, title=HOSTILE, publisher=HOSTILE, published=HOSTILE, url=f"javascript:{HOSTILE}",
        authors=(HOSTILE,), where=HOSTILE,
    )  # fmt: skip
    with Store(path, create=True) as store:
        store.save(article, [said], Run(HOSTILE, HOSTILE))
        row = store.review(1, Review(verdict=HOSTILE, note=HOSTILE, tag=(HOSTILE,)), HOSTILE)
    hostile = dict.fromkeys(("q", "words", "speaker", "name", "when", "publisher"), HOSTILE)
    places = ("/", "/articles", "/speakers", "/speaker/1", "/unnamed", "/search", "/check", f"/nothing/{HOSTILE}")
    for address in (*places, f"/article/{row['article_uid']}", f"/claim/{row['claim_id']}"):
        for params in ({}, hostile):
            page = Words(ask(path, address, editing=EDITOR, headers=COOKIE, params=params).text)
            assert not {"script", "img"} & set(page.tags), address
            assert ">49[" not in "".join(page.words), address


def test_no_page_asks_for_anything_but_our_own_style(database: Path, uid: str) -> None:
    for address in ("/", f"/claim/{uid}", "/speaker/1"):
        answer = ask(database, address)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "script" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert not re.findall(r'(?:src|href)="(?:https?:)?//(?!courier\.example)', answer.text)
    style = re.search(r'href="(/-/static-plugins/[^"]+)"', ask(database, "/").text)
    assert style
    assert ask(database, style[1]).headers["content-type"].startswith("text/css")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.", ""])
def test_a_request_under_another_name_is_refused(database: Path, host: str) -> None:
    assert ask(database, "/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    ("given", "host", "status"),
    [
        ("0.0.0.0", "192.168.1.7:8001", 200),
        ("0.0.0.0", "evil.example", 421),
        ("192.168.1.7", "192.168.1.7:8001", 200),
        ("192.168.1.7", "192.168.1.8:8001", 421),
        ("::", "[fe80::1]:8001", 200),
    ],
)
def test_the_names_that_an_address_is_reached_by(database: Path, given: str, host: str, status: int) -> None:
    async def request() -> int:
        app = server.application(database, hosts=server.names(given))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=HOME) as client:
            return int((await client.get("/articles", headers={"host": host})).status_code)

    assert asyncio.run(request()) == status


# Reviewing

FORM = {"say": "accept", "proof": EDITOR.proof}


def test_the_token_in_the_address_becomes_a_cookie_for_our_own_pages(database: Path) -> None:
    answer = ask(database, "/?token=token", editing=EDITOR)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=Strict" in answer.headers["set-cookie"]
    assert ask(database, "/?token=guess", editing=EDITOR).status_code == 403


def test_a_review_is_the_same_row_as_the_terminals(database: Path, uid: str) -> None:
    forms = [
        {"say": "reject"}, {"say": "undo"}, {"say": "accept"}, {"say": "nobody"},
        {"say": "speaker", "speaker": "Ministry"},
        {"say": "note", "note": "see the video", "verdict": "true", "tag": "flood"},
    ]  # fmt: skip
    for form in forms:
        data = {"proof": EDITOR.proof, **form}
        answer = ask(database, f"/claim/{uid}/review", method="POST", editing=EDITOR, data=data, headers=OURS)
        assert answer.status_code == 303, answer.text
        assert answer.headers["location"] == f"/claim/{uid}"
    with Store(database, readonly=True) as store:
        row, history = store.claim(uid), store.history(uid)
    assert (row["speaker"], row["verdict"], row["notes"], row["tags"]) == ("Ministry", "true", "see the video", "flood")
    assert (row["status"], row["reviewer"]) == ("corrected", "Jo")
    assert len(history) == len(forms)
    assert "Set the speaker" in ask(database, f"/claim/{uid}", editing=EDITOR, headers=COOKIE).text


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"editing": None}, 405),
        ({"headers": COOKIE}, 403),
        ({"headers": {**COOKIE, "origin": "http://evil.example"}}, 403),
        ({"headers": {**COOKIE, "origin": "null"}}, 403),
        ({"headers": {"origin": HOME}}, 403),
        ({"headers": {**OURS, "cookie": f"{guard.COOKIE}=guess"}}, 403),
        ({"data": {"say": "accept"}}, 403),
        ({"data": {"say": "accept", "proof": "guess"}}, 403),
        ({"data": {"say": "speaker", "speaker": " ", "proof": EDITOR.proof}}, 400),
        ({"data": {"say": "note", "note": "x" * 70_000, "proof": EDITOR.proof}}, 413),
        ({"method": "GET", "data": None}, 403),
    ],
)
def test_nobody_else_reviews(database: Path, uid: str, changed: dict[str, Any], status: int) -> None:
    request = {"method": "POST", "editing": EDITOR, "data": FORM, "headers": OURS, **changed}
    assert ask(database, f"/claim/{uid}/review", **request).status_code == status
    with Store(database, readonly=True) as store:
        assert store.history(uid) == []


def test_nothing_to_review_with_is_shown_to_readers(database: Path, uid: str) -> None:
    assert '<form class="decide"' not in ask(database, f"/claim/{uid}").text
    assert '<form class="decide"' not in ask(database, f"/claim/{uid}", editing=EDITOR).text


# What pages are made of

ANY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@ANY
@given(
    st.text("ab \n", min_size=1, max_size=40),
    st.lists(st.tuples(st.sampled_from(list(runs.ROLES)), st.integers(0, 39), st.integers(1, 39)), max_size=8),
)
def test_whatever_is_marked_the_runs_are_the_text(text: str, marks: list[tuple[str, int, int]]) -> None:
    claims = []
    for column, start, end in marks:
        places = [[start, end, text[start:end]]] if start < end <= len(text) else []
        claims.append({**dict.fromkeys(runs.ROLES, ()), column: places, "start": start})
    found = runs.paragraphed(text, claims)
    lines = [line for line in text.split("\n") if line.strip()]
    assert ["".join(run.words for run in paragraph.runs).strip() for paragraph in found] == [x.strip() for x in lines]


def test_a_broken_and_a_nested_content_keep_their_owners() -> None:
    claims = [
        {"content": [[0, 3, "one"], [8, 13, "three"]], "cue_extents": [], "source_extents": [], "start": 0},
        {"content": [[8, 13, "three"]], "cue_extents": [], "source_extents": [[4, 7, "two"]], "start": 8},
    ]
    [paragraph] = runs.paragraphed("one two three", claims)
    found = [(run.words, run.roles, run.owner, run.depth) for run in paragraph.runs if run.marks]
    assert found == [("one", ("content",), 0, 1), ("two", ("source",), 1, 0), ("three", ("content",), 1, 2)]
    assert paragraph.claims == (0, 1)


def test_a_timeline_has_a_bar_a_month_or_a_year_when_they_are_many() -> None:
    months = drawing.timeline([{"period": "2024-01", "claims": 3}, {"period": "2024-04", "claims": 1}])
    assert months.count("<rect") == 2
    assert 'aria-label="2024-01: 3 claims"' in months
    years = drawing.timeline([{"period": "1999-01", "claims": 3}, {"period": "2024-04", "claims": 1}])
    assert "?when=1999#claims" in years
    assert drawing.timeline([]) == ""


@ANY
@given(st.text(max_size=20), st.lists(st.integers(0, 20), max_size=6))
def test_pieces_of_a_hit_are_the_words(words: str, edges: list[int]) -> None:
    places = sorted({edge for edge in edges if edge <= len(words)})
    hits = list(zip(places[::2], places[1::2], strict=False))
    found = asking.pieces(words, hits)
    assert "".join(piece for piece, _ in found) == words
    assert [piece for piece, hit in found if hit] == [words[start:end] for start, end in hits]


def test_unnamed_sources_by_outlet_are_sums_of_their_forms() -> None:
    rows = [
        {"publisher": "A", "claims": 2, "share": 0.2},
        {"publisher": "A", "claims": 1, "share": 0.1},
        {"publisher": "B", "claims": 0, "share": 0},
    ]
    assert summary.outlets(rows) == [{"publisher": "A", "claims": 3, "share": pytest.approx(0.3)}]
