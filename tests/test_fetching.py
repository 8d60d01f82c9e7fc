"""Web addresses against a real server: what is refused, what is tried again, and what a hostile one can cost."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest
from websites import Site, opened

from quotes.models import Skipped, Visit
from quotes.readers import fetching, robots
from quotes.readers.connections import is_public
from quotes.readers.fetching import Fetcher, Response


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """An empty site on loopback, read without pauses."""
    monkeypatch.setattr(fetching, "PAUSE", 0.0)
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    made = Site()
    server = opened(made)
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def web() -> Fetcher:
    return Fetcher(allow_private=True)


def reason(answer: Response | Skipped) -> str:
    assert isinstance(answer, Skipped)
    return answer.reason


def test_an_answer_has_its_bytes_type_and_address(site: Site, web: Fetcher) -> None:
    url = site.add("/a", "é".encode("latin-1"), content_type='text/html; charset="ISO-8859-1"', etag='"1"')
    assert web.fetch(url + "#part") == Response(
        url, 200, "é".encode("latin-1"), "text/html", "iso-8859-1", Visit(etag='"1"')
    )
    path, headers = site.asked[-1]
    assert (path, headers["user-agent"].split("/")[0]) == ("/a", "quotes-tracker")


def test_an_unchanged_page_is_not_sent_again(site: Site, web: Fetcher) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        known = request.headers["If-None-Match"] == '"1"' and request.headers["If-Modified-Since"] == "then"
        request.send_response(304 if known else 200)
        request.end_headers()

    url = site.serve("/a", answer)
    again = web.fetch(url, Visit(etag='"1"', modified="then"))
    assert isinstance(again, Response)
    assert (again.status, again.body) == (304, b"")


def test_redirects_are_followed_and_relative_ones_too(site: Site, web: Fetcher) -> None:
    site.add("/c", b"here")
    site.add("/b", status=307, location="c")
    answer = web.fetch(site.add("/a", status=301, location="/b"))
    assert isinstance(answer, Response)
    assert (answer.url, answer.body) == (f"{site.url}/c", b"here")
    assert "more than 10 redirects" in reason(web.fetch(site.add("/loop", status=302, location="/loop")))


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://a.example/x",
        "//user:word@127.0.0.1/",
        "//a:b/",
        "javascript:alert(1)",
        "http://[",
        "//[a#b",
    ],
)
def test_a_redirect_to_no_web_address_is_refused(site: Site, web: Fetcher, location: str) -> None:
    answer = reason(web.fetch(site.add("/a", status=302, location=location)))
    assert answer.startswith("leads to ")
    assert "not a web address" in answer or "which is not sent" in answer


def test_private_addresses_are_refused_at_every_hop(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    url = site.add("/a", b"secret")
    for address in (url, "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest", "http://0x7f000001/"):
        assert "not a public address" in reason(Fetcher(ignore_robots=True).fetch(address))
    assert site.asked == []
    # A public page that leads to a private one: the server of this test stands for the public one.
    monkeypatch.setattr("quotes.readers.connections.is_public", lambda address: address == "127.0.0.1")
    for location in ("http://127.0.0.2/", "http://169.254.169.254/latest", "http://[::ffff:10.0.0.1]/"):
        answer = reason(Fetcher().fetch(site.add("/b", status=302, location=location)))
        assert "leads to" in answer


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::10.0.0.1", False),
        ("64:ff9b::93.184.216.34", True),
        ("2002:7f00:1::", False),
        ("fec0::1", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_the_address_that_was_checked_is_connected_to(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when checked and private a moment later is asked for once only."""
    asked: list[str] = []

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr("quotes.readers.connections.is_public", lambda address: True)
    monkeypatch.setattr("quotes.readers.connections.socket.getaddrinfo", resolve)
    port = site.url.rsplit(":", 1)[1]
    site.add("/a", b"x")
    connected: list[tuple[str, int]] = []
    monkeypatch.setattr(
        "quotes.readers.connections.socket.create_connection",
        lambda address, timeout: connected.append(address) or (_ for _ in ()).throw(OSError("no")),
    )
    assert reason(Fetcher(ignore_robots=True).fetch(f"http://news.example:{port}/a")) == "no connection"
    assert asked == ["news.example"] * fetching.TRIES
    assert connected == [("127.0.0.1", int(port))] * fetching.TRIES


