"""The one owner of URL identity: two spellings of one page give one canonical URL.

The canonical form is for comparing and showing. What gets fetched is always the address as listed
(`Entry.listed_url`): a twin without its AMP or mobile spelling need not exist on every server.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from functools import lru_cache
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from crawler.glance import seen_at_a_glance
from crawler.tracking import is_tracking

MAX_LENGTH = 8_192  #: characters; nothing real is longer, and Apache refuses longer request lines

_DEFAULT_PORTS = {"http": 80, "https": 443}
_TWIN = re.compile(r"^(?:m|mobile|amp)\.(?=[^.]+\.[^.])")
_SECOND_LEVELS = frozenset({"ac", "co", "com", "gov", "gouv", "net", "org"})  # co.uk, com.au, gouv.fr
#: Below these, too, names are registered; a label here that is no registry costs a gate for each host, no more.
_REGISTRIES = _SECOND_LEVELS | {"asso", "edu", "go", "gob", "ne", "nom", "or", "presse", "qc", "tm"}
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_AMP_CACHE = re.compile(
    r"^https?://(?:[^/?#]+\.cdn\.ampproject\.org/[acv]/|(?:www\.)?google\.[a-z.]+/amp/)(s/)?(?=.)", re.IGNORECASE
)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php\d?|aspx?|jsp)$", re.IGNORECASE)
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
#: Controls, and lone surrogates, which no encoder takes.
_UNWRITABLE = re.compile("[\x00-\x1f\ud800-\udfff]+")
_ADDRESS = re.compile(r"[^?#]*")
_SLASHES = re.compile(r"^(?:(https?:)/*|/{2,})", re.IGNORECASE)
_ORIGIN = re.compile(r"https?://[a-z0-9_.-]+(?::[0-9]+)?(?=[/?#]|\Z)")  #: how nearly all addresses begin
_REMEMBERED = 4_096  #: hosts whose keys are kept: each address is asked for its host a dozen times on its way
#: urljoin takes these for the base itself.
_HOSTLESS = re.compile(r"(?:https?:)?//(?:[/?#]|$)", re.IGNORECASE)
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")

_UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"
_PATH_SAFE = _UNRESERVED + "!$&'()*+,;=:@"
_QUERY_SAFE = _UNRESERVED + "!$'()*,;:@/?"


def canonical_url(url: str, *, base: str | None = None) -> str:
    """The one spelling of a page's address: https, no tracking, no AMP or mobile twin, no fragment.

    The scheme becomes https (identity does not depend on it) except for loopback hosts and explicit ports.
    `www.` stays as listed; `m.`, `mobile.` and `amp.` hosts become the main host (`www.` for a bare domain).

    Args:
        url: As listed; relative only with `base`.
        base: What a relative `url` is resolved against.

    Raises:
        ValueError: not an http(s) URL with a valid host; the message holds the URL.
    """
    return seen_at_a_glance(url) or _canonical(url, base)


def _canonical(url: str, base: str | None) -> str:
    parts = _split(url, base)
    cached = _AMP_CACHE.match(parts.geturl())
    if cached:
        return canonical_url(_uncached(parts.geturl(), cached))
    netloc, scheme = _authority(parts, url)
    query = _query(parts.query)
    result = f"{scheme}://{netloc}{_path(parts.path)}" + (f"?{query}" if query else "")
    return canonical_url(result) if _AMP_CACHE.match(result) else result


def host_key(url: str) -> str:
    """`host:port` in lower case, what politeness and the choice of a child go by.

    Raises:
        ValueError: not an http(s) URL with a valid host.
    """
    plain = _ORIGIN.match(url) if len(url) <= MAX_LENGTH else None
    return (plain and _plain_key(plain[0])) or _host_key(url)


def _host_key(url: str) -> str:
    parts = _split(url, None)
    return f"{_host(parts.hostname, url)}:{_port(parts, url) or _DEFAULT_PORTS[parts.scheme]}"


@lru_cache(maxsize=_REMEMBERED)
def _plain_key(origin: str) -> str | None:
    """The key of addresses that begin like this; None when they are not valid after all."""
    try:
        return _host_key(origin)
    except ValueError:
        return None


def gate_key(url: str) -> str:
    """Whom we visit one at a time: the registrable domain, since one operator stands behind its hosts (fault O13).

    An address, and a name without a dot, is its own `host_key`, which raises as that does. Registries that are not
    known here make the gate wider than it need be, which is slower and never ruder.
    """
    return _gate(host_key(url))


@lru_cache(maxsize=_REMEMBERED)
def _gate(key: str) -> str:
    host = key.rpartition(":")[0]
    labels = host.split(".")
    if len(labels) < 2 or _address(host) or _loopback(host):
        return key
    size = 3 if len(labels[-1]) == 2 and labels[-2] in _REGISTRIES else 2
    return ".".join(labels[-size:])


def fetchable_url(url: str, *, base: str | None = None) -> str:
    """The address a browser fetches for a link: resolved, its blanks and slashes put right, otherwise as listed.

    Raises:
        ValueError: not an http(s) URL with a valid host; what is returned has a `host_key` and a `canonical_url`.
    """
    if seen_at_a_glance(url):
        return url
    found = _joined(url, base)
    host_key(found)
    return found


def same_site(a: str, b: str) -> bool:
    """Whether two URLs belong to one site: same host but for www and twins, or one a subdomain of the other."""
    try:
        first, second = _site(a), _site(b)
    except ValueError:
        return False
    if first == second:
        return True
    if first[1] != second[1] or _address(first[0]) or _address(second[0]):
        return False
    short, long = sorted((first[0], second[0]), key=len)
    return "." in short and long.endswith("." + short)


def _site(url: str) -> tuple[str, int | None]:
    parts = _split(url, None)
    host = _TWIN.sub("", _host(parts.hostname, url)).removeprefix("www.")
    port = _port(parts, url)
    return host, None if port == _DEFAULT_PORTS[parts.scheme] else port


def _split(url: str, base: str | None) -> SplitResult:
    """Read a URL as browsers do: stray blanks, backslashes and a wrong number of slashes are forgiven."""
    if len(url) > MAX_LENGTH:
        raise ValueError(f"URL longer than {MAX_LENGTH} characters: {url[:80]!r}...")
    try:
        parts = urlsplit(_joined(url, base))
    except ValueError as error:
        raise ValueError(f"not a readable URL ({error}): {url!r}") from error
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        raise ValueError(f"not an http(s) URL with a host: {url!r}")
    return parts


def _joined(url: str, base: str | None) -> str:
    text = _tidy(url)
    if _HOSTLESS.match(text):
        raise ValueError("no host")
    return urljoin(_tidy(base), text) if base else text


def _uncached(url: str, match: re.Match[str]) -> str:
    """The publisher's own address inside that of an AMP cache."""
    return ("https://" if match.group(1) else "http://") + url[match.end() :]


