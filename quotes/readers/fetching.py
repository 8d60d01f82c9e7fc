"""Bytes from web addresses: public hosts only, politely, and never more or longer than is allowed.

Redirects are followed by hand, each hop checked as the first; certificates are always checked; no cookie is kept; what
robots.txt forbids is left alone. A failure that may pass is tried again, after the time that the server asks for.
"""

from __future__ import annotations

import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from quotes import __version__
from quotes.models import Skipped, Visit
from quotes.readers import robots
from quotes.readers.connections import NOT_PUBLIC, RefusedError, Watch, adapter
from quotes.readers.links import joined, unmarked

ROBOT = "quotes-tracker"
AGENT = f"{ROBOT}/{__version__} (reads news for the record of who said what)"
LIMIT = 50_000_000  # bytes of one answer, unpacked
SECONDS = 60.0  # for one exchange, from the name to the last byte
TIMEOUT = (10.0, 20.0)  # seconds for a connection, and for the next byte
HOPS = 10
TRIES = 3
PAUSE = 1.0  # seconds between two requests to a host
DAY = 86_400.0  # seconds that a robots.txt is held for known
PATIENCE = 60.0  # seconds that a server may ask us to wait
_CHUNK = 65_536
_REDIRECTS = (301, 302, 303, 307, 308)
_OF_HOSTS = (NOT_PUBLIC, "its certificate cannot be trusted", "no such host", "no connection")  # whatever is asked
_PASSING = (429, 500, 502, 503, 504)


@dataclass(frozen=True)
class Response:
    """What an address answered. ``url`` is the last of its redirects; ``kind`` the content type without parameters."""

    url: str
    status: int
    body: bytes = b""
    kind: str = ""
    charset: str | None = None
    visit: Visit = field(default_factory=Visit)
    location: str | None = None
    wait: float | None = None  # seconds that the server asks for


@dataclass
class Fetcher:
    """How addresses are read, and what is remembered of hosts meanwhile."""

    allow_private: bool = False
    ignore_robots: bool = False
    rules: dict[str, tuple[float, robots.Rules | str]] = field(default_factory=dict)
    last: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str, visit: Visit | None = None) -> Response | Skipped:
        """The answer of an address; if it has not changed since ``visit``, its status is 304 and it has no body."""
        at = unmarked(url)
        for _ in range(HOPS):
            problem = improper(at) or self._forbidden(at)
            if problem:
                return Skipped(url, problem if at == url else f"leads to {at}: {problem}")
            answer = self._patiently(at, visit)
            if isinstance(answer, str):
                return Skipped(url, answer)
            if answer.location is None:
                return answer if answer.status in (200, 304) else Skipped(url, f"answers {answer.status}")
            at = unmarked(joined(at, answer.location))
        return Skipped(url, f"more than {HOPS} redirects")

    def _forbidden(self, url: str) -> str | None:
        if self.ignore_robots:
            return None
        rules = self._rules(url)
        if isinstance(rules, str):
            return rules
        return None if rules.allow(url) else "robots.txt forbids it"

    def _rules(self, url: str) -> robots.Rules | str:
        """The rules of a site, read anew every day, or why nothing of it is read."""
        site, now = _site(url), time.monotonic()
        if site not in self.rules or now - self.rules[site][0] > DAY:
            self.rules[site] = now, self._read_rules(f"{site}/robots.txt")
        return self.rules[site][1]

    def _read_rules(self, at: str) -> robots.Rules | str:
        for hop in range(HOPS):
            answer = improper(at) or self._patiently(at, None)
            if isinstance(answer, str) and not hop and answer.endswith(_OF_HOSTS):
                return answer
            if isinstance(answer, str) or answer.status in _PASSING:
                reason = answer if isinstance(answer, str) else f"answers {answer.status}"
                return f"its robots.txt cannot be read, so that nothing of the site is: {reason}"
            if answer.location is None:
                text = answer.body[: robots.LONGEST].decode("utf-8-sig", "replace") if answer.status == 200 else ""
                return robots.rules(text, ROBOT)
            at = joined(at, answer.location)
        return robots.Rules()

    def _patiently(self, url: str, visit: Visit | None) -> Response | str:
        """The answer, or why there is none; what may pass is tried again."""
        answer: Response | str = ""
        for attempt in range(TRIES):
            self._pause(url)
            answer, passing = self._once(url, visit)
            wait = answer.wait if isinstance(answer, Response) and answer.wait is not None else 2.0**attempt
            if not passing or wait > PATIENCE or attempt == TRIES - 1:
                break
            time.sleep(wait)
        return answer

    def _pause(self, url: str) -> None:
        """Wait until the host has had its rest."""
        host, (_, rules) = urlsplit(url).hostname or "", self.rules.get(_site(url), (0.0, ""))
        rest = max(PAUSE, min(rules.delay if isinstance(rules, robots.Rules) else 0.0, PATIENCE))
        if host in self.last:
            time.sleep(max(0.0, self.last[host] + rest - time.monotonic()))
        self.last[host] = time.monotonic()

    def _once(self, url: str, visit: Visit | None) -> tuple[Response | str, bool]:
        """One exchange: the answer or why there is none, and whether another try may help."""
        import requests
        from urllib3.exceptions import HTTPError

        with Watch(allow_private=self.allow_private, seconds=SECONDS) as watch, closing(adapter(watch)) as web:
            try:
                request = requests.Request("GET", url, _headers(visit)).prepare()
                with web.send(request, stream=True, timeout=TIMEOUT, verify=True) as reply:
                    answer = _read(url, reply)
                if not watch.expired:
                    return answer, isinstance(answer, Response) and answer.status in _PASSING
            except RefusedError as error:
                return str(error), False
            except (requests.RequestException, HTTPError, ValueError, OSError) as error:
                if not watch.expired:
                    return failure(error)
        return f"not answered whole in {SECONDS:.0f} s", False


