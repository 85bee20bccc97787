"""A web server on this machine that misbehaves as it is told, for the tests of downloads."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CONTENT = bytes(range(251)) * 2000  # half a megabyte whose every position can be told apart


@dataclass
class Behavior:
    """What the server does; each list entry is used up by one request."""

    content: bytes = CONTENT
    knows_ranges: bool = True
    drop_after: list[int] = field(default_factory=list)  # close the connection after this many bytes
    statuses: list[int] = field(default_factory=list)  # answer with this instead; 0 answers well
    declares_size: bool = True
    before: Callable[[], object] = lambda: None
    ranges: list[str | None] = field(default_factory=list)  # what was asked for


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        behavior = self.server.behavior
        asked = self.headers.get("Range")
        behavior.ranges.append(asked)
        behavior.before()
        if behavior.statuses and (status := behavior.statuses.pop(0)):
            self.send_error(status)
            return
        start = int(re.match(r"bytes=(\d+)-", asked)[1]) if asked and behavior.knows_ranges else 0
        if start and start >= len(behavior.content):
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(behavior.content) - 1}/{len(behavior.content)}")
        if behavior.declares_size:
            self.send_header("Content-Length", str(len(behavior.content) - start))
        self.end_headers()
        n_bytes = behavior.drop_after.pop(0) if behavior.drop_after else len(behavior.content)
        with suppress(ConnectionError):  # the reader has gone
            self.wfile.write(behavior.content[start : start + n_bytes])

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serve(behavior: Behavior) -> Iterator[str]:
    """Serve one file while the block runs; yields its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.behavior = behavior
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/file.bin"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
