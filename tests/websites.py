"""A real web server on loopback for tests: pages by path, and what was asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """What a server answers, by path, and the requests that it had: path and headers."""

    url: str = ""
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def add(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> str:
        """Answer a path with a body and headers (``content_type="text/html"``); gives its address."""
        data = body if isinstance(body, bytes) else body.encode()

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in {"content_length": str(len(data)), **headers}.items():
                request.send_header(name.replace("_", "-"), value)
            request.end_headers()
            request.wfile.write(data)

        return self.serve(path, answer)

    def serve(self, path: str, answer: Answer) -> str:
        """Answer a path by a function; gives its address."""
        self.pages[path] = answer
        return self.url + path

    def paths(self) -> list[str]:
        """The paths asked for so far, without robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


def opened(site: Site) -> ThreadingHTTPServer:
    """A running server for a site, on a free port; whoever opens it shuts it down."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            with suppress(OSError):
                if answer := site.pages.get(self.path):
                    answer(self)
                else:
                    self.send_error(404)

        def log_message(self, *arguments: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    return server
