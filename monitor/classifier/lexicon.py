"""How the press of one language phrases things: a TOML file, checked and compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from monitor.classifier.phrases import Phrasebook, PhraseError
from monitor.classifier.text import fold

STRENGTHS = {"weak": 1, "phrases": 2, "strong": 3}

#: Every group a lexicon may have, and what it is for. A file that names another one is refused: a typing error.
GROUPS = {
    "order": "somebody commissions or makes it",
    "announce": "somebody announces, unveils or presents it",
    "develop": "it is being written, prepared or thought about",
    "shoot": "it is or will be filmed",
    "halted": "its shoot is interrupted: that it is shot was known before",
    "cast": "somebody will play in it",
    "adapt": "something becomes a series or film",
    "renew": "it goes on",
    "rescue": "what had ended is taken up again; weaker, where the sentence tells of that end, too",
    "confirm": "what was doubtful is said to be true",
    "cancel": "it ends, or there will be no more of it",
    "acquire": "somebody buys what exists",
    "release": "it is out, or it has a date",
    "when": "from which day: it is out then, unless it is the shoot that begins then",
    "remake": "another country makes its own version",
    "season": "a numbered season, part or volume",
    "seasons": "so many further seasons at once",
    "until": "the last of the further seasons follows",
    "ordinal": "a second, a third: of what, is not said",
    "more": "a further batch without number",
    "sequel": "a sequel, special or crossover",
    "final": "the last one",
    "spinoff": "a work derived from another",
    "work.series": "a word for a series",
    "work.film": "a word for a film",
    "work.documentary": "a word for a documentary",
    "work.animation": "a word for an animated work",
    "work.reality": "a word for a reality or competition show",
    "work.any": "a word for a work of any sort",
    "works": "several works at once",
    "outside": "programmes and things that are never announced",
    "new": "the work did not exist before",
    "untitled": "it has no title yet",
    "french": "the work is French-made",
    "first": "a first name that hardly anybody bears elsewhere",
    "foreign": "the work is made elsewhere",
    "own": "somebody makes a version of his own of what is made elsewhere",
    "partner": "somebody takes part in what another makes",
    "cinema": "a film is for cinemas",
    "firm": "the name of a company follows",
    "host": "somebody presents it: a programme, and no work",
    "deal": "somebody is bound to a platform, and no work is ordered",
    "appoint": "somebody has a new post",
    "sport": "it is about sport",
    "negation": "what follows is denied",
    "ask": "it is a question",
    "presumed": "a question that takes for granted what it is about: who plays in it, where it is shot",
    "wish": "somebody would like it",
    "rumour": "it is not confirmed",
    "plan": "it is intended",
    "early": "it is only written, developed or talked about: nobody has ordered it yet",
    "reported": "somebody in charge says what follows: a conditional in it is no doubt",
    "unsure": "nothing is decided",
    "format": "of how many parts it is, of what length",
    "past": "it is recalled, not news",
    "piece": "a review, list, recap or audience piece",
    "people": "the news is about a person",
    "memory": "a headline that looks back: an anniversary, a death, what has become of somebody",
    "clause": "another statement begins",
    "title.before": "a title follows",
    "title.after": "a title comes before",
    "title.name": "what it is called follows",
    "star": "the name of somebody who plays in it follows",
    "maker": "a person's name follows: who writes or directs",
    "credit": "the title that follows only says who somebody is, or what came before",
    "version": "the title that follows is what the title before is made after",
    "credit.after": "the title before only says who somebody is",
    "refuted": "what was said before is said to be false",
    "describe": "after a comma, it says what the title before is",
    "plural": "a verb whose subject is several works",
    "said": "what stands in quotes was said, and is no title",
    "year": "a year in which something was",
    "ago": "a time that is past: what was done then is recalled",
    "soon": "a time to come; a month or day of no year, when it is weaker",
    "just": "it has just been done, or is being done now",
    "aired": "it has been seen",
    "then": "what follows was long ago, or beside something else: when, after",
    "we": "who makes it says so",
    "besides": "further news follows",
    "joke": "the article is not serious",
    "passing": "a season after it is spoken of in passing",
    "links": "the sentence it begins advertises other articles",
    "screen": "a word of film and television that makes a headline worth its page; nothing else goes by it",
    "trap": "looks like a cue and is none: hides the cues it covers",
}


class LexiconError(ValueError):
    """A lexicon file is wrong."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language, ready to match."""

    language: str
    book: Phrasebook
    screen: Phrasebook  #: the group of that name, apart from the others
    common: frozenset[str]  #: frequent little words, by which the language is told
    joins: frozenset[str]  #: little words that may stand inside a title
    stops: frozenset[str]  #: words that end a title written without quotes
    starts: frozenset[str]  #: capitalised first words that begin no title
    articles: frozenset[str]
    ands: frozenset[str]  #: words that join the last of a list
    names: frozenset[str]  #: first names
    places: frozenset[str]  #: towns and regions: a dateline is no title
    generic: frozenset[str]  #: nouns that with an article are no title
    speakers: frozenset[str]  #: first words of what is said rather than called
    finite: frozenset[str]  #: words that people speak with, and titles hardly hold
    verbs: frozenset[str]  #: what a title does: written small, they end one
    future: tuple[str, ...]  #: how verbs end that do the same
    participles: tuple[str, ...]  #: how a first word ends that only begins a statement
    definite: frozenset[str]  #: "la série" was spoken of before
    indefinite: frozenset[str]  #: "une série" was not
    its: frozenset[str]
    at: frozenset[str]  #: before a town, as it is written, accents and all
    by: frozenset[str]  #: before who makes something, never before what is made
    whom: tuple[str, ...]  #: before a verb whose subject follows: "que développe X"
    meant_for: frozenset[str]  #: before whom it is made for
    contracted: frozenset[str]  #: little words that hold an article: no name of somebody follows them
    where: frozenset[str]  #: words after which no title follows a word for a work: "en tournage dans le Luberon"
    sites: frozenset[str]  #: of what places are: "le port de La Cotinière"
    ranks: frozenset[str]  #: before somebody's name
    units: frozenset[str]  #: after a number: "six semaines plus tard" is no title
    firms: frozenset[str]  #: how the names of companies end
    tenses: re.Pattern[str]  #: verbs whose form tells when, in groups named by it
    small: bool  #: a title's later words are written small, but for names

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        """Read a lexicon.

        Raises:
            LexiconError: the file is wrong; the message says where and what to do.
        """
        try:
            return _build(tomllib.loads(path.read_text(encoding="utf-8")))
        except (PhraseError, LexiconError, tomllib.TOMLDecodeError, KeyError, re.error) as error:
            raise LexiconError(f"{path.name}: {error}; see the comments at its head") from error


