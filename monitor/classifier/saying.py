"""Fourth stage, how much is said of a new work: hardly anything, or everything in one sentence."""

from __future__ import annotations

from monitor.classifier.entities import Reading, distance
from monitor.classifier.phrases import Mark
from monitor.classifier.presented import sort_of
from monitor.classifier.scene import WORKS

_ACTS = ("order", "develop", "shoot", "adapt", "cast", "announce")
#: Characters between "nouvelle" and the work it describes.
_BESIDE = 28
#: What sort of piece an article is: of no weight for a sentence that says everything itself.
_OF_THE_PIECE = frozenset({"review or list", "about a person", "headline asks", "article wishes", "article undecided"})
#: What makes a sentence say less than everything.
_NOT_WHOLE = frozenset(
    {
        "asked", "wished", "undecided", "recalled", "released", "negated", "act denied", "refuted", "of a programme",
        "outside scope", "already out", "running show", "known programme", "bought", "ends", "in passing",
        "noun definite", "noun its", "called definite", "called its", "past date", "with past", "aside",
        "act in the past", "sentence in the past", "said of then", "seen already", "looks back", "years ago",
        "untitled with a new post", "called a sequel",
    }
)  # fmt: skip


def says_little(reading: Reading, anchor: Mark, close: list[Mark]) -> bool:
    """Whether nothing firm is said of a work without title: "dans une fiction de France 2" announces none.

    Enough is a firm act, or any act done to a new work that is called more than a project.
    """
    acts = [m for m in close if m.group in _ACTS]
    if any(m.strength > 2 for m in acts):
        return False
    new = any(m.strength > 2 for m in reading.of("new") if distance(m, anchor) <= _BESIDE)
    vague = any(sign.startswith("sort vague") for sign in sort_of(anchor, close))
    return not (acts and new and not vague)


def says_something(reading: Reading, anchor: Mark, close: list[Mark]) -> bool:
    """Whether an unnamed work is one, and something is done to it or told of it: "Z y tourne un téléfilm"."""
    named = [w for w in reading.all(*WORKS) if w.strength > 1 and distance(w, anchor) == 0]
    acts = [m for m in close if m.group in _ACTS and m.group != "announce" and m.strength > 1]
    done = any(m.end <= anchor.start or m.start >= anchor.end for m in acts)  # "dans une série" does nothing to it
    return bool(named) and done and (reading.has("platform") or reading.sentence.zone == "headline")


def standing_alone(features: set[str], acts: list[Mark], close: list[Mark], *, recalls: bool) -> set[str]:
    """Name whether one sentence says everything: a firm act, a platform, and a work with its title or called new.

    Then it announces in whatever article it stands: a portrait, an interview, a list.
    """
    firm = any(m.strength == 3 and m.group != "announce" for m in acts)
    work = any((m.group in WORKS and m.strength > 1) or m.group == "format" for m in close)
    if recalls or not (firm and work and "platform beside it" in features) or features & _NOT_WHOLE:
        return features
    return features - _OF_THE_PIECE | {"whole statement"}
