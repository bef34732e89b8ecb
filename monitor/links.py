"""Links that say right or wrong about a story, without a login: whoever has one may use it, for a while.

A link carries its story, the message it stands in, what it says and when it was made, all of it signed, so that none
can be made up or altered. The key is this installation's own, made once.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from itsdangerous import BadSignature, Signer

from crawler import check_utc
from monitor.alerts.context import DeliveryContext, VerdictLinks
from monitor.config.values import WebConfig
from monitor.judgement import Verdict
from monitor.secret import Secret
from monitor.types import MonitorError

#: How long a link works: a digest may be read late, and an old mailbox should not vote for ever.
LASTS: Final = timedelta(days=60)
#: Clocks of two machines may differ so much before a link from the future is refused.
_AHEAD: Final = timedelta(minutes=10)
KEY_FILE: Final = "links.key"
_LEAST_KEY: Final = 32  #: characters; ours has 43, which are 256 bits
_SALT: Final = "cocorico verdict 1"
_ID: Final = re.compile(r"[A-Za-z0-9_-]*")


class LinkError(MonitorError):
    """This link was not made here, or was altered."""


class ExpiredLinkError(LinkError):
    """This link was made here, and is too old."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What a link says."""

    story: str
    delivery: str  #: the message it stands in; empty for one of our own pages
    verdict: Verdict
    made_at: datetime

    def __post_init__(self) -> None:
        check_utc(self.made_at)


def sign(secret: Secret, story_id: str, delivery_id: str, verdict: Verdict, now: datetime) -> str:
    """Make a token that stands for a claim: `STORY.MESSAGE.VERDICT.SECONDS.SIGNATURE`, under 100 characters.

    Raises:
        ValueError: an id has other characters than ours do.
    """
    if not (_ID.fullmatch(story_id) and _ID.fullmatch(delivery_id)):
        raise ValueError(f"an id that can't be signed: {story_id!r}, {delivery_id!r}")
    claim = f"{story_id}.{delivery_id}.{verdict}.{int(now.timestamp())}"
    return _signer(secret).sign(claim).decode("ascii")


def read(secret: Secret, token: str, now: datetime) -> Claim:
    """Read a token.

    Raises:
        ExpiredLinkError: it is older than `LASTS`.
        LinkError: we didn't make it.
    """
    try:
        story, delivery, verdict, made = _signer(secret).unsign(token).decode("ascii").split(".")
        made_at = datetime.fromtimestamp(int(made), UTC)
        claim = Claim(story=story, delivery=delivery, verdict=Verdict(verdict), made_at=made_at)
    except (BadSignature, ValueError) as error:
        raise LinkError("this link was not made here, or lost a part on its way") from error
    if claim.made_at > now + _AHEAD:
        raise LinkError("this link is from the future: set this machine's clock")
    if now >= claim.made_at + LASTS:
        raise ExpiredLinkError(f"this link was made on {claim.made_at:%Y-%m-%d} and worked for {LASTS.days} days")
    return claim


def for_story(web: WebConfig, secret: Secret, story_id: str, delivery_id: str, now: datetime) -> VerdictLinks | None:
    """Give the two links of a story in a message; None when they would lead nowhere."""
    if not web.base_url:
        return None
    right, wrong = (
        f"{web.base_url}/verdict/{sign(secret, story_id, delivery_id, verdict, now)}"
        for verdict in (Verdict.RIGHT, Verdict.WRONG)
    )
    return VerdictLinks(right=right, wrong=wrong)


def linked(context: DeliveryContext, web: WebConfig, secret: Secret, now: datetime) -> DeliveryContext:
    """Give each story of a message its links."""
    stories = (
        replace(told, links=for_story(web, secret, told.story.id, context.delivery.id, now)) for told in context.stories
    )
    return replace(context, stories=tuple(stories))


def key(folder: Path) -> Secret:
    """Read this installation's key from its data folder; the first time, make it, for its owner's eyes alone.

    Raises:
        LinkError: the file holds no key.
        OSError: the folder can't be written, or the file not read.
    """
    file = folder / KEY_FILE
    if not file.exists():
        _make_key(file)
    text = file.read_text(encoding="ascii", errors="replace").strip()
    if len(text) < _LEAST_KEY:
        raise LinkError(f"{file}: holds no key; delete it, and a new one is made (links sent so far then end)")
    return Secret(text)


def _make_key(file: Path) -> None:
    """Write a key as a whole or not at all; of two processes that try at once, one makes it."""
    folder = file.parent
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{file.name}.{secrets.token_hex(8)}"
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            opened.write(secrets.token_urlsafe(32) + "\n")
            opened.flush()
            os.fsync(opened.fileno())
        try:
            os.link(draft, file)
        except FileExistsError:
            return  # another process was faster
    finally:
        draft.unlink()


def _signer(secret: Secret) -> Signer:
    # The key derivation is a plain HMAC: the key is long and random already, and a link is read at each click.
    return Signer(secret.reveal(), salt=_SALT, key_derivation="hmac", digest_method=hashlib.sha256)
