"""Fourth stage, origin: whether a work is French-made, and the sign that says so."""

from __future__ import annotations

import re

from monitor.classifier.abroad import (
    adapted_away,
    adapted_titles,
    doers,
    foreign_marks,
    foreign_work,
    made_from_french,
    own_version,
)
from monitor.classifier.context import Page
from monitor.classifier.entities import Reading
from monitor.classifier.gazetteer import Work
from monitor.classifier.text import fold
from monitor.vocabulary import Origin

#: Characters between the word for a country and the title of what is made there.
_BESIDE = 3
#: In "en France", "France's", and not in "la chaîne française".
_COUNTRY = "france"


def origin_of(title: str | None, reading: Reading, page: Page, platforms: tuple[str, ...]) -> tuple[Origin, set[str]]:
    """Decide whether a work is French-made, and name the sign that says so."""
    work = page.work(title)
    countries = {page.gazetteer.countries.get(p, "") for p in platforms} - {""}
    if work and work.origin is not Origin.UNKNOWN:
        return _known_origin(work, reading, page, countries)
    local = {page.gazetteer.countries.get(p, "") for p in platforms if p not in page.gazetteer.everywhere} - {""}
    if "FR" in doers(reading, page.gazetteer, title):  # "Canal+ Orders X With ITV Aboard"
        countries, local = countries | {"FR"}, local | {"FR"}
    if (beside := _said_beside(title, reading, page)) is not None:
        return beside, {"said to be French" if beside is Origin.FRENCH else "said to be foreign"}
    if called := _foreign_topic(title, reading, page):
        return Origin.FOREIGN, called
    if at_home := _beside_headline(title, reading, page):
        return Origin.FRENCH, at_home
    told = reading.has("own") or made_from_french(reading)
    doing = doers(reading, page.gazetteer, title) if told else set()
    if _adapted_abroad(reading, page) or (doing and "FR" not in doing):  # "La ZDF adapte la série française X"
        return Origin.FOREIGN, {"ordered abroad"}
    return _said_origin(reading, page, countries) or _origin_around(title, reading, page, countries, local)


def _foreign_topic(title: str | None, reading: Reading, page: Page) -> set[str]:
    """Name what of the article's front says that a work is made elsewhere."""
    if title and fold(title) in page.foreign_titles and not any(m.strength == 3 for m in reading.of("french")):
        return {"said to be foreign"}
    return {"foreign context"} if title and title == page.topic and page.bought_abroad else set()


def _adapted_abroad(reading: Reading, page: Page) -> bool:
    """Whether it is adapted abroad only: "« X », la série de TF1, va être adaptée par NBC", "adaptée en Italie"."""
    if not reading.has("adapt", "remake"):
        return False
    if adapted_away(reading):
        return True
    makers = [
        m
        for m in reading.of("platform")
        if reading.sentence.plain[: m.start].split()[-1:] in [[word] for word in page.lexicon.by]
    ]
    countries = {
        "" if m.value in page.gazetteer.everywhere else page.gazetteer.countries.get(m.value, "") for m in makers
    }
    return bool(countries) and countries.isdisjoint({"FR", ""})


def _beside_headline(title: str | None, reading: Reading, page: Page) -> set[str]:
    """Name what says that a work is French beside the foreign one that the headline is about."""
    if _home_again(title, reading, page):
        return {"said to be French"}
    return {"French broadcaster"} if page.headline_foreign and _of_its_own(title, reading, page) else set()


def _home_again(title: str | None, reading: Reading, page: Page) -> bool:
    """Whether an article about foreign works comes to a French one: "France, meanwhile, has ordered X"."""
    further = reading.sentence.zone in ("lead", "body") and (title is None or title != page.topic)
    if not further or not (page.headline_foreign or page.foreign >= page.french):
        return False
    if foreign_marks(reading) or reading.has("acquire", "remake", "adapt", "own"):
        return False
    done = any(m.strength > 1 for m in reading.all("order", "shoot", "renew", "develop"))
    return any(m.strength == 3 or (done and _COUNTRY in m.value) for m in reading.of("french"))


