"""What stands before every page: who may ask, and what a browser may do with the answer."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qs

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

NUMBERS = "*"  # among host names: every address by number, which no name that is made to resolve to it can be
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
# Our pages have no script, no style and no picture but their own, and stand in nobody's frame.
STRICT = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# Datasette's own pages have scripts in them; they too ask nobody else.
OURS_OR_INLINE = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)


SAFE = ("GET", "HEAD", "OPTIONS")
COOKIE, EDITOR = "quotes_edit", "quotes.editor"
MOST = 64 * 1024  # bytes of a form


@dataclass(frozen=True)
class Editor:
    """Who may review: whoever has the token, under one name."""

    token: str
    reviewer: str

    @property
    def proof(self) -> str:
        """What every form of ours carries, which no page of somebody else can know."""
        return hmac.new(self.token.encode(), b"review", "sha256").hexdigest()


def editor(scope: Scope) -> Editor | None:
    """Who reviews in this request, None if it may only read."""
    found: Editor | None = scope.get(EDITOR)
    return found


def guarded(app: App, hosts: Iterable[str], editing: Editor | None = None) -> App:
    """The same application for requests to these host names alone, with headers for the browser.

    A page of somewhere else cannot reach it under a name that it made resolve to this machine: such a request names
    another host. Nothing but reading is let through without ``editing``. With it, the address ``/?token=…`` leaves a
    cookie that is sent from our own pages only, and a form must come from one of them.
    """
    allowed = {host.lower() for host in hosts}

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        refusal = _refusal(scope, allowed, editing)
        if refusal:
            await _answer(send, *refusal)
        elif editing and (given := _token(scope)) is not None:
            await _let_in(send, given, editing)
        else:
            may_edit = editing is not None and _same(_cookie(scope), editing.token)
            await app({**scope, EDITOR: editing if may_edit else None}, receive, _with_headers(send))

    return guard


def _refusal(scope: Scope, hosts: set[str], editing: Editor | None) -> tuple[int, str] | None:
    """Why a request is not let through, if it is not: a status and a sentence."""
    host = _host(scope)
    if host not in hosts and not (NUMBERS in hosts and _is_number(host)):
        return 421, "This address is not served under that name."
    if scope["method"] in SAFE:
        return None
    if editing is None:
        return 405, "This database is served to be read only."
    if not _from_here(scope):
        return 403, "This form is not one of ours."
    length = _header(scope, b"content-length")
    return None if length.isdigit() and int(length) <= MOST else (413, "This form is too long.")


def _from_here(scope: Scope) -> bool:
    """Whether a browser says that the form it sends stood on a page of this very address."""
    origin = _header(scope, b"origin")
    return origin.partition("://")[2].lower() == _header(scope, b"host").lower() != ""


def _token(scope: Scope) -> str | None:
    if scope["method"] != "GET" or scope["path"] != "/":
        return None
    return next(iter(parse_qs(scope["query_string"].decode("latin-1")).get("token", [])), None)


async def _let_in(send: Send, given: str, editing: Editor) -> None:
    if not _same(given, editing.token):
        await _answer(send, 403, "This token is not the one that was printed.")
        return
    cookie = f"{COOKIE}={editing.token}; Path=/; HttpOnly; SameSite=Strict"
    headers = [(b"location", b"/"), (b"set-cookie", cookie.encode()), (b"cache-control", b"no-store"), *HEADERS]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _cookie(scope: Scope) -> str:
    try:
        found = SimpleCookie(_header(scope, b"cookie")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode(), token.encode())


def _host(scope: Scope) -> str:
    """The host of a request, without its port; "" if it names none or several."""
    named = _header(scope, b"host")
    host, _, port = named.rpartition(":")
    return (host if port.isdigit() and host else named).lower()


def _is_number(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _header(scope: Scope, wanted: bytes) -> str:
    """A header; "" where there is none, or more than one."""
    found = [value.decode("latin-1") for name, value in scope["headers"] if name == wanted]
    return found[0] if len(found) == 1 else ""


async def _answer(send: Send, status: int, sentence: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{sentence}\n".encode()})


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = list(message.get("headers", ()))
            if not any(name.lower() == b"content-security-policy" for name, _ in given):
                given.append((b"content-security-policy", OURS_OR_INLINE.encode()))
            message = {**message, "headers": [*given, *HEADERS]}
        await send(message)

    return sending
