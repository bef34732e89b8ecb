"""Fourth stage: which work a statement about a season, a batch or an ending belongs to."""

from __future__ import annotations

from monitor.classifier.context import Page
from monitor.classifier.entities import Reading, distance
from monitor.classifier.lexicon import joined
from monitor.classifier.phrases import Mark

#: Sentences that "elle" or "la série" looks back over for the work it means.
_LOOKS_BACK = 3
#: Where a sentence opens, a quotation mark counted.
_OPENS = 1
#: Characters of a comma and the quotation mark after it.
_COMMA_INSIDE = 2
#: Characters between "but", what is done, and the work it is done to; between "not" and what it leaves out.
_ITS_OWN, _NOT = 6, 2
#: Characters between what is asked and the work of those who are asked.
_ASKED = 40


def bind_title(reading: Reading, anchor: Mark, page: Page) -> tuple[str | None, str]:
    """Bind a statement to its work: the nearest title of its clause, of its sentence, before it, or the topic."""
    clause = reading.clause(anchor)
    if relative := [m for m in reading.of("clause") if m.start <= anchor.start and reading.clause(m) == clause]:
        before = [t for t in reading.all("title", "credited") if 0 <= relative[0].start - t.end <= 3]
        if before and not _turns_to_another(reading, relative[-1], clause):
            return before[-1].value, "title beside it" if before[-1].group == "title" else "title in passing"
    titles = [t for t in reading.of("title") if not _left_out(reading, t)] or reading.of("title")
    attached = [t for t in titles if 0 <= t.start - anchor.end <= 6 or 0 <= anchor.start - t.end <= 4]
    mine = [t for t in titles if reading.clause(t) == clause]
    if mine:  # "X renouvelée pour une saison 2, Y annulée": what opens the next statement is not this one's
        attached = [t for t in attached if t in mine or t.start not in reading.clauses]
    attached = [t for t in attached if t in mine] or attached
    own = attached or mine or titles
    if (asked := _asked(reading, anchor, clause)) and not any(t.start > asked.start for t in own):
        return asked.value, "title beside it"
    if own:
        nearest = min(own, key=lambda t: (-(t.strength > 1), distance(t, anchor)))
        return (_subject_of_both(reading, nearest, anchor, page) or nearest).value, "title beside it"
    if named := _last_named(reading, page):
        return named, "title from the topic" if named == page.topic else "title from before"
    if page.topic:
        return page.topic, "title from the topic"
    return None, "no title"


def _turns_to_another(reading: Reading, turn: Mark, clause: int) -> bool:
    """Whether a clause has an act and a work of its own: "annule « X » mais renouvelle « Y » pour une saison 3"."""
    acts = [m for m in reading.all("renew", "order", "cancel") if m.strength > 1 and reading.clause(m) == clause]
    return any(
        0 <= title.start - act.end <= _ITS_OWN and 0 <= act.start - turn.end <= _ITS_OWN
        for act in acts
        for title in reading.of("title")
        if reading.clause(title) == clause
    )


def _left_out(reading: Reading, title: Mark) -> bool:
    """Whether what is said of another work is not said of this one: "« X » aura une suite, pas « Y »"."""
    return any(
        0 <= title.start - no.end <= _NOT and reading.sentence.plain[: no.start].endswith(", ")
        for no in reading.of("negation")
    )


def _subject_of_both(reading: Reading, object_: Mark, anchor: Mark, page: Page) -> Mark | None:
    """Find whose second verb an act is, where the first has another work for object: "X devance Y et décroche"."""
    first = next(iter(reading.of("title")), None)
    opens = first is not None and (first.start <= _OPENS or reading.sentence.plain[: first.start].endswith(": "))
    if first is None or not opens or first.value == object_.value or not first.end < object_.start < anchor.start:
        return None
    if not reading.sentence.plain[first.end : object_.start].strip(" ,:;\"'"):
        return None
    rest = reading.sentence.plain[object_.end : anchor.start].split()[:2]
    verbs = [m.start for m in reading.all("renew", "order", "confirm") if object_.end < m.start <= anchor.end]
    word = rest[0] if rest else ""
    after = reading.sentence.plain.find(word, object_.end) + len(word) + 1
    return first if word in page.lexicon.ands and any(start == after for start in verbs) else None


def _asked(reading: Reading, anchor: Mark, clause: int) -> Mark | None:
    """Find the work whose people are asked for more: "a demandé aux auteurs de X d'en écrire la suite"."""
    before = [t for t in reading.of("credited") if t.end <= anchor.start and reading.clause(t) == clause]
    if before and any(0 <= before[-1].start - m.end <= _ASKED for m in reading.all("order", "renew")):
        return before[-1]
    return None


def _last_named(reading: Reading, page: Page) -> str | None:
    """Tell which work the sentences before were about: their last, but the article's topic where they name that."""
    here = reading.sentence.index
    for earlier in reversed(page.readings[max(0, here - _LOOKS_BACK) : here]):
        titles = [t for t in earlier.of("title") if t.strength > 1] or _subject(earlier, page)
        titles = [t for t in titles if not page.beside_it(t.value)]
        if titles:
            several = earlier.sentence.zone == "headline" or earlier.has("plural")
            topical = page.topic in {t.value for t in titles} and not several
            return page.topic if topical else titles[-1].value
    return None


def _subject(reading: Reading, page: Page) -> list[Mark]:
    """ "L'héroïne de X rechausse ses raquettes": where the headline is about no work, the sentence is about that."""
    if any(r.has("title") for r in page.heads):
        return []
    return [t for t in reading.of("credited") if t.start <= _ASKED and "," not in reading.sentence.plain[: t.start]]


def beside(reading: Reading, bound: str | None, page: Page) -> list[str]:
    """List titles joined to the bound one: "X et Y renouvelées", "les saisons 2 de X et de Y"."""
    chains: list[list[Mark]] = []
    for title in reading.of("title"):
        before = chains[-1][-1] if chains else None
        if before and _of_one(reading, before, title, page):
            chains[-1].append(title)
        else:
            chains.append([title])
    return [t.value for chain in chains if any(t.value == bound for t in chain) for t in chain if t.value != bound]


def _of_one(reading: Reading, before: Mark, title: Mark, page: Page) -> bool:
    """Whether two titles stand in one list: not in "P prolonge « X », « Y » s'arrête", where each has its own verb."""
    plain = reading.sentence.plain
    inside = _COMMA_INSIDE if plain[: before.end].endswith((',"', ",'")) else 0  # “X,” “Y” and “Z”
    if not joined(page.lexicon, plain[before.end - inside : title.start]):
        return False
    apart = reading.clause(before) != reading.clause(title)
    return not apart or any(0 <= m.start - title.end <= _ITS_OWN for m in reading.of("plural"))
