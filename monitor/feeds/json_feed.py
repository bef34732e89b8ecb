"""JSON Feed 1.1 (jsonfeed.org/version/1.1), with a story's own fields under `_cocorico`. Pure."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final

from monitor.feeds.html import facts
from monitor.feeds.items import Entry, Feed
from monitor.premieres import day_of

CONTENT_TYPE: Final = "application/feed+json; charset=utf-8"
_ABOUT: Final = "https://github.com/cocorico/cocorico"


def render(feed: Feed) -> bytes:
    """Write a feed as JSON Feed."""
    shape = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.about,
        "home_page_url": feed.place.home,
        "feed_url": feed.place.address,
        "language": feed.place.language,
        "authors": [{"name": "Cocorico"}],
        "items": [_item(entry, feed) for entry in feed.entries],
    }
    return (json.dumps(shape, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "ignore")


def _item(entry: Entry, feed: Feed) -> dict[str, Any]:
    story = entry.story
    return {
        "id": entry.id,
        **({"url": entry.link} if entry.link else {}),
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "content_text": f"{facts(story, feed.place.language)}\n\n{entry.summary}",
        "date_published": _time(entry.published),
        "date_modified": _time(entry.updated),
        **({"authors": [{"name": entry.outlet}]} if entry.outlet else {}),
        "tags": list(entry.tags),
        "_cocorico": {
            "about": _ABOUT,
            "story": story.id,
            "kind": story.kind.value,
            "title": story.title,
            "season": story.season,
            "day": out.isoformat() if (out := day_of(story)) else None,
            "platforms": list(story.platforms),
            "status": story.status.value,
            "origin": story.origin.value,
            "outlets": list(story.outlets),
            "disputed": list(story.disputed),
        },
    }


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