@cache
def fetcher(allow_private: bool, ignore_robots: bool) -> Fetcher:
    """The one of this process for these two choices: hosts have their rest whoever asks."""
    return Fetcher(allow_private, ignore_robots)


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def improper(url: str) -> str | None:
    """Why an address cannot be asked for; None if it can."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "not a web address"
    if parts.scheme not in ("http", "https"):
        return "not a web address: only http and https are read"
    if parts.username or parts.password:
        return "has a name or password in it, which is not sent"
    return None if host else "not a web address"


def failure(error: Exception) -> tuple[str, bool]:
    """What went wrong, in a few words, and whether it may pass."""
    import requests
    from urllib3.exceptions import DecodeError

    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate cannot be trusted", False
    if isinstance(error, requests.exceptions.Timeout) or "timed out" in str(error):
        return "does not answer in time", True
    if "resolve" in str(error):
        return "no such host", False
    if isinstance(error, DecodeError | requests.exceptions.ContentDecodingError):
        return "its answer is damaged: it cannot be unpacked", False
    if isinstance(error, requests.ConnectionError):
        return "no connection", True
    return "its answer is damaged or not one", False


def _headers(visit: Visit | None) -> dict[str, str]:
    headers = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "gzip, deflate", "Connection": "close"}
    if visit and visit.etag:
        headers["If-None-Match"] = visit.etag
    if visit and visit.modified:
        headers["If-Modified-Since"] = visit.modified
    return headers


def _read(url: str, reply: Any) -> Response | str:
    """The answer with its body, of which no more is read than is allowed."""
    status = reply.status_code
    if status in _REDIRECTS and "location" in reply.headers:
        return Response(url, status, location=reply.headers["location"])
    body = bytearray()
    for chunk in reply.raw.stream(_CHUNK, decode_content=True) if status == 200 else ():
        body += chunk
        if len(body) > LIMIT:
            return f"longer than {LIMIT // 1_000_000} MB"
    header = Message()
    header["content-type"] = reply.headers.get("content-type", "")
    return Response(
        url,
        status,
        bytes(body),
        header.get_content_type() if reply.headers.get("content-type") else "",
        header.get_content_charset(),
        Visit(reply.headers.get("etag"), reply.headers.get("last-modified")),
        wait=_seconds(reply.headers.get("retry-after")),
    )


def _seconds(written: str | None) -> float | None:
    """The seconds of a Retry-After: a number, or the time until a date."""
    if not written:
        return None
    if written.strip().isdecimal():
        return float(written)
    with suppress(ValueError, TypeError):
        then = parsedate_to_datetime(written)
        return max(0.0, ((then if then.tzinfo else then.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds())
    return None
