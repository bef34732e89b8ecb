"""Who writes of what happens, and how: every article of the month, with what the truth says it tells."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from monitor.types import Announcement, Evidence, Source
from monitor.vocabulary import Kind, Prominence, Status
from month import prose
from month.spelling import spell
from month.values import Beat, Fact, Form, Piece, Said
from month.words import GENRES, SIBLING

#: How the second and later outlets come to write of something.
_FORMS = {Form.COPY: 28, Form.REWRITE: 54, Form.LATE: 8, Form.EDITED: 4, Form.CROSS_POST: 4, Form.STALE: 2}
#: Of the articles after the first so many have a work's new title only.
_BARE = 0.4
#: So long after a work got another title, some articles have it without the one before.
_KNOWN = timedelta(hours=12)
#: The longest that each comes after the first, in hours, and the soonest.
_LAGS = {
    Form.COPY: (0.1, 6),
    Form.REWRITE: (0.2, 40),
    Form.LATE: (72, 430),
    Form.EDITED: (1, 5),
    Form.CROSS_POST: (0.1, 8),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """What an article says, before it has an address."""

    title: str
    text: str
    said: tuple[Said, ...]
    bare: bool = False  #: it has a work's new title only, which nobody knows at first


class Coverage:
    """Writes articles; everything follows from the chance it is given."""

    def __init__(self, chance: random.Random, sources: Sequence[Source], end: datetime) -> None:
        self._chance = chance
        self._sources = sources
        self._end = end
        self._numbers = count(1)

    def of(self, fact: Fact) -> Iterator[Piece]:
        """Write of one fact, beat by beat."""
        for position, beat in enumerate(fact.beats):
            yield from self._told([(fact, position)], beat)

    def of_slate(self, facts: Sequence[Fact]) -> Iterator[Piece]:
        """Write of many titles that were presented at once: most outlets of all, some of one."""
        yield from self._told([(fact, 0) for fact in facts], facts[0].beats[0])
        for fact in self._chance.sample(facts, len(facts) // 2):
            yield from self._told([(fact, 0)], replace(fact.beats[0], at=fact.beats[0].at + timedelta(hours=3), heat=2))

    def round_up(self, at: datetime, facts: Sequence[tuple[Fact, int]], number: int) -> Piece:
        """Write what the week brought."""
        source = self._sources[number % len(self._sources)]
        text = self._write(facts, source.language, body=True)
        title = "Ce qu'il ne fallait pas manquer" if source.language == "fr" else "What you may have missed"
        return self._publish(replace(text, title=f"{title} ({at:%d/%m})"), source, Form.ROUND_UP, at)

    def ordinary(self, at: datetime, people: Sequence[str]) -> Piece:
        """Write something that announces nothing."""
        source = self._chance.choice(self._sources)
        told = prose.ordinary(source.language, self._chance, people)
        return self._publish(Text(title=told.headline, text=told.lead, said=()), source, Form.ORDINARY, at)

    # -- one beat ----------------------------------------------------------------------------------------------

    def _told(self, facts: Sequence[tuple[Fact, int]], beat: Beat) -> Iterator[Piece]:
        sources = self._chance.sample(self._sources, min(beat.heat, len(self._sources)))
        text = self._write(facts, sources[0].language)
        first = self._publish(text, sources[0], Form.FIRST, beat.at)
        written = [(sources[0], text)]
        yield first
        for source in sources[1:]:
            if again := self._again(facts, source, written):
                form, home, text = again
                at = self._later(beat.at, form)
                at = max(at, beat.at + _KNOWN) if text.bare else at
                if at < self._end:
                    written.append((home, text))
                    yield self._publish(text, home, form, at)

    def _again(
        self, facts: Sequence[tuple[Fact, int]], source: Source, written: Sequence[tuple[Source, Text]]
    ) -> tuple[Form, Source, Text] | None:
        """Tell what others told: copied, rewritten, or put up once more at home; None when it can't be."""
        form = self._form(facts[0])
        agency = [text for origin, text in written if origin.language == source.language]
        if form in {Form.CROSS_POST, Form.EDITED}:
            home, text = self._chance.choice(written)
            mark = "mis à jour" if home.language == "fr" else "updated"
            return form, home, replace(text, title=f"{text.title} ({mark})") if form is Form.EDITED else text
        if form is Form.COPY and agency:
            return form, source, self._shortened(self._chance.choice(agency))
        if form is Form.COPY and not self._tellable(facts[0]):
            return None
        bare = self._chance.random() < _BARE
        return Form.REWRITE if form is Form.COPY else form, source, self._write(facts, source.language, bare=bare)

    def _form(self, fact: tuple[Fact, int]) -> Form:
        """Choose how another outlet comes to write of it: what has neither title nor people is only copied."""
        if not self._tellable(fact):
            return self._chance.choice((Form.COPY, Form.COPY, Form.CROSS_POST))
        return self._chance.choices(list(_FORMS), list(_FORMS.values()))[0]

    def _tellable(self, fact: tuple[Fact, int]) -> bool:
        """Tell whether other words would still be known for the same news: by a title, or by people."""
        return bool(fact[0].people) or fact[0].beats[fact[1]].named

    def _shortened(self, text: Text) -> Text:
        """Cut the last line of an agency's text, as some desks do."""
        return replace(text, text=text.text.rpartition("\n")[0]) if self._chance.random() < 0.3 else text

    def _later(self, at: datetime, form: Form) -> datetime:
        soonest, latest = _LAGS.get(form, (0.2, 40))
        return at + timedelta(minutes=round(60 * (soonest + (latest - soonest) * self._chance.betavariate(1, 3))))

    def _publish(self, text: Text, source: Source, form: Form, at: datetime) -> Piece:
        number = next(self._numbers)
        delay = timedelta(days=self._chance.uniform(3, 9)) if form is Form.STALE else timedelta()
        edited = form is not Form.ROUND_UP and self._chance.random() < 0.06
        return Piece(
            url=f"https://{source.id}.example/{at:%Y/%m/%d}/{number}",
            outlet=source.id,
            language=source.language,
            form=form,
            title=text.title,
            text=text.text,
            published=at,
            listed=at + delay + timedelta(minutes=self._chance.randint(0, 20)),
            said=text.said,
            headline_later=f"{text.title} — {'ce que l’on sait' if source.language == 'fr' else 'what we know'}"
            if edited
            else "",
        )

    # -- text --------------------------------------------------------------------------------------------------

    def _write(
        self, facts: Sequence[tuple[Fact, int]], language: str, *, body: bool = False, bare: bool = False
    ) -> Text:
        views = [self._view(fact, position, among_others=body, bare=bare or body) for fact, position in facts]
        told = [prose.tell(view, language, self._chance) for view in views]
        filled = prose.fill(views[0], language, self._chance, lines=self._chance.randint(4, 7))
        lines = [*filled[:2], *(one.lead for one in told)] if body else [*(one.lead for one in told), *filled]
        headline = told[0].headline if len(told) == 1 else _slate_headline(views, language)
        text = "\n".join(lines)
        said = [
            Said(fact=fact.id, beat=position, announcement=_announce(view, one.lead, text, body=body))
            for (fact, position), view, one in zip(facts, views, told, strict=True)
        ]
        told_of = zip(facts, views, strict=True)
        renamed = any(fact.beats[position].title and not view.old for (fact, position), view in told_of)
        return Text(title=headline, text=text, said=tuple(said), bare=renamed)

    def _view(self, fact: Fact, position: int, *, among_others: bool, bare: bool) -> prose.View:
        """What this article tells: a title its way, and not always the platform, the people or the season.

        Among others' news it names its buyer: "the broadcaster" after a sentence on another one would be that one.
        """
        beat = fact.beats[position]
        drops = self._chance.random
        sure = any((fact.twin, not beat.named, len(fact.beats) > 1, fact.slate, fact.shared, fact.star, fact.final))
        sibling = SIBLING.get(fact.platforms[0])
        platforms = fact.platforms if not sibling or fact.twin or drops() > 0.1 else (sibling,)
        if fact.shared:
            platforms = (self._chance.choice(platforms),)
        seasonless = fact.kind is Kind.RENEWAL and beat.status is Status.CONFIRMED and not sure and drops() < 0.1
        title = spell(fact, position, self._chance) if beat.named else None
        anonymous = not sure and drops() < 0.08 and not among_others
        return prose.View(
            kind=fact.kind,
            status=beat.status,
            title=title,
            season=None if seasonless else fact.season,
            platforms=() if anonymous else (*platforms, *beat.platforms),
            people=fact.people if sure or drops() < 0.7 else (),
            work_type=fact.work_type,
            origin=fact.origin,
            genre=tuple(GENRES)[int(fact.id[2:]) % len(GENRES)],
            region=int(fact.id[2:]),
            country=int(fact.id[2:]),
            source=fact.source,
            star=fact.star,
            final=fact.final,
            old=fact.called(position - 1) if beat.title and not bare else "",
            day=beat.day,
            old_day=fact.beats[position - 1].day if position else None,
        )


def _announce(view: prose.View, sentence: str, text: str, *, body: bool) -> Announcement:
    start = text.index(sentence)
    return Announcement(
        kind=view.kind,
        title=view.title,
        work_type=view.work_type,
        season=view.season,
        final=view.final,
        platforms=view.platforms,
        people=view.people,
        origin=view.origin,
        status=view.status,
        prominence=Prominence.BODY if body else Prominence.HEADLINE,
        confidence=0.7 if body else 0.95,
        evidence=Evidence(sentence=sentence, zone="body" if body else "lead", start=start, end=start + len(sentence)),
    )


def _slate_headline(views: Sequence[prose.View], language: str) -> str:
    buyer = views[0].platforms[0] if views[0].platforms else ""
    if language == "fr":
        return f"{buyer} dévoile {len(views)} nouvelles séries françaises"
    return f"{buyer} unveils {len(views)} new French series"
