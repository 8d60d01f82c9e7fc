"""What stands before every page: who may ask, and what a browser may do with the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

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


def guarded(app: App, hosts: Iterable[str] | None) -> App:
    """The same application for requests to these host names alone (None: to any), with headers for the browser.

    A page of somewhere else cannot reach it under a name that it made resolve to this machine: such a request names
    another host.
    """
    allowed = None if hosts is None else {host.lower() for host in hosts}

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
        elif allowed is not None and _host(scope) not in allowed:
            await _refuse(send)
        else:
            await app(scope, receive, _with_headers(send))

    return guard


def _host(scope: Scope) -> str:
    """The host of a request, without its port; "" if it names none or several."""
    named = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    if len(named) != 1:
        return ""
    host, _, port = named[0].rpartition(":")
    return (host if port.isdigit() and host else named[0]).lower()


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *HEADERS]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": b"This address is not served under that name.\n"})


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = list(message.get("headers", ()))
            if not any(name.lower() == b"content-security-policy" for name, _ in given):
                given.append((b"content-security-policy", OURS_OR_INLINE.encode()))
            message = {**message, "headers": [*given, *HEADERS]}
        await send(message)

    return sending