def _books(data: Mapping[str, object]) -> tuple[Phrasebook, Phrasebook]:
    """Fill the book of phrases, and that of the screen."""
    book, screen = (
        Phrasebook(
            sets={name: str(words) for name, words in _table(data, "sets").items()},
            numbers=_list(data["numbers"]),
            ordinals=_list(data["ordinals"]),
        )
        for _ in range(2)
    )
    for group, lists in _groups(_table(data, "groups")):
        if group not in GROUPS:
            raise LexiconError(f"unknown group [groups.{group}]; there are: {', '.join(GROUPS)}")
        for name, phrases in lists.items():
            if name not in STRENGTHS:
                raise LexiconError(f"unknown list {name!r} in [groups.{group}]; there are: {', '.join(STRENGTHS)}")
            (screen if group == "screen" else book).add(group, phrases, strength=STRENGTHS[name])
    return book, screen


def _build(data: Mapping[str, object]) -> Lexicon:
    book, screen = _books(data)
    titles = _table(data, "titles")
    return Lexicon(
        language=str(data["language"]),
        book=book,
        screen=screen,
        common=_words(data["common"]),
        joins=_words(titles["joins"]),
        stops=_words(titles["stops"]),
        starts=_words(titles["starts"]),
        articles=_words(titles["articles"]),
        ands=_words(titles["ands"]),
        names=_words(titles["names"]),
        places=_words(titles["places"]),
        generic=_words(titles["generic"]),
        speakers=_words(titles["speakers"]),
        finite=_words(titles.get("finite", "")),
        verbs=_words(titles.get("verbs", "")),
        future=tuple(str(titles.get("future", "")).split()) or ("\0",),
        participles=tuple(str(titles.get("participles", "")).split()) or ("\0",),
        definite=_words(titles.get("definite", "")),
        indefinite=_words(titles.get("indefinite", "")),
        its=_words(titles.get("its", "")),
        at=frozenset(str(titles.get("at", "")).split()),
        by=_words(titles.get("by", "")),
        whom=tuple(str(titles.get("whom", "")).split()),
        meant_for=_words(titles.get("for", "")),
        contracted=_words(titles.get("contracted", "")),
        where=_words(titles.get("where", "")),
        sites=_words(titles.get("sites", "")),
        ranks=_words(titles.get("ranks", "")),
        units=_words(titles.get("units", "")),
        firms=_words(titles.get("firms", "")),
        tenses=_tenses(_table(data, "tenses")),
        small=titles["case"] == "sentence",
    )


