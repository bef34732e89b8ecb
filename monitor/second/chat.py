"""Putting a question to a server that speaks OpenAI's chat completions: one POST, within a time, no redirects.

The standard library's HTTP client, because a deadline for the whole exchange needs the socket: the time-outs of
others are for one read, and a server that sends a byte now and then would hold them for ever.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from monitor.config.values import SecondReaderConfig
from monitor.second.question import SCHEMA, Question

#: Bytes of an answer that are read: a good one has a few hundred, in an envelope of about a thousand.
_MOST: Final = 256 * 1024
_LATE: Final = "no answer in time"
#: What servers answer that don't know `response_format` or a temperature.
_NOT_UNDERSTOOD: Final = frozenset({400, 404, 415, 422, 501})
_ADVICE: Final[Mapping[int, str]] = {
    401: "it does not accept the key: correct [second_reader] key",
    403: "the key may not ask this model: correct [second_reader] key or model",
    404: "it has no such address or model: correct [second_reader] url or model",
    429: "too many questions, or no credit left",
}


class ChatError(Exception):
    """No answer was to be had. The message has neither the key nor the server's words."""

    def __init__(self, says: str, *, reached: bool = True, pause: float | None = None) -> None:
        super().__init__(says)
        self.reached = reached  #: the question may have been read, and may be billed
        self.pause = pause  #: seconds that the server asks to wait


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reply:
    status: int
    retry_after: str | None
    body: bytes


class Chat:
    """One server. Remembers whether it takes a schema; several threads may use it."""

    def __init__(self, config: SecondReaderConfig) -> None:
        self._config = config
        self._takes_schema = True

    def ask(self, question: Question) -> str:
        """Put a question and give what the model said, within the configured time in all.

        Raises:
            ChatError: no answer.
        """
        end = time.monotonic() + self._config.timeout
        reply = self._post(_body(question, schema=self._takes_schema), end)
        if self._takes_schema and reply.status in _NOT_UNDERSTOOD:
            reply = self._post(_body(question, schema=False), end)
            self._takes_schema = reply.status != 200
        if reply.status != 200:
            advice = _ADVICE.get(reply.status)
            says = f"the server answered {reply.status}" + (f": {advice}" if advice else "")
            raise ChatError(says, pause=_seconds(reply.retry_after))
        return _said(reply.body)

    def _post(self, body: bytes, end: float) -> _Reply:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "Cocorico"}
        if self._config.key:
            headers["Authorization"] = f"Bearer {self._config.key.reveal()}"
        return _exchange(self._config.url, body, headers, end)


def _body(question: Question, *, schema: bool) -> bytes:
    """Write the request; without a schema only what every server and every model takes."""
    body: dict[str, Any] = {
        "model": question.model,
        "messages": [{"role": "system", "content": question.system}, {"role": "user", "content": question.user}],
    }
    if schema:
        body["temperature"] = 0
        form = {"name": "reading", "strict": True, "schema": SCHEMA}
        body["response_format"] = {"type": "json_schema", "json_schema": form}
    return json.dumps(body).encode()


def _exchange(url: str, body: bytes, headers: Mapping[str, str], end: float) -> _Reply:
    """Make one request; `end` is when it must be over, by `time.monotonic`."""
    parts = urlsplit(url)
    left = max(0.001, end - time.monotonic())
    connection = _connection(parts.scheme, parts.hostname or "", parts.port, left)
    try:
        try:
            connection.connect()
        except (OSError, ValueError) as error:
            raise ChatError(f"can't be reached: {_kind_of(error)}", reached=False) from error
        with _over_at(connection.sock, end) as over:
            try:
                connection.request("POST", parts.path, body=body, headers=dict(headers))
                reply = _reply(connection.getresponse())
            except (OSError, ValueError, http.client.HTTPException) as error:
                late = over.is_set() or isinstance(error, TimeoutError)
                raise ChatError(_LATE if late else f"the connection broke: {type(error).__name__}") from error
            if over.is_set():
                raise ChatError(_LATE)  # a body cut off looks like one that ended
            return reply
    finally:
        connection.close()


def _connection(scheme: str, host: str, port: int | None, timeout: float) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=timeout, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=timeout)


@contextmanager
def _over_at(sock: socket.socket, end: float) -> Iterator[threading.Event]:
    """Break a connection off at a moment, whatever it is doing then; the event tells that it was."""
    over = threading.Event()

    def hang_up() -> None:
        over.set()
        with suppress(OSError):  # it may have ended by itself meanwhile
            socket.socket.shutdown(sock, socket.SHUT_RDWR)  # TLS's own would wait for the other side

    timer = threading.Timer(max(0.0, end - time.monotonic()), hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield over
    finally:
        timer.cancel()


def _reply(response: http.client.HTTPResponse) -> _Reply:
    body = response.read(_MOST + 1)
    if len(body) > _MOST:
        raise ChatError(f"the answer is longer than {_MOST // 1024} KiB")
    return _Reply(status=response.status, retry_after=response.headers.get("Retry-After"), body=body)


def _said(body: bytes) -> str:
    """Take the model's words out of the envelope."""
    try:
        said = json.loads(body)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise ChatError("the answer is no chat completion") from error
    if not isinstance(said, str):
        raise ChatError("the answer holds no text")
    return said


def _kind_of(error: Exception) -> str:
    """Name a failure without its text, which may quote what was sent."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return "its certificate is not to be trusted"
    if isinstance(error, TimeoutError):
        return "no connection in time"
    if isinstance(error, socket.gaierror):
        return "there is no such host"
    return "connection refused" if isinstance(error, ConnectionRefusedError) else type(error).__name__


def _seconds(retry_after: str | None) -> float | None:
    """Read Retry-After as seconds; a date or nonsense counts as none."""
    return float(retry_after) if retry_after and retry_after.isdecimal() and len(retry_after) < 10 else None
