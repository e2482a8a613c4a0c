"""Lines to web servers: only to public addresses, and cut at a deadline whatever they send.

A host's name is looked up once and the very addresses that were checked are called, so that a name
server which answers differently the second time leads nowhere else.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from contextlib import suppress
from threading import Lock, Timer
from typing import TYPE_CHECKING, Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError

if TYPE_CHECKING:
    from types import TracebackType

#: Seconds to connect to one of a host's addresses.
_CONNECT = 20.0
#: All unicast addresses of the open internet are in here (RFC 4291), with the old 6to4 relays.
_UNICAST = ipaddress.ip_network("2000::/3")
_6TO4 = ipaddress.ip_network("2002::/16")


class PrivateError(Exception):
    """A host stands for an address on this machine or its own network."""


def is_public(host: str) -> bool:
    """Whether an IP address is one of the open internet.

    Not multicast, and none of the forms of IPv6 that wrap an IPv4 address and may be led back
    into the own network: NAT64, 6to4, Teredo and ``::a.b.c.d``.
    """
    address = ipaddress.ip_address(host.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(str(address.ipv4_mapped))
        if address not in _UNICAST or address in _6TO4:
            return False
    return address.is_global and not address.is_multicast


class Line:
    """All connections of one fetch; use it as a context.

    Attributes:
        cut: Whether the deadline came first and the connections were shut.
    """

    def __init__(self, until: float, *, allow_private: bool = False) -> None:
        """A line until a moment of the monotonic clock."""
        self.cut = False
        self._until = until
        self._allow_private = allow_private
        self._open: list[socket.socket] = []
        self._lock = Lock()
        self._timer = Timer(max(until - time.monotonic(), 0), self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Line:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for held in self._open:
                held.close()
            self._open.clear()

    def adapter(self) -> HTTPAdapter:
        """What makes requests use this line."""
        return _Adapter(self)

    def call(self, host: str, port: int) -> socket.socket:
        """A connection to a host.

        Raises:
            PrivateError: the host is on a private network.
            OSError: it is not found, or none of its addresses answers in time.
        """
        failure = OSError(f"the host {host} has no address")
        for address in self._addresses(host, port):
            left = min(_CONNECT, self._until - time.monotonic())
            if left <= 0:
                raise TimeoutError("the page did not arrive in time")
            try:
                called = socket.create_connection((address, port), left)
            except OSError as error:
                failure = error
            else:
                self._hold(called)
                return called
        raise failure

    def _addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a host; with one private among them it is none of the open internet."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise OSError(f"the host is not found ({error.strerror})") from None
        addresses = list(dict.fromkeys(str(where[0]) for *_, where in found))
        for address in addresses:
            if not self._allow_private and not is_public(address):
                raise PrivateError(f"{address} is a private address and is not fetched")
        return addresses

    def _hold(self, called: socket.socket) -> None:
        # A second handle on the connection: the first is given away to TLS and to the response.
        with self._lock:
            self._open.append(called.dup())

    def _cut(self) -> None:
        with self._lock:
            self.cut = True
            for held in self._open:
                with suppress(OSError):
                    held.shutdown(socket.SHUT_RDWR)


class _Adapter(HTTPAdapter):
    def __init__(self, line: Line) -> None:
        self._line = line
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        line = self._line

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return _called(line, self)

        class Secure(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return _called(line, self)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}


def _called(line: Line, connection: HTTPConnection) -> socket.socket:
    try:
        return line.call(connection.host, connection.port)
    except OSError as error:
        raise NewConnectionError(connection, str(error)) from None
