"""How alike two texts are: shingles compared one by one (Jaccard), found by MinHash; and what a project is about."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterable
from functools import lru_cache

from monitor.decide.naming import title_key
from monitor.types import Announcement
from monitor.vocabulary import WorkType

#: Words of a shingle, and words of text on each side of the sentence that are compared.
SHINGLE = 3
_AROUND = 60
#: Share of their shingles (Jaccard) from which two passages are one text, edited: a copy with a sentence changed or
#: a paragraph cut keeps half, texts written apart from each other share next to nothing (`learning.similar`).
ALIKE = 0.5
#: MinHash: six bands of two rows find two passages that share half of their shingles in 82 of 100 cases, those that
#: share 0.7 in 98 of 100.
_BANDS, _ROWS = 6, 2
_PRIME = (1 << 61) - 1
_MASK = (1 << 32) - 1
_COEFFICIENTS = tuple(
    (0x9E3779B97F4A7C15 * (number + 1) % _PRIME, 0xC2B2AE3D27D4EB4F * (number + 7) % _PRIME)
    for number in range(_BANDS * _ROWS)
)
_WORD = re.compile(r"\w+")
_PROPER = re.compile(r"(?<=[\w,;:] )[A-ZÀ-Þ]\w+")  # not where a sentence begins

#: What sort of work a sentence speaks of, in both languages: the rest of an untitled project's identity.
_GENRES = {
    "thriller": "thriller", "suspense": "thriller", "polar": "crime", "policier": "crime", "policiere": "crime",
    "crime": "crime", "detective": "crime", "procedural": "crime", "enquete": "crime", "comedie": "comedy",
    "comedy": "comedy", "sitcom": "comedy", "dramedie": "comedy", "dramedy": "comedy", "drame": "drama",
    "drama": "drama", "melo": "drama", "romance": "romance", "romantique": "romance", "romantic": "romance",
    "fantastique": "fantasy", "fantasy": "fantasy", "surnaturel": "fantasy", "supernatural": "fantasy",
    "horreur": "horror", "horror": "horror", "epouvante": "horror", "anticipation": "sf", "sf": "sf", "sci": "sf",
    "science": "sf", "dystopie": "sf", "dystopia": "sf", "dystopian": "sf", "historique": "period",
    "period": "period", "historical": "period", "costume": "period", "costumes": "period", "biopic": "biopic",
    "espionnage": "spies", "spy": "spies", "espionage": "spies", "western": "western", "medical": "medical",
    "medicale": "medical", "judiciaire": "court", "legal": "court", "musical": "musical", "musicale": "musical",
    "teen": "teen", "feuilleton": "soap", "quotidienne": "soap", "soap": "soap", "documentaire": "documentary",
    "documentary": "documentary", "animation": "animation", "animee": "animation", "animated": "animation",
}  # fmt: skip
#: Fewer telling words than this are any project's of that sort.
_TELLING = 2
#: What nobody calls a comedy; while a thriller is a drama, a crime story and much else to other outlets.
_GRAVE = frozenset({"thriller", "crime", "horror", "spies", "documentary", "biopic"})
_FORMS = {
    WorkType.FILM: frozenset({"film", "films", "telefilm", "metrage", "unitaire", "movie"}),
    WorkType.SERIES: frozenset(
        {"serie", "series", "miniserie", "saison", "saisons", "season", "seasons", "episode", "episodes", "feuilleton"}
    ),
}
_DARK = frozenset({"thriller", "crime"})  #: one outlet's thriller is another's "polar"
_PLAIN = frozenset(
    {
        *("dans", "pour", "avec", "sans", "sous", "plus", "chez", "sera", "etre", "cette", "leur", "leurs", "sont"),
        *("aura", "deux", "this", "that", "with", "from", "will", "have", "their", "into", "about", "serie", "series"),
        *("nouveau", "nouvelle", "nouvelles", "francaise", "francais", "french", "projet", "project", "titre"),
        *("encore", "untitled", "commande", "prepare", "developpe", "orders", "develops", "developing", "prepares"),
        *("production", "fiction", "annonce", "announced", "cours", "ecriture", "developpement", "development"),
        *("preparation", "chantier", "works", "writing", "actuellement", "currently", "travaille", "working"),
    }
)


def passage(announcement: Announcement, text: str) -> str:
    """Give the words around the sentence that announces, or the first ones where a headline does."""
    inside = announcement.evidence.zone in {"lead", "body"} and announcement.evidence.start < len(text)
    at = announcement.evidence.start if inside else 0
    before = [word.start() for word in _WORD.finditer(text[max(0, at - 12 * _AROUND) : at])][-_AROUND:]
    start = max(0, at - 12 * _AROUND) + before[0] if before else at
    words = [word.end() for word in _WORD.finditer(text, start)][: 2 * _AROUND]
    return text[start : words[-1]] if words else ""


def shingles(text: str) -> frozenset[int]:
    """Give the hashes of every three words in a row, 32 bits each; none of a text shorter than that."""
    words = title_key(text).split()
    return frozenset(
        zlib.crc32(" ".join(words[at : at + SHINGLE]).encode("utf-8", "surrogatepass"))
        for at in range(len(words) - SHINGLE + 1)
    )


@lru_cache(256)  # a passage is asked for its bands when it is looked up, compared and kept
def bands(grains: frozenset[int]) -> tuple[str, ...]:
    """Give the MinHash of some shingles, cut into bands: texts that are alike have one in common."""
    if not grains:
        return ()
    least = [min([(a * grain + b) % _PRIME & _MASK for grain in grains]) for a, b in _COEFFICIENTS]
    return tuple(f"{band}:" + ".".join(map(str, least[band * _ROWS : (band + 1) * _ROWS])) for band in range(_BANDS))


def alike(one: frozenset[int], other: frozenset[int]) -> bool:
    """Tell whether two passages are one text: they share a band, and the share of their shingles is verified."""
    if not one or not other or _jaccard(one, other) < ALIKE:
        return False
    return bool(set(bands(one)) & set(bands(other)))


def genres(announcement: Announcement) -> frozenset[str]:
    """Give the sorts of work that the announcing sentence names."""
    words = title_key(announcement.evidence.sentence).split()
    return frozenset(_GENRES[word] for word in words if word in _GENRES)


def at_odds(one: Collection[str], other: Collection[str]) -> bool:
    """Tell whether two works' sorts are such as no work has both: a comedy, and nothing light at all."""
    return any(
        "comedy" in light and "comedy" not in grave and bool(_GRAVE.intersection(grave)) and _GRAVE.isdisjoint(light)
        for light, grave in ((one, other), (other, one))
    )


