"""The figures of docs/classifier.md: a table between two marks, and the two curves as SVG files.

The first mark names the model that was measured, so that a test can tell when the figures are of another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from monitor.learning import charts
from monitor.learning.charts import SIDE
from monitor.learning.evaluate import Evaluation
from monitor.learning.facts import FactScore
from monitor.learning.measure import KINDS, Interval, Score
from monitor.types import MonitorError
from monitor.vocabulary import Kind

NAMES: Final = {Kind.NEW_ORIGINAL: "new originals", Kind.RENEWAL: "renewals"}
COLOURS: Final = {Kind.NEW_ORIGINAL: "new", Kind.RENEWAL: "renewal"}

_MARKS = re.compile(
    r"(?P<begin><!-- figures of model (?P<model>\w+) -->\n).*?(?P<end><!-- end of figures -->)", re.DOTALL
)
_STYLE = (
    "<style>rect{fill:#fffdfa}text{font:3.6px Georgia,serif;fill:#6f645a;text-anchor:middle}path{fill:none}"
    ".grid{stroke:#e6ddd1;stroke-width:.3}.diagonal{stroke:#6f645a;stroke-width:.4;stroke-dasharray:1.6}"
    ".all{stroke:#c8102e;stroke-width:.9}.dots{fill:#c8102e}.new{stroke:#0b6e99;stroke-width:.9}"
    ".renewal{stroke:#2c7a3f;stroke-width:.9;stroke-dasharray:3 1}"
    "circle.new,circle.renewal{fill:#fffdfa;stroke-dasharray:none}"
    "@media(prefers-color-scheme:dark){rect,circle.new,circle.renewal{fill:#1f1b18}text{fill:#b0a498}.grid{stroke:#3a322b}"
    ".all{stroke:#ff7d7d}.dots{fill:#ff7d7d}.new{stroke:#6cc5ec}.renewal{stroke:#86d39a}}</style>"
)


def model_mark(model: bytes) -> str:
    """Name a model: twelve signs that change with the content of model.json."""
    return sha256(model).hexdigest()[:12]


def measured_model(page: str) -> str | None:
    """Tell which model the figures of a page are of; None when the page has no marks."""
    found = _MARKS.search(page)
    return found["model"] if found else None


def renewed(page: str, found: Evaluation, riddles: Evaluation, *, model: str) -> str:
    """Put other figures between the marks of a page: of the test, and in one line those of the riddles.

    Raises:
        MonitorError: the page has no marks.
    """
    if measured_model(page) is None:
        raise MonitorError("docs/classifier.md has no marks to put figures between")
    text = "\n".join([*_table(found), "", *_facts(found), "", _summary(found), "", _riddles(riddles)])
    return _MARKS.sub(lambda _: f"<!-- figures of model {model} -->\n{text}\n<!-- end of figures -->", page)


def _table(found: Evaluation) -> Iterator[str]:
    yield f"| {found.total.articles} articles never seen | precision | recall | F1 (95% interval) | recall in front |"
    yield "|---|---|---|---|---|"
    for kind in KINDS:
        score = found.total.kinds[kind]
        front = found.front.get(kind)
        cells = (NAMES[kind], _figure(score.counts.precision), _figure(score.counts.recall), _f1(score))
        yield f"| {' | '.join(cells)} | {_figure(front.recall if front else None)} |"


def _facts(found: Evaluation) -> Iterator[str]:
    both: FactScore = found.facts["both"]
    yield "| of what is found | exact | lenient |"
    yield "|---|---|---|"
    for name, field in both.fields.items():
        yield f"| {name} | {_figure(field.exact_share)} | {_figure(field.lenient_share)} |"


def _summary(found: Evaluation) -> str:
    ordinary, calibration = found.total.ordinary, found.calibration
    return (
        f"False alarms: {ordinary.flagged} among {ordinary.articles} articles that announce nothing. "
        f"Expected calibration error: {_figure(calibration.error, places=3)}, over {calibration.pairs} readings."
    )


def _f1(score: Score) -> str:
    between: Interval | None = score.f1
    return _figure(score.counts.f1) + (f" ({_figure(between.low)}-{_figure(between.high)})" if between else "")


def _riddles(found: Evaluation) -> str:
    kinds = " and ".join(f"{_f1(found.total.kinds[kind])} for {NAMES[kind]}" for kind in KINDS)
    ordinary = found.total.ordinary
    return (
        f"On `corpus/riddles`, {found.total.articles} articles as hard as we could make them: F1 {kinds}; "
        f"{ordinary.flagged} false alarms among {ordinary.articles} that announce nothing."
    )


def _figure(value: float | None, *, places: int = 2) -> str:
    return "-" if value is None else f"{value:.{places}f}"


def calibration_picture(found: Evaluation) -> str:
    """Draw how often a reading is right, by how sure it is, as an SVG file."""
    drawn = charts.reliability(found.calibration)
    dots = "".join(f'<circle class="dots" cx="{d.x:.2f}" cy="{d.y:.2f}" r="{d.radius:.2f}"/>' for d in drawn.dots)
    inside = f'<path class="diagonal" d="M0 100L100 0"/><path class="all" d="{drawn.path}"/>{dots}'
    return _picture(
        "Calibration: how sure a reading is, and how often it is right", "confidence", "share right", inside
    )


def curves_picture(found: Evaluation) -> str:
    """Draw precision and recall over all thresholds as an SVG file; a ring stands at the threshold."""
    inside = ""
    for height, line in enumerate(charts.lines(found.curve, found.threshold)):
        colour, y = COLOURS[line.kind], 88 + 6 * height
        ring = f'<circle class="{colour}" cx="{line.ring.x:.2f}" cy="{line.ring.y:.2f}" r="2.2"/>' if line.ring else ""
        name = f'<text style="text-anchor:start" x="17" y="{y + 1}">{NAMES[line.kind]}</text>'
        inside += f'<path class="{colour}" d="M6 {y}h8"/>{name}<path class="{colour}" d="{line.path}"/>{ring}'
    return _picture("Precision and recall at every threshold", "recall", "precision", inside)


def _picture(title: str, across: str, up: str, inside: str) -> str:
    ticks = "".join(
        f'<path class="grid" d="M0 {t}H100M{t} 0V100"/><text x="{t}" y="105.5">{t / SIDE:g}</text>'
        f'<text x="-5" y="{101.2 - t}">{t / SIDE:g}</text>'
        for t in (0, 20, 40, 60, 80, 100)
    )
    axes = f'<text x="50" y="112">{across}</text><text transform="translate(-12 50) rotate(-90)">{up}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-18 -8 126 124" width="460" role="img">'
        f'<title>{title}</title>{_STYLE}<rect x="-18" y="-8" width="126" height="124"/>{ticks}{axes}{inside}</svg>\n'
    )
