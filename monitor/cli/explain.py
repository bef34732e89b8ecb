"""`classify --explain`: what was announced and why, and why the rest was not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from monitor.alerts.phrases import kind_word, season_phrase
from monitor.classifier import Explanation
from monitor.classifier.explain import Reason, nothing, points, verdict
from monitor.cli import shapes
from monitor.cli.cards import KIND_STYLES, quote_text, show_announcements
from monitor.cli.session import Session
from monitor.cli.tables import cell
from monitor.vocabulary import Kind

#: Statements left out that are shown; the others are fainter, and counted.
_MOST_LEFT_OUT = 6


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


def show(session: Session, explanation: Explanation, *, weights: bool = False) -> None:
    """Print each announcement with what speaks for and against it, then what was left out, and why.

    Args:
        weights: print the features of the model and what they weigh, too.
    """
    if why := nothing(explanation, session.language):
        show_announcements(session, ())
        session.line(why)
    for reason in _announced(explanation):
        show_announcements(session, [reason.announcement] if reason.announcement else ())
        _line(session, Text.assemble(("✓ ", "green"), cell(verdict(reason, session.language), "green")))
        _points(session, reason, weights=weights)
    left_out = _others(explanation)
    if left_out:
        session.line("")
        session.line(session.word("left_out"), style="bold")
    for reason in left_out[:_MOST_LEFT_OUT]:
        _left_out(session, reason, weights=weights)
    if fainter := len(left_out[_MOST_LEFT_OUT:]):
        session.line(session.word("fainter", count=fainter), style="dim")


def _announced(explanation: Explanation) -> list[Reason]:
    """List what was announced, in the order of the announcements."""
    kept = [reason for reason in explanation.reasons if reason.announcement]
    return sorted(kept, key=lambda reason: _place(reason, explanation))


def _others(explanation: Explanation) -> list[Reason]:
    """List what was left out, each work once a kind and season: not what is announced, or was said more surely."""
    seen = {(reason.kind, reason.title, reason.season) for reason in explanation.reasons if reason.kept}
    found: dict[tuple[str, str | None, int | None], Reason] = {}
    for reason in explanation.reasons:
        what = (reason.kind, reason.title, reason.season)
        if not reason.kept and what not in seen:
            found.setdefault(what, reason)
    return list(found.values())


def _place(reason: Reason, explanation: Explanation) -> int:
    return next(n for n, one in enumerate(explanation.announcements) if one == reason.announcement)


def _left_out(session: Session, reason: Reason, *, weights: bool) -> None:
    kind = Kind(reason.kind)
    season = f", {season_phrase(reason.season, language=session.language)}" if reason.season is not None else ""
    head = Text.assemble(
        ("✗ ", "red"),
        (kind_word(kind, session.language), KIND_STYLES[kind]),
        ("  ", ""),
        cell((reason.title or session.word("untitled")) + season, "bold"),
    )
    session.out.print(head, soft_wrap=not session.rich)
    _line(session, cell(verdict(reason, session.language)))
    _line(session, quote_text(session, " ".join(reason.sentence.split()), reason.cues))
    if reason.fate == "unsure":
        _points(session, reason, weights=weights)
    elif weights:
        _weights(session, reason)


def _points(session: Session, reason: Reason, *, weights: bool) -> None:
    """Print both sides, each with its phrases one after the other."""
    found = points(reason, session.language)
    sides = [
        (session.word("speaks_for"), "green", found.speaking_for),
        (session.word("speaks_against"), "red", found.against),
    ]
    rows = [(label, style, text) for label, style, phrases in sides for text in _joined(phrases)]
    if session.rich:
        grid = Table.grid(padding=(0, 1))
        for label, style, text in rows:
            grid.add_row(Text(label, style=style), cell(text))
        session.out.print(Padding(grid, (0, 0, 0, 2)))
    else:
        for label, _, text in rows:
            _line(session, cell(f"{label} {text}"))
    if weights:
        _weights(session, reason)


def _joined(phrases: Sequence[str]) -> Iterator[str]:
    if phrases:
        yield " · ".join(phrases)


def _weights(session: Session, reason: Reason) -> None:
    _line(session, cell(", ".join(f"{name} {weight:+.1f}" for name, weight in reason.terms), "dim"))


def _line(session: Session, text: Text) -> None:
    """Print a line that belongs to what stands above it."""
    if session.rich:
        session.out.print(Padding(text, (0, 0, 0, 2)))
    else:
        session.out.print(Text("  ") + text, soft_wrap=True)
