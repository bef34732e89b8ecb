"""An article that announces nothing but a new title: it updates the stories that are known by the old one."""

from __future__ import annotations

from dataclasses import replace

from monitor.articles import document_of
from monitor.decide import cues, retitles
from monitor.decide.naming import title_key
from monitor.entering import Reading
from monitor.store import Tx, tellings
from monitor.types import Story


def heard(tx: Tx, reading: Reading) -> Reading:
    """Add to what was read in an article that stories known by an old title have a new one now.

    Of a work that is not known, or whose order comes after, nothing is added: a new title alone is no order.
    """
    document = document_of(reading.article)
    told = {title_key(one.title) for one in reading.found if one.title}
    said = [one for one in retitles.retitles(document) if title_key(one.new) not in told]
    again = [told for one in said for told in retitles.told_of(_known_as(tx, one.old), one, document)]
    return replace(reading, found=(*reading.found, *again)) if again else reading


def _known_as(tx: Tx, title: str) -> list[Story]:
    ids = tellings.by_cues(tx, cues.of_title(title))
    return [one.story for one in tellings.known(tx, ids)]
