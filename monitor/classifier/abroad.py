"""What says that a work is made elsewhere: of a sentence, and of an article's front."""

from __future__ import annotations

from monitor.classifier.entities import Reading, distance
from monitor.classifier.gazetteer import Gazetteer
from monitor.classifier.phrases import Mark
from monitor.classifier.text import fold

_HOME = "FR"
#: Characters between a channel and what it does.
_DOING = 25
#: Characters between a title and the words that call it foreign.
_CALLED = 40
#: Characters between what says that a name follows and the name.
_NAMED = 3
#: Characters between what is made from something and what tells where that is from.
_FROM = 12
#: Characters between what adapts and the title.
_ADAPTED = 25


def foreign_marks(reading: Reading) -> list[Mark]:
    """List what says that a work is made elsewhere; what is adapted is not what is made ("d'après un film coréen")."""
    foreign = reading.of("foreign")
    if not foreign:
        return []
    source = [(m.end, -_FROM) for m in reading.of("adapt")] + [(m.end, -1) for m in reading.of("version")]
    return [m for m in foreign if not any(least <= m.start - end <= _FROM for end, least in source)]


def foreign_work(reading: Reading) -> bool:
    """Whether a work is said to be foreign, and not only somebody who takes part in it: "la série belge"."""
    said = [m for m in foreign_marks(reading) if m.strength == 3]
    works = [m for group in reading.groups if group.startswith("work.") for m in reading.of(group)] if said else []
    return any(m.start < w.end and w.start < m.end for m in said for w in works)


def own_version(reading: Reading) -> bool:
    """Whether a sentence speaks of making one's own version: "remake français", "TF1 adapte un thriller norvégien"."""
    if reading.has("acquire"):
        return False
    platforms = reading.of("platform")
    acts = (m for m in reading.of("order") if "adapte" in m.value)
    doing = any(0 <= m.start - p.end <= 12 for m in acts for p in platforms)
    own = bool(platforms) and any(m.strength == 3 for m in reading.of("own"))
    return doing or own or any(m.strength == 3 for m in reading.of("adapt"))


def doers(reading: Reading, gazetteer: Gazetteer, title: str | None = None) -> set[str]:
    """List the countries of the channels that order or renew, as those do that stand before what they do.

    Who joins does not do it: "ZDF comes aboard the Arte drama". Of a title in a statement of its own that one counts:
    "‘X’ Pays Off for M6; ITV Orders ‘Y’".
    """
    adapts = reading.of("adapt")
    joining = reading.of("partner")
    ends = {p.end for p in reading.of("platform")}
    orders = [m for m in reading.of("order") if m.strength == 3 or adapts or (m.strength == 2 and m.start - 1 in ends)]
    orders += [m for m in reading.of("renew") if m.strength == 3]
    if not orders or not ends:
        return set()
    own = [m for m in orders if not any(m.start < j.end and j.start < m.end for j in joining)]
    places = {reading.clause(t) for t in reading.of("title") if t.value == title}
    there = [m for m in own if reading.clause(m) in places]
    first = sorted(there or own, key=lambda m: m.start)[:1]
    before = [p for m in first for p in reading.of("platform") if p.end <= m.start]
    before = [p for p in before if reading.clause(p) == reading.clause(first[0])] or before
    near = any(m.start - p.end <= _DOING for m in first for p in before)
    local = [p.value for p in before if p.value not in gazetteer.everywhere] if near else []
    return {gazetteer.countries.get(name, "") for name in local} - {""}


def done_abroad(reading: Reading, gazetteer: Gazetteer) -> bool:
    """Whether a channel of another country orders or renews, and adapts nothing: "NBC Renews X as TF1 Extends Pact"."""
    doing = doers(reading, gazetteer)
    return bool(doing) and _HOME not in doing and not reading.has("adapt", "own")


def bought_abroad(readings: tuple[Reading, ...], front: tuple[Reading, ...], gazetteer: Gazetteer) -> bool:
    """Whether a French channel, or a streamer, buys what a foreign channel ordered: "produite pour la BBC"."""
    buying = [(r, m) for r in front for m in r.of("acquire") if m.strength == 3]
    buyers = {p.value for r, m in buying for p in r.all("platform", "periphrasis") if p.end <= m.start}
    if not buyers or any(gazetteer.countries.get(b) != _HOME and b not in gazetteer.everywhere for b in buyers):
        return False
    others = {m.value for r in readings for m in r.of("platform") if m.strength > 1} - buyers
    local = {gazetteer.countries.get(name, "") for name in others if name not in gazetteer.everywhere} - {""}
    return bool(local) and _HOME not in local


def foreign_titles(front: tuple[Reading, ...]) -> frozenset[str]:
    """List what the front calls foreign, and nobody adapts: "X, la première série américaine de la chaîne"."""
    called = {
        fold(title.value)
        for reading in front
        if foreign_work(reading) and not own_version(reading)
        for title in reading.of("title")
        if any(m.strength == 3 and distance(title, m) <= _CALLED for m in foreign_marks(reading))
    }
    return frozenset(called - {fold(title.value) for reading in front for title in adapted_titles(reading)})


