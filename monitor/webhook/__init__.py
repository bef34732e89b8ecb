"""A target of one's own: each message as one signed JSON document, posted to an address. See docs/webhook.md."""

from monitor.webhook.payload import EVENTS, body, event_of
from monitor.webhook.sending import post
from monitor.webhook.signing import signature

__all__ = ["EVENTS", "body", "event_of", "post", "signature"]
