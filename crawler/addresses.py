"""Which addresses may be visited: what is on the public internet, and what the user excepts by name.

Judged is the resolved address that gets connected to, not the text of a URL, so neither odd spellings nor a
name that changes its address in between get around it. `ipaddress` alone is not enough: Python 3.11 calls
224.0.0.1, 2002:7f00:1:: and 64:ff9b::7f00:1 global.
"""

from __future__ import annotations

import ipaddress

from crawler.types import CrawlError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

#: Not public whatever `is_global` says. From the IANA special-purpose registries.
_DENIED: tuple[Network, ...] = tuple(
    ipaddress.ip_network(text)
    for text in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        *("::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16"),
        *("fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    )
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def networks(texts: tuple[str, ...]) -> tuple[Network, ...]:
    """Read networks as a config has them; a lone address is a network of one.

    Raises:
        CrawlError: one is not a network.
    """
    try:
        return tuple(ipaddress.ip_network(text, strict=False) for text in texts)
    except ValueError as error:
        raise CrawlError(f"allow_addresses: {error}; write a network such as 127.0.0.0/8") from error


def may_visit(text: str, exceptions: tuple[Network, ...] = ()) -> bool:
    """Whether a resolved address is public, or excepted. IPv4 inside IPv6 counts as what it leads to."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(_public(each) or any(each in network for network in exceptions) for each in _meant(address))


def _public(address: Address) -> bool:
    return address.is_global and not any(address in network for network in _DENIED)


def _meant(address: Address) -> tuple[Address, ...]:
    """The address itself, or the IPv4 addresses that an IPv6 one carries."""
    if isinstance(address, ipaddress.IPv4Address):
        return (address,)
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    if address in _NAT64:
        return (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF),)
    if address.sixtofour:
        return (address.sixtofour,)
    return address.teredo or (address,)
