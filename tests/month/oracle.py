"""What a reader got, judged by the truth: duplicates, wrong merges, facts torn apart, facts lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz

from monitor.alerts.context import StoryContext
from monitor.decide.naming import title_key
from monitor.premieres import day_of
from monitor.vocabulary import Event, Kind
from month.drive import Announced, Run, Sent
from month.values import Fact, Form, Said

State = tuple[object, ...]
Word = Mapping[str, object]  #: what a message says of a fact, as far as it may change
#: Titles that are less alike (0 to 100) are not taken for one when the reader's words are matched with the truth.
_ALIKE = 80
#: What may go wrong, by the names of a judgement's lists.
FAULTS = ("duplicates", "merged", "split", "lost", "stale")


@dataclass(slots=True)
class Judgement:
    """How the stories and one reader's messages fared; each list holds one line a case, for people."""

    facts: int = 0  #: that the month's articles tell, whether anybody read them or not
    told: int = 0  #: facts in messages, new ones and updates
    duplicates: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    split: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)  #: the reader's last word on them is not the last word

    def share(self, cases: Sequence[str], of: int) -> str:
        """Write a count with its share in per cent."""
        return f"{len(cases)} of {of} ({100 * len(cases) / of:.2f} %)" if of else "none"

    def __str__(self) -> str:
        """Write the figures on one line."""
        return (
            f"duplicates {self.share(self.duplicates, self.told)}, merged {self.share(self.merged, self.facts)}, "
            f"split {self.share(self.split, self.facts)}, lost {self.share(self.lost, self.facts)}, "
            f"last word missing {self.share(self.stale, self.facts)}"
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """How the reader did, apart from what was made of it."""

    said: int  #: announcements in articles that were read
    missed: int  #: not read
    invented: int  #: read and never said
    cases: Sequence[str] = ()  #: one line each, for people


class Oracle:
    """Knows of each stored announcement which fact it tells."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._pieces = {piece.url: piece for piece in run.month.pieces}
        self.facts = frozenset(said.fact for piece in run.month.pieces for said in piece.said)  #: all that is judged
        self._facts_of: dict[str, list[str]] = defaultdict(list)  #: of a story, one for each announcement in it
        self._fact_at: dict[tuple[str, str], str] = {}  #: of an article and a story
        self.reading = self._match()

    def judge(self, subscription: str) -> Judgement:
        """Judge what one subscription got that wants everything."""
        judgement = Judgement(facts=len(self.facts))
        self._judge_stories(judgement)
        self._judge_messages(judgement, [one for one in self._run.sent if _to(one) == subscription])
        return judgement

    def _match(self) -> Reading:
        rows: dict[str, list[Announced]] = defaultdict(list)
        for row in self._run.announced:
            rows[row.url].append(row)
        said = missed = invented = 0
        cases = []
        for url, outcome in self._run.outcomes.items():
            if outcome in {"skipped", "duplicate"}:
                continue
            truth = list(self._pieces[url].said)
            said += len(truth)
            for row in rows[url]:
                found = _find(row, self._pieces[url].said, truth, self._run.month.facts)
                if found is None:
                    invented += 1
                    cases.append(f"invented: {row.kind} {row.title} in {self._in(url)}")
                    continue
                truth.remove(found)
                if row.story is not None:
                    self._facts_of[row.story].append(found.fact)
                    self._fact_at.setdefault((url, row.story), found.fact)
            missed += len(truth)
            cases += [f"missed: {self._named(one.fact)} in {self._in(url)}" for one in truth]
        return Reading(said=said, missed=missed, invented=invented, cases=cases)

    def _in(self, url: str) -> str:
        piece = self._pieces[url]
        return f"{piece.form} | {piece.title} | {piece.text.partition(chr(10))[0]}"

    # -- stories -----------------------------------------------------------------------------------------------

    def _judge_stories(self, judgement: Judgement) -> None:
        stories_of: dict[str, set[str]] = defaultdict(set)
        for story, facts in self._facts_of.items():
            for fact in facts:
                stories_of[fact].add(story)
            several = sorted(set(facts))
            judgement.merged += [f"{self._named(other)} in {self._named(several[0])}" for other in several[1:]]
        for fact, stories in sorted(stories_of.items()):
            judgement.split += [f"{self._named(fact)} in {len(stories)} stories"] * (len(stories) - 1)

    def _named(self, fact_id: str) -> str:
        fact = self._run.month.facts[fact_id]
        season = f" season {fact.season}" if fact.season else ""
        return f"{fact.id} [{fact.sort}] {fact.kind} {fact.title}{season}, {'+'.join(fact.platforms)}"

    # -- messages ----------------------------------------------------------------------------------------------

    def _judge_messages(self, judgement: Judgement, sent: Sequence[Sent]) -> None:
        last: dict[str, State] = {}
        words: dict[str, Word] = {}
        for message in sent:
            for told in message.context.stories:
                judgement.told += 1
                fact = self._fact_of(told)
                if fact is None:
                    continue
                state, words[fact] = _state(told), self._word(fact, told)
                again = fact in last and (told.event is Event.NEW or state == last[fact])
                if again:
                    when = f"{message.at:%d/%m %H:%M} {told.event} {told.changed} {told.article.url}"
                    judgement.duplicates.append(f"{self._named(fact)}: {when}")
                last[fact] = state
        self._judge_ends(judgement, words)

    def _judge_ends(self, judgement: Judgement, last: Mapping[str, Word]) -> None:
        for fact_id in sorted(self.facts):
            fact = self._run.month.facts[fact_id]
            if fact_id not in last:
                judgement.lost.append(self._named(fact_id))
                continue
            heard, truth = last[fact_id], self._last_word(fact)
            wrong = [name for name, value in truth.items() if heard[name] != value]
            if wrong:
                word = ", ".join(f"last heard {heard[name]}, truth {truth[name]}" for name in wrong)
                judgement.stale.append(f"{self._named(fact_id)}: {word}")

    def _word(self, fact_id: str, told: StoryContext) -> Word:
        """What a message says of a fact; a title as the truth spells it, where it is one of the fact's."""
        fact = self._run.month.facts[fact_id]
        story = told.story
        titles = [name for name in fact.names if _alike(story.title or "", name)]
        title = next(iter(titles), story.title)
        return {"status": story.status, "title": title, "day": _day(told), "final": story.final}

    def _last_word(self, fact: Fact) -> Word:
        """The last beat that was told in earnest and read, as far as it may change."""
        read = {
            said.beat
            for (url, _), fact_id in self._fact_at.items()
            if fact_id == fact.id and self._pieces[url].form not in {Form.ROUND_UP, Form.STALE}
            for said in self._pieces[url].said
            if said.fact == fact.id
        }
        last = max(read, default=0)
        beat = fact.beats[last]
        word: dict[str, object] = {"status": beat.status}
        if any(one.title for one in fact.beats):
            word["title"] = fact.called(last)
        if beat.day:
            word["day"] = beat.day
        return word | ({"final": True} if fact.final else {})

    def _fact_of(self, told: StoryContext) -> str | None:
        facts = self._facts_of.get(told.story.id)
        return self._fact_at.get((told.article.url, told.story.id)) or (max(facts, key=facts.count) if facts else None)


def _to(sent: Sent) -> str:
    return sent.context.delivery.subscription


def _state(told: StoryContext) -> State:
    story = told.story
    ends = frozenset(told.changed) & {"cancelled", "rescued"}
    title = story.title_key if "title" in told.changed else story.title is None
    return (story.status, title, story.season, frozenset(story.platforms), ends, _day(told))


def _day(told: StoryContext) -> date | None:
    return day_of(told.story) if told.story.kind is Kind.RELEASE_DATE else None


def _find(row: Announced, said: Sequence[Said], left: Sequence[Said], facts: Mapping[str, Fact]) -> Said | None:
    """Find what was said among what is left of an article's truth: at its position, or by its title."""
    alike = [one for one in left if _same(row, one, facts[one.fact])]
    here = said[row.position] if row.position < len(said) else None
    return here if here in alike else next(iter(alike), None)


def _same(row: Announced, said: Said, fact: Fact) -> bool:
    """Tell whether this was said: under the title the article has, or another name of a work the reader watches."""
    announcement = said.announcement
    if row.kind != announcement.kind:
        return False
    if row.title is None or announcement.title is None:
        return row.title is announcement.title
    names = (announcement.title, *(fact.names if len(fact.names) > 1 else ()))
    return any(_alike(row.title, name) for name in names)


def _alike(title: str, name: str) -> bool:
    return fuzz.ratio(title_key(title), title_key(name)) >= _ALIKE


def cases(judgement: Judgement) -> Iterator[str]:
    """Write every case, for people."""
    for name in FAULTS:
        for case in getattr(judgement, name):
            yield f"{name}: {case}"