#: In this order: a word that is no verb of either time comes first, though it ends like one.
_TENSES = ("other", "conditional", "past", "passive", "future")


def _tenses(table: Mapping[str, object]) -> re.Pattern[str]:
    """Compile how verbs tell their time: whole words, and with a hyphen before them how they end."""
    parts = []
    for name in _TENSES:
        words = fold(str(table.get(name, ""))).split()
        forms = [rf"\w{{2,}}{re.escape(w[1:])}" if w.startswith("-") else re.escape(w) for w in words]
        if forms:
            parts.append(f"(?P<{name}>{'|'.join(forms)})")
    return re.compile(rf"\b(?:{'|'.join(parts)})\b" if parts else r"(?!)")


def _groups(table: Mapping[str, object], prefix: str = "") -> list[tuple[str, dict[str, list[str]]]]:
    """Flatten [groups.work.series] into "work.series"."""
    found: list[tuple[str, dict[str, list[str]]]] = []
    for name, inner in table.items():
        if not isinstance(inner, dict):
            raise LexiconError(f"[groups.{prefix}{name}] must hold lists named {', '.join(STRENGTHS)}")
        lists = {key: value for key, value in inner.items() if isinstance(value, list)}
        if lists:
            found.append((prefix + name, lists))
        found += _groups({k: v for k, v in inner.items() if k not in lists}, f"{prefix}{name}.")
    return found


def _table(data: Mapping[str, object], key: str) -> dict[str, object]:
    table = data.get(key, {})
    if not isinstance(table, dict):
        raise LexiconError(f"[{key}] must be a table")
    return table


def _list(value: object) -> list[str]:
    if not isinstance(value, list):
        raise LexiconError("numbers and ordinals are lists: one, two, three...")
    return [str(word) for word in value]


def _words(value: object) -> frozenset[str]:
    if not isinstance(value, str):
        raise LexiconError("lists of little words are written as one string, separated by spaces")
    return frozenset(fold(value).split())


def together(lexicons: Iterable[Lexicon]) -> dict[str, Lexicon]:
    """Share first names and towns between languages: an English article names French people."""
    every = list(lexicons)
    names = frozenset[str]().union(*(lexicon.names for lexicon in every))
    places = frozenset[str]().union(*(lexicon.places for lexicon in every))
    return {lexicon.language: replace(lexicon, names=names, places=places) for lexicon in every}


_WORD = re.compile(r"\w+'?")
_APART = re.compile(r"[.;:()?!]")


def joined(lexicon: Lexicon, between: str) -> bool:
    """Whether what stands between two names only makes a list of them."""
    if not between.strip() or _APART.search(between):
        return False
    return all(word in lexicon.ands or word in lexicon.joins for word in _WORD.findall(between))


def tell(lexicons: Mapping[str, Lexicon], *, language: str | None, sample: str) -> Lexicon:
    """Choose the lexicon: the language stated where we have it, otherwise the one whose little words are frequent."""
    if language and (stated := lexicons.get(language.lower()[:2])):
        return stated
    plain = fold(sample[:2000])
    words = plain.split()
    counts = {name: sum(map(lexicon.common.__contains__, words)) for name, lexicon in lexicons.items()}
    likely = [name for name, count in sorted(counts.items()) if count == max(counts.values())]
    if len(likely) > 1:  # a headline of five words: in which language does it say more?
        likely.sort(key=lambda name: -sum(mark.strength for mark in lexicons[name].book.marks(plain)))
    return lexicons[likely[0]]
