"""What an article announces. Pure, deterministic, explainable: a document in, announcements out.

The stages, in order, one module each: `text` (sentences and zones), `entities` and `titles` (who and what is named),
`phrases` and `lexicon` (what is said), `context` (what the article is about), `candidates` with `renewals`,
`originals` and `signs` (what could be an announcement), `score` (which of them are), `merge` and `explain`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from monitor.classifier.abroad import own_names
from monitor.classifier.candidates import Candidate, piece_features
from monitor.classifier.context import Page, gather
from monitor.classifier.elsewhere import elsewhere_signs
from monitor.classifier.entities import Reading, read
from monitor.classifier.excerpts import in_whole
from monitor.classifier.explain import Explanation, Fate, Reason, cue_texts
from monitor.classifier.gazetteer import Gazetteer
from monitor.classifier.lexicon import Lexicon, LexiconError, tell, together
from monitor.classifier.lone import is_lone, said_by_headline
from monitor.classifier.merge import merge
from monitor.classifier.namesakes import Namesakes
from monitor.classifier.originals import originals
from monitor.classifier.outright import said_outright
from monitor.classifier.prospects import Prospect, prospect
from monitor.classifier.renewals import renewals
from monitor.classifier.score import Model, Scored
from monitor.classifier.signs import headline_signs
from monitor.classifier.television import TELLING, first_look
from monitor.classifier.text import Prose
from monitor.types import Announcement, Document, Evidence, Watch
from monitor.vocabulary import Prominence

_NOTHING = Watch()
_NONE: Mapping[int, Reading] = {}

#: Statements fainter than this are not even read together with others about the same fact.
FAINT = 0.3


class Classifier:
    """Reads articles. Make one with `load`, keep it: reading changes nothing in it."""

    def __init__(self, *, lexicons: Mapping[str, Lexicon], gazetteer: Gazetteer, model: Model) -> None:
        self._lexicons = lexicons
        self._gazetteer = gazetteer
        self._namesakes = Namesakes(gazetteer)
        self._model = model
        self._telling = {language: lexicon.book.only(TELLING) for language, lexicon in lexicons.items()}

    @classmethod
    def load(
        cls, folder: Path, *, known_until: int | None = None, watch: Watch = _NOTHING, model: Model | None = None
    ) -> Classifier:
        """Read lexicon/*.toml, gazetteer.toml and model.json from the config folder.

        Args:
            watch: works and people of the user's own, known like those of the gazetteer.
            known_until: read as in that year, when nobody knew that later works would come out. For old news that is
                shown as today's.
            model: to judge by instead of model.json.

        Raises:
            LexiconError: a lexicon is wrong.
            OSError: a file is missing.
        """
        lexicons = [Lexicon.load(path) for path in sorted((folder / "lexicon").glob("*.toml"))]
        if not lexicons:
            raise LexiconError(f"there is no lexicon in {folder / 'lexicon'}; install Cocorico again")
        return cls(
            lexicons=together(lexicons),
            gazetteer=Gazetteer.load(folder / "gazetteer.toml", known_until=known_until).watching(watch),
            model=model or Model.load(folder / "model.json"),
        )

    @property
    def floor(self) -> float:
        """The confidence, 0 to 1, below which nothing is reported."""
        return self._model.floor

    def name_of(self, title: str) -> str:
        """Give the name that a work is shown under, whichever of its names this is; an unknown one keeps its own."""
        work = self._gazetteer.known_as(title)
        return work.title if work else title

    def platform_of(self, name: str) -> str:
        """Give the name that a platform is shown under."""
        return self._gazetteer.platform_as(name)

    def read(self, document: Document) -> tuple[Announcement, ...]:
        """Say what an article announces, the headline's first, each fact once."""
        lexicon, prose = self._lexicon(document), Prose(document)
        seen = first_look(prose, lexicon, self._telling[lexicon.language], self._gazetteer)
        if seen is None:
            return ()
        page = self._page(document, lexicon, prose, seen)
        return tuple(_announcement(head) for head, _ in self._groups(page)[1])

    def weigh(self, document: Document) -> tuple[Announcement, ...]:
        """Say what an article may announce, however unsure: what `read` says, then what is too unsure for it."""
        page = self._page(document, self._lexicon(document), Prose(document))
        scored, groups = self._groups(page, least=0.0)
        faint = merge((s for s in scored if s.confidence < FAINT), threshold=self._model.floor, least=0.0)
        return tuple(_announcement(head) for head, _ in sorted((*groups, *faint), key=self._unsure))

    def statements(self, document: Document) -> tuple[Candidate, ...]:
        """List all that could be an announcement, before the model judges it: what a model learns from."""
        return _candidates(self._page(document, self._lexicon(document), Prose(document)))

    def explain(self, document: Document) -> Explanation:
        """Say what an article announces and why, with every statement that was considered."""
        lexicon = self._lexicon(document)
        page = self._page(document, lexicon, Prose(document))
        scored, groups = self._groups(page)
        heads = {id(members[0]): _announcement(head) for head, members in groups}
        again = {id(member) for _, members in groups for member in members[1:]}
        reasons = (
            self._reason(item, heads.get(id(item)), again=id(item) in again)
            for item in sorted(scored, key=lambda s: -s.confidence)
        )
        return Explanation(
            language=lexicon.language,
            topic=page.topic,
            announcements=tuple(_announcement(head) for head, _ in groups),
            reasons=tuple(reasons),
            television=page.television,
        )

    def names_of_works(self) -> Iterator[tuple[str, ...]]:
        """List the names of each known work, the one it goes by first."""
        return self._gazetteer.aliases()

    def promising(self, title: str, summary: str) -> bool:
        """Whether an article with that title and summary is worth fetching: misses almost nothing, drops most sport."""
        return self.prospect(title, summary).promising

    def prospect(self, title: str, summary: str) -> Prospect:
        """Say what an article with that title and summary promises, and by which cue."""
        return prospect(title, summary, lexicons=self._lexicons.values(), gazetteer=self._gazetteer)

    def _lexicon(self, document: Document) -> Lexicon:
        sample = f"{document.title} {document.summary} {document.text[:1500]}"
        return tell(self._lexicons, language=document.language, sample=sample)

    def _page(self, document: Document, lexicon: Lexicon, prose: Prose, seen: Mapping[int, Reading] = _NONE) -> Page:
        """Read every sentence that was not read at first look, and the article as a whole."""
        readings = tuple(seen.get(s.index) or read(s, lexicon, self._gazetteer) for s in prose.sentences)
        return gather(readings, self._gazetteer, lexicon, document.published)

    def _unsure(self, group: tuple[Scored, list[Scored]]) -> bool:
        return group[0].confidence < self._model.floor

    def _groups(
        self, page: Page, *, least: float | None = None
    ) -> tuple[list[Scored], list[tuple[Scored, list[Scored]]]]:
        scored = [Scored(candidate=c, confidence=self._model.score(c)) for c in _candidates(page)]
        groups = merge((s for s in scored if s.confidence >= FAINT), threshold=self._model.floor, least=least)
        return scored, [(in_whole(self._settled(head, page), page), members) for head, members in groups]

    def _settled(self, head: Scored, page: Page) -> Scored:
        platforms = self._gazetteer.narrowed(head.candidate.platforms)
        narrowed = replace(head, candidate=replace(head.candidate, platforms=platforms))
        return self._namesakes.settled(narrowed, page)

    def _reason(self, item: Scored, announced: Announcement | None, *, again: bool) -> Reason:
        candidate = item.candidate
        sure: Fate = "covered" if item.confidence >= self._model.floor else "unsure"
        return Reason(
            kind=candidate.kind.value,
            title=candidate.title,
            season=candidate.season,
            sentence=candidate.reading.sentence.text,
            zone=candidate.reading.sentence.zone,
            cues=cue_texts(candidate),
            terms=self._model.terms(candidate),
            confidence=item.confidence,
            fate="announced" if announced else "again" if again else sure,
            announcement=announced,
        )


def _candidates(page: Page) -> tuple[Candidate, ...]:
    if not page.television:
        return ()
    whole = piece_features(page) | headline_signs(page) | elsewhere_signs(page)
    names = own_names(page.readings, page.front)
    found = tuple(said_outright(one) for one in (*renewals(page, whole), *originals(page, whole)))
    found = tuple(map(said_by_headline, found)) if is_lone(page) else found
    return tuple(replace(one, title=names.get(one.title or "", one.title)) for one in found) if names else found


def _announcement(item: Scored) -> Announcement:
    candidate: Candidate = item.candidate
    sentence = candidate.reading.sentence
    return Announcement(
        kind=candidate.kind,
        title=candidate.title,
        work_type=candidate.work_type,
        season=candidate.season,
        final=candidate.final,
        rescued=candidate.rescued,
        platforms=candidate.platforms,
        producers=candidate.producers,
        people=candidate.people if candidate.title else tuple(dict.fromkeys((*candidate.people, *candidate.stars))),
        origin=candidate.origin,
        status=candidate.status,
        prominence=Prominence.HEADLINE if sentence.prominent else Prominence.BODY,
        confidence=item.confidence,
        evidence=Evidence(
            sentence=" ".join(sentence.text.split()),
            zone=sentence.zone,
            start=sentence.start,
            end=sentence.end,
            cues=cue_texts(candidate),
        ),
    )


__all__ = ["Classifier", "Explanation", "LexiconError", "Prospect"]