def _said_beside(title: str | None, reading: Reading, page: Page) -> Origin | None:
    """Read where one of several works is made, as said right before its title: "Germany's ‘X’ and France's ‘Y’"."""
    if reading.has("adapt", "own", "remake", "acquire"):
        return None
    if not foreign_marks(reading) and not (page.foreign and reading.has("french")):
        return None
    starts = [t.start for t in reading.of("title") if t.value == title]
    said = [m for m in (*reading.of("french"), *reading.of("foreign")) if m.strength > 1]
    before = [m for m in said if any(0 <= start - m.end <= _BESIDE for start in starts)]
    if not before:
        return None
    return Origin.FRENCH if max(before, key=lambda m: m.end).group == "french" else Origin.FOREIGN


def _of_its_own(title: str | None, reading: Reading, page: Page) -> bool:
    """Whether a French channel does something to a work that headline and lead do not name: they are about another."""
    if title is None or foreign_marks(reading) or reading.has("adapt", "own", "remake", "acquire"):
        return False
    if any(m.value == title for r in page.front for m in r.of("title")):
        return False
    return "FR" in doers(reading, page.gazetteer, title)


def _said_origin(reading: Reading, page: Page, countries: set[str]) -> tuple[Origin, set[str]] | None:
    """Read what a sentence says of where its work is made."""
    french = max((m.strength for m in reading.of("french")), default=0)
    foreign = max((m.strength for m in foreign_marks(reading)), default=0)
    partner = "FR" in countries and not foreign_work(reading)  # "Arte and German broadcaster ZDF"
    if french == 3 and (reading.has("adapt") or ((foreign < 3 or partner) and not page.headline_foreign)):
        return Origin.FRENCH, {"said to be French"}
    if "FR" in countries and own_version(reading):
        return Origin.FRENCH, {"French version"}
    elsewhere = page.headline_foreign or foreign_work(reading) or (foreign == 3 and _foreign_in_front(page))
    if _ordered_abroad(reading, page):
        return Origin.FOREIGN, {"ordered abroad"}
    at_home = "FR" in countries and french and not elsewhere and not reading.has("acquire", "remake")
    if at_home or (_coproduced(reading, countries) and not foreign_work(reading)):
        return Origin.FRENCH, {"French broadcaster"}
    if foreign == 3 or page.headline_foreign:
        return Origin.FOREIGN, {"said to be foreign"}
    return None


def _known_origin(work: Work, reading: Reading, page: Page, countries: set[str]) -> tuple[Origin, set[str]]:
    """Tell where a known work is made, or the version of it that is spoken of."""
    if work.origin is Origin.FRENCH:
        here = {page.gazetteer.countries.get(m.value, "") for m in reading.of("platform") if m.strength > 1}
        remade = reading.has("remake") or (work.title == page.topic and page.remade)
        namesake = work.ambiguous and bool(here) and (not here & {"FR", "US", ""} or _another(work, reading))
        at_home = own_version(reading) and not page.headline_foreign
        if (remade and "FR" not in here and not at_home) or namesake:
            return Origin.FOREIGN, {"made elsewhere, too"}
    elif "FR" in countries and (_adapted(work.title, reading) or (work.neighbour and _coproduced(reading, countries))):
        return Origin.FRENCH, {"French version"}
    said = work.origin is Origin.FRENCH and any(m.strength == 3 for m in reading.of("french"))
    return work.origin, {f"known {work.origin.value} work"} | ({"said to be French"} if said else set())


def _another(work: Work, reading: Reading) -> bool:
    """Whether a name that is also a word is called foreign beside another platform than the work's own."""
    own = any(m.value in work.platforms for m in reading.of("platform"))
    return not own and foreign_work(reading)


def _adapted(title: str, reading: Reading) -> bool:
    """Whether it is that title that is adapted."""
    return any(mark.value == title for mark in adapted_titles(reading))


def _coproduced(reading: Reading, countries: set[str]) -> bool:
    """Whether a French channel and one of a neighbour make it together."""
    return "FR" in countries and bool(countries - {"FR", "US"}) and not reading.has("acquire")