def adapted_titles(reading: Reading) -> list[Mark]:
    """List the titles that are adapted: "TF1 va adapter X", "le remake de X"."""
    making = [m for m in reading.all("adapt", "order") if m.group == "adapt" or "adapt" in m.value]
    return [t for t in reading.of("title") if any(0 <= t.start - m.end <= _ADAPTED for m in making)]


def own_names(readings: tuple[Reading, ...], front: tuple[Reading, ...]) -> dict[str, str]:
    """Give what a channel adapts the name of its own version, where one is told: "Titre retenu : Silence radio"."""
    adapted = {title.value for r in front if own_version(r) for title in (*adapted_titles(r), *_called_foreign(r))}
    if not adapted:
        return {}
    named = (
        title.value
        for r in readings
        for title in r.of("title")
        if title.value not in adapted
        and any(m.strength == 3 and 0 <= title.start - m.end <= _NAMED for m in r.all("title.name", "title.before"))
    )
    name = next(named, None)
    return dict.fromkeys(sorted(adapted), name) if name else {}


def _called_foreign(reading: Reading) -> list[Mark]:
    """List the titles right after words that call them foreign: "le thriller israélien X"."""
    marks = [m for m in reading.of("foreign") if m.strength == 3]
    return [t for t in reading.of("title") if any(0 <= t.start - m.end <= _NAMED for m in marks)]


def headline_foreign(readings: tuple[Reading, ...], gazetteer: Gazetteer) -> bool:
    """Whether headline or standfirst say that the work, or its remake, is made elsewhere."""
    if remade(readings, gazetteer):
        return True
    if any(r.sentence.zone == "headline" and done_abroad(r, gazetteer) for r in readings):
        return True
    zones = {zone: [r for r in readings if r.sentence.zone == zone] for zone in ("headline", "standfirst")}
    head = [r for front in zones.values() for r in front]
    headed = {title.value for r in zones["headline"] for title in r.of("title")}
    for zone, front in zones.items():
        marks = (m for r in front for m in (*r.of("french"), *_foreign_of(r, headed, gazetteer)))
        strong = {m.group for m in marks if m.strength == 3}
        aside = zone == "standfirst" and any(_at_home(r, gazetteer) for r in zones["headline"])
        if strong == {"foreign"} and not aside and not _adapted_at_home(head, gazetteer):
            return True
    return False


def _foreign_of(reading: Reading, headed: set[str], gazetteer: Gazetteer) -> list[Mark]:
    """List what calls a work foreign, but for one that is not the headline's: "vue dans la série américaine X".

    Where the headline names none, a work that is known is another one than what it tells of.
    """
    others = [t for t in reading.of("title") if t.value not in headed and (headed or gazetteer.work(t.value))]
    return [m for m in foreign_marks(reading) if not any(distance(t, m) <= _CALLED for t in others)]


def _at_home(reading: Reading, gazetteer: Gazetteer) -> bool:
    """Whether a headline calls its work French: "tournée en France" does not, but beside a French channel."""
    channels = any(gazetteer.countries.get(m.value) == _HOME for m in reading.of("platform"))
    return any(m.strength == 3 or channels for m in reading.of("french"))


def _adapted_at_home(head: list[Reading], gazetteer: Gazetteer) -> bool:
    """Whether a French channel makes its own version of what is foreign: "TF1 adapte une série britannique"."""
    adapted = any(m.strength == 3 for r in head for m in r.all("adapt", "own"))
    return adapted and any(gazetteer.countries.get(m.value) == _HOME for r in head for m in r.of("platform"))


def remade(readings: tuple[Reading, ...], gazetteer: Gazetteer) -> bool:
    """Whether headline or standfirst speak of a remake made elsewhere, and of none that a French channel has made."""
    front = (r for r in readings if r.sentence.zone in ("headline", "standfirst") and r.has("remake"))
    return any(adapted_away(r) or (not r.has("adapt") and _HOME not in doers(r, gazetteer)) for r in front)


def adapted_away(reading: Reading) -> bool:
    """Whether all that is said of adapting is that it is done elsewhere: "bientôt adaptée en Italie"."""
    adapts, remakes = reading.of("adapt"), reading.of("remake")
    away = all(any(a.start < m.end and m.start < a.end for m in remakes) for a in adapts)
    return bool(adapts) and away and not reading.has("own", "version")


def made_from_french(reading: Reading) -> bool:
    """Whether all that is called French is what something is made from: "remake d'une série française"."""
    source = [m.end for m in reading.of("version")]
    french = [m for m in reading.of("french") if m.strength > 1]
    return bool(french) and all(any(0 <= m.start - end <= _FROM for end in source) for m in french)
