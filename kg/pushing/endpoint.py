"""An endpoint that takes a graph: who we are, retries, and what it says when it does not want it.

Credentials come from the environment alone, are never written anywhere, and go unencrypted to this machine alone.
"""

import html
import os
import re
from collections.abc import Mapping
from types import TracebackType
from typing import Final
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth
from requests.utils import get_environ_proxies
from urllib3.util import Retry

from kg.errors import PushError
from kg.loopback import is_loopback
from kg.pushing.batches import DEFAULT, Batch

USER: Final = "NEWSKG_PUSH_USER"
PASSWORD: Final = "NEWSKG_PUSH_PASSWORD"  # noqa: S105 - the variable's name
TOKEN: Final = "NEWSKG_PUSH_TOKEN"  # noqa: S105 - the variable's name
UNENCRYPTED: Final = "NEWSKG_PUSH_UNENCRYPTED"
"""Set to 1, credentials may go over plain http to another machine."""
RETRIES: Final = 5
CONNECTS: Final = 3  # of them, when nobody listens
PAUSE: Final = 0.5
"""Seconds before the second retry; each further one waits twice as long."""
BUSY: Final = (429, 502, 503, 504)
CONNECT_WITHIN: Final = 10
ANSWER_WITHIN: Final = 600
"""Seconds that a store may take for a batch."""
_OBJECT: Final = re.compile(r"^(?:<[^>]*>|\w+\([^)]*\)): ")
_TAG: Final = re.compile(r"<title>.*?</title>|<[!/a-z][^<>]*>", re.IGNORECASE | re.DOTALL)
_SHOWN: Final = 300
"""Characters of a store's complaint."""


class Endpoint:
    """A connection that is kept open while it is used with `with`. Raises PushError."""

    def __init__(self, url: str, environment: Mapping[str, str] = os.environ, *, pause: float = PAUSE) -> None:
        self.url = checked_address(url)
        self._session = requests.Session()
        self._session.trust_env = False  # no password from ~/.netrc
        if not _is_here(url):
            self._session.proxies = get_environ_proxies(url)
            self._session.verify = environment.get("REQUESTS_CA_BUNDLE") or True
        # Inserting named triples twice is inserting them once, so every request may be repeated.
        retry = Retry(
            RETRIES,
            connect=CONNECTS,
            backoff_factor=pause,
            status_forcelist=BUSY,
            allowed_methods=None,
            raise_on_status=False,
        )
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))
        self._session.auth = self._credentials(environment)

    def __enter__(self) -> "Endpoint":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def send(self, batch: Batch) -> None:
        """Send one request."""
        mark = "&" if urlsplit(self.url).query else "?"
        url = f"{self.url}{mark}{batch.query}" if batch.query else self.url
        answer = self._request(batch.method, url, batch.body, batch.type)
        if answer.is_redirect:
            raise PushError(f"{self.url} sends us to {answer.headers.get('Location')}; push to that address")
        if not answer.ok:
            hint = "; name a graph with --default-graph" if batch.query == DEFAULT else ""
            raise PushError(f"{self.url} answered {answer.status_code} {answer.reason}: {_complaint(answer)}{hint}")

    def _request(self, method: str, url: str, body: bytes | None = None, type_: str | None = None) -> requests.Response:
        headers = {"Content-Type": type_} if type_ else {}
        limits = CONNECT_WITHIN, ANSWER_WITHIN
        try:
            return self._session.request(method, url, data=body, headers=headers, timeout=limits, allow_redirects=False)
        except requests.RequestException as error:
            raise PushError(f"{self.url} cannot be reached: {_cause(error)}") from error

    def _credentials(self, environment: Mapping[str, str]) -> AuthBase | None:
        token, user, password = (environment.get(name) for name in (TOKEN, USER, PASSWORD))
        if not token and not user:
            return None
        if urlsplit(self.url).scheme != "https" and not _is_here(self.url) and environment.get(UNENCRYPTED) != "1":
            raise PushError(f"{self.url}: no password goes over plain http; use https, or set {UNENCRYPTED}=1")
        if token:
            return _Bearer(token)
        if not user or password is None:
            raise PushError(f"{USER} is set and {PASSWORD} is not")
        challenge = self._request("GET", self.url).headers.get("WWW-Authenticate", "")
        is_digest = challenge.lower().startswith("digest")
        return HTTPDigestAuth(user, password) if is_digest else HTTPBasicAuth(user, password)


class _Bearer(AuthBase):
    """RFC 6750, 2.1."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def checked_address(url: str) -> str:
    """The address. Raises PushError when it is none of the web, or tells a password."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise PushError(f"{url}: no address: {error}") from error
    if parts.username or parts.password:
        raise PushError(f"a password does not belong into an address; set {USER} and {PASSWORD}")
    if parts.scheme not in ("http", "https") or not host or parts.fragment:
        raise PushError(f"{url}: not an address of an endpoint; write it as http://127.0.0.1:7878/store")
    return url


def _is_here(url: str) -> bool:
    """Whether the address is this machine's own."""
    return is_loopback(urlsplit(url).hostname or "")


def _complaint(answer: requests.Response) -> str:
    """The first words of what the store says."""
    text = _TAG.sub(" ", answer.text)
    return " ".join(html.unescape(text).split())[:_SHOWN] or "it does not say why"


def _cause(error: requests.RequestException) -> str:
    """What lies below the wrappings of two libraries, without the names of their objects."""
    cause: object = error
    while isinstance(cause, Exception):
        inner = getattr(cause, "reason", None) or (cause.args[0] if cause.args else None)
        if not isinstance(inner, Exception):
            break
        cause = inner
    return _OBJECT.sub("", str(cause)) or type(cause).__name__
