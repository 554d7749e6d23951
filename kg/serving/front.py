"""What stands before Oxigraph's server: the page, and the SPARQL 1.1 Protocol for those who may ask.

A server on a loopback port can be reached by every web page that the user opens. Oxigraph would let them ask without
being able to read, or, with --cors, read everything; and none of that helps when a page's own name is made to point
here (DNS rebinding). So page and endpoint have one origin, and a request is refused whose `Host` is a name that is not
this machine's, or which a browser says comes from another origin. What is asked is looked at as in `kg query`.
"""

import ipaddress
import socket
from collections.abc import Collection, Mapping
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import parse_qs, urlsplit

from kg.errors import QueryError
from kg.loopback import LOOPBACK
from kg.sparql import MAX_CHARACTERS, refuse_unsafe

MAX_BODY: Final = 4 * MAX_CHARACTERS
"""Bytes of a request's body: a query as long as may be, percent-encoded."""
MAX_UPDATE: Final = 50_000_000
"""Bytes of an update, which may bring triples along."""
CHUNK: Final = 65_536
GIVEN_UP: Final = b"The SPARQL operation has been cancelled"
"""How Oxigraph 0.5.13 ends an answer that it has begun when the time is over."""
IDLE: Final = 30.0
"""Seconds that a client may be silent."""
FORM: Final = "application/x-www-form-urlencoded"
PASSED_ON: Final = ("Accept", "Content-Type")
PASSED_BACK: Final = ("Content-Type", "Allow")
ASK: Final = {"/query": "query", "/sparql": "query"}
CHANGE: Final = {"/update": "update"}


