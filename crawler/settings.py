"""Limits into Scrapy settings, and how connections are made: to which addresses, with which trust, how much is read.

Politeness, robots.txt, redirects and retries are ours (`crawler.hosts`, `crawler.fetching`), so Scrapy's own
middlewares and extensions are all off; `crawler.downloads` has answers decompressed. Scrapy opens a telnet console
and a remote control by default, verifies no certificate, and reads `file:` addresses (faults F06, F12, F31).
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from typing import Any, cast

from scrapy.core.downloader.handlers import http11
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import default_settings
from twisted.internet._resolver import GAIResolver
from twisted.internet._sslverify import IOpenSSLTrustRoot
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from twisted.internet.ssl import AcceptableCiphers, optionsForClientTLS
from twisted.python.failure import Failure
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler import addresses
from crawler.types import Limits

ALLOW_ADDRESSES = "CRAWLER_ALLOW_ADDRESSES"
CA_FILE = "CRAWLER_CA_FILE"

_HEADER_BYTES = 64 * 1024  #: Twisted's own handler took 8 MB of headers (fault F04)
_IDLE_CONNECTION = 15  #: seconds; above the usual delay between two pages, below what would pile up sockets
_KEPT_HOSTS = 1_000  #: TLS settings kept ready: making one reads the whole certificate store
#: What OpenSSL offers by default: Twisted's own list is too narrow for some old servers.
_CIPHERS = AcceptableCiphers.fromOpenSSLCipherString("DEFAULT")  # type: ignore[no-untyped-call]


def scrapy_settings(limits: Limits) -> dict[str, Any]:
    """Settings for the one Scrapy run of a child."""
    handler = f"{__name__}.{GuardedHandler.__name__}"
    return {
        ALLOW_ADDRESSES: limits.allow_addresses,
        CA_FILE: limits.ca_file,
        "ASYNCIO_EVENT_LOOP": "uvloop.Loop" if importlib.util.find_spec("uvloop") else None,
        "CONCURRENT_REQUESTS": 0,  # hosts are counted by the worker
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "COOKIES_ENABLED": False,
        # What is only switched off is imported nevertheless: the remote control alone brings 100 ms and all of aiohttp.
        "DOWNLOADER_MIDDLEWARES_BASE": {},
        "DOWNLOAD_DELAY": 0,  # kept by `crawler.hosts`
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler}
        | dict.fromkeys(default_settings.DOWNLOAD_HANDLERS_BASE.keys() - {"http", "https"}),
        "DOWNLOAD_MAXSIZE": max(limits.page_bytes, limits.feed_bytes),
        "DOWNLOAD_TIMEOUT": limits.timeout,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_WARNSIZE": 0,
        "EXTENSIONS_BASE": {},
        "HTTPPROXY_ENABLED": False,
        "LOG_LEVEL": "WARNING",
        "METAREFRESH_ENABLED": False,
        # A name server that hangs must not keep other hosts from being looked up (fault F26).
        "REACTOR_THREADPOOL_MAXSIZE": limits.concurrency,
        "REDIRECT_ENABLED": False,
        "REFERER_ENABLED": False,
        "REFERRER_POLICY": "no-referrer",
        "REMOTE_CONTROL_ENABLED": False,
        "RETRY_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
        "SPIDER_MIDDLEWARES_BASE": {},
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "TELNETCONSOLE_ENABLED": False,
        "TWISTED_DNS_RESOLVER": f"{__name__}.{GuardedResolver.__name__}",
        "USER_AGENT": limits.user_agent,
    }


@implementer(IHostnameResolver)
class GuardedResolver:
    """Gives Twisted only addresses that may be visited: what is checked is what gets connected to (fault F08)."""

    def __init__(self, resolver: Any, exceptions: Sequence[addresses.Network], reactor: Any) -> None:
        self._resolver = resolver
        self._exceptions = tuple(exceptions)
        self._reactor = reactor
        self.refused: set[str] = set()  #: names whose last resolution had no address that may be visited

    @classmethod
    def from_crawler(cls, crawler: AsyncCrawlerProcess, reactor: Any) -> GuardedResolver:
        """Made by Scrapy before the reactor runs."""
        exceptions = addresses.networks(tuple(crawler.settings.getlist(ALLOW_ADDRESSES)))
        return cls(GAIResolver(reactor), exceptions, reactor)

    def install_on_reactor(self) -> None:
        """Make it the one that every connection asks."""
        self._reactor.installNameResolver(self)

    def resolveHostName(self, receiver: Any, hostName: str, *rest: Any, **named: Any) -> Any:  # noqa: N802, N803
        """Look a name up; Twisted's interface and its names."""
        self.refused.discard(hostName.lower())
        return self._resolver.resolveHostName(_Filter(receiver, hostName, self), hostName, *rest, **named)

    def lets_pass(self, address: Any) -> bool:
        """Whether a resolved address may be visited."""
        return addresses.may_visit(address.host, self._exceptions)


@implementer(IResolutionReceiver)
class _Filter:
    """Passes on the addresses that may be visited."""

    def __init__(self, receiver: Any, name: str, guard: GuardedResolver) -> None:
        self._receiver, self._name, self._guard = receiver, name, guard
        self._passed = self._stopped = False

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if self._guard.lets_pass(address):
            self._passed = True
            self._receiver.addressResolved(address)
        else:
            self._stopped = True

    def resolutionComplete(self) -> None:  # noqa: N802
        if self._stopped and not self._passed:
            self._guard.refused.add(self._name.lower())
        self._receiver.resolutionComplete()


class HeadersTooLargeError(Exception):
    """A server sent more headers than anyone needs."""


class _CappedProtocol(http11._LenientHTTP11ClientProtocol):  # noqa: SLF001  # no public way to bound headers
    """Scrapy's HTTP client that gives up on endless headers."""

    _head = 0

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._parser is None or self._parser.state not in {"STATUS", "HEADER"}:
            self._head = 0
            return
        self._head += len(data)
        if self._head > _HEADER_BYTES:
            self._giveUp(Failure(HeadersTooLargeError()))  # type: ignore[no-untyped-call]


class _CappedFactory(http11._LenientHTTP11ClientFactory):  # noqa: SLF001
    def buildProtocol(self, addr: Any) -> _CappedProtocol:  # noqa: ARG002, N802
        return _CappedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class GuardedHandler(http11.HTTP11DownloadHandler):
    """Scrapy's HTTP handler with our trust in certificates and a cap on headers."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._contextFactory = cast("Any", _Trust(crawler.settings.get(CA_FILE)))
        self._pool._factory = _CappedFactory  # noqa: SLF001  # as the parent class sets it
        self._pool.cachedConnectionTimeout = _IDLE_CONNECTION


@implementer(IPolicyForHTTPS, IOpenSSLTrustRoot)
class _Trust:
    """The system's certificate authorities, and those of one more file."""

    def __init__(self, ca_file: str | None) -> None:
        self._ca_file = ca_file
        self._ready: dict[bytes, Any] = {}

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: ARG002, N802
        if hostname not in self._ready:
            if len(self._ready) >= _KEPT_HOSTS:
                self._ready.clear()
            self._ready[hostname] = optionsForClientTLS(
                hostname.decode("ascii"),
                trustRoot=cast("Any", self),
                extraCertificateOptions={
                    "fixBrokenPeers": True,
                    "acceptableCiphers": _CIPHERS,
                },
            )
        return self._ready[hostname]

    def _addCACertsToContext(self, context: Any) -> None:  # noqa: N802  # how Twisted asks a trust root
        context.set_default_verify_paths()
        if self._ca_file:
            context.load_verify_locations(self._ca_file)
