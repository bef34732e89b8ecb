"""Names and their addresses: what is checked is what is connected to, whatever a name server says next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from twisted.internet.address import IPv4Address
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.addresses import networks
from crawler.settings import GuardedResolver

PUBLIC, MOVED, INSIDE = "93.184.216.34", "93.184.216.35", "127.0.0.1"


@implementer(IHostnameResolver)
class NameServer:
    """Says for each question what a script says: addresses, or None for no answer yet."""

    def __init__(self, says: Callable[[str, int], list[str] | None]) -> None:
        self.asked: list[str] = []
        self._says = says

    def resolveHostName(self, receiver: Any, hostName: str, *_rest: Any, **_named: Any) -> Any:  # noqa: N802, N803
        self.asked.append(hostName)
        receiver.resolutionBegan(self)
        said = self._says(hostName, len(self.asked))
        for address in said or ():
            receiver.addressResolved(IPv4Address("TCP", address, 0))
        if said is not None:
            receiver.resolutionComplete()
        return self


@implementer(IResolutionReceiver)
class Connector:
    """Gets the addresses that a connection is made to."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complete = False

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        assert resolution

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.complete = True


def guarded(says: Callable[[str, int], list[str] | None]) -> tuple[GuardedResolver, NameServer]:
    server = NameServer(says)
    return GuardedResolver(server, networks(()), None), server


def look_up(resolver: GuardedResolver, name: str) -> Connector:
    connector = Connector()
    resolver.resolveHostName(connector, name)
    return connector


def test_a_name_that_flips_to_an_address_inside_is_never_connected_to_there() -> None:
    """F08: each look-up is its own, and only what passed the check of this one is given on."""
    resolver, server = guarded(lambda _name, number: [PUBLIC] if number % 2 else [INSIDE])
    reached = [look_up(resolver, "rebind.example").addresses for _ in range(5_000)]
    assert len(server.asked) == 5_000
    assert {address for addresses in reached for address in addresses} == {PUBLIC}
    assert reached[1] == []
    assert resolver.refused == {"rebind.example"}, "and the last one says why"


def test_of_both_kinds_in_one_answer_only_the_public_is_connected_to() -> None:
    """F08."""
    resolver, _ = guarded(lambda _name, _number: [INSIDE, PUBLIC])
    assert look_up(resolver, "both.example").addresses == [PUBLIC]
    assert resolver.refused == set()


def test_a_host_that_moves_is_found_at_its_new_address_at_once() -> None:
    """F25: nothing is cached by us."""
    resolver, _ = guarded(lambda _name, number: [PUBLIC if number == 1 else MOVED])
    assert [look_up(resolver, "moves.example").addresses for _ in range(2)] == [[PUBLIC], [MOVED]]


def test_a_name_server_that_fails_or_hangs_keeps_no_other_name_waiting() -> None:
    """F26: no address is no refusal of ours; no answer is nobody else's business."""
    answers = {"servfail.example": [], "hangs.example": None, "well.example": [PUBLIC]}
    resolver, _ = guarded(lambda name, _number: answers[name])
    hanging = look_up(resolver, "hangs.example")
    failed = look_up(resolver, "servfail.example")
    assert (failed.addresses, failed.complete) == ([], True)
    assert look_up(resolver, "well.example").addresses == [PUBLIC]
    assert not hanging.complete
    assert resolver.refused == set()
