"""Feeds out: stories as Atom, RSS, JSON Feed and iCalendar. Values in, bytes out; the same stories, the same bytes.

`items` turns stories into what a feed shows; `atom`, `rss`, `json_feed` and `calendar` write it, each in its form.
Nothing here reads a clock: a feed is as old as what it tells, so that its bytes change only when that does.
"""

from monitor.feeds.items import MOST, Entry, Feed, Place, feed_of

__all__ = ["MOST", "Entry", "Feed", "Place", "feed_of"]
