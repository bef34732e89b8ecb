"""What Scrapy and Twisted raise, in words for people: what is wrong, where, and what to do."""

from __future__ import annotations

from typing import Any

from scrapy import exceptions as scrapy_errors
from twisted.web.client import ResponseFailed

from crawler.answers import FailedError
from crawler.settings import HeadersTooLargeError
from crawler.types import RejectReason

#: What Twisted calls the commonest of its failures.
_KINDS = dict.fromkeys(
    ("ConnectionDone", "ConnectionLost"), "the host closed the connection without an answer; asked again later"
) | {"ParseError": "it answers with something that is not HTTP; check the address"}


def explain(url: str, error: Exception, *, max_bytes: int, seconds: float) -> FailedError:
    """Say why a request brought no answer.

    Args:
        max_bytes: an answer may have had, and `seconds` it may have taken.
    """
    if isinstance(error, scrapy_errors.DownloadTimeoutError):
        return FailedError(
            RejectReason.TIMEOUT, f"{url}: no full answer within {seconds:.3g} s; asked again later", retry=True
        )
    if isinstance(error, scrapy_errors.DownloadCancelledError | scrapy_errors.IgnoreRequest):
        return FailedError(RejectReason.TOO_LARGE, f"{url}: larger than {max_bytes} bytes; not read")
    causes = _causes(error)
    if any(isinstance(cause, HeadersTooLargeError) for cause in causes):
        return FailedError(RejectReason.TOO_LARGE, f"{url}: endless headers; not read")
    says, lasting = _wording(error, causes)
    said = _KINDS.get(type(causes[-1]).__name__, says)
    failed = FailedError(RejectReason.NETWORK, f"{url}: {said}", retry=True)
    failed.lasting = lasting
    return failed


def _causes(error: BaseException) -> list[BaseException]:
    """The exception, those it came from, and the reasons Twisted keeps in a list."""
    found: list[BaseException] = []
    todo: list[Any] = [error]
    while todo and len(found) < 20:
        found.append(todo.pop(0))
        todo += [cause for cause in (found[-1].__cause__,) if cause]
        if isinstance(found[-1], ResponseFailed):
            todo += [reason.value for reason in found[-1].reasons]
    return found


def _wording(error: Exception, causes: list[BaseException]) -> tuple[str, bool]:
    """What went wrong, and whether somebody has to mend it."""
    names = " ".join(f"{type(cause).__name__}: {cause}" for cause in causes)
    if "certificate verify failed" in names or "VerificationError" in names:
        return "its TLS certificate is not trusted; check the address, or name its authority in ca_file", True
    if "SSL" in names:
        return "the TLS connection failed; check the address", True
    if isinstance(error, scrapy_errors.CannotResolveHostError):
        return "the host name is not known; check the address and the network", True
    if isinstance(error, scrapy_errors.DownloadConnectionRefusedError):
        return "the host refuses connections; check the address", False
    if isinstance(error, scrapy_errors.ResponseDataLossError):
        return "the answer was cut short; asked again later", False
    kind = type(causes[-1]).__name__
    return f"the connection failed ({kind}); asked again later", False
