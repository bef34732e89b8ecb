"""An evaluation as one HTML file that needs nothing else: no script, no font, no picture from anywhere.

The same evaluation gives the same file, byte for byte. All that outlets wrote is escaped by Jinja, and what is
invisible or reorders a line is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from monitor.alerts.phrases import kind_word
from monitor.alerts.text import Language
from monitor.classifier.explain import verdict
from monitor.learning import charts, told
from monitor.learning.evaluate import Evaluation
from monitor.learning.measure import KINDS
from monitor.learning.words import interval, number, say
from monitor.templating import environment

#: Candidates that an error shows, and features of each; the rest explain little.
MOST_REASONS = 4
MOST_TERMS = 8

_TEMPLATES = Path(__file__).parent / "templates"
_CUE = re.compile(r'"(.+)"')


def render(found: Evaluation, *, corpus: str, language: Language) -> str:
    """Lay out an evaluation as an HTML document.

    Args:
        corpus: what the articles are called, such as the name of their file.
    """
    labels = sum(mistake.wrong_label for mistake in found.mistakes)
    return (
        environment(_TEMPLATES)
        .get_template("report.html.j2")
        .render(
            found=found,
            corpus=corpus,
            language=language,
            names={kind: kind_word(kind, language) for kind in KINDS},
            kinds=KINDS,
            groups=[group for group in found.groups if _tells(found, group.dimension)],
            reliability=charts.reliability(found.calibration),
            lines=list(charts.lines(found.curve, found.threshold)),
            whisker=charts.whisker,
            say=partial(say, language=language),
            n=partial(number, language=language),
            between=partial(interval, language=language),
            expected=partial(told.expected, language=language),
            read=partial(told.read, language=language),
            wrong_labels=labels,
            verdict=partial(verdict, language=language),
            marked=marked,
            most_reasons=MOST_REASONS,
            most_terms=MOST_TERMS,
        )
    )


def _tells(found: Evaluation, dimension: str) -> bool:
    """Whether the articles differ in something; where they are all of one sort, its scores are the total's."""
    return sum(group.dimension == dimension for group in found.groups) > 1


def marked(sentence: str, cues: Sequence[str]) -> list[tuple[str, bool]]:
    """Split a sentence where its cues (`renew: "aura une saison 2"`) begin and end: (piece, whether it is a cue)."""
    words = sorted({found[1] for cue in cues if (found := _CUE.search(cue))}, key=len, reverse=True)
    if not words:
        return [(sentence, False)]
    pieces = re.split("(" + "|".join(map(re.escape, words)) + ")", sentence, flags=re.IGNORECASE)
    return [(piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece]
