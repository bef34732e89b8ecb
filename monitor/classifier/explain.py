"""Why an article was read as it was, in words for people who know television."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.classifier.candidates import Candidate
from monitor.types import Announcement


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """One candidate with what speaks for and against it."""

    kind: str
    title: str | None
    season: int | None
    sentence: str
    zone: str
    cues: tuple[str, ...]
    terms: tuple[tuple[str, float], ...]  #: feature and its weight, weightiest first
    confidence: float
    kept: bool
    verdict: str  #: one line

    def __str__(self) -> str:
        what = f"{self.kind} of {self.title or 'an untitled work'}" + (f", season {self.season}" if self.season else "")
        signs = ", ".join(f"{name} {weight:+.1f}" for name, weight in self.terms)
        return f"{what}: {self.verdict}\n  {self.zone}: “{self.sentence}”\n  {'; '.join(self.cues)}\n  {signs}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """Every candidate of an article, and what was announced in the end."""

    language: str
    topic: str | None
    announcements: tuple[Announcement, ...]
    reasons: tuple[Reason, ...]

    def __str__(self) -> str:
        about = self.topic or "no work in particular"
        head = f"Read as {self.language}; about {about}; {len(self.announcements)} announced."
        return "\n".join([head, *map(str, self.reasons)])


def cue_texts(candidate: Candidate) -> tuple[str, ...]:
    """Quote the words that were recognised, with what they were taken for."""
    text = candidate.reading.sentence.text
    seen = dict.fromkeys(f'{m.group}: "{text[m.start : m.end]}"' for m in candidate.cues if m.end <= len(text))
    origin = [m for m in candidate.reading.all("french", "foreign") if m.strength == 3]
    return (*seen, *dict.fromkeys(f'origin: "{text[m.start : m.end]}"' for m in origin))


def verdict(confidence: float, *, kept: bool, threshold: float) -> str:
    """Say in one line what became of a candidate."""
    if kept:
        return f"announced, {confidence:.0%} sure"
    if confidence >= threshold:
        return f"{confidence:.0%} sure, but another sentence already says it or says more"
    return f"dropped, only {confidence:.0%} sure"
