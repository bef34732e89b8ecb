"""What a daemon, `rules check`, `why` and the feeds know of an article's words is the same."""

from __future__ import annotations

import pytest
from desk import Desk, at
from fakes import an_article, an_entry

from monitor.decide import matching
from monitor.decide.rulebook import Rulebook
from monitor.store import Store, archive, entries, latest
from monitor.subscribing import Match, Subscription
from monitor.types import Watch

NOW = at("2026-11-20 09:00")
ASKED = Subscription(name="a", targets=("phone",), match=Match(people=("Camille Untel",), producers=("Quai Nord",)))
ONE = "Netflix a commandé « Les Sauniers », une série française. Produite par Quai Nord, elle réunit Camille Untel."
SEVERAL = (
    "Netflix a commandé « Les Sauniers », une série française. Netflix a aussi commandé « La Baie », une série "
    "française avec Camille Untel, que produira Quai Nord."
)


@pytest.mark.parametrize(("text", "told"), [(ONE, ["Les Sauniers"]), (SEVERAL, ["La Baie"])])
def test_a_name_is_found_when_read_and_in_what_is_stored(store: Store, text: str, told: list[str]) -> None:
    desk = Desk(store, ASKED, now=NOW)
    source = desk.pipeline.sources["gazette"]
    fields = {"source": "gazette", "url": "https://gazette.example/1", "listed_url": "https://gazette.example/1"}
    article = an_article(1, **fields, title="Du neuf sur Netflix", summary="", text=text, published=NOW, fetched_at=NOW)
    found = desk.pipeline.classify(article)
    with store.write() as tx:
        entry_id = entries.add(tx, an_entry(1, **fields, published=NOW), now=NOW, outcome=None, reason=None)
        desk.pipeline.keep(tx, entry_id, article, source, found, now=NOW)
    desk.go()
    assert [one.story.title for context in desk.told for one in context.stories] == told

    seen = matching.reading(article, source, found)
    book = Rulebook([ASKED], watch=Watch())
    with store.read() as tx:
        assert archive.readings(tx, [article.url])[article.url].lead == seen.lead
        known = archive.since(tx, NOW)
        for each in latest.seen(tx, [one.story.id for one in known]).values():
            assert [(one.lead, one.titles) for one in each] == [(seen.lead, seen.titles)]
        stored = archive.readings(tx, [article.url])[article.url]
    assert stored == seen
    wanted = [
        one.story.title for one in known if book.wanting(book.subject(one.story, one.told[0].announcement, stored))
    ]
    assert wanted == told