class Front(ThreadingHTTPServer):
    """Listens at `address`; asks Oxigraph at the loopback port `behind`."""

    daemon_threads = True

    def __init__(
        self,
        address: tuple[str, int],
        *,
        behind: int,
        page: bytes,
        policy: str,
        writable: bool,
        services: Collection[str] = (),
    ) -> None:
        self.behind = behind
        self.page = page
        self.policy = policy  # of the page: its Content-Security-Policy
        self.services = services
        self.verbs: Mapping[str, str] = {**ASK, **(CHANGE if writable else {})}
        self.names = frozenset({"localhost", socket.gethostname().lower(), address[0].lower()})
        super().__init__(address, Handler)

    @property
    def origin(self) -> str:
        """The address to open, as `http://127.0.0.1:7878`."""
        host = str(self.server_address[0])
        return f"http://{f'[{host}]' if ':' in host else host}:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Front
    protocol_version = "HTTP/1.1"
    timeout = IDLE

    def do_GET(self) -> None:
        """The page, or a query in the address."""
        url = urlsplit(self.path)
        if not self._is_ours():
            return
        if url.path in self.server.verbs:
            texts = parse_qs(url.query).get(self.server.verbs[url.path], [])
            if url.path in CHANGE or not texts:
                self._refuse(HTTPStatus.BAD_REQUEST, "a query is asked as ?query=… or by POST")
            elif self._is_safe(texts):
                self._pass_on("GET", None)
        elif url.path == "/":
            self._send(HTTPStatus.OK, self.server.page, "text/html; charset=utf-8")
        else:
            self._refuse(HTTPStatus.NOT_FOUND, f"there is / and {', '.join(self.server.verbs)}")

    def do_POST(self) -> None:
        """A query or an update in the body, as a form or by itself (SPARQL 1.1 Protocol, 2.1 and 2.2)."""
        url = urlsplit(self.path)
        if not self._is_ours():
            return
        verb = self.server.verbs.get(url.path)
        if verb is None:
            self._refuse(HTTPStatus.NOT_FOUND, f"there is {', '.join(self.server.verbs)}")
            return
        body = self._body(MAX_UPDATE if url.path in CHANGE else MAX_BODY)
        if body is None:
            return
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            self._refuse(HTTPStatus.BAD_REQUEST, "the request is not in UTF-8")
            return
        kind = self.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind not in (FORM, f"application/sparql-{verb}"):
            self._refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"send {FORM} or application/sparql-{verb}")
            return
        texts = parse_qs(text).get(verb, []) if kind == FORM else [text]
        texts += parse_qs(url.query).get(verb, [])
        if not texts:
            self._refuse(HTTPStatus.BAD_REQUEST, f"the form has no field {verb!r}")
        elif url.path in CHANGE or self._is_safe(texts):
            self._pass_on("POST", body)

    def version_string(self) -> str:
        """What the header `Server` says."""
        return "newskg"

    def log_message(self, *_: object) -> None:
        """Nothing: what is asked is nobody else's business."""

    def _is_ours(self) -> bool:
        """Whether the request names this machine and does not come from another site's page."""
        host = self.headers.get("Host", "")
        name = urlsplit(f"//{host}").hostname or ""
        origin = self.headers.get("Origin")
        if not (name in self.server.names or _is_address(name)):
            self._refuse(HTTPStatus.FORBIDDEN, "this server answers to its own names and addresses only")
            return False
        if origin is not None and origin != f"http://{host}":
            self._refuse(HTTPStatus.FORBIDDEN, "pages of other sites may not ask")
            return False
        return True

    def _is_safe(self, texts: Collection[str]) -> bool:
        try:
            for text in texts:
                refuse_unsafe(text, self.server.services)
        except QueryError as error:
            self._refuse(HTTPStatus.BAD_REQUEST, str(error))
            return False
        return True

    def _body(self, most: int) -> bytes | None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal():
            self._refuse(HTTPStatus.LENGTH_REQUIRED, "send a Content-Length")
            return None
        if int(length) > most:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {most:,} bytes are read")
            return None
        return self.rfile.read(int(length))

    def _pass_on(self, method: str, body: bytes | None) -> None:
        """Ask Oxigraph, and send on what it answers as it comes."""
        path = self.path.replace("/sparql", "/query", 1)
        headers = {name: self.headers[name] for name in PASSED_ON if name in self.headers}
        connection = HTTPConnection(LOOPBACK, self.server.behind)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
        except (OSError, HTTPException) as error:
            self._refuse(HTTPStatus.BAD_GATEWAY, f"Oxigraph's server does not answer: {error}")
            connection.close()
            return
        try:
            self._relay(answer)
        except (OSError, HTTPException):
            self.close_connection = True  # one of the two has gone in the middle: the answer stays unfinished
        finally:
            connection.close()

    def _relay(self, answer: HTTPResponse) -> None:
        """Send on an answer that ends as it should: one that took too long does so with a sentence and status 200."""
        content = answer.read(CHUNK)
        if content.endswith(GIVEN_UP):
            self._refuse(HTTPStatus.GATEWAY_TIMEOUT, "given up: the query took too long")
            return
        self.send_response(answer.status)
        for name in PASSED_BACK:
            if answer.headers[name] is not None:
                self.send_header(name, answer.headers[name])
        self._send_safety()
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while more := answer.read(CHUNK):
            # What may be the beginning of the sentence is kept back.
            self._send_chunk(content[: -len(GIVEN_UP)])
            content = content[-len(GIVEN_UP) :] + more
        if content.endswith(GIVEN_UP):
            self.close_connection = True  # without the last chunk: the client sees that the answer is not whole
            return
        self._send_chunk(content)
        self.wfile.write(b"0\r\n\r\n")

    def _send_chunk(self, content: bytes) -> None:
        if content:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(content), content))

    def _refuse(self, status: HTTPStatus, reason: str) -> None:
        self.close_connection = True  # its body may be unread
        self._send(status, f"{reason}\n".encode(), "text/plain; charset=utf-8")

    def _send(self, status: HTTPStatus, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", self.server.policy)
        self._send_safety()
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    def _send_safety(self) -> None:
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Cache-Control", "no-store")


def _is_address(name: str) -> bool:
    """Whether the host is written as an IP address, which no name server can point elsewhere."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
