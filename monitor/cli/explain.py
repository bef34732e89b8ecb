"""`classify --explain`: every candidate, and why it was kept or dropped."""

from __future__ import annotations

from collections.abc import Sequence

from rich.padding import Padding
from rich.text import Text

from monitor.alerts.text import KINDS, SEASON
from monitor.classifier import Explanation
from monitor.classifier.explain import Reason
from monitor.cli import shapes
from monitor.cli.cards import KIND_STYLES, quote_text, show_announcements
from monitor.cli.session import Session
from monitor.cli.tables import cell
from monitor.types import Kind

#: Features of a candidate that are shown; the rest weigh little.
_MOST_TERMS = 8


def shape(source: str, title: str, explanation: Explanation) -> shapes.Shape:
    """Give an explanation as `--json` shows it."""
    return {
        "source": source,
        "title": title,
        "language": explanation.language,
        "topic": explanation.topic,
        "announcements": shapes.announcements(explanation.announcements),
        "candidates": [_candidate(reason) for reason in explanation.reasons],
    }


def _candidate(reason: Reason) -> shapes.Shape:
    return {
        "kind": reason.kind,
        "title": reason.title,
        "season": reason.season,
        "kept": reason.kept,
        "verdict": reason.verdict,
        "confidence": round(reason.confidence, 4),
        "zone": reason.zone,
        "evidence": reason.sentence,
        "cues": list(reason.cues),
        "terms": [{"feature": name, "weight": round(weight, 4)} for name, weight in reason.terms],
    }


def show(session: Session, explanation: Explanation) -> None:
    """Print what was announced, then every candidate."""
    show_announcements(session, explanation.announcements)
    session.line("")
    session.line(session.word("candidates" if explanation.reasons else "no_candidates"), style="bold")
    for reason in explanation.reasons:
        _show(session, reason)


def _show(session: Session, reason: Reason) -> None:
    mark, style = ("✓", "green") if reason.kept else ("✗", "dim")
    kind = Kind(reason.kind)
    season = f", {SEASON[session.language]['one'].format(reason.season)}" if reason.season is not None else ""
    name = (reason.title or session.word("untitled")) + season
    head = Text.assemble(
        (f"{mark} ", style), (KINDS[session.language][kind], KIND_STYLES[kind]), ("  ", ""), cell(name, "bold")
    )
    session.out.print(head, soft_wrap=not session.rich)
    body: Sequence[Text] = (
        Text(reason.verdict, style=style),
        quote_text(session, reason.sentence, reason.cues),
        cell("; ".join(reason.cues), "yellow"),
        cell(", ".join(f"{name} {weight:+.1f}" for name, weight in reason.terms[:_MOST_TERMS]), "dim"),
    )
    for line in body:
        session.out.print(
            Padding(line, (0, 0, 0, 2)) if session.rich else Text("  ") + line, soft_wrap=not session.rich
        )
