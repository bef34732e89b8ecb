"""What a bad hub gets, over real sockets."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
import trustme
from origin import Origin, Page
from serving import a_config

from monitor import hubbing
from monitor.config import CrawlConfig
from monitor.hubbing import HubError
from monitor.store import Store


@pytest.mark.parametrize(
    "raw", [b"HTTP/1.1 202 " + b"A" * 200, b"HTTP/1.1 100 Go on\r\n\r\n" * 9], ids=["line", "wait"]
)
def test_a_hub_that_drips_is_left_after_the_timeout(store: Store, tmp_path: Path, raw: bytes) -> None:
    """F03: each byte comes in time, the answer does not."""
    config = a_config(tmp_path, public_url="https://us.example")
    limits = replace(config.crawl.limits, timeout=0.3, allow_addresses=("127.0.0.1",))
    ours = hubbing.opened(replace(config, crawl=CrawlConfig(limits=limits)), store, lambda *_args, **_keys: None)
    with a_dripping_server(raw, every=0.02) as url:
        began = time.monotonic()
        with pytest.raises(HubError, match=r"no full answer within 0\.3 s; asked again later"):
            ours.post(url, {"hub.mode": "subscribe"})
    assert 0.25 < time.monotonic() - began < 2


def test_a_hubs_certificate_is_verified_and_one_more_authority_can_be_named(store: Store, tmp_path: Path) -> None:
    """F12."""
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    config = a_config(tmp_path, public_url="https://us.example")
    limits = replace(config.crawl.limits, allow_addresses=("127.0.0.1",))
    quiet: Callable[..., None] = lambda *_args, **_keys: None  # noqa: E731
    with Origin({"/hub": Page(status=202)}, tls=context) as hub:
        wary = hubbing.opened(replace(config, crawl=CrawlConfig(limits=limits)), store, quiet)
        with pytest.raises(HubError, match="certificate verify failed"):
            wary.post(hub.url("/hub"), {"hub.mode": "subscribe"})
        named = replace(limits, ca_file=str(tmp_path / "ca.pem"))
        trusting = hubbing.opened(replace(config, crawl=CrawlConfig(limits=named)), store, quiet)
        with pytest.raises(HubError, match="HTTP 501"):  # this one takes no forms, and says so
            trusting.post(hub.url("/hub"), {"hub.mode": "subscribe"})


@contextmanager
def a_dripping_server(raw: bytes, *, every: float) -> Iterator[str]:
    """Answers one connection with a byte every so many seconds."""
    over = threading.Event()

    def serve() -> None:
        line, _ = listening.accept()
        with line, suppress(OSError):
            for value in raw:
                if over.wait(every):
                    return
                line.sendall(bytes([value]))

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        finally:
            over.set()
            thread.join()