def test_what_is_wrong_with_a_host_is_said_of_it_and_not_of_its_robots(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reason(Fetcher().fetch(site.url)).startswith("127.0.0.1 is not a public address")

    def unknown(host: str, port: int, **_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr("quotes.readers.connections.socket.getaddrinfo", unknown)
    assert reason(Fetcher().fetch("http://nosuchhost.invalid/x")) == "no such host"


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example/", "http://", "http://a:b@c.example/", "http://a:x/"]
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    assert fetching.improper(url)
    assert isinstance(Fetcher().fetch(url), Skipped)


def test_a_drip_ends_at_the_deadline(site: Site, web: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.5)
    wait = threading.Event().wait

    def body(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        while True:
            request.wfile.write(b"x")
            wait(0.05)

    def head(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            request.wfile.write(b"x")
            wait(0.05)

    site.add("/robots.txt", b"")
    for url in (site.serve("/body", body), site.serve("/head", head)):
        assert "not answered whole" in reason(web.fetch(url))


def test_too_much_is_not_read(site: Site, web: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LIMIT", 1_000_000)
    sent = 0

    def endless(request: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        request.send_response(200)
        request.end_headers()
        while True:
            request.wfile.write(bytes(65_536))
            sent += 65_536

    assert "longer than" in reason(web.fetch(site.serve("/endless", endless)))
    assert sent < 50_000_000
    bomb = gzip.compress(bytes(50_000_000))
    assert "longer than" in reason(web.fetch(site.add("/bomb", bomb, content_encoding="gzip")))
    site.add("/b", b"here")
    moved = web.fetch(site.add("/moved", bomb, 302, location="/b", content_encoding="gzip"))
    assert isinstance(moved, Response)
    assert "unpacked" in reason(web.fetch(site.add("/broken", b"no gzip", content_encoding="gzip")))


def test_half_an_answer_is_none(site: Site, web: Fetcher) -> None:
    assert isinstance(web.fetch(site.add("/a", b"half", content_length="100")), Skipped)


@pytest.mark.parametrize(("status", "tries"), [(404, 1), (403, 1), (500, 3), (503, 3), (429, 3)])
def test_what_may_pass_is_tried_again(site: Site, web: Fetcher, status: int, tries: int) -> None:
    assert reason(web.fetch(site.add("/a", b"", status))) == f"answers {status}"
    assert site.paths() == ["/a"] * tries


def test_the_server_says_how_long_to_wait(site: Site, web: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", lambda seconds: waits.append(seconds) if seconds else None)
    web.fetch(site.add("/a", b"", 503, retry_after="7"))
    assert waits == [7.0, 7.0]
    waits.clear()
    web.fetch(site.add("/b", b"", 429, retry_after="3600"))
    assert waits == []
    assert fetching._seconds("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0
    assert fetching._seconds("soon") is None


def test_cookies_are_not_kept(site: Site, web: Fetcher) -> None:
    site.add("/b", b"")
    web.fetch(site.add("/a", status=302, location="/b", set_cookie="who=me"))
    assert all("cookie" not in headers for _, headers in site.asked)


def test_robots_are_heeded(site: Site, web: Fetcher) -> None:
    site.add("/robots.txt", "User-agent: *\nDisallow: /private\nAllow: /private/open$\n")
    for path in ("/private/a", "/private/open", "/public"):
        site.add(path, b"x")
    site.add("/away", status=302, location="/private/a")
    assert reason(web.fetch(f"{site.url}/private/a")) == "robots.txt forbids it"
    assert reason(web.fetch(f"{site.url}/away")).endswith("robots.txt forbids it")
    assert all(isinstance(web.fetch(site.url + path), Response) for path in ("/private/open", "/public"))
    assert [path for path, _ in site.asked].count("/robots.txt") == 1
    assert isinstance(Fetcher(allow_private=True, ignore_robots=True).fetch(f"{site.url}/private/a"), Response)


def test_a_site_whose_robots_cannot_be_read_is_left_alone(site: Site, web: Fetcher) -> None:
    site.add("/robots.txt", b"", 500)
    assert "robots.txt cannot be read" in reason(web.fetch(site.add("/a", b"x")))


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: quotes-tracker\nDisallow: /b", "/a", True),
        ("User-agent: other\nUser-agent: Quotes-Tracker\nDisallow: /a", "/a", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("user-agent: *\ndisallow: /*.pdf$ # reports", "/x/a.pdf", False),
        ("user-agent: *\ndisallow: /*.pdf$", "/x/a.pdf?x", True),
        ("user-agent: *\ndisallow: /a*b*c", "/a1b2c3", False),
        ("user-agent: *\ndisallow: /a*b*c", "/a1c2b", True),
        ("user-agent: *\ndisallow: /%7Ejo", "/~jo/x", False),
        ("user-agent: *\ndisallow: /a\nallow: /a/b", "/a/b", True),
        ("user-agent: *\ndisallow: /*?print=", "/a?print=1", False),
        ("user-agent: *\ndisallow: /" + "*a" * 5000 + "$", "/" + "a" * 4999 + "b", True),
    ],
)
def test_what_robots_txt_means(text: str, path: str, allowed: bool) -> None:
    assert robots.rules(text, fetching.ROBOT).allow(f"https://a.example{path}") is allowed


def test_a_site_can_ask_for_a_longer_rest() -> None:
    assert robots.rules("User-agent: *\nCrawl-delay: 2.5", "x").delay == 2.5
