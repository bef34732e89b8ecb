"""Sixth stage, what is quoted: a sentence that a feed cut short, as the article's text has it."""

from __future__ import annotations

import re
from dataclasses import replace

from monitor.classifier.context import Page
from monitor.classifier.entities import Reading
from monitor.classifier.score import Scored

#: How a feed ends what it cut: "il revi[…]", "il revi...".
_CUT = re.compile(
    r"\s*(?:\[(?:…|\.\.\.)\]|\((?:…|\.\.\.)\)|…|\.\.\.)\s*(?:lire la suite|read more|more)?\s*$", re.IGNORECASE
)
#: Characters that two sentences must share to be one.
_SHARED = 15


def in_whole(said: Scored, page: Page) -> Scored:
    """Quote the text's own sentence where the standfirst has only its beginning; its marks stand alike."""
    candidate = said.candidate
    sentence = candidate.reading.sentence
    cut = _CUT.search(sentence.text) if sentence.zone == "standfirst" else None
    if cut is None or cut.start() < _SHARED:
        return said
    whole = next((r for r in page.front if _begins(r, sentence.plain[: cut.start()])), None)
    return replace(said, candidate=replace(candidate, reading=whole)) if whole else said


def _begins(reading: Reading, beginning: str) -> bool:
    sentence = reading.sentence
    return sentence.zone == "lead" and len(sentence.plain) > len(beginning) and sentence.plain.startswith(beginning)