def _tidy(url: str) -> str:
    text = _UNWRITABLE.sub("", url).strip()
    address = text[: _ADDRESS.match(text).end()]  # type: ignore[union-attr]  # it matches nothing as well
    return _SLASHES.sub(r"\1//", address.replace("\\", "/")) + text[len(address) :]


def _authority(parts: SplitResult, url: str) -> tuple[str, str]:
    """The canonical `host[:port]`, and the scheme that goes with it."""
    host, port = _host(parts.hostname, url), _port(parts, url)
    if port == _DEFAULT_PORTS[parts.scheme]:
        port = None
    if port is not None:
        return f"{host}:{port}", parts.scheme
    return _main_host(host), parts.scheme if _loopback(host) else "https"


def _port(parts: SplitResult, url: str) -> int | None:
    try:
        return parts.port
    except ValueError as error:
        raise ValueError(f"not a port: {url!r}") from error


def _host(host: str | None, url: str) -> str:
    """The host in lower case, in its ASCII form (IDNA), and checked."""
    name = _unescape(host or "").rstrip(".")
    if ":" in name:
        return f"[{_ipv6(name, url)}]"
    try:
        ascii_name = name.encode("idna").decode("ascii").lower() if not name.isascii() else name.lower()
    except UnicodeError as error:
        raise ValueError(f"not a host name: {url!r}") from error
    labels = ascii_name.rstrip(".").split(".")
    if len(ascii_name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError(f"not a host name: {url!r}")
    return ".".join(labels)


def _ipv6(name: str, url: str) -> str:
    try:
        return str(ipaddress.IPv6Address(name.partition("%")[0]))
    except ValueError as error:
        raise ValueError(f"not an address: {url!r}") from error


def _unescape(host: str) -> str:
    """Undo percent-encoding in a host, as browsers do."""
    return _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), host)


def _main_host(host: str) -> str:
    bare = host
    while _TWIN.match(bare):
        bare = _TWIN.sub("", bare, count=1)
    if bare == host or bare.startswith("www."):
        return bare
    labels = bare.split(".")
    size = 3 if len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS else 2
    # Outlets that still have a mobile host are of the www kind; a host below the domain stands for itself.
    return f"www.{bare}" if len(labels) == size else bare


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def _loopback(host: str) -> bool:
    address = _address(host)
    return address.is_loopback if address else host == "localhost" or host.endswith(".localhost")


def _encode(text: str, safe: str) -> str:
    """One percent-encoding for each text: what may stand plain does, the rest is UTF-8 in upper-case hex."""
    text = _LONE_PERCENT.sub("%25", unicodedata.normalize("NFC", text))
    text = _ESCAPE.sub(lambda match: _decoded(match, safe), text)
    return quote(text, safe=safe + "/%")


def _decoded(match: re.Match[str], safe: str) -> str:
    char = chr(int(match.group(1), 16))
    return char if char in safe else match.group(0).upper()


def _path(path: str) -> str:
    text = _resolve_dots(_encode(_SESSION.sub("", path), _PATH_SAFE))
    before = None
    while text != before:
        before = text
        text = _strip_twin(text)
    return text or "/"


def _resolve_dots(path: str) -> str:
    """Drop empty segments and `.`, follow `..`."""
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            kept = kept[:-1]
        elif segment not in {"", "."}:
            kept.append(segment)
    return "/" + "/".join(kept)


def _strip_twin(path: str) -> str:
    """Drop one layer of AMP spelling, default page and trailing slash."""
    path = _INDEX.sub("", path.rstrip("/"))
    path = re.sub(r"^/amp(?=/)|/amp(?:\.html?)?$|\.amp$|\.amp(?=\.html?$)", "", path)
    return _SESSION.sub("", path)


def _query(query: str) -> str:
    """The parameters that matter, sorted by name; repeated names keep their order."""
    pairs = []
    for field in query.replace("+", "%20").split("&"):
        key, _, value = field.partition("=")
        key, value = _encode(key, _QUERY_SAFE).replace("=", "%3D"), _encode(value, _QUERY_SAFE).replace("=", "%3D")
        if key and not is_tracking(key, value):
            pairs.append((key, value))
    pairs.sort(key=lambda pair: pair[0])
    return "&".join(f"{key}={value}" if value else key for key, value in pairs)
