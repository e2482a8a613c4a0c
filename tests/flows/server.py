"""A real HTTP server on loopback that misbehaves in every way that the web does."""

from __future__ import annotations

import gzip
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

_SENTENCE = "Two people were hurt when a drone struck a warehouse by the port, officials said. "
PAGE = (
    "<html><head><meta charset=utf-8><title>Strike</title></head><body>"
    f"<article><h1>Strike</h1><p>{_SENTENCE * 3}</p><p>{_SENTENCE}</p></article></body></html>"
).encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        self.server.times.append(time.monotonic())
        if (made := self.server.made.get(urlsplit(self.path).path)) is not None:
            self._made(*made)
            return
        name = unquote(urlsplit(self.path).path).strip("/").replace("-", "_")
        getattr(self, f"_{name}", self._missing)()

    def do_POST(self) -> None:
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.do_GET()

    def _held(self) -> None:
        """Nothing until the gate is opened; then that it is not here."""
        self.server.gate.wait(300)
        self._missing()

    def _slow(self) -> None:
        time.sleep(0.2)
        self._page()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _made(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        """What a test has put there; with an ETag, a 304 to who has it already."""
        etag = headers.get("ETag")
        if etag and self.headers.get("If-None-Match") == etag:
            self._send(b"", 304, ETag=etag)
        else:
            self._send(body, status, **headers)

    def _send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _missing(self) -> None:
        self._send(b"no", 404)

    def _page(self) -> None:
        self._send(PAGE, Content_Type="text/html; charset=utf-8")

    def _zipped(self) -> None:
        self._send(gzip.compress(PAGE), Content_Encoding="gzip", Content_Type="text/html")

    def _moved(self) -> None:
        self._send(b"", 301, Location="/page")

    def _moved_afar(self) -> None:
        self._send(b"", 301, Location="/сторінка".encode().decode("latin-1"))

    def _сторінка(self) -> None:
        self._page()

    def _loop(self) -> None:
        self._send(b"", 302, Location="/loop")

    def _to_file(self) -> None:
        self._send(b"", 302, Location="file:///etc/passwd")

    def _to_private(self) -> None:
        self._send(b"", 302, Location="http://10.0.0.1/")

    def _busy_once(self) -> None:
        busy = sum(path == "/busy-once" for path, _ in self.server.asked) == 1
        if busy:
            self._send(b"", 503, Retry_After="0")
        else:
            self._page()

    def _busy_in_seconds(self) -> None:
        self._busy_first("1")

    def _busy_until(self) -> None:
        # A date has whole seconds: with one second more it is at least one second off.
        self._busy_first(format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True))

    def _busy_for_a_day(self) -> None:
        self._send(b"", 429, Retry_After="86400")

    def _busy_first(self, retry_after: str) -> None:
        if sum(path == self.path for path, _ in self.server.asked) == 1:
            self._send(b"", 503, Retry_After=retry_after)
        else:
            self._page()

    def _busy(self) -> None:
        self._send(b"", 429, Retry_After="0")

    def _cut(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"<html>")
        self.close_connection = True

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        try:
            for _ in range(200):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            self.close_connection = True  # whoever asked has gone

    def _drip_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-A: ")
        try:
            for _ in range(100):
                self.wfile.write(b"a")
                time.sleep(0.05)
            self.wfile.write(b"\r\nContent-Length: 2\r\n\r\nok")
        except OSError:
            self.close_connection = True

    def _open_end(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE[:300])
        time.sleep(5)
        self.close_connection = True

    def _to_nowhere(self) -> None:
        self._send(b"", 302, Location="http://[x]/")

    def _bomb(self) -> None:
        self._send(gzip.compress(bytes(200_000_000), 1), Content_Encoding="gzip")

    def _moved_endless(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/page")
        self._endless_body()

    def _endless(self) -> None:
        self.send_response(200)
        self._endless_body()

    def _endless_body(self) -> None:
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                self.wfile.write(b"x" * 65536)
        except OSError:
            return

    def _cyrillic(self) -> None:
        body = PAGE.replace(b"utf-8", b"windows-1251").replace(b"Strike", "Удар".encode("cp1251"))
        self._send(body, Content_Type="text/html")


class Server(ThreadingHTTPServer):
    """Remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.bodies: list[bytes] = []
        self.gate = Event()
        self.times: list[float] = []
        self.made: dict[str, tuple[int, bytes, dict[str, str]]] = {}

    def put(self, path: str, body: bytes, status: int = 200, **headers: str) -> str:
        """Put something at a path; returns its address."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        self.made[f"/{path}"] = (status, body, {"Content-Type": "text/html", **given})
        return self.url(path)

    def paths(self) -> list[str]:
        """What was asked for so far, but for robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what is tested here."""

    def url(self, path: str) -> str:
        """The address of one of its pages."""
        return f"http://127.0.0.1:{self.server_address[1]}/{path}"


@contextmanager
def running() -> Iterator[Server]:
    """The server while it runs."""
    with Server() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.gate.set()
            server.shutdown()