def kindred(one: Collection[str], other: Collection[str]) -> bool:
    """Tell whether two sorts are words for one thing: a thriller and a crime story, and neither of them a comedy."""
    return bool(_DARK & set(one) and _DARK & set(other)) and "comedy" not in {*one, *other}


def form(announcement: Announcement) -> WorkType | None:
    """Tell whether the announcing sentence itself says a film or a series; None where it says neither, or both."""
    words = set(title_key(announcement.evidence.sentence).split()) - set(title_key(announcement.title or "").split())
    said = {form for form, names in _FORMS.items() if names & words}
    one = next(iter(said)) if len(said) == 1 else None
    return one if announcement.work_type in {one, WorkType.UNKNOWN} else None


def places(announcement: Announcement) -> frozenset[str]:
    """Give the proper names in the announcing sentence, without those of who buys and who makes it."""
    said = {word for name in (*announcement.platforms, *announcement.people) for word in title_key(name).split()}
    words = [title_key(found[0]) for found in _PROPER.finditer(announcement.evidence.sentence)]
    return frozenset(word for word in words if word not in said)


def wording(one: Announcement, other: Announcement) -> float:
    """Tell how alike two announcing sentences are: the share of their telling words that both have, 0 to 1."""
    return _jaccard(_telling_words(one), _telling_words(other))


def says_little(announcement: Announcement) -> bool:
    """Tell whether a sentence has too few telling words to know it again by: "Canal+ prépare un polar"."""
    return len(_telling_words(announcement)) < _TELLING


def _telling_words(announcement: Announcement) -> frozenset[str]:
    names = {word for name in announcement.platforms for word in title_key(name).split()}
    words = title_key(announcement.evidence.sentence).split()
    return frozenset(word for word in words if len(word) > 3 and word not in _PLAIN and word not in names)


def _jaccard(one: Iterable[object], other: Iterable[object]) -> float:
    mine, theirs = frozenset(one), frozenset(other)
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0
