"""Pages and feeds from a real server into a store: read once, remembered, and read again when they change."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from websites import Site, opened

from quotes.models import Report, Run, Skipped
from quotes.readers import Options, fetching, read
from quotes.store import Store
from quotes.tracker import Came, Extracted, ingest

RUN = Run("1", "none")
STORY = "The mayor of Ashby said on {day} that nobody had been hurt when the river broke its banks in the night."
HTML = {"content_type": "text/html; charset=utf-8"}
FEED = {"content_type": "application/rss+xml"}


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """An empty site on loopback, read without pauses."""
    monkeypatch.setattr(fetching, "PAUSE", 0.0)
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    fetching.fetcher.cache_clear()
    made = Site()
    server = opened(made)
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "a.db", create=True) as opened_store:
        yield opened_store


def page(day: str, head: str = "") -> str:
    return f"<html><head><title>Flood</title>{head}</head><body><p>{STORY.format(day=day)}</p></body></html>"


def feed(*links: str, more: str = "") -> str:
    items = "".join(f"<item><title>On {link}</title><link>{link}</link></item>" for link in links)
    return f'<rss version="2.0"><channel><title>News</title><link>/</link>{items}{more}</channel></rss>'


def add(store: Store, *where: str) -> Report:
    """Read into the store without looking for claims."""

    def extract(tasks: Iterable[tuple[Came, str | None]]) -> Iterator[Extracted]:
        return ((came, None if text is None else []) for came, text in tasks)

    return ingest(read(where, options=Options(allow_private=True, memory=store)), store, RUN, extract)


def test_a_page_is_an_article_at_its_address(site: Site, store: Store) -> None:
    url = site.add("/flood", page("Monday"), **HTML)
    assert add(store, url + "#top").new == 1
    [row] = store.articles()
    assert (row["title"], row["url"], row["where"]) == ("Flood", url, url)
    assert add(store, url) == Report(unchanged=1)


def test_a_canonical_address_counts_on_its_own_site_only(site: Site, store: Store) -> None:
    own = site.add("/a", page("Monday", '<link rel="canonical" href="/b">'), **HTML)
    other = site.add("/c", page("Tuesday", '<link rel="canonical" href="https://bigger.example/x">'), **HTML)
    add(store, own, other)
    assert [row["url"] for row in store.articles()] == [f"{site.url}/b", other]


def test_an_unchanged_page_stands_as_it_is_stored(site: Site, store: Store) -> None:
    url = site.add("/a", page("Monday"), etag='"1"', **HTML)
    add(store, url)
    site.add("/a", b"", 304)
    assert add(store, url) == Report(unchanged=1)
    assert site.asked[-1][1]["if-none-match"] == '"1"'
    site.add("/a", page("Tuesday"), etag='"2"', **HTML)
    assert add(store, url).changed == 1


def test_what_was_fetched_and_not_stored_is_fetched_again(site: Site, store: Store) -> None:
    url = site.add("/a", page("Monday"), etag='"1"', **HTML)
    assert len(list(read(url, options=Options(allow_private=True, memory=store)))) == 1  # a run that is stopped here
    assert add(store, url).new == 1
    assert "if-none-match" not in site.asked[-1][1]


def test_a_feed_gives_what_is_new(site: Site, store: Store) -> None:
    for name in ("a", "b", "c"):
        site.add(f"/{name}", page(f"day {name}"), **HTML)
    url = site.add("/feed", feed("/a", "b", "/a"), etag='"1"', **FEED)
    assert add(store, url).new == 2
    assert site.paths() == ["/feed", "/a", "/b"]
    site.add("/feed", b"", 304)
    assert add(store, url) == Report()
    site.add("/feed", feed("/c", "/a", "/b"), etag='"2"', **FEED)
    assert add(store, url).new == 1
    assert site.paths() == ["/feed", "/a", "/b", "/feed", "/feed", "/c"]


def test_a_feed_whose_articles_are_not_all_stored_is_read_again(site: Site, store: Store) -> None:
    site.add("/a", page("Monday"), **HTML)
    url = site.add("/feed", feed("/a", "/b"), etag='"1"', **FEED)
    report = add(store, url)
    assert report.skipped == (Skipped(f"{site.url}/b", "answers 404"),)
    add(store, url)
    assert site.paths() == ["/feed", "/a", "/b", "/feed"]  # what is gone stays gone
    site.add("/c", b"", 503)
    site.add("/feed", feed("/c"), **FEED)
    assert add(store, url).skipped == (Skipped(f"{site.url}/c", "answers 503"),)
    site.add("/c", page("Friday"), **HTML)
    assert add(store, url).new == 1  # what may come back is tried again


def test_a_page_without_an_article_is_not_asked_for_at_every_poll(site: Site, store: Store) -> None:
    site.add("/a", "<html><body></body></html>", **HTML)
    url = site.add("/feed", feed("/a"), **FEED)
    assert len(add(store, url).skipped) == 1
    assert add(store, url) == Report()
    assert site.paths() == ["/feed", "/a", "/feed"]


def test_a_feed_says_what_its_page_does_not(site: Site, store: Store) -> None:
    site.add("/a", f"<p>{STORY}</p>", **HTML)
    more = """<item><link>/a</link><title>Flood at Ashby</title><author>jo@a.example (Jo Bell)</author>
        <pubDate>Tue, 05 Mar 2024 10:00:00 +0100</pubDate></item>"""
    add(store, site.add("/feed", feed(more=more), **FEED))
    [row] = store.articles()
    assert (row["title"], row["published"], row["byline"]) == ("Flood at Ashby", "2024-03-05T10:00:00+01:00", "Jo Bell")


def test_an_entry_without_a_link_is_read_in_the_feed(site: Site, store: Store) -> None:
    more = f"<item><title>Flood</title><description>&lt;p&gt;{STORY}&lt;/p&gt;</description></item><item></item>"
    url = site.add("/feed", feed(more=more), **FEED)
    report = add(store, url)
    assert report.new == 1
    assert "without a link" in report.skipped[0].reason
    assert add(store, url).unchanged == 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss version="2.0"/>', "entities"),
        ("<rss><channel><item", "cannot be read"),
        ("<rss version='2.0'>" + " " * 10_000_001, "longer than"),
    ],
)
def test_a_feed_that_is_none_is_refused(site: Site, store: Store, body: str, reason: str) -> None:
    [skipped] = add(store, site.add("/feed", body, **FEED)).skipped
    assert reason in skipped.reason


def test_what_a_feed_names_wrongly_is_left_out_and_the_rest_read(site: Site, store: Store) -> None:
    good = site.add("/good", page("Monday"), **HTML)
    items = "".join(f"<item><title>t</title><link>{link}</link></item>" for link in ("http://[", "http://[#b", good))
    report = add(store, site.add("/feed", feed(more=items), **FEED))
    assert (report.new, {one.reason for one in report.skipped}) == (1, {"an entry without a link and without a text"})


def test_an_entry_that_is_broken_off_is_one_skip(site: Site, store: Store) -> None:
    entry = "<entry><title>River >urn:1</id><content type='html'>x</content></entry>"
    report = add(store, site.add("/feed", f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>", **FEED))
    assert [one.reason for one in report.skipped] == ["an entry without a link and without a text"]


def test_a_feed_that_names_itself_comes_to_an_end(site: Site, store: Store) -> None:
    url = site.add("/feed", feed("/feed", "/feed2"), **FEED)
    site.add("/feed2", feed("/feed"), **FEED)
    assert {skipped.reason for skipped in add(store, url).skipped} == {"an address in a list of lists"}


def test_bytes_decide_what_an_answer_is(site: Site, store: Store) -> None:
    pages = (
        site.add("/text", STORY, content_type="text/plain"),
        site.add("/page.php", "<!-- x --><!DOCTYPE html>" + page("Monday"), content_type="text/plain"),
        site.add("/lines", '{"text": "One"}\n{"text": "Two"}\n', content_type="application/x-ndjson"),
        site.add("/mail.txt", STORY + "!", content_type="application/octet-stream"),
    )
    assert add(store, *pages).new == 5


def test_private_networks_are_closed_unless_opened(site: Site) -> None:
    [skipped] = read(site.add("/a", page("Monday"), **HTML))
    assert isinstance(skipped, Skipped)
    assert "127.0.0.1 is not a public address" in skipped.reason