def _ordered_abroad(reading: Reading, page: Page) -> bool:
    """Whether a channel of another country orders, and a French one only takes part: "ITV Orders X With France 2"."""
    doing = doers(reading, page.gazetteer)
    french = not reading.has("adapt") and any(m.strength == 3 for m in reading.of("french"))
    return bool(doing) and "FR" not in doing and not french


def _foreign_in_front(page: Page) -> bool:
    """Whether headline, standfirst or lead call a work foreign."""
    return any(foreign_work(reading) for reading in page.front)


def _elsewhere(title: str | None, page: Page, countries: set[str]) -> bool:
    """Whether what the article is about is a foreign work, known or called so, and "tournée à Nice" says nothing."""
    if title is None and page.topic and not page.headed:
        return False
    topic = page.work(page.topic) if title in (page.topic, None) else None
    if topic and topic.origin is Origin.FOREIGN:
        return True
    called = title in (page.topic, None) and "FR" not in countries and _foreign_in_front(page)
    return called and not any(m.strength == 3 for r in page.front for m in r.of("french"))


def _origin_around(
    title: str | None, reading: Reading, page: Page, countries: set[str], local: set[str]
) -> tuple[Origin, set[str]]:
    """Decide by the company a work keeps: who shows it, what else the article speaks of.

    `local` are the countries of platforms that order works in one: an American network makes no French series.
    """
    if _elsewhere(title, page, countries) or (local and "FR" not in local):
        return Origin.FOREIGN, {"foreign context"}
    if "FR" in countries and (page.foreign <= page.french or _home(reading, page)):
        return Origin.FRENCH, {"French broadcaster"}
    if page.french > page.foreign and page.french >= 2:
        return Origin.FRENCH, {"French context"}
    if reading.has("french") and not foreign_marks(reading) and 2 * page.french > page.foreign:
        return Origin.FRENCH, {"French context"}
    if page.foreign > page.french:
        return Origin.FOREIGN, {"foreign context"}
    return _by_names(title, page)


def _by_names(title: str | None, page: Page) -> tuple[Origin, set[str]]:
    """Decide by the first names of who takes part, where nothing else tells; what it is called says less."""
    if page.named > 1 and page.platforms:
        return Origin.FRENCH, {"French names"}
    signs = {"a French name"} if page.named else set[str]()
    return Origin.UNKNOWN, signs | ({"a French title"} if title and reads_french(title) else set())


#: Words of French titles and of no other language's; with an accent of ours any word tells.
_FRENCH_WORD = re.compile(
    r"\b(?:les?|des|du|une|et|aux?|dans|sans|sous|chez|mon|mes|nos|notre)\b|\b[dljnsc]['’](?=\w{3})"
)
_ACCENT = re.compile(r"[éèêëàâùûîôçœ]", re.IGNORECASE)
_SHARED_WORD = re.compile(r"\b(?:la|de)\b")
#: How words end in Italian and Spanish, and hardly in French: "La Casa de papel".
_ELSEWHERE = re.compile(r"\w{2}[ao]\b")


def reads_french(title: str) -> bool:
    """Whether the words of a title are French: foreign works mostly keep theirs, in French newspapers, too."""
    plain = title.lower()
    if _FRENCH_WORD.search(plain) or _ACCENT.search(plain):
        return True
    return _SHARED_WORD.search(plain) is not None and _ELSEWHERE.search(plain) is None


def _home(reading: Reading, page: Page) -> bool:
    """Whether the sentence, or else the headline, names a French channel: then a foreign work elsewhere says little."""
    named = [m for r in (reading, *page.heads) for m in r.of("platform") if m.strength > 1]
    return any(page.gazetteer.countries.get(m.value) == "FR" for m in named)


def from_where(origin: Origin, sign: set[str], *, said: bool) -> set[str]:
    """Name what tells where the work is made; a broadcaster that the sentence does not name says less."""
    if not said:
        sign = {name.replace("French broadcaster", "French broadcaster elsewhere") for name in sign}
    return sign | ({"origin unknown"} if origin is Origin.UNKNOWN else set())
