"""Connections to public addresses only, each ended at a deadline.

The address that is checked is the one that is connected to: a name that resolves to another address the second time
gains nothing. A deadline holds for all of an exchange, names and headers too, however slowly a server drips.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NOT_PUBLIC = " is not a public address; --allow-private reads it"
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # IPv4 in IPv6 behind NAT64 (RFC 6052)


class RefusedError(Exception):
    """A host that must not be connected to."""


class Watch:
    """What may be connected to, and for how many seconds the connections live."""

    def __init__(self, *, allow_private: bool, seconds: float) -> None:
        self.allow_private = allow_private
        self.expired = False
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True
        self._sockets: list[socket.socket] = []

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._timer.cancel()
        for one in self._sockets:
            one.close()

    def _expire(self) -> None:
        self.expired = True
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def connect(self, host: str, port: int, timeout: Any) -> socket.socket:
        """A connection to one of the addresses of a host. Raises RefusedError if one of them is not public."""
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        for address in addresses:
            if not self.allow_private and not is_public(address):
                raise RefusedError(f"{address}{NOT_PUBLIC}")
        problem: OSError = OSError("no address")
        for address in addresses:
            try:
                return self._watched(socket.create_connection((address, port), timeout))
            except OSError as error:
                problem = error
        raise problem

    def _watched(self, connected: socket.socket) -> socket.socket:
        self._sockets.append(connected.dup())  # encryption takes the socket itself away
        if self.expired:
            self._expire()
        return connected


def is_public(address: str) -> bool:
    """Whether an address is of the public internet, also where IPv6 carries an IPv4 address."""
    ip: Address = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip.is_site_local:
            return False
        if ip in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def adapter(watch: Watch) -> Any:
    """An adapter of requests whose every connection is made by ``watch``.

    It is used without a session, which would keep cookies, read netrc and read the whole body of a redirect.
    """
    from requests.adapters import HTTPAdapter

    made = HTTPAdapter()
    made.poolmanager.pool_classes_by_scheme = _pools(watch)
    return made


def _pools(watch: Watch) -> dict[str, type[Any]]:
    """The connection pools of urllib3, with connections that ``watch`` makes."""
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
    from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

    def new_connection(self: Any) -> socket.socket:
        try:
            return watch.connect(self.host, self.port, self.timeout)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "no connection in time") from error
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error

    made: dict[str, type[Any]] = {}
    for scheme, pool, connection in (
        ("http", HTTPConnectionPool, HTTPConnection),
        ("https", HTTPSConnectionPool, HTTPSConnection),
    ):
        watched = type("Watched", (connection,), {"_new_conn": new_connection})
        made[scheme] = type("WatchedPool", (pool,), {"ConnectionCls": watched})
    return made
